import { countOf, formatAmount, formatCount, sharedCurrency } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { integerParameter } from '../parameters.ts';
import { mostFindingsParameter, strongestLeads } from '../strongest-leads.ts';
import { requireColumn } from '../transaction-table.ts';
import { entryCounts } from './entry-counts.ts';
import {
  describeEntry,
  earliest,
  journalEntries,
  magnitude,
  mergedByKey,
  movedUnits,
  rowsOfAll,
} from './journal-entries.ts';
import { populationOf } from './population.ts';

/** Entries on accounts that hardly any other entry uses. Spec: docs/specs/journal-seldom-used-account.md. */
export const journalSeldomUsedAccount: ForensicTest = {
  id: 'journal-seldom-used-account',
  version: '1.0.0',
  title: 'Journal: seldom used accounts',
  group: 'journal',
  side: 'ledger',
  needs: ['ledger-account'],
  uses: ['entry', 'amount', 'date', 'currency'],
  parameters: [
    {
      name: 'most-entries',
      kind: 'integer',
      default: '2',
      minimum: 1,
      maximum: 1000,
      meaning: 'an account is seldom used if at most this many entries use it',
    },
    {
      name: 'percent-of-mean',
      kind: 'integer',
      default: '25',
      minimum: 1,
      maximum: 100,
      meaning: 'and if that is at most this share of what an account of the ledger has on average, in percent',
    },
    mostFindingsParameter(100),
  ],
  explanations: ['immaterial', 'reversed'],
  run(table, parameters, context) {
    const accounts = requireColumn(table.ledgerAccount, 'ledger-account');
    const entries = journalEntries(table);
    const most = integerParameter(parameters, 'most-entries');
    const share = integerParameter(parameters, 'percent-of-mean') / 100;
    const { counts, used, unknownRows, mean, entriesOf } = entryCounts(accounts, entries, context);
    const seldom = new Set(
      [...counts.keys()].filter(code => counts[code]! > 0 && counts[code]! <= Math.min(most, share * mean)),
    );
    const usedAccounts = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
    const found = [...entriesOf(seldom)].map(([account, own]) => {
      const rows = rowsOfAll(entries, own);
      const lines = rows.filter(row => accounts.codes[row] === account);
      return { account, own, rows, lines, units: movedUnits(table, lines) };
    });
    const largest = found.reduce((top, { units }) => (units > top ? units : top), 0);
    const findings = found.map(({ account, own, rows, lines, units }): FindingDraft => {
      const name = accounts.values[account]!;
      const amount = Number.isNaN(units) ? '' : `, ${formatAmount(table, units, sharedCurrency(table, lines))} in all`;
      return {
        key: name,
        rows,
        severity: 'low',
        score: 0.5 * (1 - own.length / mean) + 0.5 * magnitude(units, largest),
        reason: `Account ${name} is used by ${countOf(own.length, 'entry', 'entries')} of ${formatCount(used)}${amount}; an account of this ledger is used by ${mean.toFixed(1)} on average. ${describeEntry(table, earliest(table, entries, own))}${own.length > 1 ? ' is the earliest' : ''}.`,
      };
    });
    const { listed, limits } = strongestLeads(mergedByKey(findings), integerParameter(parameters, 'most-findings'));
    return {
      population: populationOf(table.rowCount, [
        { reason: 'no line of the entry names an account', count: unknownRows },
      ]),
      statistics: {
        entries: used,
        accounts: usedAccounts,
        meanEntriesPerAccount: Math.round(mean * 100) / 100,
        seldomUsed: seldom.size,
      },
      bins: [],
      findings: inReportOrder(listed),
      limits: [
        ...limits,
        'Opening balances, yearly provisions and tax accounts are used seldom for good reasons; whether an account is unrelated to the business is for the examiner to judge.',
      ],
    };
  },
};
