import { type Decimal, powerOfTen } from '../../../../kernel/decimal.ts';
import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { countOf, formatAmount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest, TestContext } from '../forensic-test.ts';
import { decimalParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';

interface PartyAmounts {
  readonly largest: Float64Array;
  readonly second: Float64Array;
  readonly rows: Uint32Array;
  readonly excluded: { readonly party: number; readonly unknown: number; readonly zero: number };
}

const amountsByParty = (table: TransactionTable, context: TestContext): PartyAmounts => {
  const amounts = requireColumn(table.amountUnits, 'amount');
  const { codes, values } = requireColumn(table.party, 'party');
  const largest = new Float64Array(values.length);
  const second = new Float64Array(values.length);
  const rows = new Uint32Array(values.length);
  const excluded = { party: 0, unknown: 0, zero: 0 };
  for (let row = 0; row < table.rowCount; row++) {
    reportProgress(context, row, table.rowCount, 0, 0.5);
    const size = Math.abs(amounts[row]!);
    const party = codes[row]!;
    if (Number.isNaN(size)) excluded.unknown++;
    else if (size === 0) excluded.zero++;
    else if (party === UNKNOWN_CODE) excluded.party++;
    else {
      rows[party]!++;
      if (size > largest[party]!) {
        second[party] = largest[party]!;
        largest[party] = size;
      } else if (size > second[party]!) second[party] = size;
    }
  }
  return { largest, second, rows, excluded };
};

/** largest > ratio × second, exactly: doubles decide where they are far apart, integers where they are near. */
const exceeds = (largest: number, second: number, ratio: Decimal): boolean => {
  if (second === 0) return false;
  const product = (second * ratio.units) / powerOfTen(ratio.scale);
  if (largest < product * 0.999) return false;
  return BigInt(largest) * 10n ** BigInt(ratio.scale) > BigInt(second) * BigInt(ratio.units);
};

/** What a second pass gathers of a party that was flagged. */
interface Flagged {
  readonly row: number[];
  currency: number;
  mixed: boolean;
}

/** A party's largest amount against its second largest. Spec: docs/specs/relative-size-factor.md. */
export const relativeSizeFactor: ForensicTest = {
  id: 'relative-size-factor',
  version: '1.0.0',
  title: 'Relative size factor',
  group: 'amounts',
  side: 'bank',
  needs: ['amount', 'party'],
  uses: ['currency'],
  parameters: [
    {
      name: 'ratio',
      kind: 'decimal',
      default: '10',
      minimum: 1,
      maximum: 1_000_000,
      meaning: 'the largest amount must be more than this many times the second largest',
    },
  ],
  explanations: ['reversed', 'recurring', 'own-transfer', 'immaterial'],
  run(table, parameters, context) {
    const ratio = decimalParameter(parameters, 'ratio');
    const amounts = requireColumn(table.amountUnits, 'amount');
    const { codes, values } = requireColumn(table.party, 'party');
    const { largest, second, rows, excluded } = amountsByParty(table, context);
    const flagged = new Map<number, Flagged>();
    const isFlagged = new Uint8Array(values.length);
    let parties = 0;
    let single = 0;
    for (let party = 0; party < values.length; party++) {
      if (rows[party] === 0) continue;
      parties++;
      if (rows[party] === 1) single++;
      if (!exceeds(largest[party]!, second[party]!, ratio)) continue;
      isFlagged[party] = 1;
      flagged.set(party, { row: [], currency: UNKNOWN_CODE, mixed: false });
    }
    for (let row = 0; row < table.rowCount; row++) {
      reportProgress(context, row, table.rowCount, 0.6, 0.9);
      const party = codes[row]!;
      const size = Math.abs(amounts[row]!);
      if (isFlagged[party] !== 1 || !(size > 0)) continue;
      const entry = flagged.get(party)!;
      const currency = table.currency?.codes[row] ?? UNKNOWN_CODE;
      entry.mixed ||= entry.currency !== currency && entry.row.length > 0;
      entry.currency = currency;
      entry.row.push(row);
    }
    let mixed = 0;
    const limit = ratio.units / powerOfTen(ratio.scale);
    const findings = [...flagged].map(([party, entry]): FindingDraft => {
      const top = largest[party]!;
      const next = second[party]!;
      const factor = top / next;
      const currency = entry.mixed ? null : (table.currency?.values[entry.currency] ?? null);
      if (entry.mixed) mixed++;
      const note = entry.mixed ? ' The rows are in several currencies; figures are compared as they stand.' : '';
      return {
        key: values[party]!,
        rows: Uint32Array.from(entry.row.filter(row => Math.abs(amounts[row]!) === top)),
        severity: 'medium',
        score: 1 - limit / factor,
        reason: `${values[party]}: the largest amount, ${formatAmount(table, top, currency)}, is ${factor.toFixed(2)} times the second largest, ${formatAmount(table, next, currency)} (${countOf(rows[party]!, 'row')}).${note}`,
      };
    });
    return {
      population: {
        rows: table.rowCount,
        used: table.rowCount - excluded.party - excluded.unknown - excluded.zero,
        excluded: [
          { reason: 'amount is unknown', count: excluded.unknown },
          { reason: 'amount is zero', count: excluded.zero },
          { reason: 'party is unknown', count: excluded.party },
        ].filter(group => group.count > 0),
      },
      statistics: { parties, partiesWithOneRow: single, flagged: findings.length },
      bins: [],
      findings: inReportOrder(findings),
      limits: [
        ...(single > 0 ? [`${countOf(single, 'party', 'parties')} with one row only cannot be compared.`] : []),
        ...(mixed > 0
          ? [
              `${countOf(mixed, 'flagged party', 'flagged parties')} with rows in several currencies: nothing is converted.`,
            ]
          : []),
        ...(table.currency === null ? ['No currency column: all figures of a party are compared as they stand.'] : []),
      ],
    };
  },
};
