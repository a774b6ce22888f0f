import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { paths } from '../../app/paths.ts';
import { CountButton } from '../../components/CountButton.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { Money } from '../../components/Money.tsx';
import styles from './Parties.module.css';
import type { PartyMember } from './waterfall.ts';

/** Names listed before the rest is only counted. */
const LISTED = 4;

interface MembersTableProps {
  readonly caseId: string;
  readonly caption: string;
  readonly members: readonly PartyMember[];
  /** Null: nothing is chosen here. */
  readonly chosen: ReadonlySet<string> | null;
  readonly onToggle: (party: string) => void;
}

/** Parties as the records show them: how they are written, their accounts, what was paid, in which files. */
export const MembersTable = ({ caseId, caption, members, chosen, onToggle }: MembersTableProps) => {
  const { t } = useTranslation();
  const listed = (values: readonly string[]): string =>
    [
      ...values.slice(0, LISTED),
      ...(values.length > LISTED ? [t('parties.moreNames', { count: values.length - LISTED })] : []),
    ].join(' · ');
  return (
    <FactTable
      caption={caption}
      rows={members}
      rowKey={({ party }) => party}
      columns={[
        {
          key: 'party',
          head: t('parties.member'),
          cell: ({ party, spellings, accounts }) => (
            <span className={styles.member}>
              {chosen === null ? null : (
                <Checkbox
                  size="xs"
                  aria-label={t('parties.choose', { name: spellings[0] ?? party })}
                  checked={chosen.has(party)}
                  onChange={() => onToggle(party)}
                />
              )}
              <span>
                <span className={styles.memberName}>{listed(spellings.length === 0 ? [party] : spellings)}</span>
                <span className={`${styles.quiet} nx-number`}>
                  {accounts.length === 0 ? t('parties.noAccounts') : listed(accounts)}
                </span>
              </span>
            </span>
          ),
        },
        {
          key: 'credits',
          head: t('direction.in'),
          numeric: true,
          cell: ({ sums }) => <Amounts sums={sums} side="credits" />,
        },
        {
          key: 'debits',
          head: t('direction.out'),
          numeric: true,
          cell: ({ sums }) => <Amounts sums={sums} side="debits" />,
        },
        {
          key: 'sources',
          head: t('parties.files'),
          cell: ({ sources }) => <span className={styles.quiet}>{listed(sources)}</span>,
        },
        {
          key: 'rows',
          head: t('parties.rows'),
          numeric: true,
          cell: ({ party, rows, spellings }) => (
            <CountButton
              count={rows}
              to={paths.records(caseId, { party })}
              label={t('parties.rowsOf', { name: spellings[0] ?? party })}
            />
          ),
        },
      ]}
    />
  );
};

interface AmountsProps {
  readonly sums: PartyMember['sums'];
  readonly side: 'credits' | 'debits';
}
/** One amount a currency. */
export const Amounts = ({ sums, side }: AmountsProps) => (
  <span className={styles.amounts}>
    {sums.map(sum => (
      <Money key={sum.currency ?? ''} amount={sum[side]} currency={sum.currency} />
    ))}
  </span>
);
