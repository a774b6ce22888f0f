import { UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { type Decimal, formatUnits, powerOfTen } from '../../../../kernel/decimal.ts';
import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { unitsAtLeast } from '../amount-bound.ts';
import { countOf, formatAmount, sharedCurrency, textAt } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { decimalParameter, decimalsParameter, integerParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { rowsByCode } from '../rows-by-code.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';

/** The in-band rows of one party (in one account, where the table has accounts), ascending. */
type PartyRows = readonly number[];

const groupsByPartyAndAccount = (table: TransactionTable, inBand: readonly number[]): PartyRows[] => {
  if (table.party === null) return [];
  const { codes, values } = table.party;
  const { starts, rows } = rowsByCode(
    Int32Array.from(inBand, row => codes[row]!),
    values.length,
  );
  const accounts = table.account?.codes ?? null;
  const groups: PartyRows[] = [];
  for (let party = 0; party < values.length; party++) {
    if (starts[party] === starts[party + 1]) continue;
    const byAccount = new Map<number, number[]>();
    for (let i = starts[party]!; i < starts[party + 1]!; i++) {
      const row = inBand[rows[i]!]!;
      const account = accounts?.[row] ?? UNKNOWN_CODE;
      const known = byAccount.get(account);
      if (known === undefined) byAccount.set(account, [row]);
      else known.push(row);
    }
    groups.push(...byAccount.values());
  }
  return groups;
};

/** The largest number of the rows within `windowDays` calendar days (last − first ≤ windowDays − 1); unknown days do not count. */
const densest = (days: Int32Array, rows: PartyRows, windowDays: number): number => {
  const dated = rows.map(row => days[row]!).filter(day => day !== UNKNOWN_DAY);
  dated.sort((a, b) => a - b);
  let most = 0;
  let start = 0;
  for (let end = 0; end < dated.length; end++) {
    while (dated[end]! - dated[start]! > windowDays - 1) start++;
    most = Math.max(most, end - start + 1);
  }
  return most;
};

const percent = (change: Decimal, direction: 1 | -1): Decimal => ({
  units: 100 * powerOfTen(change.scale) + direction * change.units,
  scale: change.scale,
});

/** What lies around one limit. */
interface AroundLimit {
  readonly inBand: readonly number[];
  readonly justAbove: number;
  readonly clusters: number;
  readonly singles: number;
  readonly findings: readonly FindingDraft[];
}

interface BandRules {
  readonly band: Decimal;
  readonly windowDays: number;
  readonly minimumCount: number;
}

/** `suffix` tells the keys of several limits apart; '' where there is one. */
const aroundLimit = (
  table: TransactionTable,
  threshold: Decimal,
  { band, windowDays, minimumCount }: BandRules,
  suffix: readonly string[],
  progress: (row: number) => void,
): AroundLimit => {
  const amounts = requireColumn(table.amountUnits, 'amount');
  const limit = unitsAtLeast(threshold, table.amountScale);
  const lowest = unitsAtLeast(threshold, table.amountScale, percent(band, -1));
  const mirrorEnd = unitsAtLeast(threshold, table.amountScale, percent(band, 1));
  const inBand: number[] = [];
  let justAbove = 0;
  for (let row = 0; row < table.rowCount; row++) {
    progress(row);
    const size = Math.abs(amounts[row]!);
    if (size >= lowest && size < limit) inBand.push(row);
    else if (size >= limit && size < mirrorEnd) justAbove++;
  }
  const findings: FindingDraft[] = [];
  const inCluster = new Set<number>();
  const days = table.bookingDay;
  const range = (currency: string | null): string =>
    `from ${formatAmount(table, lowest, currency)} and below ${formatAmount(table, limit, currency)}`;
  for (const rows of days === null ? [] : groupsByPartyAndAccount(table, inBand)) {
    const most = densest(days!, rows, windowDays);
    if (most < minimumCount) continue;
    for (const row of rows) inCluster.add(row);
    const party = textAt(table.party, rows[0]!);
    const account = textAt(table.account, rows[0]!);
    findings.push({
      key: JSON.stringify([party, account, ...suffix]),
      rows: Uint32Array.from(rows),
      severity: 'high',
      score: 1 - 1 / (most + 1),
      reason: `${party}${account === null ? '' : `, account ${account}`}: ${countOf(rows.length, 'amount')} ${range(sharedCurrency(table, rows))}, ${most} of them within ${countOf(windowDays, 'day')}.`,
    });
  }
  const clusters = findings.length;
  const singles = inBand.filter(row => !inCluster.has(row));
  if (singles.length > 0)
    findings.push({
      key: ['single', ...suffix].join(' '),
      rows: Uint32Array.from(singles),
      severity: 'low',
      score: 0.1,
      reason: `${countOf(singles.length, 'single payment')} just below the limit: ${range(sharedCurrency(table, singles))}, no cluster in time by one party.`,
    });
  return { inBand, justAbove, clusters, singles: singles.length, findings };
};

/** Amounts just below a limit, and parties that pay several of them in few days. Spec: docs/specs/just-below-threshold.md. */
export const justBelowThreshold: ForensicTest = {
  id: 'just-below-threshold',
  version: '1.1.0',
  title: 'Just below a threshold',
  group: 'amounts',
  side: 'bank',
  needs: ['amount'],
  uses: ['party', 'account', 'date', 'currency'],
  parameters: [
    {
      name: 'threshold',
      kind: 'decimal',
      default: '10000',
      minimum: 0.01,
      meaning: 'the limit that must not be reached, where no list of thresholds is given',
    },
    {
      name: 'thresholds',
      kind: 'decimals',
      default: '',
      minimum: 0.01,
      meaning: 'several limits (approval limits), each tested by itself; empty: the one of threshold',
    },
    {
      name: 'band',
      kind: 'decimal',
      default: '5',
      minimum: 0.01,
      maximum: 100,
      meaning: 'how far below the limit an amount is "just below", in percent of it',
    },
    {
      name: 'window',
      kind: 'integer',
      default: '7',
      minimum: 1,
      maximum: 366,
      meaning: 'days, the first and last counted',
    },
    {
      name: 'minimum-count',
      kind: 'integer',
      default: '3',
      minimum: 2,
      maximum: 1_000_000,
      meaning: 'rows within the window that make a cluster',
    },
  ],
  explanations: ['recurring', 'customary-amount', 'fixed-tariff', 'own-transfer'],
  run(table, parameters, context) {
    const { rowCount } = table;
    const amounts = requireColumn(table.amountUnits, 'amount');
    const rules: BandRules = {
      band: decimalParameter(parameters, 'band'),
      windowDays: integerParameter(parameters, 'window'),
      minimumCount: integerParameter(parameters, 'minimum-count'),
    };
    const listed = decimalsParameter(parameters, 'thresholds').filter(
      (limit, i, all) =>
        i === 0 || limit.units * powerOfTen(9 - limit.scale) !== all[i - 1]!.units * powerOfTen(9 - all[i - 1]!.scale),
    );
    const thresholds = listed.length > 0 ? listed : [decimalParameter(parameters, 'threshold')];
    let unknown = 0;
    for (let row = 0; row < rowCount; row++) if (Number.isNaN(amounts[row])) unknown++;
    const around = thresholds.map((threshold, i) =>
      aroundLimit(
        table,
        threshold,
        rules,
        thresholds.length > 1 ? [formatUnits(threshold.units, threshold.scale)] : [],
        row =>
          reportProgress(context, row, rowCount, (0.9 * i) / thresholds.length, (0.9 * (i + 1)) / thresholds.length),
      ),
    );
    const sum = (figure: (one: AroundLimit) => number): number => around.reduce((total, one) => total + figure(one), 0);
    const inBand = sum(one => one.inBand.length);
    const justAbove = sum(one => one.justAbove);
    const currencies = new Set<number>();
    if (table.currency !== null)
      for (const one of around) for (const row of one.inBand) currencies.add(table.currency.codes[row]!);
    const missing = [...(table.party === null ? ['party'] : []), ...(table.bookingDay === null ? ['date'] : [])];
    return {
      population: {
        rows: rowCount,
        used: rowCount - unknown,
        excluded: unknown > 0 ? [{ reason: 'amount is unknown', count: unknown }] : [],
      },
      statistics: {
        inBand,
        justAbove,
        ratio: justAbove === 0 ? null : inBand / justAbove,
        clusters: sum(one => one.clusters),
        rowsInClusters: inBand - sum(one => one.singles),
      },
      bins: [],
      findings: inReportOrder(around.flatMap(one => one.findings)),
      limits: [
        ...(missing.length > 0
          ? [`No column ${missing.join(' and ')}: clusters of one party in time were not looked for.`]
          : []),
        ...(table.account === null && table.party !== null
          ? ['No account column: a party is taken over all of the rows.']
          : []),
        ...(currencies.size > 1
          ? [
              'Rows in several currencies: the threshold is taken as so many units of each currency, nothing is converted.',
            ]
          : []),
        ...(justAbove === 0
          ? ['No amount lies just above the threshold: the ratio of below to above could not be computed.']
          : []),
      ],
    };
  },
};
