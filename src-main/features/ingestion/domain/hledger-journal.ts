import { AccountNames, postingKind } from './hledger-account.ts';
import { parseAmount, parsePostingValue, UnreadableValue, type WrittenAmount } from './hledger-amount.ts';
import type { JournalDates } from './hledger-dates.ts';
import { commentDates, entryHeading, postingLine, type WrittenEntry } from './hledger-entry.ts';
import type { DecimalMarks } from './hledger-number.ts';
import type { TextLine } from './line-reader.ts';
import { withoutEndMark } from './plaintext-lines.ts';
import type { StatementSink } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';

/** Directives by their name (ledger manual 5, hledger manual "directives"); those not acted on change nothing in entries. */
const WORDS = new Set(
  (
    'include comment test Y year account alias apply end commodity decimal-mark ' +
    'A bucket payee tag define def eval expr assert check capture value import python I O'
  ).split(' '),
);

/**
 * Reads a journal line by line into entries; directives take effect where they stand. Amounts and dates stay as
 * written until the whole journal has shown its decimal marks and date order.
 */
export class JournalReader {
  readonly entries: WrittenEntry[] = [];
  readonly directives = new Map<string, number>();
  /** `C 1.00s = 100c`: commodities that are multiples of another. */
  readonly conversions: (readonly [one: WrittenAmount, other: WrittenAmount])[] = [];
  private readonly accounts = new AccountNames();
  private readonly sink: StatementSink;
  private readonly tally: WarningTally;
  private readonly marks: DecimalMarks;
  private readonly dates: JournalDates;
  private readonly applied: string[] = [];
  private year: number | null = null;
  private defaultCommodity: string | null = null;
  private entry: WrittenEntry | null = null;
  /** What indented lines belong to where they are no postings. */
  private block: 'none' | 'skipped' | 'commodity' | 'account' = 'none';
  private blockAccount = '';
  private commentUntil: RegExp | null = null;

  constructor(sink: StatementSink, tally: WarningTally, marks: DecimalMarks, dates: JournalDates) {
    this.sink = sink;
    this.tally = tally;
    this.marks = marks;
    this.dates = dates;
  }

  line(line: TextLine): void {
    const text = withoutEndMark(line.text).trimEnd();
    if (this.commentUntil !== null) {
      if (this.commentUntil.test(text)) this.commentUntil = null;
      return;
    }
    if (text === '') {
      this.entry = null;
      this.block = 'none';
      return;
    }
    if (/^[ \t\u00a0]/.test(text)) this.indented(line, text.trim());
    else this.unindented(line, text);
  }

  private indented(line: TextLine, text: string): void {
    if (/^[;#]/.test(text) || (this.entry === null && /^[%|*]/.test(text))) {
      if (text.startsWith(';')) this.comment(text.slice(1).trim());
      return;
    }
    if (this.block === 'commodity') this.commodityFormat(text);
    else if (this.block === 'account') {
      const alias = /^alias\s+(.+)$/.exec(text);
      if (alias) this.accounts.alias(alias[1]!.trim(), this.blockAccount);
    } else if (this.block === 'none') {
      if (this.entry === null) this.reject(line, 'an indented line belongs to no entry');
      else this.posting(line, text, this.entry);
    }
  }

  /** A comment line under a posting belongs to it. */
  private comment(text: string): void {
    const posting = this.entry?.postings.at(-1);
    if (posting === undefined) return;
    const { date, secondary, text: rest } = commentDates(text, this.year);
    posting.date = date ?? posting.date;
    posting.secondary = secondary ?? posting.secondary;
    if (rest !== '') posting.comment = posting.comment === '' ? rest : `${posting.comment} ${rest}`;
    for (const each of [date, secondary]) if (each !== null) this.dates.observe(each.text, 0);
  }

  private posting(line: TextLine, text: string, entry: WrittenEntry): void {
    const { status, account: written, value, comment } = postingLine(text);
    const { row, byteOffset, byteLength } = line;
    const { kind, account } = postingKind(written);
    if (account === '') {
      this.reject(line, 'the posting has no account');
      return;
    }
    if (value === '' && /\s[-+]?(?:[$€£¥]\s?)?[-+]?\d[\d.,]*(?:\s?[\p{Lu}€$£]{1,5})?$/u.test(account))
      this.tally.note('plaintext.single-blank', row, 'An account name ends like an amount: two blanks must part them');
    try {
      const dates = commentDates(comment, this.year);
      const posting = {
        place: { row, byteOffset, byteLength },
        raw: line.text,
        account: this.accounts.full(account),
        kind,
        status,
        value: parsePostingValue(value),
        defaultCommodity: this.defaultCommodity,
        comment: dates.text,
        date: dates.date,
        secondary: dates.secondary,
      };
      for (const each of [dates.date, dates.secondary]) if (each !== null) this.dates.observe(each.text, row);
      entry.postings.push(posting);
    } catch (error) {
      if (!(error instanceof UnreadableValue)) throw error;
      this.reject(line, error.message);
    }
  }

  private reject({ row, byteOffset, byteLength, text }: TextLine, reason: string): void {
    if (this.entry !== null) this.entry.incomplete = true;
    this.sink.reject({ place: { row, byteOffset, byteLength }, reason, raw: text });
  }

  private unindented(line: TextLine, text: string): void {
    this.entry = null;
    this.block = 'none';
    if (/^[;#%|*]/.test(text)) return;
    const heading = entryHeading(text, this.year);
    if (heading !== null) {
      this.dates.observe(heading.date.text, line.row);
      if (heading.secondary !== null) this.dates.observe(heading.secondary.text, line.row);
      this.entry = { heading, row: line.row, ordinal: this.entries.length + 1, postings: [], incomplete: false };
      this.entries.push(this.entry);
      return;
    }
    const match = /^[!@]?([A-Za-z~=:-]+)\s*(.*)$/.exec(text);
    if (match === null) this.reject(line, 'the line is neither an entry nor a directive');
    else this.directive(line, text, match[1]!, withoutComment(match[2]!));
  }

  private directive(line: TextLine, text: string, name: string, rest: string): void {
    this.block = 'skipped';
    const { row } = line;
    if (text.startsWith('=')) {
      this.tally.note('plaintext.automated', row, 'An automated entry (=) is a rule; it is not applied');
      this.count('=');
    } else if (text.startsWith('~')) {
      this.tally.note('plaintext.periodic', row, 'A periodic entry (~) is a budget or forecast; it is not booked');
      this.count('~');
    } else if (/^[iobhIO]$/.test(name) && /^\d{4}/.test(rest)) this.reject(line, 'a time clock line states no money');
    else if (/^Y\d/.test(text)) this.setYear(text.slice(1), row);
    else if (/^[PDCN]$/.test(name)) this.letter(line, name, rest);
    else this.word(line, name, rest);
  }

  private letter(line: TextLine, name: string, rest: string): void {
    this.count(name);
    if (name === 'D') {
      this.withAmount(line.row, rest, amount => {
        this.defaultCommodity = amount.commodity;
        this.marks.declare(amount.commodity, amount.number);
      });
    } else if (name === 'C') {
      const [one = '', other = ''] = rest.split('=');
      this.withAmount(line.row, one, first =>
        this.withAmount(line.row, other, second => {
          this.conversions.push([first, second]);
        }),
      );
    }
  }

  private word(line: TextLine, name: string, rest: string): void {
    const { row } = line;
    if (!WORDS.has(name) && !name.startsWith('--')) {
      this.reject(line, `the line is neither an entry nor a directive that is known ("${name}")`);
      return;
    }
    this.count(name);
    switch (name) {
      case 'include':
        this.tally.note('plaintext.include', row, `The journal includes "${rest}", another file: it is not read`);
        return;
      case 'comment':
      case 'test':
        this.commentUntil = new RegExp(`^\\s*end\\s+${name}\\b`);
        return;
      case 'Y':
      case 'year':
        this.setYear(rest, row);
        return;
      case 'account':
        this.block = 'account';
        this.blockAccount = this.accounts.full(rest.split(/ {2}|\t/)[0]!.trim());
        return;
      case 'alias':
        this.alias(rest, row);
        return;
      case 'apply':
        this.apply(rest, row);
        return;
      case 'end':
        this.end(rest);
        return;
      case 'commodity':
        this.block = 'commodity';
        this.withAmount(null, rest, amount => {
          this.marks.declare(amount.commodity, amount.number);
        });
        return;
      case 'decimal-mark':
        if (rest === '.' || rest === ',') this.marks.declareAll(rest);
        return;
      case 'A':
      case 'bucket':
        this.tally.note('plaintext.directive', row, `"${name} ${rest}" is not applied: it adds no postings`);
        return;
      default:
    }
  }

  private commodityFormat(text: string): void {
    const format = /^format\s+(.+)$/.exec(text);
    if (format)
      this.withAmount(null, format[1]!, amount => {
        this.marks.declare(amount.commodity, amount.number);
      });
  }

  private setYear(text: string, row: number): void {
    const match = /^\s*(\d{4})\b/.exec(text);
    if (match) this.year = Number(match[1]);
    else this.tally.note('plaintext.directive', row, 'A year directive states no year');
  }

  private alias(rest: string, row: number): void {
    const at = rest.indexOf('=');
    const name = rest.slice(0, at).trim();
    if (at < 0 || name === '' || name.startsWith('/'))
      this.tally.note(
        'plaintext.alias',
        row,
        `The alias "${rest}" is a pattern or none: account names stay as written`,
      );
    else this.accounts.alias(name, rest.slice(at + 1).trim());
  }

  private apply(rest: string, row: number): void {
    const [what = '', ...words] = rest.split(/\s+/);
    this.applied.push(what);
    if (what === 'account') this.accounts.apply(words.join(' '));
    else if (what === 'year') this.setYear(words.join(' '), row);
    else if (what !== 'tag')
      this.tally.note('plaintext.directive', row, `"apply ${what}" is not applied: entries stay as written`);
  }

  private end(rest: string): void {
    if (rest === 'aliases') {
      this.accounts.endAliases();
      return;
    }
    if (this.applied.pop() === 'account') this.accounts.endApply();
  }

  private withAmount(row: number | null, text: string, take: (amount: WrittenAmount) => void): void {
    try {
      take(parseAmount(text.trim()));
    } catch (error) {
      if (!(error instanceof UnreadableValue)) throw error;
      // A commodity directive may hold a bare symbol; D and C must hold amounts.
      if (row !== null) this.tally.note('plaintext.directive', row, `A directive cannot be read: ${error.message}`);
    }
  }

  private count(name: string): void {
    this.directives.set(name, (this.directives.get(name) ?? 0) + 1);
  }
}

/** What stands in front of a comment: a `;` behind a blank. */
const withoutComment = (text: string): string => {
  for (let at = text.indexOf(';'); at >= 0; at = text.indexOf(';', at + 1))
    if (at === 0 || /\s/.test(text[at - 1]!)) return text.slice(0, at).trim();
  return text.trim();
};
