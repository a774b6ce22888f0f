import { Button, Pagination, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { DUPLICATE_KINDS, DUPLICATE_STATES } from '../../../src-main/contract/duplicates.contract.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { useAddressSearch } from '../../app/use-address-search.ts';
import { useQueue } from '../../app/use-queue.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { Money } from '../../components/Money.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { QueueList } from '../../components/QueueList.tsx';
import { useCaseId } from '../cases/use-case-id.ts';
import { BulkConfirm } from './BulkConfirm.tsx';
import { DuplicateDetail } from './DuplicateDetail.tsx';
import styles from './Duplicates.module.css';
import type { DuplicateKind, DuplicatePair, DuplicatesAnswer } from './duplicate-types.ts';
import { StaleExamination } from './StaleExamination.tsx';

type DuplicateState = (typeof DUPLICATE_STATES)[number];

const PAGE_PAIRS = 50;

/** The same text for a pair whichever of the two is kept. */
const keyOf = ({ a, b }: DuplicatePair): string => `${Math.min(a.id, b.id)} ${Math.max(a.id, b.id)}`;

/** Proposed duplicates, side by side, to be decided one by one. Nothing is merged unless a person says so. */
export const DuplicatesPage = () => {
  const { t } = useTranslation();
  const caseId = useCaseId();
  const examination = useChannel('examinations.read', { caseId });
  return (
    <div className={styles.page}>
      <PageHeader
        title={t('duplicates.title')}
        description={t('duplicates.description')}
        actions={
          <span className={styles.small}>
            <KeyHint keys="j" /> <KeyHint keys="k" /> {t('duplicates.keys')}
          </span>
        }
      />
      <ChannelView of={examination} lines={10}>
        {read =>
          read === null ? (
            <EmptyState
              kind="not-run"
              title={t('empty.notRun.title')}
              action={
                <Button component={Link} to={paths.caseHome(caseId)}>
                  {t('empty.notRun.action')}
                </Button>
              }
            >
              {t('empty.notRun.text')}
            </EmptyState>
          ) : (
            <>
              {read.stale ? <StaleExamination caseId={caseId} /> : null}
              <Pairs caseId={caseId} />
            </>
          )
        }
      </ChannelView>
    </div>
  );
};

const Pairs = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const [search, changeSearch] = useAddressSearch();
  const [page, setPage] = useState(1);
  const kind = DUPLICATE_KINDS.find(known => known === search.get('kind'));
  const asked = search.get('state');
  const state = asked === 'any' ? undefined : (DUPLICATE_STATES.find(known => known === asked) ?? 'open');
  const facets = { ...(kind === undefined ? {} : { kind }), ...(state === undefined ? {} : { state }) };
  const list = useChannel('duplicates.list', { caseId, ...facets, offset: (page - 1) * PAGE_PAIRS, limit: PAGE_PAIRS });
  const pages = Math.max(1, Math.ceil((list.data?.total ?? 0) / PAGE_PAIRS));
  const queue = useQueue({ items: list.data?.pairs ?? [], keyOf, page, pages, onPage: setPage });
  const setFacet = (name: 'kind' | 'state', value: string): void => {
    setPage(1);
    changeSearch(now => {
      now.set(name, value);
      return now;
    });
  };
  return (
    <ChannelView of={list} lines={10}>
      {data => (
        <>
          <Facets data={data} kind={kind} state={state} onChange={setFacet} />
          <div className={styles.bar}>
            <h2 className={`${styles.total} nx-number`} role="status">
              {t('duplicates.count', { count: data.total })}
            </h2>
            {kind === 'overlap' && state === 'open' && list.currentData !== undefined && data.total > 0 ? (
              <BulkConfirm caseId={caseId} count={data.total} />
            ) : null}
          </div>
          {data.total === 0 ? (
            <NoPairs
              asked={kind !== undefined || state !== undefined}
              onClear={() => changeSearch(() => ({ state: 'any' }))}
            />
          ) : (
            <div className={styles.split}>
              <div className={styles.listPane}>
                <QueueList
                  label={t('duplicates.title')}
                  items={data.pairs}
                  keyOf={keyOf}
                  current={queue.current === null ? null : keyOf(queue.current)}
                  onChoose={queue.choose}
                >
                  {pair => <PairLine pair={pair} />}
                </QueueList>
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
              {queue.current === null ? null : <DuplicateDetail caseId={caseId} pair={queue.current} queue={queue} />}
            </div>
          )}
        </>
      )}
    </ChannelView>
  );
};

interface FacetsProps {
  readonly data: DuplicatesAnswer;
  readonly kind: DuplicateKind | undefined;
  readonly state: DuplicateState | undefined;
  readonly onChange: (name: 'kind' | 'state', value: string) => void;
}
const Facets = ({ data, kind, state, onChange }: FacetsProps) => {
  const { t } = useTranslation();
  const sum = (counts: Readonly<Record<string, number>>): number =>
    Object.values(counts).reduce((total, count) => total + count, 0);
  const withCount = (label: string, count: number): string => t('facets.valueCount', { label, count });
  return (
    <div className={styles.facets}>
      <SegmentedControl
        size="xs"
        aria-label={t('duplicates.kind')}
        value={kind ?? 'any'}
        onChange={value => onChange('kind', value)}
        data={[
          { value: 'any', label: withCount(t('duplicates.anyKind'), sum(data.byKind)) },
          ...DUPLICATE_KINDS.map(value => ({
            value,
            label: withCount(t(`duplicates.kinds.${value}`), data.byKind[value] ?? 0),
          })),
        ]}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('duplicates.state')}
        value={state ?? 'any'}
        onChange={value => onChange('state', value)}
        data={[
          ...DUPLICATE_STATES.map(value => ({
            value,
            label: withCount(t(`duplicates.states.${value}`), data.byState[value] ?? 0),
          })),
          { value: 'any', label: withCount(t('duplicates.anyState'), sum(data.byState)) },
        ]}
      />
    </div>
  );
};

const PairLine = ({ pair }: { readonly pair: DuplicatePair }) => {
  const { t } = useTranslation();
  const { a, b } = pair;
  const days = a.date === b.date ? [a.date] : [a.date, b.date];
  return (
    <span className={styles.line}>
      <span className={styles.party}>{a.counterparty || a.description || t('record.unnamed')}</span>
      <Money amount={a.amount} currency={a.currency} signed />
      <span className={`${styles.small} nx-number`}>{days.map(day => day ?? t('unknown')).join(' · ')}</span>
      <span className={`${styles.small} nx-number`}>
        {pair.state === 'open'
          ? t('duplicates.score', { score: pair.score.toFixed(2) })
          : t(`duplicates.states.${pair.state}`)}
      </span>
    </span>
  );
};

const NoPairs = ({ asked, onClear }: { readonly asked: boolean; readonly onClear: () => void }) => {
  const { t } = useTranslation();
  return asked ? (
    <EmptyState
      kind="filtered"
      title={t('duplicates.filtered.title')}
      action={
        <Button variant="default" onClick={onClear}>
          {t('duplicates.filtered.action')}
        </Button>
      }
    >
      {t('duplicates.filtered.text')}
    </EmptyState>
  ) : (
    <EmptyState kind="no-data" title={t('duplicates.none.title')}>
      {t('duplicates.none.text')}
    </EmptyState>
  );
};
