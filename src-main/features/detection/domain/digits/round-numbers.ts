import { powerOfTen } from '../../../../kernel/decimal.ts';
import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { unitsAtLeast } from '../amount-bound.ts';
import { formatCount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { DigitBin, FindingDraft, ForensicTest, ParameterSpec } from '../forensic-test.ts';
import { decimalParameter } from '../parameters.ts';
import type { TransactionTable } from '../transaction-table.ts';
import { amountsUnderTest, rowsWhere } from './amounts-under-test.ts';
import { binomialUpperTail } from './binomial.ts';
import { decimalsInUse } from './decimals-in-use.ts';
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
const binsOf = (table: TransactionTable, sizes: Float64Array): DigitBin[] => {
  // An even spread over the finest amounts the data uses: 1 in 1,000 is a multiple of 10 where cents are kept.
  const finest = powerOfTen(decimalsInUse(table, sizes));
  const units = MULTIPLES.map(multiple => multiple * powerOfTen(table.amountScale));
  const reaches = new Uint32Array(units.length);
  const counts = new Uint32Array(units.length);
  for (let row = 0; row < sizes.length; row++) {
    const size = sizes[row]!;
    // Each multiple is one of the multiple before it: what is none of the first is none of the others.
    let isRound = true;
    for (let i = 0; i < units.length && size >= units[i]!; i++) {
      reaches[i]!++;
      isRound &&= remainderOf(size, units[i]!) === 0;
      if (isRound) counts[i]!++;
    }
  }
  return MULTIPLES.map((multiple, i) => {
    const [count, reach] = [counts[i]!, reaches[i]!];
    const share = 1 / (multiple * finest);
    const expected = reach * share;
    const deviation = Math.sqrt(expected * (1 - share));
    return { key: String(multiple), count, expected, z: deviation === 0 ? 0 : Math.abs(count - expected) / deviation };
  });
};

const byParty = (table: TransactionTable, sizes: Float64Array, unit: number): FindingDraft[] => {
  if (table.party === null) return [];
  const { codes, values } = table.party;
  const tested = new Uint32Array(values.length);
  const round = new Uint32Array(values.length);
  let allTested = 0;
  let allRound = 0;
  for (let row = 0; row < sizes.length; row++) {
    const size = sizes[row]!;
    const party = codes[row]!;
    if (!(size >= unit) || party === UNKNOWN_CODE) continue;
    tested[party]!++;
    allTested++;
    if (remainderOf(size, unit) !== 0) continue;
    round[party]!++;
    allRound++;
  }
  const parties = tested.reduce((count, rows) => count + (rows > 0 ? 1 : 0), 0);
  if (parties < 2) return [];
  const rate = allRound / allTested;
  // Bonferroni: each party is a test of its own.
  const limit = SIGNIFICANCE / parties;
  const asked = values
    .flatMap((_, party) => {
      if (round[party]! < LEAST_ROUND_ROWS || round[party]! / tested[party]! <= rate) return [];
      const chance = binomialUpperTail(round[party]!, tested[party]!, rate);
      return chance < limit ? [{ party, chance }] : [];
    })
    .toSorted((a, b) => a.chance - b.chance || round[b.party]! - round[a.party]! || a.party - b.party)
    .slice(0, MOST_FINDINGS);
  const rowsOf = new Map(asked.map(({ party }) => [party, [] as number[]]));
  const isAsked = new Uint8Array(values.length);
  for (const { party } of asked) isAsked[party] = 1;
  for (let row = 0; row < sizes.length; row++)
    if (codes[row] !== UNKNOWN_CODE && isAsked[codes[row]!] === 1 && isMultiple(sizes[row]!, unit))
      rowsOf.get(codes[row]!)?.push(row);
  return asked.map(({ party, chance }) => {
    const share = round[party]! / tested[party]!;
    return {
      key: values[party]!,
      rows: Uint32Array.from(rowsOf.get(party)!),
      severity: 'low' as const,
      score: share,
      reason: `${values[party]}: ${formatCount(round[party]!)} of ${formatCount(tested[party]!)} amounts (${(100 * share).toFixed(0)} %) are round, ${(100 * rate).toFixed(1)} % over all parties; chance alone gives this with a probability of ${chance < 1e-6 ? 'less than one in a million' : chance.toPrecision(2)}.`,
    };
  });
};

/** Amounts that are multiples of a round figure, and parties with too many of them. Spec: docs/specs/round-numbers.md. */
export const roundNumbers: ForensicTest = {
  id: 'round-numbers',
  version: '1.0.0',
  title: 'Round numbers',
  group: 'digits',
  side: 'bank',
  needs: ['amount'],
  uses: ['party'],
  parameters: PARAMETERS,
  explanations: ['recurring', 'fixed-tariff', 'own-transfer', 'customary-amount'],
  run(table, parameters, context) {
    const { sizes, used, excluded } = amountsUnderTest(table, parameters, context);
    const unit = unitsAtLeast(decimalParameter(parameters, 'multiple'), table.amountScale);
    const bins = binsOf(table, sizes);
    const findings = inReportOrder(byParty(table, sizes, unit));
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
