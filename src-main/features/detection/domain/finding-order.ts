import type { FindingDraft } from './forensic-test.ts';

/** The order in which a test reports: highest score first, then the first row, then the key. A new array. */
export const inReportOrder = (findings: readonly FindingDraft[]): FindingDraft[] =>
  findings.toSorted(
    (a, b) => b.score - a.score || (a.rows[0] ?? 0) - (b.rows[0] ?? 0) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
  );
