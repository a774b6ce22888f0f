import { formatUnits, UnitSum } from '../../../../kernel/decimal.ts';
import { unitsAtLeast } from '../amount-bound.ts';
import { formatAmount } from '../figures.ts';
import type { ForensicTest, Parameters } from '../forensic-test.ts';
import { decimalsParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';

/** Lower ends of the strata in units, ascending; the first stratum begins at 0. */
const lowerEnds = (table: TransactionTable, parameters: Parameters): number[] => {
  const bounds = decimalsParameter(parameters, 'bounds').map(bound => unitsAtLeast(bound, table.amountScale));
  return [0, ...new Set(bounds.filter(bound => bound > 0))];
};

const stratumOf = (ends: readonly number[], size: number): number => {
  let stratum = ends.length - 1;
  while (stratum > 0 && size < ends[stratum]!) stratum--;
  return stratum;
};

const namesOf = (table: TransactionTable, ends: readonly number[]): string[] =>
  ends.map((end, i) => {
    const next = ends[i + 1];
    const from = formatAmount(table, end, null);
    return next === undefined ? `from ${from}` : `${from} to below ${formatAmount(table, next, null)}`;
  });

/** How many amounts, and how much money, lie in each band of size. Spec: docs/specs/stratification.md. */
export const stratification: ForensicTest = {
  id: 'stratification',
  version: '1.1.0',
  title: 'Stratification',
  group: 'amounts',
  side: 'bank',
  needs: ['amount'],
  uses: ['currency'],
  parameters: [
    {
      name: 'bounds',
      kind: 'decimals',
      default: '10,100,1000,10000,100000,1000000',
      minimum: 0,
      meaning: 'where a new band begins, in currency units',
    },
  ],
  explanations: [],
  run(table, parameters, context) {
    const amounts = requireColumn(table.amountUnits, 'amount');
    const ends = lowerEnds(table, parameters);
    const names = namesOf(table, ends);
    const counts = new Uint32Array(ends.length);
    const sums = ends.map(() => new UnitSum());
    let unknown = 0;
    for (let row = 0; row < table.rowCount; row++) {
      reportProgress(context, row, table.rowCount, 0, 1);
      const size = Math.abs(amounts[row]!);
      if (Number.isNaN(size)) {
        unknown++;
        continue;
      }
      const stratum = stratumOf(ends, size);
      counts[stratum]!++;
      sums[stratum]!.add(size);
    }
    const used = table.rowCount - unknown;
    const total = sums.reduce((sum, part) => sum + part.value, 0n);
    const mixed = new Set(table.currency?.values ?? []).size > 1;
    return {
      population: {
        rows: table.rowCount,
        used,
        excluded: unknown === 0 ? [] : [{ reason: 'amount is unknown', count: unknown }],
      },
      statistics: { total: formatUnits(total, table.amountScale, 0) },
      bins: names.map((name, i) => ({
        key: name,
        count: counts[i]!,
        expected: null,
        z: null,
        amount: formatUnits(sums[i]!.value, table.amountScale, Math.min(2, table.amountScale)),
      })),
      findings: [],
      limits: [
        'A profile, not a test: it has no findings. Each band opens its rows.',
        ...(mixed ? ['Amounts in several currencies stand in one profile: nothing is converted.'] : []),
      ],
    };
  },
  rowsOfBin(table, parameters, key) {
    const amounts = requireColumn(table.amountUnits, 'amount');
    const ends = lowerEnds(table, parameters);
    const wanted = namesOf(table, ends).indexOf(key);
    const rows: number[] = [];
    for (let row = 0; row < table.rowCount; row++)
      if (!Number.isNaN(amounts[row]!) && stratumOf(ends, Math.abs(amounts[row]!)) === wanted) rows.push(row);
    return Uint32Array.from(rows);
  },
};
