import { Button, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconDownload } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { GraphFilter } from '../../../src-main/contract/graphs.contract.ts';
import { skipToken, useChannel } from '../../app/engine/channel-hooks.ts';
import { useKeys } from '../../app/keyboard.ts';
import { usePermission } from '../../app/use-permission.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useCaseId } from '../cases/use-case-id.ts';
import { downloadFile } from '../reports/download-file.ts';
import { FlowCanvas } from './FlowCanvas.tsx';
import styles from './Flows.module.css';
import { FlowTable } from './FlowTable.tsx';
import { csvOf, svgDocument } from './flow-files.ts';
import { layoutOf } from './flow-layout.ts';
import { type FlowSide, neighbour, viewOfFinding } from './flow-view.ts';
import { NodePanel } from './NodePanel.tsx';
import { NodeSearch } from './NodeSearch.tsx';
import { useFlowGraph } from './use-flow-graph.ts';

const ARROWS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] as const;

/** Who paid whom: from one account outwards on demand, the rest folded; the same as a table beside it. */
export const FlowsPage = () => {
  const { t } = useTranslation();
  const mayRead = usePermission('finding.read');
  const status = useChannel('workspaces.status', {});
  return (
    <div className={styles.page}>
      <PageHeader title={t('flows.title')} description={t('flows.description')} />
      {status.data !== undefined && !mayRead ? (
        <EmptyState kind="no-permission" title={t('empty.noPermission.title')} />
      ) : (
        <Flows />
      )}
    </div>
  );
};

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);
const isAmount = (text: string): boolean => /^\d+(\.\d+)?$/.test(text);

const Flows = () => {
  const { t } = useTranslation();
  const caseId = useCaseId();
  const [search] = useSearchParams();
  const finding = search.get('finding');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [minimum, setMinimum] = useState('');
  const filter: GraphFilter = {
    ...(isDay(from) ? { from } : {}),
    ...(isDay(to) ? { to } : {}),
    ...(isAmount(minimum) ? { minimum } : {}),
  };
  const graph = useFlowGraph(caseId, filter);
  const { view } = graph;
  const [chosen, setChosen] = useState<string | null>(null);
  const layout = useMemo(() => layoutOf(view), [view]);
  const svg = useRef<SVGSVGElement | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const node = view.nodes.find(shown => shown.id === chosen) ?? null;
  const nameOf = (id: string): string => view.nodes.find(shown => shown.id === id)?.name ?? id;

  const evidence = useChannel('graphs.finding', finding === null ? skipToken : { findingId: finding });
  const { show } = graph;
  const shownEdges = useRef(view.edges);
  shownEdges.current = view.edges;
  useEffect(() => {
    // Coming back to the screen shows what it showed, not the same step again.
    if (evidence.data === undefined || shownEdges.current === evidence.data.edges) return;
    show(viewOfFinding(evidence.data.nodes, evidence.data.edges), t('flows.step.finding'));
    setChosen(evidence.data.nodes[0]?.id ?? null);
  }, [evidence.data, show, t]);

  const start = (id: string, name: string): void => {
    setChosen(id);
    void graph.start(id, t('flows.step.start', { name }));
  };
  const expand = (id: string, side: FlowSide): void => {
    if (!graph.full) void graph.expand(id, side, t(`flows.step.${side}`, { name: nameOf(id) }));
  };
  const hide = (id: string): void => {
    const next = neighbour(view, id, 'ArrowDown') ?? neighbour(view, id, 'ArrowUp') ?? neighbour(view, id, 'ArrowLeft');
    graph.hide(id, t('flows.step.hide', { name: nameOf(id) }));
    setChosen(next);
  };
  const move = (id: string, by: -1 | 1): void => graph.move(id, by, t('flows.step.move', { name: nameOf(id) }));
  const focus = (id: string): void => {
    setChosen(id);
    const element = [...(svg.current?.querySelectorAll<SVGGElement>('[data-node]') ?? [])].find(
      candidate => candidate.dataset.node === id,
    );
    element?.focus();
  };
  const onKey = (event: KeyboardEvent, id: string): void => {
    const arrow = ARROWS.find(key => key === event.key);
    if (arrow !== undefined) {
      event.preventDefault();
      if (event.altKey && (arrow === 'ArrowUp' || arrow === 'ArrowDown')) move(id, arrow === 'ArrowUp' ? -1 : 1);
      else {
        const next = neighbour(view, id, arrow);
        if (next !== null) focus(next);
      }
    } else if (event.key === '+' || event.key === ']') {
      event.preventDefault();
      expand(id, 'payees');
    } else if (event.key === '[') {
      event.preventDefault();
      expand(id, 'payers');
    }
  };
  useKeys({
    '/': () => input.current?.focus(),
    h: () => (chosen === null ? undefined : hide(chosen)),
    'mod+z': () => graph.undo(),
  });

  const saveSvg = (): void => {
    if (svg.current === null) return;
    const ground = getComputedStyle(document.body).backgroundColor;
    const limits = [
      from === '' ? '' : t('flows.legendFrom', { day: from }),
      to === '' ? '' : t('flows.legendTo', { day: to }),
      minimum === '' ? '' : t('flows.legendMinimum', { amount: minimum }),
    ].filter(text => text !== '');
    const legend = [
      t('flows.legend'),
      limits.length === 0 ? t('flows.legendAll') : limits.join(' · '),
      t('flows.legendWhen', { when: new Date().toISOString() }),
    ];
    downloadFile('money-flow.svg', 'image/svg+xml', svgDocument(svg.current, ground, legend));
  };
  const saveCsv = (): void => {
    const head = ['from', 'to', 'amount', 'currency', 'movements', 'first', 'last'] as const;
    downloadFile(
      'money-flow.csv',
      'text/csv',
      csvOf(
        view,
        head.map(name => t(`flows.csv.${name}`)),
      ),
    );
  };

  return (
    <>
      <div className={styles.bar}>
        <TextInput
          size="xs"
          label={t('flows.filter.from')}
          placeholder="2025-01-01"
          value={from}
          error={from !== '' && !isDay(from)}
          onChange={event => setFrom(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          label={t('flows.filter.to')}
          placeholder="2025-12-31"
          value={to}
          error={to !== '' && !isDay(to)}
          onChange={event => setTo(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          label={t('flows.filter.minimum')}
          placeholder="1000"
          value={minimum}
          error={minimum !== '' && !isAmount(minimum)}
          onChange={event => setMinimum(event.currentTarget.value)}
        />
        <span className={styles.hint}>{t('flows.filter.note')}</span>
        <Button
          size="xs"
          variant="default"
          disabled={graph.steps.length === 0}
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          onClick={graph.undo}
        >
          {t('flows.undo')}&nbsp;
          <KeyHint keys="mod+z" />
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={view.nodes.length === 0}
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={saveSvg}
        >
          {t('flows.saveSvg')}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={view.edges.length === 0}
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={saveCsv}
        >
          {t('flows.saveCsv')}
        </Button>
      </div>
      {graph.error === null ? null : <ErrorState error={graph.error} />}
      {evidence.error === undefined ? null : <ErrorState error={evidence.error} onRetry={evidence.refetch} />}
      {evidence.data !== undefined && evidence.data.rowsOutside > 0 ? (
        <p className={styles.note}>{t('flows.rowsOutside', { count: evidence.data.rowsOutside })}</p>
      ) : null}
      <div className={styles.split}>
        <aside className={styles.side}>
          {node === null ? null : (
            <NodePanel
              caseId={caseId}
              node={node}
              busy={graph.busy}
              full={graph.full}
              onExpand={side => expand(node.id, side)}
              onHide={() => hide(node.id)}
              onMove={by => move(node.id, by)}
              onStart={() => start(node.id, node.name)}
            />
          )}
          <NodeSearch caseId={caseId} input={input} onStart={start} />
          {graph.steps.length === 0 ? null : (
            <Panel title={t('flows.steps')}>
              <ol className={styles.steps} reversed>
                {graph.steps.toReversed().map(step => (
                  <li key={step.number}>{step.title}</li>
                ))}
              </ol>
            </Panel>
          )}
        </aside>
        <div className={styles.main}>
          {view.nodes.length === 0 ? (
            <EmptyState kind="no-data" title={t('flows.empty.title')}>
              {t('flows.empty.text')}
            </EmptyState>
          ) : (
            <>
              <FlowCanvas
                layout={layout}
                chosen={chosen}
                svgRef={element => {
                  svg.current = element;
                }}
                onChoose={setChosen}
                onKey={onKey}
                onUnfold={fold => expand(fold.node, fold.side)}
              />
              <Panel
                title={t('flows.table')}
                note={t('flows.shown', { nodes: view.nodes.length, count: view.edges.length })}
                flush
              >
                <FlowTable caseId={caseId} view={view} />
              </Panel>
            </>
          )}
        </div>
      </div>
    </>
  );
};
