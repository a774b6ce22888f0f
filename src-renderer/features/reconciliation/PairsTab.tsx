import { Button, Pagination } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { useAddressSearch } from '../../app/use-address-search.ts';
import { useQueue } from '../../app/use-queue.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { PairDetail } from './PairDetail.tsx';
import { PairFacets } from './PairFacets.tsx';
import { PairList } from './PairList.tsx';
import styles from './Pairs.module.css';
import { isNarrowed, type PairFilter, pairFilter } from './pair-filter.ts';
import type { Pair, PairsAnswer, Shown } from './reconciliation-types.ts';

const PAGE_PAIRS = 100;

const keyOf = ({ key }: Pair): string => key;

interface PairsTabProps {
  readonly caseId: string;
  readonly shown: Shown;
  /** Opens the matching by hand with the rows of a pair picked. */
  readonly onByHand: (pair: Pair) => void;
}

/** Matches side by side: what the engine proposes or confirmed and what people decided, gone through one by one. */
export const PairsTab = ({ caseId, shown, onByHand }: PairsTabProps) => {
  const { t } = useTranslation();
  const [search, changeSearch] = useAddressSearch();
  const [page, setPage] = useState(1);
  const filter = pairFilter(search);
  const list = useChannel('reconciliations.pairs', {
    caseId,
    ...filter,
    offset: (page - 1) * PAGE_PAIRS,
    limit: PAGE_PAIRS,
  });
  const pages = Math.max(1, Math.ceil((list.data?.total ?? 0) / PAGE_PAIRS));
  const queue = useQueue({ items: list.data?.pairs ?? [], keyOf, page, pages, onPage: setPage });
  const change = (values: Readonly<Record<string, string | null>>): void => {
    setPage(1);
    changeSearch(
      now => {
        for (const [name, value] of Object.entries(values))
          if (value === null) now.delete(name);
          else now.set(name, value);
        return now;
      },
      { replace: true },
    );
  };
  return (
    <ChannelView of={list} lines={10}>
      {data => (
        <>
          <PairFacets caseId={caseId} shown={shown} data={data} filter={filter} onChange={change} />
          {data.total === 0 ? (
            <NoPairs
              data={data}
              filter={filter}
              onAll={() => change({ judgment: 'any', kind: null, from: null, to: null })}
            />
          ) : (
            <div className={styles.split}>
              <div className={styles.listPane}>
                <PairList
                  caseId={caseId}
                  pairs={data.pairs}
                  current={queue.current?.key ?? null}
                  onChoose={queue.choose}
                />
                {pages > 1 ? (
                  <Pagination
                    className={styles.pages as string}
                    size="sm"
                    value={page}
                    onChange={setPage}
                    total={pages}
                    siblings={0}
                    getControlProps={control => ({ 'aria-label': t(`pages.${control}`) })}
                    getItemProps={number => ({ 'aria-label': t('pages.page', { number }) })}
                  />
                ) : null}
              </div>
              {queue.current === null ? null : (
                <PairDetail
                  key={queue.current.key}
                  caseId={caseId}
                  pair={queue.current}
                  queue={queue}
                  onByHand={onByHand}
                />
              )}
            </div>
          )}
        </>
      )}
    </ChannelView>
  );
};

interface NoPairsProps {
  readonly data: PairsAnswer;
  readonly filter: PairFilter;
  readonly onAll: () => void;
}
const NoPairs = ({ data, filter, onAll }: NoPairsProps) => {
  const { t } = useTranslation();
  const all = Object.values(data.byJudgment).reduce((sum, count) => sum + count, 0);
  if (filter.judgment === 'suggested' && filter.kind === undefined && filter.minimumScore === undefined)
    return (
      <EmptyState
        kind={all === 0 ? 'no-data' : 'filtered'}
        title={t(all === 0 ? 'reconciliation.pairs.none' : 'reconciliation.pairs.allDecided')}
        action={
          all === 0 ? undefined : (
            <Button variant="default" onClick={onAll}>
              {t('reconciliation.pairs.showAll')}
            </Button>
          )
        }
      >
        {t(all === 0 ? 'reconciliation.pairs.noneText' : 'reconciliation.pairs.allDecidedText')}
      </EmptyState>
    );
  return (
    <EmptyState
      kind={isNarrowed(filter) ? 'filtered' : 'no-data'}
      title={t('reconciliation.pairs.filtered')}
      action={
        isNarrowed(filter) ? (
          <Button variant="default" onClick={onAll}>
            {t('reconciliation.pairs.showAll')}
          </Button>
        ) : undefined
      }
    />
  );
};
