import { powerOfTen } from '../../../../kernel/decimal.ts';
import { countOf, formatCount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { decimalParameter, integerParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { mostFindingsParameter, strongestLeads } from '../strongest-leads.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import { contraCodes } from './contra-accounts.ts';
import {
  codesOf,
  describeEntry,
  earliest,
  type JournalEntries,
  journalEntries,
  mergedByKey,
  rowsOf,
  rowsOfAll,
} from './journal-entries.ts';
import { populationOf } from './population.ts';

/** Debits and credits of an entry by ledger account, each account once. */
interface Sides {
  readonly debits: number[];
  readonly credits: number[];
}

/** `contra`: the contra accounts of lines, null where the table names none. */
const sidesOf = (units: Float64Array, accounts: Int32Array, contra: Int32Array | null, rows: Uint32Array): Sides => {
  const debits: number[] = [];
  const credits: number[] = [];
  for (const row of rows) (units[row]! > 0 ? debits : units[row]! < 0 ? credits : []).push(row);
  const sides = { debits: codesOf(accounts, debits), credits: codesOf(accounts, credits) };
  const other = rows.length > 1 ? -1 : (contra?.[rows[0]!] ?? -1);
  // One line that names its contra account is both sides of the entry.
  if (other < 0) return sides;
  return units[rows[0]!]! > 0 ? { ...sides, credits: [other] } : { ...sides, debits: [other] };
};

interface Pair {
  readonly debit: number;
  readonly credit: number;
  readonly entries: number[];
  count: number;
}

/** The entries of at most this many are kept for each pair: those of frequent ones are only counted. */
const KEPT = 1_000;

const countPairs = (
  table: TransactionTable,
  entries: JournalEntries,
  mostPairs: number,
  progress: (entry: number) => void,
) => {
  const units = requireColumn(table.amountUnits, 'amount');
  const accounts = requireColumn(table.ledgerAccount, 'ledger-account');
  const contra = table.counterpartyAccount === null ? null : contraCodes(table);
  const names = accounts.values.length + (table.counterpartyAccount?.values.length ?? 0);
  const touched = new Uint32Array(names);
  const pairs = new Map<number, Pair>();
  const excluded = { oneSided: 0, compound: 0 };
  let used = 0;
  for (let entry = 0; entry < entries.count; entry++) {
    progress(entry);
    const rows = rowsOf(entries, entry);
    const { debits, credits } = sidesOf(units, accounts.codes, contra, rows);
    if (debits.length === 0 || credits.length === 0) {
      excluded.oneSided += rows.length;
      continue;
    }
    if (debits.length * credits.length > mostPairs) {
      excluded.compound += rows.length;
      continue;
    }
    used++;
    for (const account of new Set([...debits, ...credits])) touched[account]!++;
    for (const debit of debits)
      for (const credit of credits) {
        const key = debit * names + credit;
        let pair = pairs.get(key);
        if (pair === undefined) {
          pair = { debit, credit, entries: [], count: 0 };
          pairs.set(key, pair);
        }
        pair.count++;
        if (pair.entries.length < KEPT) pair.entries.push(entry);
      }
  }
  return { pairs, touched, used, excluded };
};

/** Accounts that are used often, but hardly ever as debit and credit of one entry. Spec: docs/specs/journal-unusual-account-pair.md. */
export const journalUnusualAccountPair: ForensicTest = {
  id: 'journal-unusual-account-pair',
  version: '1.0.0',
  title: 'Journal: unusual pairs of accounts',
  group: 'journal',
  side: 'ledger',
  needs: ['amount', 'entry', 'ledger-account'],
  uses: ['date', 'currency', 'counterparty-account'],
  parameters: [
    {
      name: 'lift',
      kind: 'decimal',
      default: '0.1',
      minimum: 0,
      maximum: 1,
      meaning: 'a pair must be at most this many times as frequent as its accounts let expect',
    },
    {
      name: 'most-entries',
      kind: 'integer',
      default: '5',
      minimum: 1,
      maximum: 1000,
      meaning: 'entries with the pair at most',
    },
    {
      name: 'most-pairs',
      kind: 'integer',
      default: '40',
      minimum: 1,
      maximum: 10_000,
      meaning: 'pairs of an entry at most: larger compound entries tell nothing about a pair',
    },
    mostFindingsParameter(100),
  ],
  explanations: ['reversed', 'immaterial'],
  run(table, parameters, context) {
    const limit = decimalParameter(parameters, 'lift');
    const mostLift = limit.units / powerOfTen(limit.scale);
    const mostEntries = integerParameter(parameters, 'most-entries');
    const entries = journalEntries(table);
    const { pairs, touched, used, excluded } = countPairs(
      table,
      entries,
      integerParameter(parameters, 'most-pairs'),
      entry => reportProgress(context, entry, entries.count, 0, 0.9),
    );
    const accounts = requireColumn(table.ledgerAccount, 'ledger-account').values;
    const nameOf = (code: number): string =>
      accounts[code] ?? table.counterpartyAccount?.values[code - accounts.length] ?? '';
    const findings: FindingDraft[] = [];
    for (const { debit, credit, entries: own, count } of pairs.values()) {
      if (count > mostEntries || debit === credit) continue;
      const expected = (touched[debit]! * touched[credit]!) / used;
      const lift = count / expected;
      if (lift > mostLift) continue;
      const rows = rowsOfAll(entries, own);
      const first = earliest(table, entries, own);
      findings.push({
        key: JSON.stringify([nameOf(debit), nameOf(credit)]),
        rows,
        severity: count === 1 ? 'medium' : 'low',
        score: 1 - lift,
        reason: `Debit ${nameOf(debit)}, credit ${nameOf(credit)}: ${countOf(count, 'entry', 'entries')} where ${expected.toFixed(1)} could be expected of accounts that occur in ${formatCount(touched[debit]!)} and ${formatCount(touched[credit]!)} of ${formatCount(used)} entries (lift ${lift.toFixed(3)}). ${describeEntry(table, first)}${count > 1 ? ' is the earliest' : ''}.`,
      });
    }
    const { listed, limits } = strongestLeads(mergedByKey(findings), integerParameter(parameters, 'most-findings'));
    return {
      population: populationOf(table.rowCount, [
        { reason: 'the entry has no debit or no credit on a known account', count: excluded.oneSided },
        { reason: 'the entry has more pairs of accounts than tell anything', count: excluded.compound },
      ]),
      statistics: { entries: used, pairs: pairs.size, unusual: findings.length },
      bins: [],
      findings: inReportOrder(listed),
      limits: [
        ...limits,
        'A pair of accounts that are seldom used at all is not unusual by this measure: journal-seldom-used-account lists them.',
      ],
    };
  },
};
