import { powerOfTen } from '../../../../kernel/decimal.ts';
import { type CodedColumn, UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { unitsAtLeast } from '../amount-bound.ts';
import { formatCount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { DigitBin, FindingDraft, ForensicTest, ParameterSpec } from '../forensic-test.ts';
import { decimalParameter } from '../parameters.ts';
import type { TransactionTable } from '../transaction-table.ts';
import { amountsUnderTest, rowsWhere } from './amounts-under-test.ts';
import { binomialUpperTail } from './binomial.ts';
import { type DecimalsGroup, type DecimalsInUse, decimalsInUse, describeGroup } from './decimals-in-use.ts';
import { DIGIT_PARAMETERS } from './digit-scan.ts';
import { remainderOf } from './whole-multiples.ts';

const MULTIPLES = [10, 100, 1000, 10_000] as const;
const MOST_FINDINGS = 50;
const LEAST_ROUND_ROWS = 3;
const SIGNIFICANCE = 0.05;
const NEVER = { progress: () => undefined };

const PARAMETERS: readonly ParameterSpec[] = [
  ...DIGIT_PARAMETERS.map(spec => (spec.name === 'sign' ? { ...spec, default: 'both' } : spec)),
  {
    name: 'multiple',
    kind: 'decimal',
    default: '100',
    minimum: 0.01,
    maximum: 1_000_000_000,
    meaning: 'an amount is round when it is a multiple of this',
  },
];

const isMultiple = (size: number, unit: number): boolean => size >= unit && remainderOf(size, unit) === 0;

/** Multiples of 10, 100, 1,000 and 10,000 with what evenly spread last digits would give. */
const binsOf = (table: TransactionTable, sizes: Float64Array, inUse: DecimalsInUse): DigitBin[] => {
  const units = MULTIPLES.map(multiple => multiple * powerOfTen(table.amountScale));
  // Amounts that reach each multiple, by the decimals of their currency.
  const reaches = Array.from({ length: table.amountScale + 1 }, () => new Uint32Array(units.length));
  const counts = new Uint32Array(units.length);
  for (let row = 0; row < sizes.length; row++) {
    const size = sizes[row]!;
    const reached = reaches[inUse.at(row)]!;
    // Each multiple is one of the multiple before it: what is none of the first is none of the others.
    let isRound = true;
    for (let i = 0; i < units.length && size >= units[i]!; i++) {
      reached[i]!++;
      isRound &&= remainderOf(size, units[i]!) === 0;
      if (isRound) counts[i]!++;
    }
  }
  return MULTIPLES.map((multiple, i) => {
    const count = counts[i]!;
    // An even spread over the finest amounts a currency uses: 1 in 1,000 is a multiple of 10 where cents are kept, 1 in 10 of
    // whole amounts. Sums of binomials add their means and variances.
    let expected = 0;
    let variance = 0;
    for (const [decimals, reached] of reaches.entries()) {
      const share = 1 / (multiple * powerOfTen(decimals));
      expected += reached[i]! * share;
      variance += reached[i]! * share * (1 - share);
    }
    return {
      key: String(multiple),
      count,
      expected,
      z: variance === 0 ? 0 : Math.abs(count - expected) / Math.sqrt(variance),
    };
  });
};

/** A party's amounts in currencies of the same decimals, as those of one kind are round more often than those of another. */
interface PartyAmounts {
  readonly party: number;
  readonly group: DecimalsGroup;
  readonly tested: number;
  readonly round: number;
  /** Share of round amounts over all parties of the group. */
  readonly rate: number;
}

const partyAmounts = (
  { codes, values }: CodedColumn,
  sizes: Float64Array,
  unit: number,
  inUse: DecimalsInUse,
): PartyAmounts[] => {
  const perParty = Math.max(0, ...inUse.groups.map(({ decimals }) => decimals)) + 1;
  const tested = new Uint32Array(values.length * perParty);
  const round = new Uint32Array(values.length * perParty);
  for (let row = 0; row < sizes.length; row++) {
    const size = sizes[row]!;
    if (!(size >= unit) || codes[row] === UNKNOWN_CODE) continue;
    const own = codes[row]! * perParty + inUse.at(row);
    tested[own]!++;
    if (remainderOf(size, unit) === 0) round[own]!++;
  }
  return inUse.groups.flatMap(group => {
    const own = values
      .map((_, party) => ({ party, at: party * perParty + group.decimals }))
      .filter(({ at }) => tested[at]! > 0);
    if (own.length < 2) return [];
    const all = own.reduce((sum, { at }) => ({ tested: sum.tested + tested[at]!, round: sum.round + round[at]! }), {
      tested: 0,
      round: 0,
    });
    const rate = all.round / all.tested;
    return own.map(({ party, at }) => ({ party, group, tested: tested[at]!, round: round[at]!, rate }));
  });
};

const byParty = (table: TransactionTable, sizes: Float64Array, unit: number, inUse: DecimalsInUse): FindingDraft[] => {
  if (table.party === null) return [];
  const { codes, values } = table.party;
  const candidates = partyAmounts(table.party, sizes, unit, inUse);
  // Bonferroni: each party is a test of its own.
  const limit = SIGNIFICANCE / candidates.length;
  const asked = candidates
    .flatMap(own => {
      if (own.round < LEAST_ROUND_ROWS || own.round / own.tested <= own.rate) return [];
      const chance = binomialUpperTail(own.round, own.tested, own.rate);
      return chance < limit ? [{ ...own, chance }] : [];
    })
    .toSorted((a, b) => a.chance - b.chance || b.round - a.round || a.party - b.party)
    .slice(0, MOST_FINDINGS);
  const key = (party: number, decimals: number): string => `${party} ${decimals}`;
  const rowsOf = new Map(asked.map(({ party, group }) => [key(party, group.decimals), [] as number[]]));
  const isAsked = new Uint8Array(values.length);
  for (const { party } of asked) isAsked[party] = 1;
  for (let row = 0; row < sizes.length; row++)
    if (codes[row] !== UNKNOWN_CODE && isAsked[codes[row]!] === 1 && isMultiple(sizes[row]!, unit))
      rowsOf.get(key(codes[row]!, inUse.at(row)))?.push(row);
  const isOne = inUse.groups.length === 1;
  return asked.map(({ party, group, tested, round, rate, chance }) => {
    const share = round / tested;
    const what = isOne ? 'amounts' : describeGroup(group, inUse);
    return {
      key: isOne ? values[party]! : JSON.stringify([values[party], group.decimals]),
      rows: Uint32Array.from(rowsOf.get(key(party, group.decimals))!),
      severity: 'low' as const,
      score: share,
      reason: `${values[party]}: ${formatCount(round)} of ${formatCount(tested)} ${what} (${(100 * share).toFixed(0)} %) are round, ${(100 * rate).toFixed(1)} % over all parties${isOne ? '' : ' with such amounts'}; chance alone gives this with a probability of ${chance < 1e-6 ? 'less than one in a million' : chance.toPrecision(2)}.`,
    };
  });
};

/** Amounts that are multiples of a round figure, and parties with too many of them. Spec: docs/specs/round-numbers.md. */
export const roundNumbers: ForensicTest = {
  id: 'round-numbers',
  version: '1.1.0',
  title: 'Round numbers',
  group: 'digits',
  side: 'bank',
  needs: ['amount'],
  uses: ['party', 'currency'],
  parameters: PARAMETERS,
  explanations: ['recurring', 'fixed-tariff', 'own-transfer', 'customary-amount'],
  run(table, parameters, context) {
    const { sizes, used, excluded } = amountsUnderTest(table, parameters, context);
    const unit = unitsAtLeast(decimalParameter(parameters, 'multiple'), table.amountScale);
    const inUse = decimalsInUse(table, sizes);
    const bins = binsOf(table, sizes, inUse);
    const findings = inReportOrder(byParty(table, sizes, unit, inUse));
    let round = 0;
    for (let row = 0; row < sizes.length; row++) if (isMultiple(sizes[row]!, unit)) round++;
    return {
      population: { rows: table.rowCount, used, excluded },
      statistics: {
        observations: used,
        round,
        roundShare: used === 0 ? null : round / used,
        ...Object.fromEntries(bins.map(bin => [`multiplesOf${bin.key}`, bin.count])),
        flagged: findings.length,
      },
      bins,
      findings,
      limits: [
        'Rents, salaries, transfers and donations are round for innocent reasons: a party is compared with all parties, not with none.',
        ...(inUse.groups.length < 2
          ? []
          : [
              `Currencies are kept in different decimals: ${inUse.groups.map(group => describeGroup(group, inUse)).join(' and ')} each expect multiples by their own, and a party is compared with parties of such amounts.`,
            ]),
        ...(table.party === null
          ? ['No party column: shares are given for the whole table and nothing is flagged.']
          : []),
        ...(findings.length === MOST_FINDINGS ? [`The ${MOST_FINDINGS} least likely parties are listed.`] : []),
      ],
    };
  },
  rowsOfBin(table, parameters, key) {
    const unit = Number(key) * powerOfTen(table.amountScale);
    return rowsWhere(amountsUnderTest(table, parameters, NEVER).sizes, size => isMultiple(size, unit));
  },
};
