import type { ReadStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';
import type { FindingDraft, TestResult } from '../domain/forensic-test.ts';
import type { DetectionTable } from './detection-table.ts';

const textOf = (store: ReadStore, id: number): string => {
  const row = store.first(
    sql.selectFrom('transactions').select(['reference', 'description', 'value_day']).where('id', '=', id),
  );
  return JSON.stringify(row);
};

/**
 * Confirms groups of equal records on the stored texts themselves: the test grouped them by a 64-bit hash of the record
 * and by the columns. A group whose texts differ is no duplicate; it is dropped and said.
 */
export const confirmDuplicates = (store: ReadStore, rows: DetectionTable, result: TestResult): TestResult => {
  const holds = (draft: FindingDraft): boolean => {
    const texts = new Set(Array.from(draft.rows, row => textOf(store, rows.transactionId(row))));
    return texts.size === 1;
  };
  const findings = result.findings.filter(holds);
  const dropped = result.findings.length - findings.length;
  return {
    ...result,
    findings,
    limits: [
      `Every group was confirmed on the stored reference, description and value date${dropped === 0 ? '' : `; ${dropped} that only shared a hash were dropped`}.`,
    ],
  };
};
