import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { FactTable } from '../../components/FactTable.tsx';
import { Money } from '../../components/Money.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';

interface StatementsTableProps {
  readonly statements: ChannelAnswer<'sources.read'>['statements'];
}

/** The statements of a source: opening + in − out = closing, each said to hold or not. */
export const StatementsTable = ({ statements }: StatementsTableProps) => {
  const { t } = useTranslation();
  return (
    <FactTable
      caption={t('source.statements')}
      rows={statements.map((statement, index) => ({ ...statement, place: index }))}
      rowKey={statement => String(statement.place)}
      columns={[
        {
          key: 'account',
          head: t('source.account'),
          cell: statement => statement.account.id ?? t('source.accountsUnknown'),
        },
        {
          key: 'period',
          head: t('sources.period'),
          cell: statement =>
            statement.from === null || statement.to === null
              ? t('sources.periodUnknown')
              : t('sources.periodOf', { from: statement.from, to: statement.to }),
        },
        {
          key: 'opening',
          head: t('balances.opening'),
          numeric: true,
          cell: statement => <Money amount={statement.opening?.amount ?? null} />,
        },
        {
          key: 'credits',
          head: t('balances.credits'),
          numeric: true,
          cell: statement => <Money amount={statement.credits} />,
        },
        {
          key: 'debits',
          head: t('balances.debits'),
          numeric: true,
          cell: statement => <Money amount={statement.debits} />,
        },
        {
          key: 'closing',
          head: t('balances.closing'),
          numeric: true,
          cell: statement => <Money amount={statement.closing?.amount ?? null} currency={statement.account.currency} />,
        },
        {
          key: 'count',
          head: t('sources.transactions'),
          numeric: true,
          cell: statement => statement.count,
        },
        {
          key: 'balanced',
          head: t('balances.balanced'),
          cell: statement => (
            <StatusTag tone={statement.balanced === null ? 'unknown' : statement.balanced ? 'good' : 'bad'}>
              {t(`balances.states.${statement.balanced ?? 'unknown'}` as 'balances.states.true')}
            </StatusTag>
          ),
        },
      ]}
    />
  );
};
