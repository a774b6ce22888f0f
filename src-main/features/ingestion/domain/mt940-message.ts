import { currencyOfBalance, type EntryTotal, entryTotal, swiftBalance, totalsInInformation } from './mt940-balance.ts';
import { EntryTotals, type MessageBalance } from './mt940-controls.ts';
import type { SwiftField } from './mt940-fields.ts';
import { currencyOfAccount } from './mt940-header.ts';
import type { StatedBalance, StatementBalances, StatementSink } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';

const NOT_STATED: MessageBalance = { balance: null, intermediate: false };

const stated = ({ balance }: MessageBalance): StatedBalance | null =>
  balance === null ? null : { amount: balance.amount, date: balance.date };

/** One message while its fields pass: the statement without its entries. */
export class SwiftMessage {
  readonly row: number;
  account: string | null = null;
  /** Index in the sink once the statement was opened. */
  statement: number | null = null;
  /** The end of the message has been read; some banks let fields follow. */
  ended = false;
  readonly totals = new EntryTotals();
  owner: string | null = null;
  private reference: string | null = null;
  private number: string | null = null;
  private currencyStated: string | null = null;
  private opening: MessageBalance | null = null;
  private closing: MessageBalance | null = null;
  private interim: boolean;
  /** Entries are over: a field 86 now belongs to the statement. */
  private afterEntries = false;
  private readonly statedTotals: { readonly total: EntryTotal; readonly row: number }[] = [];
  private readonly sink: StatementSink;
  private readonly tally: WarningTally;

  /** `interim` for an MT942, which states no balances. */
  constructor(row: number, interim: boolean, sink: StatementSink, tally: WarningTally) {
    this.row = row;
    this.interim = interim;
    this.sink = sink;
    this.tally = tally;
  }

  get where(): string {
    const number = this.number === null ? '' : `, statement ${this.number}`;
    return `the message at line ${this.row}${this.account === null ? '' : ` (account ${this.account}${number})`}`;
  }

  get statementId(): string | null {
    return this.number ?? this.reference;
  }

  /** As the balances or the floor limit (34F) state it, else as the account's number ends. */
  get currency(): string | null {
    return this.currencyStated ?? (this.account === null ? null : currencyOfAccount(this.account));
  }

  get balances(): StatementBalances {
    return { opening: stated(this.openingBalance), closing: stated(this.closingBalance) };
  }

  get openingBalance(): MessageBalance {
    return this.opening ?? NOT_STATED;
  }

  get closingBalance(): MessageBalance {
    return this.closing ?? NOT_STATED;
  }

  /** Takes a field that is neither an entry nor information (61, 86, NS). */
  set(field: SwiftField): void {
    const value = field.lines[0]!.trim();
    switch (field.tag) {
      case '20':
        this.reference = value || null;
        break;
      case '25':
      case '25P':
        if (this.account !== null) this.repeated(field);
        else this.account = value || null;
        break;
      case '28':
      case '28C':
        this.number = value || null;
        break;
      case '34F':
        this.interim = true;
        this.currencyStated ??= /^[A-Z]{3}/.exec(value)?.[0] ?? null;
        break;
      case '60':
      case '60F':
      case '60M':
        if (this.opening !== null) this.repeated(field);
        else this.opening = this.balance(field);
        break;
      case '62':
      case '62F':
      case '62M':
        this.afterEntries = true;
        if (this.closing !== null) this.repeated(field);
        else this.closing = this.balance(field);
        break;
      case '64':
      case '65':
        this.afterEntries = true;
        break;
      case '90C':
      case '90D':
        this.afterEntries = true;
        this.total(field, value);
        break;
      case '13':
      case '13D':
      case '21':
        break;
      default:
        this.tally.note('mt940.unknown-field', field.row, `Field ${field.tag} is none of MT940 and was not read`);
    }
  }

  /** Takes a field 86 or NS that follows no entry. */
  information(field: SwiftField): void {
    if (field.tag === 'NS') {
      // Sparkassen: 22 holds the account holder.
      const name = /^22(.*)$/.exec(field.lines[0]!)?.[1]?.trim() ?? '';
      if (/\p{L}/u.test(name)) this.owner ??= name;
      return;
    }
    for (const total of totalsInInformation(field.lines[0]!)) this.statedTotals.push({ total, row: field.row });
    if (!this.afterEntries)
      this.tally.note('mt940.information', field.row, 'A field 86 follows no entry and was not read');
  }

  /** Compares stated totals with the entries, and tells which fields of the standard are missing. */
  check(): void {
    for (const { total, row } of this.statedTotals) this.totals.compare(total, this.where, row, this.sink);
    if (this.account === null) this.tally.note('mt940.no-account', this.row, 'A message names no account (field 25)');
    if (this.interim && this.opening === null && this.closing === null) return;
    if (this.opening === null)
      this.tally.note('mt940.no-opening', this.row, 'A message states no opening balance (field 60a)');
    if (this.closing === null)
      this.tally.note(
        'mt940.no-closing',
        this.row,
        'A message states no closing balance (field 62a) and may be cut off',
      );
  }

  private balance(field: SwiftField): MessageBalance {
    const intermediate = field.tag.endsWith('M');
    const text = field.lines[0]!.trim();
    const balance = swiftBalance(text);
    if (balance === null) {
      // Its currency stands, even where its date or amount does not.
      if (this.statement === null) this.currencyStated ??= currencyOfBalance(text);
      this.sink.warn({
        row: field.row,
        code: 'mt940.balance',
        message: `Field ${field.tag} at line ${field.row} is no balance (mark, date, currency, amount) and counts as not stated: ${text}`,
      });
      return { balance, intermediate };
    }
    if (balance.point)
      this.tally.note('mt940.decimal-point', field.row, 'An amount has a decimal point; the standard has a comma');
    const currency = this.statement === null ? (this.currencyStated ?? balance.currency) : this.currency;
    if (currency === balance.currency) {
      this.currencyStated = currency;
      return { balance, intermediate };
    }
    this.sink.warn({
      row: field.row,
      code: 'mt940.balance-currency',
      message: `Field ${field.tag} at line ${field.row} is in ${balance.currency}, the statement in ${currency ?? 'a currency that is not stated'}; the balance counts as not stated.`,
    });
    return { balance: null, intermediate };
  }

  private total(field: SwiftField, value: string): void {
    this.interim = true;
    const total = entryTotal(field.tag === '90C' ? 'C' : 'D', value);
    if (total !== null) this.statedTotals.push({ total, row: field.row });
    else this.tally.note('mt940.total', field.row, `Field ${field.tag} is no number and sum of entries: ${value}`);
  }

  private repeated(field: SwiftField): void {
    this.tally.note(
      'mt940.repeated-field',
      field.row,
      `Field ${field.tag} stands twice in a message; the first counts`,
    );
  }
}
