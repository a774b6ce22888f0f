import { useTranslation } from 'react-i18next';
import { skipToken, useChannel } from '../../app/engine/channel-hooks.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import { draftOfRule, draftOfTransaction, emptyDraft } from './rule-draft.ts';

interface RuleEditorPlaceProps {
  readonly caseId: string;
  /** Null: a new rule. */
  readonly ruleId: string | null;
  /** Place of the template a new rule starts from. */
  readonly template: string | null;
  /** Transaction a new rule starts from. */
  readonly transactionId: string | null;
}

/** Opens the editor once what it starts from is there: the rule, a template, a transaction, or nothing. */
export const RuleEditorPlace = ({ caseId, ruleId, template, transactionId }: RuleEditorPlaceProps) => {
  const { t } = useTranslation();
  const list = useChannel('rules.list', ruleId === null ? skipToken : { caseId });
  const templates = useChannel('rules.templates', template === null ? skipToken : {});
  const transaction = useChannel(
    'transactions.read',
    transactionId === null ? skipToken : { caseId, transactionId: Number(transactionId) },
  );
  if (ruleId !== null)
    return (
      <ChannelView of={list} lines={8}>
        {({ rules }) => {
          const listed = rules.find(({ rule }) => rule.id === ruleId);
          return listed === undefined ? (
            <EmptyState kind="no-data" title={t('rules.unknown')} />
          ) : (
            <RuleEditor caseId={caseId} initial={draftOfRule(listed.rule)} stored={listed.rule} />
          );
        }}
      </ChannelView>
    );
  if (template !== null)
    return (
      <ChannelView of={templates} lines={8}>
        {data => (
          <RuleEditor caseId={caseId} initial={data.templates[Number(template)]?.rule ?? emptyDraft()} stored={null} />
        )}
      </ChannelView>
    );
  if (transactionId !== null)
    return (
      <ChannelView of={transaction} lines={8}>
        {detail => <RuleEditor caseId={caseId} initial={draftOfTransaction(detail)} stored={null} />}
      </ChannelView>
    );
  return <RuleEditor caseId={caseId} initial={emptyDraft()} stored={null} />;
};
