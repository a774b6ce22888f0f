import type { ChannelResult } from '../../../contract/index.ts';
import { cut, printable, tableText } from '../terminal.ts';

type Linked = ChannelResult<'tables.link'>;

const bits = (value: number): string => `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(1)}`;
const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** Why two rows are one, strongest field first: what was compared and what it says in bits. */
const reasons = ({ prior, contributions }: Linked['explained'][number]): string =>
  [
    ...contributions
      .filter(({ level }) => level !== 'unknown')
      .toSorted((a, b) => Math.abs(b.bits) - Math.abs(a.bits))
      .map(({ field, level, bits: says }) => `${field} ${level} ${bits(says)}`),
    `start ${bits(prior)}`,
  ].join(', ');

/** What a linkage found, in words for a terminal. */
export const linkText = ({ rows, pairs, clusters, competing, model, explained }: Linked): string => {
  const inClusters = clusters.reduce((sum, cluster) => sum + cluster.length, 0);
  const lines = [
    `${rows} rows: ${counted(pairs.length, 'pair', 'pairs')} at or above ${model.threshold}, ${counted(clusters.length, 'cluster', 'clusters')} of ${inClusters} rows`,
    `compared by ${model.fields.length === 0 ? 'no column' : model.fields.map(({ name, kind }) => printable(`${name} (${kind})`)).join(', ')}`,
    ...model.leftOut.map(({ name, reason }) => printable(`not compared: ${name}, ${reason}`)),
  ];
  if (explained.length > 0)
    lines.push(
      '',
      tableText(
        [{ number: 'rows' }, 'who', 'weakest pair', { number: 'score' }, 'why, in bits'],
        explained.map(cluster => [
          String(cluster.size),
          cut(cluster.ids.join(' '), 40),
          cut(`${cluster.a} = ${cluster.b}`, 30),
          cluster.score.toFixed(3),
          cut(reasons(cluster), 200),
        ]),
      ),
    );
  if (clusters.length > explained.length)
    lines.push(`… ${clusters.length - explained.length} more clusters (--json prints all)`);
  if (competing.length > 0)
    lines.push('', `competing: ${counted(competing.length, 'pair', 'pairs')} set aside for a better one`);
  lines.push('', ...model.limits.map(limit => printable(`note: ${limit}`)));
  return `${lines.join('\n').trimEnd()}\n`;
};
