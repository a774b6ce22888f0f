import { Button, Pagination, Progress } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Group, Separator, Panel as SplitPanel } from 'react-resizable-panels';
import { Link } from 'react-router';
import { skipToken, useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { useAddressSearch } from '../../app/use-address-search.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { BulkDecide } from './BulkDecide.tsx';
import { FindingEvidence } from './FindingEvidence.tsx';
import { FindingFacets } from './FindingFacets.tsx';
import { FindingList } from './FindingList.tsx';
import styles from './Findings.module.css';
import { addressValue, filterFromSearch, isNarrowed } from './finding-filter.ts';
import type { FindingsAnswer } from './finding-types.ts';
import { keepPlace, placeOf } from './queue-place.ts';
import { RegisterExport } from './RegisterExport.tsx';
import { useFindingQueue } from './use-finding-queue.ts';

const PAGE_FINDINGS = 50;

/** Findings one by one: the list under its filter, the chosen one's evidence, and how far the review has come. */
export const TriageQueue = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const [search, changeSearch] = useAddressSearch();
  const [page, setPage] = useState(1);
  const isBare = search.size === 0;
  // Without an address of its own the screen goes on where it was left: also the conditions given before that is filled in.
  const placed = (now: URLSearchParams): URLSearchParams => (now.size === 0 ? placeOf(caseId) : now);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only an address without conditions is filled in
  useEffect(() => {
    if (isBare) changeSearch(placed, { replace: true });
    else keepPlace(caseId, search);
  }, [isBare, search, caseId]);
  const filter = filterFromSearch(search);
  // A bare address asks for nothing yet: its answer, decided findings and all, would stand there until the right one came.
  const list = useChannel(
    'findings.list',
    isBare ? skipToken : { caseId, ...filter, offset: (page - 1) * PAGE_FINDINGS, limit: PAGE_FINDINGS },
  );
  const choose = (findingId: string | null): void =>
    changeSearch(
      now => {
        const next = placed(now);
        if (findingId === null) next.delete('finding');
        else next.set('finding', findingId);
        return next;
      },
      { replace: true },
    );
  const setFacet = (facet: string, value: string): void => {
    setPage(1);
    changeSearch(now => {
      const next = placed(now);
      next.delete('finding');
      const stated = addressValue(facet, value);
      if (stated === null) next.delete(facet);
      else next.set(facet, stated);
      return next;
    });
  };
  const showAll = (state: string): void => {
    setPage(1);
    changeSearch(() => ({ state }));
  };
  const pages = Math.max(1, Math.ceil((list.data?.total ?? 0) / PAGE_FINDINGS));
  const queue = useFindingQueue({
    findings: list.data?.findings ?? [],
    chosen: search.get('finding'),
    page,
    pages,
    onPage: setPage,
    onChoose: choose,
  });
  return (
    <div className={styles.page} aria-busy={!isBare && list.currentData === undefined && list.error === undefined}>
      <PageHeader
        title={t('findings.title')}
        description={
          <>
            <KeyHint keys="j" /> <KeyHint keys="k" /> {t('findings.keys')} · <KeyHint keys="?" />{' '}
            {t('findings.allKeys')}
          </>
        }
        actions={
          list.data === undefined ? null : (
            <>
              <BulkDecide
                caseId={caseId}
                filter={filter}
                count={list.data.total}
                names={list.data.names}
                seen={list.data.head}
              />
              <RegisterExport caseId={caseId} filter={filter} count={list.data.total} all={list.data.all} />
            </>
          )
        }
      />
      {isBare ? null : (
        <ChannelView of={list} lines={10}>
          {data => (
            <>
              <FindingFacets data={data} filter={filter} onChange={setFacet} />
              <Reviewed data={data} />
              {data.total === 0 && search.get('finding') === null ? (
                <NothingHere caseId={caseId} data={data} narrowed={isNarrowed(filter)} onShow={showAll} />
              ) : (
                <Group orientation="horizontal" className={styles.split as string}>
                  <SplitPanel id="list" defaultSize="32%" minSize="240px">
                    <div className={styles.listPane}>
                      <FindingList findings={data.findings} current={queue.current} onChoose={choose} />
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
                  </SplitPanel>
                  <Separator className={styles.separator as string} aria-label={t('findings.resize')} />
                  <SplitPanel id="evidence" minSize="360px">
                    {queue.current === null ? null : (
                      <FindingEvidence
                        key={queue.current}
                        caseId={caseId}
                        findingId={queue.current}
                        names={data.names}
                        queue={queue}
                      />
                    )}
                  </SplitPanel>
                </Group>
              )}
            </>
          )}
        </ChannelView>
      )}
    </div>
  );
};

/** How many the filter holds, and how far the review of all has come. */
const Reviewed = ({ data }: { readonly data: FindingsAnswer }) => {
  const { t } = useTranslation();
  return (
    <div className={styles.reviewed}>
      <span className={`${styles.total} nx-number`} role="status">
        {t('findings.matching', { count: data.total, all: data.all })}
      </span>
      <Progress
        className={styles.progress as string}
        size="sm"
        value={data.all === 0 ? 0 : (data.decided / data.all) * 100}
        aria-label={t('findings.progress')}
      />
      <span className={`${styles.legend} nx-number`}>
        {t('findings.reviewed', { count: data.all, decided: data.decided })}
      </span>
    </div>
  );
};

interface NothingHereProps {
  readonly caseId: string;
  readonly data: FindingsAnswer;
  readonly narrowed: boolean;
  readonly onShow: (state: string) => void;
}
/** No findings at all; all of them decided; or none that meets the filter: three different things. */
const NothingHere = ({ caseId, data, narrowed, onShow }: NothingHereProps) => {
  const { t } = useTranslation();
  if (data.all === 0)
    return (
      <EmptyState kind="no-data" title={t('findings.none.title')}>
        {t('findings.none.text')}
      </EmptyState>
    );
  if (!narrowed && data.decided === data.all)
    return (
      <EmptyState
        kind="no-data"
        title={t('findings.done.title', { count: data.all })}
        action={
          <>
            <Button component={Link} to={paths.report(caseId)}>
              {t('findings.done.report')}
            </Button>{' '}
            <Button
              variant="default"
              component={Link}
              to={`${paths.findings(caseId, { state: 'any' })}&review=waiting`}
            >
              {t('findings.done.review')}
            </Button>
          </>
        }
      >
        {t('findings.done.text')}
      </EmptyState>
    );
  return (
    <EmptyState
      kind="filtered"
      title={t('findings.filtered.title')}
      action={
        <Button variant="default" onClick={() => onShow('any')}>
          {t('records.clear')}
        </Button>
      }
    >
      {t('findings.filtered.text', { count: data.all })}
    </EmptyState>
  );
};
