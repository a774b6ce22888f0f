import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { GraphEdge } from '../../../src-main/contract/graphs.contract.ts';
import { groupedDecimal } from '../../components/money-text.ts';
import styles from './Flows.module.css';
import { type FlowLayout, NODE_HEIGHT, NODE_WIDTH, type PlacedNode } from './flow-layout.ts';
import type { Fold } from './flow-view.ts';
import { useTotals } from './use-totals.ts';

interface FlowCanvasProps {
  readonly layout: FlowLayout;
  readonly chosen: string | null;
  readonly svgRef: (element: SVGSVGElement | null) => void;
  readonly onChoose: (id: string) => void;
  readonly onKey: (event: KeyboardEvent, id: string) => void;
  readonly onUnfold: (fold: Fold) => void;
}

/** More figures than this on the lines are noise: the table has them all. */
const MOST_FIGURES = 30;
const LETTERS = 23;
/** The picture shrinks to its place down to this share of its size; below, it scrolls. */
const SMALLEST = 0.75;
const cut = (text: string): string => (text.length > LETTERS ? `${text.slice(0, LETTERS - 1)}…` : text);

/** The picture: payers left, payees right. Each node is a button; the table beside it carries the same in words. */
export const FlowCanvas = ({ layout, chosen, svgRef, onChoose, onKey, onUnfold }: FlowCanvasProps) => {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.canvas} aria-label={t('flows.picture')}>
      <svg
        ref={svgRef}
        width={layout.width}
        height={layout.height}
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        className={styles.svg}
        style={{ width: `clamp(${SMALLEST * layout.width}px, 100%, ${layout.width}px)` }}
      >
        <title>{t('flows.picture')}</title>
        <defs>
          <marker
            id="flow-arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="9"
            markerHeight="9"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0,0 L8,4 L0,8 z" className={styles.arrow} />
          </marker>
        </defs>
        {layout.edges.map(({ edge, path, width, returns }) => (
          <path
            key={`${edge.from} ${edge.to}`}
            d={path}
            className={styles.edge}
            data-touches={edge.from === chosen || edge.to === chosen}
            data-returns={returns}
            strokeWidth={width}
            markerEnd="url(#flow-arrow)"
          />
        ))}
        {layout.edges.length > MOST_FIGURES
          ? null
          : layout.edges.map(({ edge, figure }) => <Figure key={`${edge.from} ${edge.to}`} edge={edge} at={figure} />)}
        {layout.nodes.map(placed => (
          <Node
            key={placed.node.id}
            placed={placed}
            isChosen={placed.node.id === chosen}
            onChoose={onChoose}
            onKey={onKey}
          />
        ))}
        {layout.folds.map(({ fold, x, y }) => (
          <FoldBox key={`${fold.node} ${fold.side}`} fold={fold} x={x} y={y} onUnfold={onUnfold} />
        ))}
      </svg>
    </fieldset>
  );
};

const Figure = ({
  edge,
  at,
}: {
  readonly edge: GraphEdge;
  readonly at: { readonly x: number; readonly y: number };
}) => {
  const [first] = edge.totals;
  if (first === undefined) return null;
  const more = edge.totals.length > 1 ? ' +' : '';
  return (
    <text x={at.x} y={at.y - 4} className={styles.figure} textAnchor="middle" aria-hidden>
      {`${groupedDecimal(first.amount)} ${first.currency ?? ''}${more}`}
    </text>
  );
};

interface NodeProps {
  readonly placed: PlacedNode;
  readonly isChosen: boolean;
  readonly onChoose: (id: string) => void;
  readonly onKey: (event: KeyboardEvent, id: string) => void;
}
const Node = ({ placed: { node, x, y }, isChosen, onChoose, onKey }: NodeProps) => {
  const { t } = useTranslation();
  const totals = useTotals();
  const label = t('flows.nodeLabel', {
    kind: t(`flows.kinds.${node.kind}`),
    name: node.name,
    paid: totals(node.paid),
    received: totals(node.received),
  });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button element cannot stand inside an SVG picture
    <g
      transform={`translate(${x},${y})`}
      className={styles.node}
      role="button"
      tabIndex={0}
      data-node={node.id}
      data-kind={node.kind}
      aria-pressed={isChosen}
      aria-label={label}
      onClick={() => onChoose(node.id)}
      onFocus={() => onChoose(node.id)}
      onKeyDown={event => onKey(event, node.id)}
    >
      <title>{node.name}</title>
      <rect width={NODE_WIDTH} height={NODE_HEIGHT} rx={node.kind === 'party' ? 22 : 4} />
      <text x={14} y={19} className={styles.name}>
        {cut(node.name)}
      </text>
      <text x={14} y={35} className={styles.kind}>
        {t('flows.nodeCounts', { payers: node.payers, payees: node.payees })}
      </text>
    </g>
  );
};

interface FoldBoxProps {
  readonly fold: Fold;
  readonly x: number;
  readonly y: number;
  readonly onUnfold: (fold: Fold) => void;
}
const FoldBox = ({ fold, x, y, onUnfold }: FoldBoxProps) => {
  const { t } = useTranslation();
  const totals = useTotals();
  const count = fold.folded.neighbours;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button element cannot stand inside an SVG picture
    <g
      transform={`translate(${x},${y})`}
      className={styles.fold}
      role="button"
      tabIndex={0}
      aria-label={t(`flows.unfold.${fold.side}`, { count, totals: totals(fold.folded.totals) })}
      onClick={() => onUnfold(fold)}
      onKeyDown={event => {
        if (event.key !== 'Enter' && event.key !== ' ' && event.key !== '+') return;
        event.preventDefault();
        onUnfold(fold);
      }}
    >
      <rect width={NODE_WIDTH} height={NODE_HEIGHT} rx={4} />
      <text x={14} y={19} className={styles.name}>
        {t(`flows.folded.${fold.side}`, { count })}
      </text>
      <text x={14} y={35} className={styles.kind}>
        {cut(totals(fold.folded.totals))}
      </text>
    </g>
  );
};
