import { UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { unitsAtLeast } from '../amount-bound.ts';
import { businessCalendar, CALENDAR_PARAMETERS, knownDays, nextBusinessDays } from '../calendar.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import {
  decimalParameter,
  decimalsParameter,
  integerParameter,
  listParameter,
  textParameter,
  timeParameter,
} from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import type { RowsByCode } from '../rows-by-code.ts';
import { rowsByCodeInTime } from '../rows-in-time.ts';
import { mostFindingsParameter, strongestLeads } from '../strongest-leads.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import { CASH, CASH_WORDS, type CashSource, INSTRUMENT_WORDS, OTHER_MEANS, paymentMeans } from './cash-rows.ts';
import { type CashOfPerson, type CashRules, cashFindings } from './structuring-findings.ts';
import { STRUCTURING_PARAMETERS } from './structuring-parameters.ts';

/** Whose cash a row is: the party (or the account, where the party is not known or not asked for); one person where the table has neither. */
const persons = (table: TransactionTable, by: string): { readonly codes: Int32Array; readonly names: string[] } => {
  const party = by === 'account' && table.account !== null ? null : table.party;
  const { account } = table;
  if (party === null && account === null) return { codes: new Int32Array(table.rowCount), names: ['All rows'] };
  const parties = party?.values ?? [];
  const names = [...parties, ...(account?.values ?? []).map(name => `Account ${name}`)];
  const codes = new Int32Array(table.rowCount);
  for (let row = 0; row < codes.length; row++) {
    const own = party === null ? UNKNOWN_CODE : party.codes[row]!;
    const held = account === null ? UNKNOWN_CODE : account.codes[row]!;
    codes[row] = own >= 0 ? own : held >= 0 ? parties.length + held : UNKNOWN_CODE;
  }
  return { codes, names };
};

/** The usable rows that are cash or instruments, ascending. */
const pickRows = (
  usable: Int32Array,
  means: Uint8Array,
): { readonly picked: Uint32Array; readonly cash: number; readonly other: number } => {
  const picked = new Uint32Array(usable.length);
  let count = 0;
  let cash = 0;
  let other = 0;
  for (let row = 0; row < usable.length; row++) {
    if (usable[row] === UNKNOWN_CODE) continue;
    if (means[row] === OTHER_MEANS) other++;
    else {
      picked[count++] = row;
      if (means[row] === CASH) cash++;
    }
  }
  return { picked: picked.subarray(0, count), cash, other };
};

/** The picked rows by person and counted day; the sort costs what is picked, not what the table has. */
const personsInTime = (
  picked: Uint32Array,
  codes: Int32Array,
  codeCount: number,
  counted: Int32Array,
  span: { readonly first: number; readonly last: number },
): RowsByCode => {
  const ownCodes = new Int32Array(picked.length);
  const ownDays = new Int32Array(picked.length);
  for (let i = 0; i < picked.length; i++) {
    ownCodes[i] = codes[picked[i]!]!;
    ownDays[i] = counted[picked[i]!]!;
  }
  const { starts, rows } = rowsByCodeInTime(ownCodes, codeCount, ownDays, span);
  for (let i = 0; i < rows.length; i++) rows[i] = picked[rows[i]!]!;
  return { starts, rows };
};

/** Rows of persons who, were all of it cash, would come to `least` within `windowDays` days: only these need their text read. */
const rowsWorthReading = (
  amounts: Float64Array,
  { starts, rows }: { readonly starts: Uint32Array; readonly rows: Uint32Array },
  days: Int32Array,
  least: number,
  windowDays: number,
): Uint8Array => {
  const worth = new Uint8Array(amounts.length);
  for (let person = 0; person + 1 < starts.length; person++)
    for (const sign of [1, -1]) {
      const own = rows.subarray(starts[person]!, starts[person + 1]!).filter(row => amounts[row]! * sign > 0);
      let sum = 0;
      let start = 0;
      let marked = 0;
      for (let end = 0; end < own.length; end++) {
        sum += Math.abs(amounts[own[end]!]!);
        while (days[own[end]!]! - days[own[start]!]! > windowDays - 1) sum -= Math.abs(amounts[own[start++]!]!);
        if (sum < least) continue;
        for (let i = Math.max(start, marked); i <= end; i++) worth[own[i]!] = 1;
        marked = end + 1;
      }
    }
  return worth;
};

const personColumns = ({ party, account }: TransactionTable): string =>
  party !== null && account !== null ? 'party and account are' : party !== null ? 'party is' : 'account is';

/** What would let a run on no row test something. */
const emptinessOf = (source: CashSource): string =>
  source === 'none'
    ? 'No column type, category or description: nothing says which rows are cash, and nothing was tested. Name the column that says it; where every row is cash, set all-cash=yes.'
    : source === 'declared'
      ? 'No row has a known amount other than zero, date and person: nothing was tested.'
      : 'No row with a known amount, date and person says that it is cash or an instrument: nothing was tested. The words of this file can be given as cash-words; where every row is cash, set all-cash=yes.';

const limitsOf = (table: TransactionTable, source: CashSource, by: string): string[] => [
  'Cash that does not pass through these records, and persons who act for others, cannot be seen; intent is not proved by amounts.',
  ...(source === 'declared'
    ? [
        'all-cash=yes: every row that no type or category calls an instrument was taken as cash, whether or not the records say so.',
      ]
    : source === 'description'
      ? ['No type or category says cash: rows were taken as cash by words in their description.']
      : []),
  ...(table.minute === null ? ['No column time: cash after closing was not moved to the next business day.'] : []),
  ...(table.party === null && table.account === null
    ? ['Neither party nor account: all rows were taken as those of one person.']
    : table.party === null && by === 'party'
      ? ['No column party: each account was taken as one person.']
      : []),
  ...(table.series === null ? ['No column reference: consecutively numbered instruments were not looked for.'] : []),
  ...(table.currency === null ? [] : ['The limit is so many units of each currency; nothing is converted.']),
];

/** Cash in or out that is split to stay at or below the reporting limit. Spec: docs/specs/structuring.md. */
export const structuring: ForensicTest = {
  id: 'structuring',
  version: '1.1.0',
  title: 'Structuring of cash',
  group: 'amounts',
  side: 'bank',
  needs: ['amount', 'date'],
  uses: ['party', 'account', 'type', 'category', 'description', 'time', 'reference', 'currency'],
  parameters: [
    ...STRUCTURING_PARAMETERS,
    ...CALENDAR_PARAMETERS,
    {
      name: 'hours-to',
      kind: 'time',
      default: '18:00',
      meaning: 'closing time: what is later counts on the next business day',
    },
    { name: 'cash-words', kind: 'text', default: CASH_WORDS, meaning: 'words that say cash, parted by commas' },
    {
      name: 'instrument-words',
      kind: 'text',
      default: INSTRUMENT_WORDS,
      meaning: 'words that say money order, draft and the like, parted by commas',
    },
    mostFindingsParameter(500),
  ],
  explanations: ['recurring', 'customary-amount', 'customary-day', 'own-transfer', 'fixed-tariff'],
  run(table, parameters, context) {
    const amounts = requireColumn(table.amountUnits, 'amount');
    const days = requireColumn(table.bookingDay, 'date');
    const span = knownDays(days) ?? { first: 0, last: 0 };
    const calendar = businessCalendar(parameters);
    const next = nextBusinessDays(calendar, span.first, span.last);
    const closing = timeParameter(parameters, 'hours-to');
    const by = textParameter(parameters, 'person');
    const { codes, names } = persons(table, by);
    const near = decimalParameter(parameters, 'near');
    const leastPart = decimalParameter(parameters, 'least-part');
    const limit = decimalParameter(parameters, 'limit');
    const instrumentLimits = decimalsParameter(parameters, 'instrument-limits')
      .map(bound => unitsAtLeast(bound, table.amountScale))
      .reverse();
    const rules: CashRules = {
      // Amounts are integers: more than the limit is more than its units rounded down.
      limit: -unitsAtLeast({ units: -limit.units, scale: limit.scale }, table.amountScale),
      near: unitsAtLeast(limit, table.amountScale, near),
      leastPart: unitsAtLeast(limit, table.amountScale, leastPart),
      windowDays: integerParameter(parameters, 'window'),
      customaryDays: integerParameter(parameters, 'customary-days'),
      instrumentLimits,
      minimumInstruments: integerParameter(parameters, 'minimum-instruments'),
    };
    // What is booked after closing, at a weekend or on a holiday counts on the next business day (31 CFR 1010.313).
    const counted = new Int32Array(table.rowCount).fill(UNKNOWN_DAY);
    const usable = new Int32Array(table.rowCount).fill(UNKNOWN_CODE);
    const excluded = { amount: 0, zero: 0, day: 0, person: 0, other: 0 };
    for (let row = 0; row < table.rowCount; row++) {
      reportProgress(context, row, table.rowCount, 0, 0.2);
      if (Number.isNaN(amounts[row])) excluded.amount++;
      else if (amounts[row] === 0) excluded.zero++;
      else if (days[row] === UNKNOWN_DAY) excluded.day++;
      else if (codes[row] === UNKNOWN_CODE) excluded.person++;
      else {
        const late = table.minute !== null && table.minute[row]! >= closing ? 1 : 0;
        counted[row] = next[days[row]! - span.first + late]!;
        usable[row] = codes[row]!;
      }
    }
    // After the last day of the records there may be nights and weekends that count on a day beyond it.
    const countedSpan = { first: span.first, last: next.at(-1) ?? span.last };
    const least = Math.min(rules.limit, ...instrumentLimits);
    const means = paymentMeans(
      table,
      listParameter(parameters, 'cash-words'),
      listParameter(parameters, 'instrument-words'),
      () =>
        rowsWorthReading(
          amounts,
          rowsByCodeInTime(usable, names.length, counted, countedSpan),
          counted,
          least,
          rules.windowDays,
        ),
      textParameter(parameters, 'all-cash') === 'yes',
      context,
    );
    const { picked, cash, other } = pickRows(usable, means.of);
    excluded.other = other;
    const { starts, rows } = personsInTime(picked, usable, names.length, counted, countedSpan);
    const findings: FindingDraft[] = [];
    const figures = { structuring: 0, review: 0, businessDaysOver: 0, instruments: 0, transactionsOverLimit: 0 };
    for (let person = 0; person < names.length; person++) {
      reportProgress(context, person, names.length, 0.6, 1);
      const from = starts[person]!;
      const to = starts[person + 1]!;
      if (from === to) continue;
      const own: CashOfPerson = {
        name: names[person]!,
        rows: rows.subarray(from, to),
        counted,
        means: means.of,
        isDeclared: means.source === 'declared',
      };
      findings.push(...cashFindings(table, own, rules, figures));
    }
    const strongest = strongestLeads(findings, integerParameter(parameters, 'most-findings'));
    return {
      population: {
        rows: table.rowCount,
        used: rows.length,
        excluded: [
          { reason: 'amount is unknown', count: excluded.amount },
          { reason: 'amount is zero', count: excluded.zero },
          { reason: 'date is unknown', count: excluded.day },
          { reason: `${personColumns(table)} unknown`, count: excluded.person },
          { reason: 'not known to be cash or an instrument', count: excluded.other },
        ].filter(group => group.count > 0),
      },
      statistics: { cashRows: cash, instrumentRows: rows.length - cash, ...figures },
      bins: [],
      findings: inReportOrder(strongest.listed),
      limits: [
        ...limitsOf(table, means.source, by),
        ...calendar.limits(span.first, span.last),
        ...strongest.limits,
        ...(rows.length === 0 ? [emptinessOf(means.source)] : []),
      ],
    };
  },
};
