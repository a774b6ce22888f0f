import { unitsAtLeast } from '../amount-bound.ts';
import { countOf, formatAmount, textAt } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { decimalParameter, integerParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { mostFindingsParameter, strongestLeads } from '../strongest-leads.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import { describeEntry, entryKey, journalEntries, mergedByKey, rowsOf } from './journal-entries.ts';
import { populationOf } from './population.ts';

/** The currencies of an entry and what its lines leave in each, exactly; null where an amount is unknown. */
const differences = (table: TransactionTable, rows: Uint32Array): Map<number, bigint> | null => {
  const units = requireColumn(table.amountUnits, 'amount');
  const sums = new Map<number, bigint>();
  for (const row of rows) {
    if (Number.isNaN(units[row]!)) return null;
    const currency = table.currency?.codes[row] ?? -1;
    sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(units[row]!));
  }
  return sums;
};

/** True where the amounts of one currency add up to zero beyond doubt: the quick look that nearly all entries pass. */
const isPlainlyBalanced = (units: Float64Array, currencies: Int32Array | null, rows: Uint32Array): boolean => {
  let sum = 0;
  let size = 0;
  const first = currencies === null ? -1 : currencies[rows[0]!]!;
  for (const row of rows) {
    if (currencies !== null && currencies[row] !== first) return false;
    sum += units[row]!;
    size += Math.abs(units[row]!);
  }
  return sum === 0 && Number.isSafeInteger(size);
};

/** Entries whose lines do not add up to zero. Spec: docs/specs/journal-unbalanced.md. */
export const journalUnbalanced: ForensicTest = {
  id: 'journal-unbalanced',
  version: '1.0.0',
  title: 'Journal: unbalanced entries',
  group: 'journal',
  side: 'ledger',
  needs: ['amount', 'entry'],
  uses: ['currency', 'date', 'ledger-account', 'counterparty-account'],
  parameters: [
    {
      name: 'tolerance',
      kind: 'decimal',
      default: '0',
      minimum: 0,
      maximum: 1_000_000,
      meaning: 'difference that is allowed, in currency units',
    },
    {
      name: 'materiality',
      kind: 'decimal',
      default: '0',
      minimum: 0,
      meaning: 'difference from which a finding is of high severity, in currency units',
    },
    mostFindingsParameter(500),
  ],
  explanations: ['immaterial'],
  run(table, parameters, context) {
    const units = requireColumn(table.amountUnits, 'amount');
    const entries = journalEntries(table);
    const currencies = table.currency?.codes ?? null;
    const allowed = BigInt(unitsAtLeast(decimalParameter(parameters, 'tolerance'), table.amountScale));
    const material = BigInt(unitsAtLeast(decimalParameter(parameters, 'materiality'), table.amountScale));
    const excluded = { none: table.rowCount - (entries.starts[entries.named] ?? 0), unknown: 0, contra: 0, single: 0 };
    const single: number[] = [];
    const findings: FindingDraft[] = [];
    let balanced = 0;
    let severalCurrencies = 0;
    const examine = (entry: number): void => {
      const rows = rowsOf(entries, entry);
      const sums = differences(table, rows);
      if (sums === null) {
        excluded.unknown += rows.length;
        return;
      }
      const off = [...sums].filter(([, sum]) => (sum < 0n ? -sum : sum) > allowed);
      if (off.length === 0) {
        balanced++;
        return;
      }
      const foreign = sums.size > 1;
      if (foreign) severalCurrencies++;
      const amounts = off
        .map(([currency, sum]) => formatAmount(table, Number(sum), table.currency?.values[currency] ?? null))
        .sort();
      const largest = off.reduce(
        (most, [, sum]) => ((sum < 0n ? -sum : sum) > most ? (sum < 0n ? -sum : sum) : most),
        0n,
      );
      let gross = 0;
      for (const row of rows) gross += Math.abs(units[row]!);
      const accounts = rows.length === 1 ? textAt(table.ledgerAccount, rows[0]!) : null;
      findings.push({
        key: entryKey(table, rows),
        rows: rows.slice(),
        severity: foreign ? 'medium' : largest >= material ? 'high' : 'low',
        score:
          (foreign ? 0.3 : 0.5) + 0.5 * Math.min(1, Number(largest) / (gross === 0 ? 1 : gross)) * (foreign ? 0.4 : 1),
        reason: `${describeEntry(table, rows)}: its lines leave ${amounts.join(' and ')} where debits and credits must make zero${accounts === null ? '' : `; its only line is on ${accounts}`}${foreign ? '. It has lines in several currencies and may balance in that of the books' : ''}.`,
      });
    };
    for (let entry = 0; entry < entries.named; entry++) {
      reportProgress(context, entry, entries.named, 0, 0.9);
      const rows = rowsOf(entries, entry);
      if (rows.length === 0) continue;
      if (isPlainlyBalanced(units, currencies, rows)) balanced++;
      else if (rows.length > 1) examine(entry);
      else if ((table.counterpartyAccount?.codes[rows[0]!] ?? -1) >= 0) excluded.contra++;
      else single.push(entry);
    }
    // A list in which most entries are single lines shows one side of each: it is no double entry that could balance.
    const isList = single.length > balanced + findings.length;
    if (isList) excluded.single = single.length;
    else for (const entry of single) examine(entry);
    const { listed, limits } = strongestLeads(mergedByKey(findings), integerParameter(parameters, 'most-findings'));
    return {
      population: populationOf(table.rowCount, [
        { reason: 'the row belongs to no entry', count: excluded.none },
        { reason: 'an amount of the entry is unknown', count: excluded.unknown },
        { reason: 'one line that names its contra account: balanced in itself', count: excluded.contra },
        { reason: 'entry of one line in a list of single lines', count: excluded.single },
      ]),
      statistics: { entries: balanced + findings.length, balanced, unbalanced: findings.length, severalCurrencies },
      bins: [],
      findings: inReportOrder(listed),
      limits: [
        ...limits,
        ...(isList
          ? [
              `Most entries (${countOf(single.length, 'entry', 'entries')}) have one line: the table shows one side only, and those were not tested.`,
            ]
          : []),
        ...(table.currency === null ? ['No currency column: all amounts were taken as one currency.'] : []),
      ],
    };
  },
};
