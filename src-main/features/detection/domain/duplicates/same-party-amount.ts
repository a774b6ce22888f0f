import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { unitsAtLeast } from '../amount-bound.ts';
import { equalRowGroups, NO_HASH } from '../equal-rows.ts';
import type { ParameterSpec, Parameters, TestContext, TestResult } from '../forensic-test.ts';
import { decimalParameter, textParameter } from '../parameters.ts';
import { mixInteger, mixWord } from '../row-hash.ts';
import { reportProgress } from '../row-progress.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';

/** The smallest amount a duplicate test looks at. */
export const MINIMUM: ParameterSpec = {
  name: 'minimum',
  kind: 'decimal',
  default: '0',
  minimum: 0,
  meaning: 'smallest amount tested, without its sign (0 is no minimum)',
};

/** Rows of one party, amount and currency: two or more a group, ascending; groups ascend by their first row. */
export interface SamePartyAmount {
  readonly groups: readonly Uint32Array[];
  readonly population: TestResult['population'];
  /** 1 where a row takes part. */
  readonly tested: Uint8Array;
}

const group = (table: TransactionTable, smallest: number, context: TestContext): SamePartyAmount => {
  const { rowCount } = table;
  const amounts = requireColumn(table.amountUnits, 'amount');
  const parties = requireColumn(table.party, 'party').codes;
  const currencies = table.currency?.codes ?? null;
  const hashes = new Uint32Array(rowCount);
  const tested = new Uint8Array(rowCount);
  const excluded = { party: 0, unknown: 0, zero: 0, small: 0 };
  for (let row = 0; row < rowCount; row++) {
    reportProgress(context, row, rowCount, 0, 0.3);
    const units = amounts[row]!;
    hashes[row] = NO_HASH;
    if (Number.isNaN(units)) excluded.unknown++;
    else if (units === 0) excluded.zero++;
    else if (parties[row] === UNKNOWN_CODE) excluded.party++;
    else if (Math.abs(units) < smallest) excluded.small++;
    else {
      tested[row] = 1;
      hashes[row] = mixInteger(mixWord(mixWord(1, parties[row]!), currencies?.[row] ?? 0), units) || 1;
    }
  }
  const equal = (a: number, b: number): boolean =>
    amounts[a] === amounts[b] && parties[a] === parties[b] && (currencies === null || currencies[a] === currencies[b]);
  const outside = excluded.party + excluded.unknown + excluded.zero + excluded.small;
  return {
    groups: equalRowGroups(hashes, equal, context),
    tested,
    population: {
      rows: rowCount,
      used: rowCount - outside,
      excluded: [
        { reason: 'amount is unknown', count: excluded.unknown },
        { reason: 'amount is zero', count: excluded.zero },
        { reason: 'party is unknown', count: excluded.party },
        { reason: 'amount is below the minimum', count: excluded.small },
      ].filter(({ count }) => count > 0),
    },
  };
};

const GROUPS = new WeakMap<TransactionTable, Map<string, SamePartyAmount>>();

/** Groups of one party, amount and currency from `minimum` on: made once for all tests that look at the same table. */
export const samePartyAmount = (
  table: TransactionTable,
  parameters: Parameters,
  context: TestContext,
): SamePartyAmount => {
  const made = GROUPS.get(table) ?? new Map<string, SamePartyAmount>();
  GROUPS.set(table, made);
  const key = textParameter(parameters, 'minimum');
  const known = made.get(key);
  if (known !== undefined) return known;
  const groups = group(table, unitsAtLeast(decimalParameter(parameters, 'minimum'), table.amountScale), context);
  made.set(key, groups);
  return groups;
};
