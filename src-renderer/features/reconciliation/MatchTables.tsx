import { Pagination } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransactionRow } from '../../../src-main/contract/transactions.contract.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { Money } from '../../components/Money.tsx';
import { TransactionDrawer } from '../records/TransactionDrawer.tsx';
import { TransactionLink } from '../records/TransactionLink.tsx';
import styles from './Reconciliation.module.css';

const PAGE_ROWS = 50;

const Reasons = ({ reasons }: { readonly reasons: readonly string[] }) => (
  <ul className={styles.reasons}>
    {reasons.map(reason => (
      <li key={reason}>{reason}</li>
    ))}
  </ul>
);

interface PagesProps {
  readonly total: number;
  readonly page: number;
  readonly onChange: (page: number) => void;
}
const Pages = ({ total, page, onChange }: PagesProps) => {
  const { t } = useTranslation();
  if (total <= PAGE_ROWS) return null;
  return (
    <Pagination
      p="sm"
      size="sm"
      value={page}
      onChange={onChange}
      total={Math.ceil(total / PAGE_ROWS)}
      getControlProps={control => ({ 'aria-label': t(`pages.${control}`) })}
      getItemProps={number => ({ 'aria-label': t('pages.page', { number }) })}
    />
  );
};

interface MatchesTableProps {
  readonly caseId: string;
  readonly status: 'confirmed' | 'proposed';
}
/** Pairs side by side, each with why it matched. */
export const MatchesTable = ({ caseId, status }: MatchesTableProps) => {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const [opened, setOpened] = useState<number | null>(null);
  const matches = useChannel('reconciliations.matches', {
    caseId,
    status,
    offset: (page - 1) * PAGE_ROWS,
    limit: PAGE_ROWS,
  });
  const side = (rows: readonly TransactionRow[]) =>
    rows.map(row => <TransactionLink key={row.id} transaction={row} onOpen={() => setOpened(row.id)} />);
  const amounts = (rows: readonly TransactionRow[]) =>
    rows.map(row => (
      <div key={row.id}>
        <Money amount={row.amount} currency={row.currency} signed />
      </div>
    ));
  return (
    <ChannelView of={matches}>
      {data =>
        data.total === 0 ? (
          <EmptyState kind="no-data" title={t(`matches.none.${status}`)} />
        ) : (
          <>
            <FactTable
              caption={t(`matches.caption.${status}`)}
              rows={data.matches}
              rowKey={match => `${match.bank.map(({ id }) => id).join()} ${match.ledger.map(({ id }) => id).join()}`}
              rowHeads={false}
              columns={[
                { key: 'bank', head: t('sides.bank'), cell: match => side(match.bank) },
                { key: 'bankAmount', head: t('matches.bankAmount'), numeric: true, cell: match => amounts(match.bank) },
                { key: 'ledger', head: t('sides.ledger'), cell: match => side(match.ledger) },
                {
                  key: 'ledgerAmount',
                  head: t('matches.ledgerAmount'),
                  numeric: true,
                  cell: match => amounts(match.ledger),
                },
                { key: 'score', head: t('score'), numeric: true, cell: match => match.score.toFixed(2) },
                { key: 'why', head: t('matches.why'), cell: match => <Reasons reasons={match.reasons} /> },
              ]}
            />
            <Pages total={data.total} page={page} onChange={setPage} />
            <TransactionDrawer caseId={caseId} transactionId={opened} onClose={() => setOpened(null)} />
          </>
        )
      }
    </ChannelView>
  );
};

interface OrphansTableProps {
  readonly caseId: string;
  readonly side: 'bank' | 'ledger';
}
/** What found no partner, with the nearest candidates and why each was refused. */
export const OrphansTable = ({ caseId, side }: OrphansTableProps) => {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const [opened, setOpened] = useState<number | null>(null);
  const orphans = useChannel('reconciliations.orphans', {
    caseId,
    side,
    offset: (page - 1) * PAGE_ROWS,
    limit: PAGE_ROWS,
  });
  return (
    <ChannelView of={orphans}>
      {data =>
        data.total === 0 ? (
          <EmptyState kind="no-data" title={t('orphans.none')} />
        ) : (
          <>
            <FactTable
              caption={t(`orphans.caption.${side}`)}
              rows={data.orphans}
              rowKey={orphan => String(orphan.transaction.id)}
              rowHeads={false}
              columns={[
                {
                  key: 'transaction',
                  head: t(`sides.${side}`),
                  cell: ({ transaction }) => (
                    <TransactionLink transaction={transaction} onOpen={() => setOpened(transaction.id)} />
                  ),
                },
                {
                  key: 'amount',
                  head: t('records.amount'),
                  numeric: true,
                  cell: ({ transaction }) => (
                    <Money amount={transaction.amount} currency={transaction.currency} signed />
                  ),
                },
                {
                  key: 'candidates',
                  head: t('orphans.candidates'),
                  cell: ({ candidates }) =>
                    candidates.length === 0 ? t('orphans.noCandidates') : <Reasons reasons={candidates} />,
                },
              ]}
            />
            <Pages total={data.total} page={page} onChange={setPage} />
            <TransactionDrawer caseId={caseId} transactionId={opened} onClose={() => setOpened(null)} />
          </>
        )
      }
    </ChannelView>
  );
};
