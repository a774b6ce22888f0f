import { type BalanceLine, balanceLine, type ValueForms } from './csv-balance-lines.ts';
import { columnLabel } from './csv-column-names.ts';
import { looksLikeAmount, looksLikeDate } from './csv-column-profile.ts';
import type { DateReading } from './csv-date.ts';
import type { CsvDialect } from './csv-dialect.ts';
import { namesRoleExactly, normalizeHeader } from './csv-header-lexicon.ts';
import { namesTotal } from './csv-line-labels.ts';
import { saysNotBooked } from './csv-status.ts';
import { accountIn } from './csv-surroundings.ts';

const READING_WORDS: Readonly<Record<DateReading, string>> = {
  ymd: 'year-month-day date',
  dmy: 'day-month-year date',
  mdy: 'month-day-year date',
  excel1900: 'number of a day since 1900',
  excel1904: 'number of a day since 1904',
};

/** Lines between transactions that are looked at for an account's number. */
const REMEMBERED_LINES = 20;
/** Cells of a line that does nothing but state an account. */
const ACCOUNT_LINE_CELLS = 3;
/** Names of columns that make a line another table's header. */
const HEADER_NAMES = 3;

/** What a record that is no transaction is. */
export interface RefusedLine {
  readonly reason: string;
  /** Running balances cannot be followed across it: it may be a transaction that could not be read. */
  readonly breaks: boolean;
  /** The balance or total it states. */
  readonly balance: BalanceLine | null;
  /** The account that what follows belongs to; null where it does not say so. */
  readonly account: string | null;
  readonly otherHeader: boolean;
}

const plain = (reason: string, breaks: boolean): RefusedLine => ({
  reason,
  breaks,
  balance: null,
  account: null,
  otherHeader: false,
});

/** Says what the records are that hold no transaction: headers, totals, balances, what is not booked, or unreadable. */
export class RefusedLines {
  private readonly dialect: CsvDialect;
  private readonly forms: ValueForms;
  private between: (readonly string[])[] = [];

  constructor(dialect: CsvDialect) {
    this.dialect = dialect;
    this.forms = {
      dateOrder: dialect.dateOrder.value,
      decimalSign: dialect.decimalSign.value,
      groupingSign: dialect.groupingSign,
    };
  }

  /** A line that states a balance or total, or null. */
  balance(fields: readonly string[], labelColumn: number | null = null): BalanceLine | null {
    return balanceLine(fields, this.forms, labelColumn);
  }

  /** What a record is whose date, amount or number of fields cannot be read. `reason`: why it cannot. */
  identify(fields: readonly string[], reason: string): RefusedLine {
    const header = this.asHeader(fields);
    if (header !== null) return header;
    if (this.between.length < REMEMBERED_LINES) this.between.push(fields);
    const balance = this.balance(fields);
    if (balance !== null) return { ...plain(balanceReason(balance), false), balance };
    const pending = fields.find(field => saysNotBooked(field) === true);
    const date = this.dialect.choices.bookingDate?.columns[0];
    if (pending !== undefined && date !== undefined && !looksLikeDate(fields[date] ?? ''))
      return plain(`not booked yet: "${pending.trim()}"`, false);
    if (!fields.some(looksLikeAmount)) return plain(reason, false);
    const total = namesTotal(fields.join(' ')) && !fields.some(looksLikeDate);
    return plain(total ? `subtotal line: ${reason}` : reason, !total);
  }

  /** A transaction was read: what stood between it and the one before is of no more use. */
  forget(): void {
    if (this.between.length > 0) this.between = [];
  }

  /** Why a date cannot be read. */
  dateReason(text: string): string {
    const column = this.dialect.choices.bookingDate!.columns[0]!;
    const where = `column "${columnLabel(this.dialect.names, column)}"`;
    return text === ''
      ? `no date in ${where}`
      : `date "${text.slice(0, 60)}" in ${where} is no ${READING_WORDS[this.dialect.dateOrder.value]} of the calendar`;
  }

  /** The header once more, or that of another table. */
  private asHeader(fields: readonly string[]): RefusedLine | null {
    const { names } = this.dialect;
    const filled = fields.filter(field => field.trim() !== '');
    if (filled.length < 2 || fields.some(field => looksLikeDate(field) || looksLikeAmount(field))) return null;
    if (names !== null && this.repeats(fields, names))
      return { ...plain('repeated header line', false), account: this.accountAbove() };
    const named = filled.filter(namesRoleExactly).length;
    if (named < HEADER_NAMES || named < filled.length / 2) return null;
    return names === null
      ? plain('header line', false)
      : { ...plain('header line of another table', false), otherHeader: true };
  }

  /** True when the columns that matter are called as in the header. */
  private repeats(fields: readonly string[], names: readonly string[]): boolean {
    const same = (column: number): boolean =>
      normalizeHeader(fields[column] ?? '') === normalizeHeader(names[column] ?? '');
    const { bookingDate, amount, debit, credit } = this.dialect.choices;
    const needed = [bookingDate, amount, debit, credit].flatMap(choice => choice?.columns ?? []);
    return (
      needed.length > 0 && needed.every(same) && names.filter((_, column) => same(column)).length >= names.length / 2
    );
  }

  private accountAbove(): string | null {
    const lines = this.between.filter(
      fields => fields.filter(field => field.trim() !== '').length <= ACCOUNT_LINE_CELLS,
    );
    this.between = [];
    return accountIn(lines);
  }
}

/** Why a line of a balance or total is no transaction. */
export const balanceReason = ({ label, text }: BalanceLine): string =>
  label === 'turnover'
    ? `subtotal line: "${text.slice(0, 60)}" states a total, not a transaction`
    : `balance line: "${text.slice(0, 60)}" states a balance, not a transaction`;
