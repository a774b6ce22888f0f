import { type CivilDay, civilDay, isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { currencyOf, isKnownCurrency } from './csv-currency.ts';
import { type ChosenBalances, chooseBalances } from './pdf-balances.ts';
import { checkStatement, type PdfChecks } from './pdf-checks.ts';
import { dayOf, isNear, type PdfDate, type StatementPeriod } from './pdf-date.ts';
import { type OrderAndReason, settleOrder } from './pdf-dates-settled.ts';
import type { PdfRecord, PdfSection, PdfStated } from './pdf-events.ts';
import { factsOf, type PdfStatementFacts, periodOf } from './pdf-facts.ts';
import type { PdfLine } from './pdf-lines.ts';
import type { MoneyForm } from './pdf-money.ts';
import type { PdfTable } from './pdf-records.ts';
import type { PdfSettings } from './pdf-settings.ts';
import { type SettledSigns, settleSigns } from './pdf-signs.ts';
import type { PdfTranscript } from './pdf-transcript.ts';
import { RunningBalance } from './running-balance.ts';
import { FileRefused, type StatedBalance, type StatementSink } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';

/** How one account's part of the document was read. */
export interface ReadStatement {
  readonly dateOrder: string;
  readonly dateOrderReason: string;
  readonly period: string | null;
  readonly signs: string;
  readonly transactions: number;
  readonly checks: PdfChecks;
  readonly account: string | null;
  /** Closing balance as printed. */
  readonly closing: number | null;
}

interface Reading {
  readonly sink: StatementSink;
  readonly tally: WarningTally;
  readonly transcript: PdfTranscript;
  readonly table: PdfTable;
  readonly form: MoneyForm;
  readonly settings: PdfSettings;
  /** Lines beside the transactions of the whole document. */
  readonly around: readonly PdfLine[];
}

const recordsOf = (section: PdfSection): PdfRecord[] => section.events.filter(event => event.kind === 'record');

/** Years a document names, for a question. */
const yearsIn = (lines: readonly PdfLine[]): string[] =>
  [...new Set(lines.flatMap(line => line.text.match(/\b(?:19|20)\d{2}\b/g) ?? []))].sort().slice(-5);

const periodFor = (
  reading: Reading,
  around: readonly PdfLine[],
  records: readonly PdfRecord[],
  order: OrderAndReason,
): StatementPeriod | null => {
  const { settings } = reading;
  const stated = periodOf(around, order.order) ?? periodOf(reading.around, order.order);
  if (settings.year !== null) {
    const from = civilDay(settings.year, 1, 1)!;
    const to = civilDay(settings.year, 12, 31)!;
    return stated !== null && stated.to >= from && stated.to <= to ? stated : { from, to };
  }
  const short = records.find(record => record.date !== null && !record.date.hasYear);
  if (stated === null && short !== undefined) {
    const years = yearsIn(reading.around);
    throw new FileRefused(
      'pdf.no-year',
      `The transactions have dates without a year (such as "${short.date!.text}") and the statement states no period. State the year in which it ends: --set year=2024.`,
      short.firstRow,
      years.length > 0 ? { year: years } : null,
    );
  }
  return stated;
};

/** True where two transactions of one day, one behind the other, both show it: then an empty date is not "as above". */
const repeatsDates = (records: readonly PdfRecord[]): boolean =>
  records.some((record, i) => {
    const next = records[i + 1];
    return record.date !== null && next?.date != null && record.date.text === next.date.text;
  });

/** The account of a part that names none: that of the part before it where its balance goes on, else unknown. */
const accountBefore = ({ sink }: Reading, section: PdfSection, before: ReadStatement): string | null => {
  const opening = section.events.find(event => event.kind === 'stated' && event.label === 'opening');
  if (opening?.kind !== 'stated' || opening.money.units === before.closing) return before.account;
  sink.warn({
    row: opening.row,
    code: 'pdf.account-unclear',
    message: `Line ${opening.row} begins another statement that names no account, and its balance does not go on from the statement before it: its account is unknown.`,
  });
  return null;
};

/** Reads one account's part: settles dates and signs, checks the sums and hands everything to the sink. */
export const readStatement = (reading: Reading, section: PdfSection, before: ReadStatement | null): ReadStatement => {
  const { sink, form, settings, table } = reading;
  const records = recordsOf(section);
  const own = factsOf(section.around);
  const whole = before === null ? own : factsOf(reading.around);
  const facts: PdfStatementFacts = {
    account: section.account ?? own.account ?? (before === null ? null : accountBefore(reading, section, before)),
    owner: own.owner ?? whole.owner,
    number: own.number ?? whole.number,
    currency: own.currency ?? whole.currency,
    isCard: own.isCard,
  };
  const dates = records.map(record => record.date).filter(date => date !== null);
  const valueDates = records.map(record => record.valueDate).filter(date => date !== null);
  const order = settleOrder(dates, valueDates, reading.around, form, facts.currency, settings.dateOrder);
  const period = periodFor(reading, section.around, records, order);
  const balances = chooseBalances(section.events, facts.isCard);
  const signs = settleSigns(records, balances, facts.isCard, settings.flipAmount, table.layout.by === 'position');
  if (signs.open)
    throw new FileRefused(
      'dialect.ambiguous',
      'Nothing in the statement says which amounts are money in and which are money out (no columns, marks, balances or sections). State --set flipAmount=yes where amounts without a minus are money out, --set flipAmount=no where they are money in.',
      records[0]?.firstRow ?? null,
      { flipAmount: ['no', 'yes'] },
    );
  const statement = sink.statement({
    accountId: facts.account,
    currency: facts.currency,
    institution: null,
    owner: facts.owner,
    statementId: facts.number,
  });
  const emitter = new StatementEmitter(reading, statement, facts, order, period, signs);
  const count = emitter.events(section);
  const printed = statedBalances(reading, balances, signs, order, period, emitter.days);
  const running = emitter.running.balances();
  const stated = { opening: printed.opening ?? running.opening, closing: printed.closing ?? running.closing };
  if (stated.opening !== null || stated.closing !== null) sink.balances(statement, stated);
  const checks = checkStatement(sink, section.events, signs, balances, form.fractionDigits);
  if (count > 0 && checks.balanced === null && checks.balancesChecked === 0 && checks.totalsChecked === 0)
    sink.warn({
      row: null,
      code: 'pdf.unproven',
      message:
        'The statement states no balances or totals that were found: nothing proves that all its lines were read. Compare the number of transactions with the pages.',
    });
  if (
    count > 0 &&
    table.layout.by === 'position' &&
    table.layout.columns.some(column => column.role !== 'amount') &&
    checks.balanced !== true &&
    (checks.balancesChecked === 0 || checks.balancesFailed > 0)
  )
    sink.warn({
      row: null,
      code: 'pdf.columns-assumed',
      message: `No header names the columns of amounts; they were taken, from left to right, as ${table.layout.columns.map(column => column.role).join(', ')}, and no balance proves it.`,
    });
  return {
    dateOrder: order.order,
    dateOrderReason: order.reason,
    period: period === null ? null : `${period.from === null ? '' : isoDate(period.from)}/${isoDate(period.to)}`,
    signs: signs.rule,
    transactions: count,
    checks,
    account: facts.account,
    closing: balances.closing,
  };
};

/** Sends the transactions and rejects of a statement in the order of the document. */
class StatementEmitter {
  /** Booking days sent. */
  readonly days: CivilDay[] = [];
  /** The running balances as far as they agree with the amounts. */
  readonly running = new RunningBalance();
  private readonly reading: Reading;
  private readonly statement: number;
  private readonly facts: PdfStatementFacts;
  private readonly order: OrderAndReason;
  private readonly period: StatementPeriod | null;
  private readonly signs: SettledSigns;

  constructor(
    reading: Reading,
    statement: number,
    facts: PdfStatementFacts,
    order: OrderAndReason,
    period: StatementPeriod | null,
    signs: SettledSigns,
  ) {
    this.reading = reading;
    this.statement = statement;
    this.facts = facts;
    this.order = order;
    this.period = period;
    this.signs = signs;
  }

  events(section: PdfSection): number {
    const { sink, transcript } = this.reading;
    const units = new Map(this.signs.records.map(each => [each.record, each.units]));
    const asAbove = !repeatsDates(recordsOf(section));
    let above: PdfDate | null = null;
    let count = 0;
    for (const event of section.events) {
      if (event.kind === 'unread')
        sink.reject({ place: transcript.place(event.firstRow, event.lastRow), reason: event.reason, raw: event.raw });
      if (event.kind !== 'record') continue;
      const date: PdfDate | null = event.date ?? (asAbove ? above : null);
      above = event.date ?? above;
      if (this.record(event, date, units.get(event) ?? null)) count++;
      else this.running.breakOff();
    }
    return count;
  }

  private record(record: PdfRecord, date: PdfDate | null, units: number | null): boolean {
    const { sink, tally, transcript, form } = this.reading;
    const place = transcript.place(record.firstRow, record.lastRow);
    const reject = (reason: string): false => {
      sink.reject({ place, reason, raw: record.raw.join('\n') });
      return false;
    };
    const bookingDate = date === null ? UNKNOWN_DAY : dayOf(date, this.order.order, this.period);
    if (bookingDate === null) return reject(`"${date!.text}" is no day of the calendar`);
    if (units === null) return reject('nothing says whether the amount is money in or money out');
    const valueDate = record.valueDate === null ? UNKNOWN_DAY : dayOf(record.valueDate, this.order.order, this.period);
    if (valueDate === null) return reject(`"${record.valueDate!.text}" is no day of the calendar`);
    if (bookingDate === UNKNOWN_DAY)
      tally.note('pdf.no-date', record.firstRow, 'a transaction shows no date: read without one');
    else {
      this.days.push(bookingDate);
      if (this.period?.from != null && !isNear(bookingDate, this.period))
        tally.note('pdf.date-outside-period', record.firstRow, 'a transaction lies far outside the stated period');
    }
    const balance = record.balance === null ? Number.NaN : this.signs.balanceSign * record.balance.units;
    this.running.add(units, balance, form.fractionDigits, bookingDate);
    const code = currencyOf(record.money!.currency);
    sink.transaction({
      place,
      statement: this.statement,
      bookingDate,
      valueDate,
      amount: { units, scale: form.fractionDigits },
      currency: code !== null && isKnownCurrency(code) ? code : this.facts.currency,
      description: record.text.join(' '),
      counterparty: '',
      reference: record.reference,
      type: record.type,
      counterpartyAccount: '',
    });
    return true;
  }
}

/** Opening and closing balance with their days: as stated with them, else the ends of the period or of the transactions. */
const statedBalances = (
  { form, sink }: Reading,
  balances: ChosenBalances,
  signs: SettledSigns,
  order: OrderAndReason,
  period: StatementPeriod | null,
  days: readonly CivilDay[],
): { opening: StatedBalance | null; closing: StatedBalance | null } => {
  const first = days.length === 0 ? null : days.reduce((a, b) => Math.min(a, b));
  const last = days.length === 0 ? null : days.reduce((a, b) => Math.max(a, b));
  const at = (line: PdfStated | null, printed: number | null, fallback: CivilDay | null): StatedBalance | null => {
    if (line === null || printed === null) return null;
    const date = (line.date === null ? null : dayOf(line.date, order.order, period)) ?? fallback;
    if (date === null) {
      sink.warn({
        row: line.row,
        code: 'pdf.balance-undated',
        message: `The balance on line ${line.row} ("${line.text.slice(0, 60)}") has no date and the statement states no period: it was left out.`,
      });
      return null;
    }
    const units = signs.balanceSign * printed;
    return { amount: { units: units === 0 ? 0 : units, scale: form.fractionDigits }, date };
  };
  return {
    opening: at(balances.openingLine, balances.opening, period?.from ?? first ?? period?.to ?? null),
    closing: at(balances.closingLine, balances.closing, period?.to ?? last),
  };
};
