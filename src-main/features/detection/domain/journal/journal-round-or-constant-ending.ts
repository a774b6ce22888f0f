import { formatUnits, powerOfTen } from '../../../../kernel/decimal.ts';
import type { CodedColumn } from '../../../../kernel/dictionary.ts';
import { unitsAtLeast } from '../amount-bound.ts';
import { countOf, formatAmount, formatCount, textAt } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { decimalParameter, integerParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { mostFindingsParameter, strongestLeads } from '../strongest-leads.ts';
import { requireColumn } from '../transaction-table.ts';
import { constantEndings } from './constant-endings.ts';
import {
  describeEntry,
  entryKey,
  journalEntries,
  magnitude,
  mergedByKey,
  rowsOf,
  rowsOfAll,
} from './journal-entries.ts';
import { populationOf } from './population.ts';

/** More round entries than this are put together by account: round numbers are common, and a list of them tells nothing. */
const LISTED_ENTRIES = 50;
/** Standard deviations from which an ending is not chance, also where hundreds of accounts are looked at (one-sided 1e-9). */
const LEAST_Z = 6;

interface Round {
  readonly entry: number;
  readonly units: number;
  readonly account: string | null;
}

/** An ending as the amounts show it: 0.99 of two decimals, 99 (or 05) of whole amounts, 9.9 of one decimal, 0.099 of three. */
const endingText = (ending: number, decimals: number): string =>
  decimals === 0 ? String(ending).padStart(2, '0') : formatUnits(ending, decimals, decimals);

/** Largest power of ten (up to a million times) by which the step can be multiplied and still divides the amount. */
const roundness = (units: number, step: number): number => {
  let power = 0;
  for (let size = step * 10; power < 6 && units % size === 0; size *= 10) power++;
  return power;
};

/** The line of the largest amount, the debit where both sides have it, then the lowest account; -1 where no amount is known. */
const largestLine = (units: Float64Array, accounts: CodedColumn | null, rows: Uint32Array): number => {
  let found = -1;
  let most = -1;
  for (const row of rows) {
    const size = Math.abs(units[row]!);
    if (!(size >= most)) continue;
    const isDebit = units[row]! > 0;
    const wasDebit = found >= 0 && units[found]! > 0;
    const isLower = (textAt(accounts, row) ?? '') < (textAt(accounts, found) ?? '');
    if (size === most && (isDebit === wasDebit ? !isLower : wasDebit)) continue;
    found = row;
    most = size;
  }
  return found;
};

/** Entries of round amounts, and amounts that end alike. Spec: docs/specs/journal-round-or-constant-ending.md. */
export const journalRoundOrConstantEnding: ForensicTest = {
  id: 'journal-round-or-constant-ending',
  version: '1.1.0',
  title: 'Journal: round amounts and constant endings',
  group: 'journal',
  side: 'ledger',
  needs: ['amount'],
  uses: ['entry', 'ledger-account', 'poster', 'date', 'currency'],
  parameters: [
    {
      name: 'round',
      kind: 'decimal',
      default: '1000',
      minimum: 0,
      meaning: 'an amount is round if it is a whole multiple of this, in currency units; 0 looks for no round amounts',
    },
    {
      name: 'least-alike',
      kind: 'integer',
      default: '5',
      minimum: 2,
      maximum: 1_000_000,
      meaning: 'different amounts of one account or poster that end alike, at least',
    },
    mostFindingsParameter(100),
  ],
  explanations: ['fixed-tariff', 'recurring', 'immaterial'],
  run(table, parameters, context) {
    const units = requireColumn(table.amountUnits, 'amount');
    const entries = journalEntries(table);
    const step = unitsAtLeast(decimalParameter(parameters, 'round'), table.amountScale);
    const rounds: Round[] = [];
    let unknown = 0;
    let used = 0;
    for (let entry = 0; entry < entries.count; entry++) {
      reportProgress(context, entry, entries.count, 0, 0.5);
      const rows = rowsOf(entries, entry);
      const row = largestLine(units, table.ledgerAccount, rows);
      const largest = row < 0 ? 0 : Math.abs(units[row]!);
      const known = rows.length > 0 && rows.every(line => !Number.isNaN(units[line]!));
      if (!known) {
        unknown += rows.length;
        continue;
      }
      used++;
      if (step > 0 && largest > 0 && largest % step === 0)
        rounds.push({
          entry,
          units: largest,
          account: table.ledgerAccount?.values[table.ledgerAccount.codes[row]!] ?? null,
        });
    }
    const findings = rounds.length > LISTED_ENTRIES ? grouped() : single();
    for (const [column, what] of [
      [table.ledgerAccount, 'Account'],
      [table.poster, 'Poster'],
    ] as const)
      if (column !== null) findings.push(...alike(column, what));
    context.progress(0.95);
    const { listed, limits } = strongestLeads(mergedByKey(findings), integerParameter(parameters, 'most-findings'));
    return {
      population: populationOf(table.rowCount, [{ reason: 'an amount of the entry is unknown', count: unknown }]),
      statistics: {
        entries: used,
        round: rounds.length,
        roundShare: used === 0 ? null : Math.round((1e4 * rounds.length) / used) / 1e4,
      },
      bins: [],
      findings: inReportOrder(listed),
      limits: [
        ...limits,
        ...(rounds.length > LISTED_ENTRIES
          ? [
              `${formatCount(rounds.length)} of ${formatCount(used)} entries are round: they were put together by account, and accounts that have no more of them than the ledger as a whole are not listed.`,
            ]
          : []),
        'The largest line of an entry decides whether it is round; rents, salaries, loans and provisions are round for good reasons.',
      ],
    };

    function single(): FindingDraft[] {
      const largest = rounds.reduce((top, round) => Math.max(top, round.units), 0);
      return rounds.map(({ entry, units: size }) => {
        const rows = rowsOf(entries, entry);
        const power = roundness(size, step);
        return {
          key: entryKey(table, rows),
          rows: rows.slice(),
          severity: 'low',
          score: 0.3 + 0.3 * (power / 6) + 0.3 * magnitude(size, largest),
          reason: `${describeEntry(table, rows)}: its largest line is a whole multiple of ${formatAmount(table, step * powerOfTen(power), null)}.`,
        };
      });
    }

    /** Accounts whose share of round entries lies above that of the ledger. */
    function grouped(): FindingDraft[] {
      const by = Map.groupBy(rounds, round => round.account);
      const ofAccount = entriesByAccount();
      const share = rounds.length / used;
      return [...by].flatMap(([account, own]) => {
        const of = ofAccount.get(account) ?? own.length;
        const z = (own.length - of * share) / Math.sqrt(of * share * (1 - share) || 1);
        if (own.length < 3 || z < 3) return [];
        return [
          {
            key: JSON.stringify(['round', account]),
            rows: rowsOfAll(
              entries,
              own.map(({ entry }) => entry),
            ),
            severity: 'info' as const,
            score: 0.5 * (z / (z + 10)),
            reason: `${account === null ? 'Rows without an account' : `Account ${account}`}: ${countOf(own.length, 'entry', 'entries')} of ${formatCount(of)} are whole multiples of ${formatAmount(table, step, null)}, where the ledger has ${(100 * share).toFixed(1)} % (z ${z.toFixed(1)}).`,
          },
        ];
      });
    }

    /** Entries by the account of their largest line. */
    function entriesByAccount(): Map<string | null, number> {
      const counts = new Map<number, number>();
      for (let entry = 0; entry < entries.count; entry++) {
        const row = largestLine(units, table.ledgerAccount, rowsOf(entries, entry));
        if (row < 0) continue;
        const code = table.ledgerAccount?.codes[row] ?? -1;
        counts.set(code, (counts.get(code) ?? 0) + 1);
      }
      return new Map([...counts].map(([code, count]) => [table.ledgerAccount?.values[code] ?? null, count]));
    }

    function alike(column: CodedColumn, what: string): FindingDraft[] {
      const least = { alike: integerParameter(parameters, 'least-alike'), z: LEAST_Z };
      return constantEndings(table, column, units, least).map(
        ({ code, decimals, ending, rows, alike: same, distinct, expectedShare, z }) => ({
          key: JSON.stringify([what, column.values[code], endingText(ending, decimals)]),
          rows,
          severity: 'low',
          score: 0.5 + 0.5 * (z / (z + 20)),
          reason: `${what} ${column.values[code]}: ${formatCount(same)} of ${countOf(distinct, 'different amount')} end in ${endingText(ending, decimals)}, where ${(100 * expectedShare).toFixed(1)} % could be expected (z ${z.toFixed(1)}; ${countOf(rows.length, 'row')}).`,
        }),
      );
    }
  },
};
