import { useSearchParams } from 'react-router';
import { RuleEditorPlace } from './RuleEditorPlace.tsx';
import { RuleList } from './RuleList.tsx';

/** The rules of a case; one of them, or a new one, where the address names it. */
export const RulesTab = ({ caseId }: { readonly caseId: string }) => {
  const [search] = useSearchParams();
  const rule = search.get('rule');
  return rule === null ? (
    <RuleList caseId={caseId} />
  ) : (
    <RuleEditorPlace
      key={search.toString()}
      caseId={caseId}
      ruleId={rule === 'new' ? null : rule}
      template={search.get('template')}
      transactionId={search.get('from')}
    />
  );
};
