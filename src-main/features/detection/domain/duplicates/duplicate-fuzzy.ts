import { isoDate, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { powerOfTen } from '../../../../kernel/decimal.ts';
import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { unitsAtLeast } from '../amount-bound.ts';
import { equalRowGroups } from '../equal-rows.ts';
import { formatAmount, formatCount, textAt } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { decimalParameter, integerParameter } from '../parameters.ts';
import { mixInteger, mixWord } from '../row-hash.ts';
import { reportProgress } from '../row-progress.ts';
import { rowsByCode } from '../rows-by-code.ts';
import { requireColumn } from '../transaction-table.ts';
import { ComparableNames } from './comparable-names.ts';
import { MINIMUM } from './same-party-amount.ts';

const MOST_FINDINGS = 500;
/** Rows of one amount on near days that are compared with each other. */
const MOST_NEIGHBOURS = 200;

/** Rows that take part, in the order of their days, by counting. */
const rowsByDay = (days: Int32Array, takesPart: (row: number) => boolean): Uint32Array => {
  const offsets = new Int32Array(days.length).fill(-1);
  let first = Infinity;
  let last = -Infinity;
  for (let row = 0; row < days.length; row++) {
    if (!takesPart(row)) continue;
    const day = days[row]!;
    offsets[row] = day;
    if (day < first) first = day;
    if (day > last) last = day;
  }
  if (first > last) return new Uint32Array();
  // Days before 1970 are negative, as is "takes no part": the latter is told by the known range.
  for (let row = 0; row < days.length; row++)
    offsets[row] = days[row]! >= first && offsets[row] === days[row] ? days[row]! - first : -1;
  return rowsByCode(offsets, last - first + 1).rows;
};

/** Same amount on near dates with parties whose names are nearly the same. Spec: docs/specs/duplicate-fuzzy.md. */
export const duplicateFuzzy: ForensicTest = {
  id: 'duplicate-fuzzy',
  version: '1.0.0',
  title: 'Same amount, similar party, near date',
  group: 'duplicates',
  side: 'bank',
  needs: ['amount', 'party', 'date'],
  uses: ['currency'],
  parameters: [
    MINIMUM,
    {
      name: 'similarity',
      kind: 'decimal',
      default: '0.85',
      minimum: 0.5,
      maximum: 1,
      meaning: 'least similarity of two names, 0 to 1',
    },
    {
      name: 'days',
      kind: 'integer',
      default: '14',
      minimum: 0,
      maximum: 366,
      meaning: 'largest distance of two dates',
    },
  ],
  explanations: ['reversed', 'distinct-references', 'fixed-tariff', 'immaterial'],
  run(table, parameters, context) {
    const amounts = requireColumn(table.amountUnits, 'amount');
    const days = requireColumn(table.bookingDay, 'date');
    const { codes, values } = requireColumn(table.party, 'party');
    const currencies = table.currency?.codes ?? null;
    const smallest = unitsAtLeast(decimalParameter(parameters, 'minimum'), table.amountScale);
    const window = integerParameter(parameters, 'days');
    const least = decimalParameter(parameters, 'similarity');
    const leastSimilarity = least.units / powerOfTen(least.scale);
    const excluded = { amount: 0, zero: 0, day: 0, party: 0, small: 0 };
    const takesPart = (row: number): boolean => {
      const units = amounts[row]!;
      if (Number.isNaN(units)) excluded.amount++;
      else if (units === 0) excluded.zero++;
      else if (days[row] === UNKNOWN_DAY) excluded.day++;
      else if (codes[row] === UNKNOWN_CODE) excluded.party++;
      else if (Math.abs(units) < smallest) excluded.small++;
      else return true;
      return false;
    };
    const rows = rowsByDay(days, takesPart);
    // Groups of one amount and currency; within a group the positions ascend, so the days do.
    const hashes = Uint32Array.from(rows, row => mixInteger(mixWord(1, currencies?.[row] ?? 0), amounts[row]!) || 1);
    const same = (a: number, b: number): boolean =>
      amounts[rows[a]!] === amounts[rows[b]!] && (currencies === null || currencies[rows[a]!] === currencies[rows[b]!]);
    const groups = equalRowGroups(hashes, same, context).toSorted(
      (a, b) => Math.abs(amounts[rows[b[0]!]!]!) - Math.abs(amounts[rows[a[0]!]!]!) || a[0]! - b[0]!,
    );
    const names = new ComparableNames(values);
    const findings: FindingDraft[] = [];
    let bounded = 0;
    let found = 0;
    for (const [at, group] of groups.entries()) {
      reportProgress(context, at, groups.length, 0.6, 1);
      for (let i = 0; i < group.length; i++) {
        const a = rows[group[i]!]!;
        for (let j = i + 1; j < group.length; j++) {
          const b = rows[group[j]!]!;
          if (days[b]! - days[a]! > window) break;
          if (j - i > MOST_NEIGHBOURS) {
            bounded++;
            break;
          }
          if (codes[a] === codes[b]) continue;
          const alike = names.similarity(codes[a]!, codes[b]!, leastSimilarity);
          if (alike < leastSimilarity) continue;
          found++;
          if (findings.length >= MOST_FINDINGS) continue;
          const currency = textAt(table.currency, a);
          findings.push({
            key: JSON.stringify([
              values[codes[a]!],
              values[codes[b]!],
              amounts[a],
              currency,
              isoDate(days[a]!),
              isoDate(days[b]!),
            ]),
            rows: Uint32Array.from([a, b]).sort(),
            severity: 'medium',
            score: alike * (1 - (days[b]! - days[a]!) / (2 * (window + 1))),
            reason: `${formatAmount(table, amounts[a]!, currency)} with ${values[codes[a]!]} on ${isoDate(days[a]!)} and with ${values[codes[b]!]} on ${isoDate(days[b]!)}: the names are ${(100 * alike).toFixed(0)} % alike.`,
          });
        }
      }
    }
    return {
      population: {
        rows: table.rowCount,
        used: rows.length,
        excluded: [
          { reason: 'amount is unknown', count: excluded.amount },
          { reason: 'amount is zero', count: excluded.zero },
          { reason: 'date is unknown', count: excluded.day },
          { reason: 'party is unknown', count: excluded.party },
          { reason: 'amount is below the minimum', count: excluded.small },
        ].filter(group => group.count > 0),
      },
      statistics: { pairs: found, flagged: findings.length },
      bins: [],
      findings: inReportOrder(findings),
      limits: [
        'Names that are alike may be two people; parties that were confirmed to be one are one here.',
        ...(found > MOST_FINDINGS
          ? [`${formatCount(found)} pairs were found; the ${MOST_FINDINGS} with the largest amounts are listed.`]
          : []),
        ...(bounded > 0
          ? [
              `${formatCount(bounded)} rows share their amount with more than ${MOST_NEIGHBOURS} rows on near days: only those were compared.`,
            ]
          : []),
      ],
    };
  },
};
