import { isoDate, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { powerOfTen } from '../../../../kernel/decimal.ts';
import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { unitsAtLeast } from '../amount-bound.ts';
import { knownDays } from '../calendar.ts';
import { formatAmount, formatCount, textAt } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import { orderByUnits } from '../flows/units-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { decimalParameter, integerParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { rowsByCode } from '../rows-by-code.ts';
import { requireColumn } from '../transaction-table.ts';
import { ComparableNames } from './comparable-names.ts';
import { MINIMUM } from './same-party-amount.ts';

const MOST_FINDINGS = 500;
/** Rows of one amount on near days that are compared with each other. */
const MOST_NEIGHBOURS = 200;

/** Rows of one amount and currency, two or more, in order of day, then row: `rows` from `starts[g]` to `starts[g + 1]`. */
interface AmountGroups {
  readonly rows: Uint32Array;
  readonly starts: readonly number[];
}

/**
 * The rows of `dated` (in order of day) by amount, the largest without its sign first, and by currency: what has one size is
 * parted by sign and currency in order of first appearance. Amounts that nothing else shares are left out.
 */
const groupsByAmount = (dated: Uint32Array, amounts: Float64Array, currencies: Int32Array | null): AmountGroups => {
  const sizes = new Float64Array(dated.length);
  // Sign and currency as one number.
  const kinds = new Int32Array(dated.length);
  for (let i = 0; i < dated.length; i++) {
    const row = dated[i]!;
    sizes[i] = Math.abs(amounts[row]!);
    kinds[i] = 2 * (currencies === null ? 0 : currencies[row]! + 1) + (amounts[row]! < 0 ? 1 : 0);
  }
  const order = orderByUnits(sizes);
  const rows = new Uint32Array(dated.length);
  const starts = [0];
  let length = 0;
  for (let end = order.length; end > 0; ) {
    let start = end - 1;
    const size = sizes[order[start]!]!;
    while (start > 0 && sizes[order[start - 1]!] === size) start--;
    if (end - start > MOST_SCANNED)
      for (const own of partsByKind(order.subarray(start, end), kinds)) {
        for (let i = 0; i < own.length; i++) rows[length++] = dated[own[i]!]!;
        starts.push(length);
      }
    else
      for (let i = start; i < end - 1; i++) {
        const kind = kinds[order[i]!]!;
        if (kind === TAKEN) continue;
        const from = length;
        for (let j = i; j < end; j++) {
          const member = order[j]!;
          if (kinds[member] !== kind) continue;
          kinds[member] = TAKEN;
          rows[length++] = dated[member]!;
        }
        if (length - from > 1) starts.push(length);
        else length = from;
      }
    end = start;
  }
  return { rows, starts };
};

/** Rows of one size up to which their kinds are told apart by scanning; beyond, by a map. */
const MOST_SCANNED = 64;
const TAKEN = -1;

/** Two or more members of one kind, in their order; parts in order of first appearance. */
const partsByKind = (members: Uint32Array, kinds: Int32Array): readonly number[][] => {
  const parts = new Map<number, number[]>();
  for (let i = 0; i < members.length; i++) {
    const kind = kinds[members[i]!]!;
    const known = parts.get(kind);
    if (known === undefined) parts.set(kind, [members[i]!]);
    else known.push(members[i]!);
  }
  return [...parts.values()].filter(own => own.length > 1);
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
    const span = knownDays(days) ?? { first: 0, last: 0 };
    const offsets = new Int32Array(table.rowCount);
    for (let row = 0; row < table.rowCount; row++) {
      reportProgress(context, row, table.rowCount, 0, 0.3);
      const units = amounts[row]!;
      offsets[row] = -1;
      if (Number.isNaN(units)) excluded.amount++;
      else if (units === 0) excluded.zero++;
      else if (days[row] === UNKNOWN_DAY) excluded.day++;
      else if (codes[row] === UNKNOWN_CODE) excluded.party++;
      else if (Math.abs(units) < smallest) excluded.small++;
      else offsets[row] = days[row]! - span.first;
    }
    const dated = rowsByCode(offsets, span.last - span.first + 1).rows;
    const { rows, starts } = groupsByAmount(dated, amounts, currencies);
    const names = new ComparableNames(values);
    const findings: FindingDraft[] = [];
    let bounded = 0;
    let found = 0;
    for (let group = 0; group + 1 < starts.length; group++) {
      reportProgress(context, group, starts.length, 0.6, 1);
      const end = starts[group + 1]!;
      for (let i = starts[group]!; i < end; i++) {
        const a = rows[i]!;
        const lastDay = days[a]! + window;
        for (let j = i + 1; j < end; j++) {
          const b = rows[j]!;
          if (days[b]! > lastDay) break;
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
        used: dated.length,
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
