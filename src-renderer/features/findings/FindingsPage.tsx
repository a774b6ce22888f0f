import { Button, NativeSelect, Pagination } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Group, Separator, Panel as SplitPanel } from 'react-resizable-panels';
import { Link, useSearchParams } from 'react-router';
import { FINDING_STATES, type FindingShape, SEVERITIES } from '../../../src-main/contract/findings.contract.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { useKeys } from '../../app/keyboard.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useCaseId } from '../cases/use-case-id.ts';
import { FindingEvidence } from './FindingEvidence.tsx';
import { FindingList } from './FindingList.tsx';
import styles from './Findings.module.css';

const PAGE_FINDINGS = 50;
type FindingsAnswer = ChannelAnswer<'findings.list'>;

/** The queue of findings with the evidence of the chosen one always open beside it. */
export const FindingsPage = () => {
  const { t } = useTranslation();
  const caseId = useCaseId();
  const mayRead = usePermission('finding.read');
  const read = useChannel('cases.read', { caseId });
  const notRun = read.data !== undefined && read.data.examination === null;
  if (!mayRead && read.data !== undefined)
    return (
      <>
        <PageHeader title={t('findings.title')} />
        <EmptyState kind="no-permission" title={t('empty.noPermission.title')} />
      </>
    );
  if (notRun)
    return (
      <>
        <PageHeader title={t('findings.title')} />
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
      </>
    );
  return <Queue caseId={caseId} />;
};

const Queue = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const [page, setPage] = useState(1);
  const severity = SEVERITIES.find(known => known === search.get('severity'));
  const state = FINDING_STATES.find(known => known === search.get('state'));
  const test = search.get('test') ?? undefined;
  const chosen = search.get('finding');
  const list = useChannel('findings.list', {
    caseId,
    ...(severity === undefined ? {} : { severity }),
    ...(state === undefined ? {} : { state }),
    ...(test === undefined ? {} : { test }),
    offset: (page - 1) * PAGE_FINDINGS,
    limit: PAGE_FINDINGS,
  });
  const findings = list.data?.findings ?? [];
  const current = chosen ?? findings[0]?.id ?? null;
  const choose = (findingId: string): void =>
    setSearch(
      before => {
        const next = new URLSearchParams(before);
        next.set('finding', findingId);
        return next;
      },
      { replace: true },
    );
  const setFacet = (name: string, value: string): void => {
    setPage(1);
    setSearch(before => {
      const next = new URLSearchParams(before);
      next.delete('finding');
      if (value === '') next.delete(name);
      else next.set(name, value);
      return next;
    });
  };
  const pages = Math.max(1, Math.ceil((list.data?.total ?? 0) / PAGE_FINDINGS));
  const place = useStep(findings, current, pages, page, setPage, choose);
  return (
    <div className={styles.page}>
      <PageHeader
        title={t('findings.title')}
        description={
          <>
            <KeyHint keys="j" /> <KeyHint keys="k" /> {t('findings.keys')}
          </>
        }
      />
      <ChannelView of={list} lines={10}>
        {data => (
          <>
            <Facets data={data} severity={severity} state={state} test={test} onChange={setFacet} />
            {data.total === 0 ? (
              <NoFindings all={data.all} onClear={() => setSearch({})} />
            ) : (
              <Group orientation="horizontal" className={styles.split as string}>
                <SplitPanel id="list" defaultSize="34%" minSize="240px">
                  <div className={styles.listPane}>
                    <FindingList findings={data.findings} current={current} onChoose={choose} />
                    {pages > 1 ? (
                      <Pagination
                        className={styles.pages}
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
                  {current === null ? null : (
                    <FindingEvidence key={current} caseId={caseId} findingId={current} onDecided={place.next} />
                  )}
                </SplitPanel>
              </Group>
            )}
          </>
        )}
      </ChannelView>
    </div>
  );
};

/** J and K through the queue, over the edges of its pages. */
const useStep = (
  findings: readonly FindingShape[],
  current: string | null,
  pages: number,
  page: number,
  setPage: (page: number) => void,
  choose: (findingId: string) => void,
): { readonly next: () => void } => {
  const [edge, setEdge] = useState<'first' | 'last' | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new page of findings settles a step over the edge
  useEffect(() => {
    const target = edge === 'first' ? findings[0] : edge === 'last' ? findings.at(-1) : undefined;
    if (target === undefined) return;
    setEdge(null);
    choose(target.id);
  }, [findings]);
  const step = (by: 1 | -1): void => {
    const at = findings.findIndex(({ id }) => id === current);
    const target = findings[at + by];
    if (target !== undefined && at >= 0) choose(target.id);
    else if (by === 1 && page < pages) {
      setEdge('first');
      setPage(page + 1);
    } else if (by === -1 && page > 1) {
      setEdge('last');
      setPage(page - 1);
    }
  };
  useKeys({ j: () => step(1), k: () => step(-1) });
  return { next: () => step(1) };
};

interface FacetsProps {
  readonly data: FindingsAnswer;
  readonly severity: string | undefined;
  readonly state: string | undefined;
  readonly test: string | undefined;
  readonly onChange: (name: string, value: string) => void;
}
const Facets = ({ data, severity, state, test, onChange }: FacetsProps) => {
  const { t } = useTranslation();
  const tests = useChannel('tests.list', {});
  const titleOf = (id: string): string => tests.data?.tests.find(known => known.id === id)?.title ?? id;
  const withCount = (label: string, count: number | undefined): string =>
    t('facets.valueCount', { label, count: count ?? 0 });
  const testIds = [...new Set([...Object.keys(data.byTest), ...(test === undefined ? [] : [test])])];
  return (
    <fieldset className={styles.facets} aria-label={t('findings.facets')}>
      <NativeSelect
        label={t('findings.severity')}
        size="xs"
        value={severity ?? ''}
        onChange={event => onChange('severity', event.currentTarget.value)}
        data={[
          { value: '', label: t('findings.anySeverity') },
          ...SEVERITIES.map(value => ({ value, label: withCount(t(`severity.${value}`), data.bySeverity[value]) })),
        ]}
      />
      <NativeSelect
        label={t('findings.test')}
        size="xs"
        value={test ?? ''}
        onChange={event => onChange('test', event.currentTarget.value)}
        data={[
          { value: '', label: t('findings.anyTest') },
          ...testIds.map(value => ({ value, label: withCount(titleOf(value), data.byTest[value]) })),
        ]}
      />
      <NativeSelect
        label={t('findings.state')}
        size="xs"
        value={state ?? ''}
        onChange={event => onChange('state', event.currentTarget.value)}
        data={[
          { value: '', label: t('findings.anyState') },
          ...FINDING_STATES.map(value => ({ value, label: withCount(t(`states.${value}`), data.byState[value]) })),
        ]}
      />
      <span className={`${styles.total} nx-number`} role="status">
        {t('findings.matching', { count: data.total, all: data.all })}
      </span>
    </fieldset>
  );
};

const NoFindings = ({ all, onClear }: { readonly all: number; readonly onClear: () => void }) => {
  const { t } = useTranslation();
  return all === 0 ? (
    <EmptyState kind="no-data" title={t('findings.none.title')}>
      {t('findings.none.text')}
    </EmptyState>
  ) : (
    <EmptyState
      kind="filtered"
      title={t('findings.filtered.title')}
      action={
        <Button variant="default" onClick={onClear}>
          {t('records.clear')}
        </Button>
      }
    >
      {t('findings.filtered.text', { count: all })}
    </EmptyState>
  );
};
