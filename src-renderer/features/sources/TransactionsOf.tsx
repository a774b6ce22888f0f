import { useTranslation } from 'react-i18next';
import type { SourceSummary } from '../../../src-main/contract/imports.contract.ts';
import { paths } from '../../app/paths.ts';
import { CountButton } from '../../components/CountButton.tsx';

interface TransactionsOfProps {
  readonly caseId: string;
  readonly source: SourceSummary;
}

/** A source's transactions as a button to them. Set aside, they are in no grid, and the number opens nothing. */
export const TransactionsOf = ({ caseId, source }: TransactionsOfProps) => {
  const { t } = useTranslation();
  if (source.state === 'set-aside')
    return (
      <span className="nx-number" title={t('source.noFindings')}>
        {t('count', { count: source.transactions })}
      </span>
    );
  return (
    <CountButton
      count={source.transactions}
      to={paths.records(caseId, { sourceId: source.id })}
      label={t('sources.transactionsOf', { name: source.name })}
    />
  );
};
