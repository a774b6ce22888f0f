import { type Decimal, powerOfTen } from '../../../../kernel/decimal.ts';
import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { unitsAtLeast } from '../amount-bound.ts';
import { countOf, formatAmount, textAt } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { type RobustSpread, robustSpread, sortAscending } from '../order-statistics.ts';
import { decimalParameter, integerParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { rowsByCode } from '../rows-by-code.ts';
import { mostFindingsParameter, strongestLeads } from '../strongest-leads.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import { alikeRows } from './alike-rows.ts';

/** Constants of Iglewicz and Hoaglin, each as an integer over a power of ten, for exact comparison at the limit. */
const MAD_CONSTANT = 6745n;
const MEAN_CONSTANT = 1_253_314n;

interface Group {
  readonly score: number;
  readonly key: string;
  readonly party: string;
  readonly kind: string;
  readonly rows: readonly number[];
  readonly spread: RobustSpread;
  readonly farthest: number;
  readonly z: number;
  /** Share of the group's rows that are unusual. */
  readonly share: number;
  readonly members: number;
}

/** |z| > limit in integers; decides where doubles are too close to call. */
const exceedsExactly = (
  deviation2: number,
  { mad }: RobustSpread,
  limit: Decimal,
  totalDeviation2: bigint,
  members: number,
): boolean => {
  const threshold = BigInt(limit.units);
  const scale = 10n ** BigInt(limit.scale);
  // 0.6745 × (deviation2 / 2) / (mad4 / 4) > threshold, and deviation2 / 2 / (1.253314 × total2 / 2 / n) > threshold.
  return mad > 0
    ? MAD_CONSTANT * 2n * BigInt(deviation2) * scale > threshold * BigInt(4 * mad) * 10_000n
    : BigInt(deviation2) * BigInt(members) * 1_000_000n * scale > threshold * MEAN_CONSTANT * totalDeviation2;
};

interface Unusual {
  readonly rows: readonly number[];
  readonly spread: RobustSpread;
}

/** Rows of a group whose |z| is over the limit. Null: all amounts are equal, or none is unusual. */
const unusualRows = (
  rows: readonly number[] | Uint32Array,
  amounts: Float64Array,
  limit: Decimal,
  scratch: Float64Array,
): Unusual | null => {
  for (let i = 0; i < rows.length; i++) scratch[i] = Math.abs(amounts[rows[i]!]!);
  const sorted = sortAscending(scratch.subarray(0, rows.length));
  const spread = robustSpread(sorted);
  if (spread.factor === null) return null;
  const bound = limit.units / powerOfTen(limit.scale) / spread.factor;
  const edge = Math.max(spread.median2 - 2 * sorted[0]!, 2 * sorted.at(-1)! - spread.median2);
  if (edge < bound * (1 - 1e-9)) return null;
  let total: bigint | null = null;
  const totalDeviation2 = (): bigint =>
    (total ??= sorted.reduce((sum, size) => sum + BigInt(Math.abs(2 * size - spread.median2)), 0n));
  const unusual: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const deviation = Math.abs(2 * Math.abs(amounts[row]!) - spread.median2);
    if (deviation < bound * (1 - 1e-9)) continue;
    const near = deviation <= bound * (1 + 1e-9);
    if (!near || exceedsExactly(deviation, spread, limit, totalDeviation2(), rows.length)) unusual.push(row);
  }
  return unusual.length === 0 ? null : { rows: unusual, spread };
};

/** Amounts far from what a party usually has. Spec: docs/specs/unusual-amount-for-party.md. */
export const unusualAmountForParty: ForensicTest = {
  id: 'unusual-amount-for-party',
  version: '1.0.0',
  title: 'Unusual amount for the party',
  group: 'amounts',
  side: 'bank',
  needs: ['amount', 'party'],
  uses: ['currency'],
  parameters: [
    {
      name: 'z',
      kind: 'decimal',
      default: '3.5',
      minimum: 0.1,
      maximum: 1_000_000,
      meaning: 'modified z-score (median and MAD) beyond which an amount is unusual',
    },
    {
      name: 'minimum-rows',
      kind: 'integer',
      default: '10',
      minimum: 3,
      maximum: 1_000_000,
      meaning: 'rows of one party in one direction and currency from which there is something to compare with',
    },
    {
      name: 'materiality',
      kind: 'decimal',
      default: '0',
      minimum: 0,
      meaning: 'unusual amounts below this many currency units are not listed',
    },
    mostFindingsParameter(200),
  ],
  explanations: ['reversed', 'recurring', 'customary-amount', 'immaterial'],
  run(table, parameters, context) {
    const amounts = requireColumn(table.amountUnits, 'amount');
    const parties = requireColumn(table.party, 'party');
    const limit = decimalParameter(parameters, 'z');
    const minimumRows = integerParameter(parameters, 'minimum-rows');
    const material = unitsAtLeast(decimalParameter(parameters, 'materiality'), table.amountScale);
    const usable = new Int32Array(table.rowCount);
    const excluded = { amount: 0, party: 0, few: 0 };
    for (let row = 0; row < table.rowCount; row++) {
      reportProgress(context, row, table.rowCount, 0, 0.2);
      usable[row] = UNKNOWN_CODE;
      if (Number.isNaN(amounts[row])) excluded.amount++;
      else if (parties.codes[row] === UNKNOWN_CODE) excluded.party++;
      else usable[row] = parties.codes[row]!;
    }
    const { starts, rows } = rowsByCode(usable, parties.values.length);
    const sizeOf = (row: number): number => Math.abs(amounts[row]!);
    const scratch = new Float64Array(rows.length);
    const found: Group[] = [];
    const figures = { groups: 0, unusualRows: 0, immaterialRows: 0 };
    const limitValue = limit.units / powerOfTen(limit.scale);
    const examine = (party: number, kind: string, own: readonly number[] | Uint32Array): void => {
      if (own.length < minimumRows) {
        excluded.few += own.length;
        return;
      }
      figures.groups++;
      const unusual = unusualRows(own, amounts, limit, scratch);
      if (unusual === null) return;
      const listed = unusual.rows.filter(row => sizeOf(row) >= material);
      figures.unusualRows += unusual.rows.length;
      figures.immaterialRows += unusual.rows.length - listed.length;
      if (listed.length === 0) return;
      const { spread } = unusual;
      const deviation = (row: number): number => Math.abs(2 * sizeOf(row) - spread.median2);
      // Of two that are equally far the larger amount is named.
      const farthest = listed.reduce((a, b) => ((deviation(b) - deviation(a) || sizeOf(b) - sizeOf(a)) > 0 ? b : a));
      const z = deviation(farthest) * (spread.factor ?? 0);
      found.push({
        // Where many amounts are far from the median it is no middle: such a party ranks behind.
        score: Math.max(0, 1 - limitValue / z) * (1 - unusual.rows.length / own.length) ** 4,
        share: unusual.rows.length / own.length,
        key: `${parties.values[party]!} ${kind}`,
        party: parties.values[party]!,
        kind,
        rows: listed,
        spread,
        farthest,
        z,
        members: own.length,
      });
    };
    for (let party = 0; party < parties.values.length; party++) {
      reportProgress(context, party, parties.values.length, 0.3, 1);
      const own = rows.subarray(starts[party]!, starts[party + 1]!);
      if (own.length === 0) continue;
      if (own.length < minimumRows) excluded.few += own.length;
      else
        for (const { direction, currency, rows: alike } of alikeRows(table, own))
          examine(party, `${direction} ${currency ?? ''}`, alike);
    }
    const { listed, limits } = strongestLeads(found, integerParameter(parameters, 'most-findings'));
    return {
      population: {
        rows: table.rowCount,
        used: rows.length - excluded.few,
        excluded: [
          { reason: 'amount is unknown', count: excluded.amount },
          { reason: 'party is unknown', count: excluded.party },
          { reason: `party with fewer than ${minimumRows} rows in one direction and currency`, count: excluded.few },
        ].filter(group => group.count > 0),
      },
      statistics: { ...figures, groupsFlagged: found.length },
      bins: [],
      findings: inReportOrder(listed.map(group => draft(table, group))),
      limits: [
        'Amounts of a party that are spread over orders of magnitude have far ones for innocent reasons; the score ranks, it proves nothing.',
        ...limits,
      ],
    };
  },
};

const draft = (table: TransactionTable, group: Group): FindingDraft => {
  const { spread, farthest, rows, members, z, party: name } = group;
  const currency = textAt(table.currency, farthest);
  // The median is a half unit where two amounts stand in the middle: it is shown to the unit above.
  const shown = (units: number): string => formatAmount(table, Math.ceil(units), currency);
  const size = Math.abs(table.amountUnits![farthest]!);
  const measure =
    spread.mad > 0
      ? `median absolute deviation ${shown(spread.mad)}`
      : `mean absolute deviation ${shown(spread.meanDeviation ?? 0)}, most amounts being equal`;
  const one = `${formatAmount(table, size, currency)} against a median of ${shown(spread.median2 / 2)} (robust z ${z.toFixed(1)}, ${measure})`;
  const above = 2 * size > spread.median2;
  return {
    key: JSON.stringify([name, group.kind]),
    rows: Uint32Array.from(rows).sort(),
    severity: !above ? 'info' : z > 10 && group.share <= 0.1 ? 'medium' : 'low',
    score: group.score,
    reason:
      rows.length === 1
        ? `${name}: ${one} over ${countOf(members, 'row')}.`
        : `${name}: ${countOf(rows.length, 'unusual amount')} among ${countOf(members, 'row')}, the farthest ${one}.`,
  };
};
