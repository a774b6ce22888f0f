import { Pagination } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { Money } from '../../components/Money.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useCaseId } from '../cases/use-case-id.ts';
import { TransactionDrawer } from './TransactionDrawer.tsx';
import { TransactionLink } from './TransactionLink.tsx';

type Pair = ChannelAnswer<'duplicates.list'>['pairs'][number];
const PAGE_PAIRS = 50;

/** Pairs of records that resemble each other. Proposed only: nothing is merged. */
export const DuplicatesPage = () => {
  const { t } = useTranslation();
  const caseId = useCaseId();
  const [page, setPage] = useState(1);
  const [opened, setOpened] = useState<number | null>(null);
  const list = useChannel('duplicates.list', { caseId, offset: (page - 1) * PAGE_PAIRS, limit: PAGE_PAIRS });
  const half = (side: 'a' | 'b') => (pair: Pair) => (
    <TransactionLink transaction={pair[side]} onOpen={() => setOpened(pair[side].id)} />
  );
  return (
    <>
      <PageHeader title={t('duplicates.title')} description={t('duplicates.description')} />
      <ChannelView of={list}>
        {({ total, pairs }) =>
          total === 0 ? (
            <EmptyState kind="no-data" title={t('duplicates.none.title')}>
              {t('duplicates.none.text')}
            </EmptyState>
          ) : (
            <Panel title={t('duplicates.count', { count: total })} flush>
              <FactTable
                caption={t('duplicates.title')}
                rows={pairs}
                rowKey={pair => `${pair.a.id} ${pair.b.id}`}
                rowHeads={false}
                columns={[
                  { key: 'a', head: t('duplicates.first'), cell: half('a') },
                  { key: 'b', head: t('duplicates.second'), cell: half('b') },
                  {
                    key: 'amount',
                    head: t('records.amount'),
                    numeric: true,
                    cell: pair => <Money amount={pair.a.amount} currency={pair.a.currency} signed />,
                  },
                  { key: 'score', head: t('score'), numeric: true, cell: pair => pair.score.toFixed(2) },
                  { key: 'agree', head: t('duplicates.agree'), cell: pair => pair.agree.join(', ') },
                  { key: 'differ', head: t('duplicates.differ'), cell: pair => pair.differ.join(', ') },
                ]}
              />
              {total > PAGE_PAIRS ? (
                <Pagination
                  p="sm"
                  size="sm"
                  value={page}
                  onChange={setPage}
                  total={Math.ceil(total / PAGE_PAIRS)}
                  getControlProps={control => ({ 'aria-label': t(`pages.${control}`) })}
                  getItemProps={number => ({ 'aria-label': t('pages.page', { number }) })}
                />
              ) : null}
            </Panel>
          )
        }
      </ChannelView>
      <TransactionDrawer caseId={caseId} transactionId={opened} onClose={() => setOpened(null)} />
    </>
  );
};
