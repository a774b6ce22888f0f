import { normalizeHeader } from './csv-header-lexicon.ts';
import {
  type AssignedMoney,
  areAligned,
  assignMoney,
  type Booked,
  bookedOf,
  layoutOf,
  type MoneyLayout,
  type SampleLine,
} from './pdf-columns.ts';
import { dateAt, type PdfDate } from './pdf-date.ts';
import { areYearsApart, type DatedLine, datesOf, splitDate } from './pdf-dated-line.ts';
import type { PdfEvent, PdfRecord, PdfSection, PdfStated } from './pdf-events.ts';
import { accountIn, datesIn } from './pdf-facts.ts';
import { furnitureOf } from './pdf-furniture.ts';
import { headerAt, type PdfColumn } from './pdf-header.ts';
import { namesForeignAmount, pdfLabel, sectionDirection } from './pdf-labels.ts';
import type { PdfLine, PdfWord } from './pdf-lines.ts';
import { type MoneyForm, moneyOf, type PdfMoney } from './pdf-money.ts';

export interface PdfTable {
  readonly sections: readonly PdfSection[];
  readonly headers: number;
  readonly hasDateColumn: boolean;
  readonly layout: MoneyLayout;
  readonly furniture: number;
}

const MARK_LINE = /^(?:CR|DR|Cr|Dr)\.?$/;
/** Lines farther below than this many type sizes do not go on with a description. */
const NEAR = 2.4;
const INDENT = 12;
/** Type of a heading beside that of the lines. */
const LARGER = 1.15;

/** Reads the lines of a document as a table: headers, transactions with their continuations, balances and totals. */
export class PdfTableReader {
  private readonly lines: readonly PdfLine[];
  private readonly form: MoneyForm;
  private readonly furniture: ReadonlySet<number>;
  private readonly yearsApart: boolean;
  private sections: PdfSection[] = [{ account: null, events: [], around: [] }];
  private columns: readonly PdfColumn[] = [];
  private layout: MoneyLayout;
  private readonly samples: SampleLine[] = [];
  private readonly aligned: boolean;
  private headers = 0;
  private hasDateColumn = false;
  private current: PdfRecord | null = null;
  private textX = 0;
  private lastLine: PdfLine | null = null;
  private section: -1 | 0 | 1 = 0;
  /** Behind a total or closing balance, until a dated line or a header opens the table again. */
  private ended = true;
  private records = 0;
  private account: string | null = null;

  constructor(lines: readonly PdfLine[], form: MoneyForm) {
    this.lines = lines;
    this.form = form;
    this.furniture = furnitureOf(
      lines,
      line =>
        dateAt(line.words, 0) !== null ||
        moneyOf(line.words, line.fontSize, form).length > 0 ||
        headerAt([line], 0) !== null,
    );
    this.yearsApart = areYearsApart(lines, form);
    for (const line of lines) {
      const { date, from } = datesOf(line.words, this.yearsApart);
      if (date === null) continue;
      const monies = moneyOf(line.words.slice(from), line.fontSize, form);
      if (monies.length > 0) this.samples.push({ monies, words: line.words.length - from });
    }
    this.aligned = areAligned(this.samples);
    this.layout = layoutOf([], this.samples, this.aligned);
  }

  read(): PdfTable {
    const { lines } = this;
    for (let i = 0; i < lines.length; i++) {
      const header = headerAt(lines, i);
      if (header !== null) {
        const taken = lines.slice(i, i + header.lines);
        this.header(header.columns, taken.at(-1)!);
        this.around.push(...taken);
        i += header.lines - 1;
        continue;
      }
      const split = splitDate(lines[i]!, lines[i + 1]);
      if (split === null) this.line(lines[i]!, datesOf(lines[i]!.words, this.yearsApart));
      else {
        this.line(lines[i]!, { date: split, valueDate: null, from: 2 });
        // The month is taken; what stands beside it goes on with the record.
        const below = lines[i + 1]!;
        this.raw(below);
        const rest = below.words.slice(1);
        if (rest.length > 0) this.continued({ ...below, words: rest }, rest.map(word => word.text).join(' '));
        i++;
      }
    }
    this.close();
    return {
      sections: this.merged(),
      headers: this.headers,
      hasDateColumn: this.hasDateColumn,
      layout: this.layout,
      furniture: this.furniture.size,
    };
  }

  private get around(): PdfLine[] {
    return this.sections.at(-1)!.around;
  }

  /** The statement being read has stated its closing balance behind its transactions. */
  private get closed(): boolean {
    return (
      this.events.findLastIndex(event => event.kind === 'stated' && event.label === 'closing') >
      this.events.findLastIndex(event => event.kind === 'record')
    );
  }

  private get events(): PdfEvent[] {
    return this.sections.at(-1)!.events;
  }

  /** A header opens the table. At the top of the next page the last transaction may go on below it. */
  private header(columns: readonly PdfColumn[], last: PdfLine): void {
    const turned = this.current !== null && this.lastLine !== null && last.page === this.lastLine.page + 1;
    if (!turned) this.close();
    this.headers++;
    this.columns = columns;
    this.hasDateColumn ||= columns.some(column => column.role === 'bookingDate' || column.role === 'valueDate');
    this.layout = layoutOf(columns, this.samples, this.aligned);
    this.ended = false;
    this.lastLine = turned ? last : null;
  }

  private line(line: PdfLine, dated: DatedLine): void {
    const words = line.words.slice(dated.from);
    const monies = moneyOf(words, line.fontSize, this.form);
    if (this.furniture.has(line.row) && monies.length === 0 && dated.date === null) {
      this.around.push(line);
      return;
    }
    const assigned = assignMoney(monies, words.length, this.layout);
    const text = textOf(words, assigned);
    if (this.stated(line, dated, words, monies, assigned)) return;
    if (dated.date !== null) this.dated(line, dated, words, assigned, text);
    else this.undated(line, words, assigned, text, monies);
  }

  /** A line that states a balance or a total. */
  private stated(
    line: PdfLine,
    dated: DatedLine,
    words: readonly PdfWord[],
    monies: readonly PdfMoney[],
    assigned: AssignedMoney,
  ): boolean {
    if (monies.length === 0) return false;
    const plain = words
      .filter((_, i) => !monies.some(money => i >= money.first && i <= money.last))
      .map(word => word.text)
      .join(' ');
    const label = pdfLabel(plain);
    if (dated.date === null && this.summary(line, words, monies, label === null ? 1 : 2)) return true;
    if (label === null) return false;
    const inTable = dated.date !== null;
    const booked = assigned.debit ?? assigned.credit ?? assigned.amount;
    if (inTable && label === 'turnover') return false;
    if (inTable && label === 'dated' && booked !== undefined && assigned.balance === undefined) return false;
    const column =
      (['balance', 'amount', 'debit', 'credit'] as const).find(role => assigned[role] !== undefined) ?? null;
    const money = column === null ? monies[0]! : assigned[column]!;
    const date = dated.date ?? datesIn(words).find(each => each.hasYear) ?? null;
    this.close();
    if (label === 'opening' && this.records > 0 && this.closed) this.begin(null, line.row);
    this.events.push({ kind: 'stated', row: line.row, label, text: plain, date, money, column, assigned });
    this.around.push(line);
    if (label === 'closing' || label === 'turnover' || (label === 'dated' && this.records > 0)) this.ended = true;
    this.lastLine = line;
    return true;
  }

  /** Balances in a box above or below the table: `Opening balance 1,000.00  Closing balance 900.00`; at least `least`. */
  private summary(line: PdfLine, words: readonly PdfWord[], monies: readonly PdfMoney[], least: number): boolean {
    if (this.records > 0 && !this.ended) return false;
    const found: PdfStated[] = [];
    let start = 0;
    for (const money of monies) {
      const before = words.slice(start, money.first);
      start = money.last + 1;
      for (let i = 0; i < before.length; i++) {
        const run = before.slice(i);
        const text = run.map(word => word.text).join(' ');
        const label = pdfLabel(text);
        if (label !== 'opening' && label !== 'closing') continue;
        const date = datesIn(run).find(each => each.hasYear) ?? null;
        found.push({ kind: 'stated', row: line.row, label, text, date, money, column: null, assigned: {} });
        break;
      }
    }
    if (found.length < least) return false;
    this.events.push(...found);
    this.around.push(line);
    return true;
  }

  private dated(
    line: PdfLine,
    dated: DatedLine,
    words: readonly PdfWord[],
    assigned: AssignedMoney,
    text: readonly PdfWord[],
  ): void {
    const booked = bookedOf(assigned);
    if (booked === 'both') {
      this.close();
      this.unread(line, 'an amount in the column of debits and another in that of credits');
      return;
    }
    const inTable = this.headers > 0 ? !this.ended || booked !== null : this.records > 0 || booked !== null;
    if (booked === null && (!inTable || this.ended || text.length === 0)) {
      this.close();
      this.around.push(line);
      return;
    }
    this.close();
    this.open(line, dated, words, assigned, text, booked);
    this.ended = false;
  }

  private open(
    line: PdfLine,
    dated: DatedLine,
    words: readonly PdfWord[],
    assigned: AssignedMoney,
    text: readonly PdfWord[],
    booked: Booked | null,
  ): void {
    const found = dated.date !== null && dated.valueDate === null ? this.valueDateIn(text) : null;
    const { reference, type, rest } = this.byColumn(found === null ? text : found.rest);
    const days = this.inOrder(dated.date, dated.valueDate ?? found?.date ?? null);
    this.current = {
      kind: 'record',
      firstRow: line.row,
      lastRow: line.row,
      ...days,
      text: rest === '' ? [] : [rest],
      reference,
      type,
      money: booked?.money ?? null,
      column: booked?.column ?? 'amount',
      balance: assigned.balance ?? null,
      mark: 0,
      section: this.section,
      raw: [line.text],
    };
    this.textX = (text[0] ?? words[0] ?? line.words[0]!).x0;
    this.lastLine = line;
  }

  private undated(
    line: PdfLine,
    words: readonly PdfWord[],
    assigned: AssignedMoney,
    text: readonly PdfWord[],
    monies: readonly PdfMoney[],
  ): void {
    const { current } = this;
    const booked = bookedOf(assigned);
    const near = this.isNear(line);
    if (booked === 'both') {
      if (!this.ended) this.unread(line, 'an amount in the column of debits and another in that of credits');
      return;
    }
    if (booked !== null && !this.ended) {
      if (current !== null && current.money === null && near) {
        current.money = booked.money;
        current.column = booked.column;
        current.balance ??= assigned.balance ?? null;
        this.append(line, text);
        return;
      }
      // The foreign amount or rate of the transaction above, as far as it is near; in running text any line without words.
      const whole = line.text.replaceAll('\t', ' ');
      const bare = this.layout.mode === 'trailing' && text.every(word => !/\p{L}{3}/u.test(word.text));
      const isText = current !== null && near && (bare || namesForeignAmount(whole));
      const follows = this.layout.mode === 'aligned' || near || this.lastLine?.page !== line.page;
      if (!isText && follows && this.records + (current === null ? 0 : 1) > 0) {
        this.close();
        if (text.length === 0) this.unread(line, 'an amount without a date and a text');
        else this.open(line, { date: null, valueDate: null, from: 0 }, words, assigned, text, booked);
        return;
      }
    }
    if (current !== null && current.balance === null && assigned.balance !== undefined && near && booked === null) {
      current.balance = assigned.balance;
      this.append(line, text);
      return;
    }
    if (
      current !== null &&
      near &&
      this.goesOn(line) &&
      !this.isHeading(line) &&
      this.continued(line, line.text.replaceAll('\t', ' '))
    )
      return;
    this.close();
    this.around.push(line);
    if (monies.length === 0) {
      const direction = sectionDirection(line.text.replaceAll('\t', ' '));
      if (direction !== 0) this.section = direction;
    }
    const account = accountIn(line.text);
    if (account !== null) this.named(account, line);
  }

  /** Another account's number behind the first account's transactions begins its statement. */
  private named(account: string, line: PdfLine): void {
    const other = this.account !== null && plainAccount(account) !== plainAccount(this.account);
    if (other && this.records > 0) this.begin(account, line.row);
    if (this.records === 0) this.account = account;
  }

  /** Begins the next statement; lines since the last one's end are its own. */
  private begin(account: string | null, row: number): void {
    const { events, around } = this;
    const last = events.at(-1);
    const end = last === undefined ? 0 : last.kind === 'stated' ? last.row : last.lastRow;
    const own = around.filter(line => line.row > end && line.row <= row);
    around.splice(0, around.length, ...around.filter(line => !own.includes(line)));
    this.sections.push({ account, events: [], around: own });
    this.records = 0;
    this.ended = true;
    this.section = 0;
  }

  /** Parts without transactions and without an account of their own belong to the part before them. */
  private merged(): PdfSection[] {
    const merged: PdfSection[] = [];
    for (const section of this.sections) {
      const before = merged.at(-1);
      const empty = !section.events.some(event => event.kind === 'record');
      if (before === undefined || !empty || (section.account !== null && section.events.length > 0))
        merged.push(section);
      else {
        before.events.push(...section.events);
        before.around.push(...section.around);
      }
    }
    return merged;
  }

  /** True for text at the place of descriptions. */
  private goesOn(line: PdfLine): boolean {
    const x0 = line.words[0]!.x0;
    if (this.layout.mode === 'trailing') return true;
    const dateColumn = this.columns.find(column => column.role === 'description');
    const left = dateColumn === undefined ? this.textX : Math.min(this.textX, dateColumn.x0);
    return x0 >= left - INDENT;
  }

  /** True for a heading of transactions in or out: larger type, or the header of a table right below. */
  private isHeading(line: PdfLine): boolean {
    if (sectionDirection(line.text.replaceAll('\t', ' ')) === 0) return false;
    const below = this.lines.indexOf(line) + 1;
    return (
      line.fontSize > LARGER * (this.lastLine?.fontSize ?? line.fontSize) ||
      (below < this.lines.length && headerAt(this.lines, below) !== null)
    );
  }

  private isNear(line: PdfLine): boolean {
    const last = this.lastLine;
    return last !== null && last.page === line.page && line.y - last.y <= NEAR * Math.max(line.fontSize, last.fontSize);
  }

  /** Goes on with the description or sets a mark that stands below the amount. */
  private continued(line: PdfLine, text: string): boolean {
    const { current } = this;
    if (current === null) return false;
    if (MARK_LINE.test(text.trim())) current.mark = /^c/i.test(text.trim()) ? 1 : -1;
    else current.text.push(text.trim());
    this.extend(line);
    return true;
  }

  private append(line: PdfLine, text: readonly PdfWord[]): void {
    const joined = text.map(word => word.text).join(' ');
    if (joined !== '') this.current!.text.push(joined);
    this.extend(line);
  }

  private extend(line: PdfLine): void {
    const current = this.current!;
    if (current.lastRow !== line.row) {
      current.lastRow = line.row;
      current.raw.push(line.text);
    }
    this.lastLine = line;
  }

  private raw(line: PdfLine): void {
    if (this.current !== null) this.extend(line);
  }

  private unread(line: PdfLine, reason: string): void {
    this.events.push({ kind: 'unread', firstRow: line.row, lastRow: line.row, reason, raw: line.text });
  }

  private close(): void {
    const { current } = this;
    this.current = null;
    if (current === null) return;
    if (current.money === null)
      this.events.push({
        kind: 'unread',
        firstRow: current.firstRow,
        lastRow: current.lastRow,
        reason: 'it begins with a date and no amount stands in a column of amounts',
        raw: current.raw.join('\n'),
      });
    else {
      this.events.push(current);
      this.records++;
    }
  }

  /** A date in the column of value dates, and the words without it. */
  private valueDateIn(words: readonly PdfWord[]): { date: PdfDate; rest: PdfWord[] } | null {
    const column = this.columns.find(each => each.role === 'valueDate');
    if (column === undefined || this.layout.mode !== 'aligned') return null;
    for (const [at, word] of words.entries()) {
      if (word.x1 < column.x0 - INDENT || word.x0 > column.x1 + INDENT) continue;
      const date = dateAt(words, at);
      if (date !== null) return { date, rest: [...words.slice(0, at), ...words.slice(at + date.words)] };
    }
    return null;
  }

  /** Two dates of a line as booking and value date: as their headers stand, else the first is the booking date. */
  private inOrder(first: PdfDate | null, second: PdfDate | null): { date: PdfDate | null; valueDate: PdfDate | null } {
    const booking = this.columns.find(column => column.role === 'bookingDate');
    const value = this.columns.find(column => column.role === 'valueDate');
    const swapped = second !== null && booking !== undefined && value !== undefined && value.x0 < booking.x0;
    return swapped ? { date: second, valueDate: first } : { date: first, valueDate: second };
  }

  /** The words of a description by the columns of text there are. */
  private byColumn(words: readonly PdfWord[]): { reference: string; type: string; rest: string } {
    const own = this.layout.mode === 'aligned' ? this.columns.filter(column => TEXT_ROLES.has(column.role)) : [];
    const parts = { reference: [] as string[], type: [] as string[], rest: [] as string[] };
    for (const word of words) {
      let role = 'description';
      let left = Number.NEGATIVE_INFINITY;
      for (const column of own)
        if (word.x0 >= column.x0 - 4 && column.x0 > left) {
          role = column.role;
          left = column.x0;
        }
      if (role === 'reference') parts.reference.push(word.text);
      else if (role === 'type') parts.type.push(word.text);
      else parts.rest.push(word.text);
    }
    return { reference: parts.reference.join(' '), type: parts.type.join(' '), rest: parts.rest.join(' ') };
  }
}

const TEXT_ROLES: ReadonlySet<string> = new Set(['reference', 'type', 'description']);

/** Words that are no booked amount or balance. */
const textOf = (words: readonly PdfWord[], assigned: AssignedMoney): PdfWord[] => {
  const taken = Object.values(assigned);
  return words.filter((_, i) => !taken.some(money => i >= money.first && i <= money.last));
};

const plainAccount = (account: string): string => normalizeHeader(account).replaceAll(' ', '');
