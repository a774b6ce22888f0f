import { formatUnits } from '../../../kernel/decimal.ts';
import { bai2Amount } from './bai2-fields.ts';
import type { StatementSink } from './statement-sink.ts';

/** Counts and sums of a level of the file (account, group, file), to compare with its trailer. */
export class ControlLevel {
  /** What the level holds, as messages name it: `account 123 (line 4)`. */
  readonly what: string;
  records = 0;
  /** Accounts of a group, groups of a file. */
  children = 0;
  total = 0n;
  constructor(what: string) {
    this.what = what;
  }
}

/** Minor units as they stand in the file, for messages. */
const plain = (units: bigint): string => formatUnits(units, 0);

/**
 * Compares a trailer with what was read: the control total (the sum of all amounts as written, algebraic), the number
 * of accounts or groups where it states one, and the number of physical records. Returns the stated total, which the
 * next level adds up. Warns `control.total` and `control.count`.
 */
export const checkTrailer = (
  level: ControlLevel,
  fields: { readonly total: string; readonly children: string | null; readonly records: string },
  childName: string,
  row: number,
  sink: StatementSink,
): bigint => {
  const total = bai2Amount(fields.total);
  if (total === null || BigInt(total) !== level.total)
    sink.warn({
      row,
      code: 'control.total',
      message: `The trailer at line ${row} states a control total of ${fields.total || 'nothing'} for ${level.what}; its amounts add up to ${plain(level.total)} (minor units).`,
    });
  const counts: [stated: string, found: number, name: string][] = [[fields.records, level.records, 'records']];
  if (fields.children !== null) counts.unshift([fields.children, level.children, childName]);
  for (const [stated, found, name] of counts)
    if (!/^\d+$/.test(stated) || Number(stated) !== found)
      sink.warn({
        row,
        code: 'control.count',
        message: `The trailer at line ${row} states ${stated || 'no number of'} ${name} for ${level.what}; it has ${found}.`,
      });
  return total === null ? level.total : BigInt(total);
};
