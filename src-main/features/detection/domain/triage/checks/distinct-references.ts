import { countOf } from '../../figures.ts';
import type { TransactionTable } from '../../transaction-table.ts';
import type { CheckResult, ExculpatoryCheck } from './exculpatory-check.ts';
import { rowSet } from './exculpatory-check.ts';

const run = (table: TransactionTable, rows: Uint32Array): CheckResult => {
  const reference = (row: number): number => table.referenceHash?.[row] ?? 0;
  const byReference = new Map<number, number[]>();
  for (const row of rows) {
    const own = byReference.get(reference(row));
    if (own === undefined) byReference.set(reference(row), [row]);
    else own.push(row);
  }
  const without = byReference.get(0)?.length ?? 0;
  byReference.delete(0);
  const sharing = [...byReference.values()].filter(own => own.length > 1).flat();
  const words = `${countOf(rows.length, 'row')} with ${countOf(byReference.size, 'different reference')}${without === 0 ? '' : `; ${without} without one`}.`;
  if (rows.length < 2) return { outcome: 'unclear', words: 'One row has no other reference to differ from.', rows };
  if (sharing.length > 0)
    return {
      outcome: 'against',
      words: `${words} ${sharing.length} share theirs with another.`,
      rows: rowSet(sharing),
    };
  return { outcome: without > 0 ? 'unclear' : 'supports', words, rows };
};

export const distinctReferences: ExculpatoryCheck = {
  id: 'distinct-references',
  version: '1.0.0',
  question: 'Are these separate invoices: does each row have a reference of its own?',
  run,
};
