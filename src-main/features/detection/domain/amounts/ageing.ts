import { isoDate, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { formatUnits, UnitSum } from '../../../../kernel/decimal.ts';
import type { ForensicTest, Parameters } from '../forensic-test.ts';
import { dayParameter, decimalsParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';

interface Ages {
  readonly asOf: number;
  /** Least age of each band but the first (days). */
  readonly ends: readonly number[];
  readonly names: readonly string[];
  readonly bandOf: (day: number) => number;
}

const latestDay = (days: Int32Array): number => {
  let latest = UNKNOWN_DAY;
  for (const day of days) if (day !== UNKNOWN_DAY && (latest === UNKNOWN_DAY || day > latest)) latest = day;
  return latest;
};

/** Bands: dated after the day, then 0 to the first bound, and so on. */
const agesOf = (table: TransactionTable, parameters: Parameters): Ages => {
  const asOf = dayParameter(parameters, 'as-of') ?? latestDay(requireColumn(table.bookingDay, 'date'));
  const bounds = [
    ...new Set(decimalsParameter(parameters, 'bands').map(({ units, scale }) => Math.floor(units / 10 ** scale))),
  ];
  const ends = [0, ...bounds.map(bound => bound + 1)];
  const names = [
    'dated later',
    ...ends.map((end, i) => (i < bounds.length ? `${end} to ${bounds[i]} days` : `over ${end - 1} days`)),
  ];
  const bandOf = (day: number): number => {
    let band = ends.length;
    while (band > 0 && asOf - day < ends[band - 1]!) band--;
    return band;
  };
  return { asOf, ends, names, bandOf };
};

/** How old the items are on a day. Spec: docs/specs/ageing.md. */
export const ageing: ForensicTest = {
  id: 'ageing',
  version: '1.1.0',
  title: 'Ageing',
  group: 'amounts',
  side: 'bank',
  needs: ['amount', 'date'],
  uses: [],
  parameters: [
    { name: 'as-of', kind: 'day', default: '', meaning: 'the day on which ages are counted; none is the latest date' },
    {
      name: 'bands',
      kind: 'decimals',
      default: '30,60,90,120',
      minimum: 0,
      maximum: 100_000,
      meaning: 'the last day of each band, in days',
    },
  ],
  explanations: [],
  run(table, parameters, context) {
    const amounts = requireColumn(table.amountUnits, 'amount');
    const days = requireColumn(table.bookingDay, 'date');
    const { asOf, names, bandOf } = agesOf(table, parameters);
    const counts = new Uint32Array(names.length);
    const sums = names.map(() => new UnitSum());
    const excluded = { amount: 0, day: 0 };
    for (let row = 0; row < table.rowCount; row++) {
      reportProgress(context, row, table.rowCount, 0, 1);
      if (Number.isNaN(amounts[row]!)) excluded.amount++;
      else if (days[row] === UNKNOWN_DAY) excluded.day++;
      else {
        const band = bandOf(days[row]!);
        counts[band]!++;
        sums[band]!.add(amounts[row]!);
      }
    }
    const used = table.rowCount - excluded.amount - excluded.day;
    return {
      population: {
        rows: table.rowCount,
        used,
        excluded: [
          { reason: 'amount is unknown', count: excluded.amount },
          { reason: 'date is unknown', count: excluded.day },
        ].filter(group => group.count > 0),
      },
      statistics: { asOf: asOf === UNKNOWN_DAY ? null : isoDate(asOf) },
      bins: names.map((name, i) => ({
        key: name,
        count: counts[i]!,
        expected: null,
        z: null,
        amount: formatUnits(sums[i]!.value, table.amountScale, Math.min(2, table.amountScale)),
      })),
      findings: [],
      limits: [
        'A profile, not a test: it has no findings. It says something of open items (receivables, payables, uncleared cheques); of settled payments it only says when they were.',
        'Amounts in several currencies are added as they stand.',
      ],
    };
  },
  rowsOfBin(table, parameters, key) {
    const amounts = requireColumn(table.amountUnits, 'amount');
    const days = requireColumn(table.bookingDay, 'date');
    const { names, bandOf } = agesOf(table, parameters);
    const rows: number[] = [];
    for (let row = 0; row < table.rowCount; row++)
      if (!Number.isNaN(amounts[row]!) && days[row] !== UNKNOWN_DAY && names[bandOf(days[row]!)] === key)
        rows.push(row);
    return Uint32Array.from(rows);
  },
};
