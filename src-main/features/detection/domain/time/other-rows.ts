import { countOf } from '../figures.ts';
import type { FindingDraft } from '../forensic-test.ts';
import { MARKED } from './unusual-share.ts';

/** More than this many unremarkable rows are no finding but a fact about the data. */
const MOST_OTHER_ROWS = 10_000;

/** One finding for all marked rows that no other finding has, so that every one of them can be opened; said in words where they are too many. */
export const otherRows = (
  marks: Uint8Array,
  findings: readonly FindingDraft[],
  what: string,
): { readonly findings: FindingDraft[]; readonly limits: string[] } => {
  const left = new Uint8Array(marks.length);
  for (let row = 0; row < marks.length; row++) if (marks[row] === MARKED) left[row] = 1;
  for (const finding of findings) for (const row of finding.rows) left[row] = 0;
  let count = 0;
  for (let row = 0; row < left.length; row++) count += left[row]!;
  if (count === 0) return { findings: [], limits: [] };
  if (count > MOST_OTHER_ROWS)
    return { findings: [], limits: [`${countOf(count, 'other row')} ${what} are not listed.`] };
  const rows = new Uint32Array(count);
  let at = 0;
  for (let row = 0; row < left.length; row++) if (left[row] === 1) rows[at++] = row;
  const reason = `${countOf(count, 'other row')} ${what}.`;
  return { findings: [{ key: 'other', rows, severity: 'info', score: 0.01, reason }], limits: [] };
};
