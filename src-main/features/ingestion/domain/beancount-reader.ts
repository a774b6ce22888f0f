import { type CivilDay, civilDay } from '../../../kernel/civil-date.ts';
import {
  type BeancountAmount,
  type BeancountValue,
  parseBalanceAmount,
  parseBeancountValue,
  UnreadableBeancountValue,
} from './beancount-amount.ts';
import { type LogicalLine, leadingStrings } from './beancount-lines.ts';
import { withoutEndMark } from './plaintext-lines.ts';
import type { Rational } from './plaintext-rational.ts';
import type { RecordPlace, StatementSink } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';

export interface BeancountPosting {
  readonly place: RecordPlace;
  readonly raw: string;
  readonly flag: string;
  readonly account: string;
  readonly value: BeancountValue;
}

export interface BeancountTransaction {
  readonly row: number;
  readonly ordinal: number;
  readonly day: CivilDay;
  readonly flag: string;
  readonly payee: string;
  readonly narration: string;
  readonly links: readonly string[];
  readonly postings: BeancountPosting[];
  /** Whether a posting of it could not be read. */
  incomplete: boolean;
}

export interface BeancountBalance {
  readonly row: number;
  readonly day: CivilDay;
  readonly account: string;
  readonly amount: BeancountAmount;
  readonly tolerance: Rational | null;
}

/** Account names: components with a capital or a digit in front, in any script (Beancount lexer, ACCOUNT). */
const ACCOUNT = /^[\p{Lu}][^\s:"]*(?::[\p{Lu}\p{Nd}\p{Lo}][^\s:"]*)+/u;
const FLAGS = /^(?:txn|[*!&#?%PSTCURM])(?=\s|"|$)/;
/** Directives with a date that book nothing. */
const DATED = new Set([
  'open',
  'close',
  'commodity',
  'pad',
  'balance',
  'note',
  'document',
  'price',
  'event',
  'query',
  'custom',
]);
const UNDATED = new Set(['option', 'plugin', 'include', 'pushtag', 'poptag', 'pushmeta', 'popmeta']);
/** Lines beginning so are headings or comments (Beancount lexer: skipped to their end). */
const SKIPPED = /^[*:#!&?%]/;

/** Reads a Beancount file line by line into transactions and balance directives. */
export class BeancountFile {
  readonly transactions: BeancountTransaction[] = [];
  readonly balances: BeancountBalance[] = [];
  /** Accounts that a `pad` directive fills, from its day on. */
  readonly padded = new Map<string, CivilDay>();
  readonly directives = new Map<string, number>();
  readonly operatingCurrencies: string[] = [];
  title: string | null = null;
  /** A multiple of the usual tolerance (`option "inferred_tolerance_multiplier"`). */
  toleranceMultiplier: string | null = null;
  private transaction: BeancountTransaction | null = null;
  /** Whether indented lines belong to a directive that holds metadata alone. */
  private inDirective = false;
  private readonly sink: StatementSink;
  private readonly tally: WarningTally;

  constructor(sink: StatementSink, tally: WarningTally) {
    this.sink = sink;
    this.tally = tally;
  }

  line(line: LogicalLine): void {
    const text = withoutEndMark(line.text);
    if (text.trim() === '') {
      // Empty lines end a transaction; lines with a comment alone do not.
      if (line.raw.trim() === '') this.close();
      return;
    }
    if (/^\s/.test(text)) this.indented(line, text.trim());
    else this.unindented(line, text.trim());
  }

  private close(): void {
    this.transaction = null;
    this.inDirective = false;
  }

  private indented(line: LogicalLine, text: string): void {
    const { transaction } = this;
    // Metadata: `key: value`; tags and links on lines of their own.
    if (/^[a-z][\w-]*:(?:\s|$)/.test(text) || /^[#^][\w./-]+/.test(text)) return;
    if (transaction === null) {
      if (!this.inDirective) this.reject(line, 'an indented line belongs to no directive');
      return;
    }
    const flag = /^([*!&#?%PSTCURM])\s+(?=\p{Lu})/u.exec(text);
    const rest = flag === null ? text : text.slice(flag[0].length);
    const account = ACCOUNT.exec(rest)?.[0];
    if (account === undefined) {
      this.reject(line, 'the line is no posting: it begins with no account');
      return;
    }
    const { row, byteOffset, byteLength, raw } = line;
    try {
      const value = parseBeancountValue(rest.slice(account.length));
      transaction.postings.push({ place: { row, byteOffset, byteLength }, raw, flag: flag?.[1] ?? '', account, value });
    } catch (error) {
      if (!(error instanceof UnreadableBeancountValue)) throw error;
      this.reject(line, error.message);
    }
  }

  private reject({ row, byteOffset, byteLength, raw }: LogicalLine, reason: string): void {
    if (this.transaction !== null) this.transaction.incomplete = true;
    this.sink.reject({ place: { row, byteOffset, byteLength }, reason, raw });
  }

  private unindented(line: LogicalLine, text: string): void {
    this.close();
    const date = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})\s+/.exec(text);
    if (date !== null) {
      const day = civilDay(Number(date[1]), Number(date[2]), Number(date[3]));
      this.dated(line, text.slice(date[0].length), day, date[0].trim());
    } else if (!SKIPPED.test(text)) this.undated(line, text);
  }

  private dated(line: LogicalLine, text: string, day: CivilDay | null, written: string): void {
    const flag = FLAGS.exec(text)?.[0];
    if (flag !== undefined) {
      this.begin(line, text.slice(flag.length), day ?? 0, flag);
      if (day !== null) return;
      // Its postings cannot be dated: the heading is kept as rejected, and they with it.
      this.reject(line, `the date "${written}" is not a day of the calendar`);
      this.transactions.pop();
      this.transaction = null;
      return;
    }
    const name = /^[a-z]+/.exec(text)?.[0] ?? '';
    if (!DATED.has(name) || day === null) {
      this.reject(
        line,
        day === null ? `the date "${written}" is not a day of the calendar` : 'the directive is not known',
      );
      return;
    }
    this.count(name);
    this.inDirective = true;
    const rest = text.slice(name.length).trim();
    if (name === 'pad') {
      const account = ACCOUNT.exec(rest)?.[0];
      if (account !== undefined && !this.padded.has(account)) this.padded.set(account, day);
      this.tally.note(
        'plaintext.pad',
        line.row,
        'A pad directive stands for an entry that the file does not hold; it is not made up',
      );
    } else if (name === 'balance') this.balance(line, rest, day);
  }

  private begin(line: LogicalLine, text: string, day: CivilDay, flag: string): void {
    const { strings, rest } = leadingStrings(text);
    const [first = '', second] = strings;
    this.transaction = {
      row: line.row,
      ordinal: this.transactions.length + 1,
      day,
      flag: flag === 'txn' ? '*' : flag,
      payee: second === undefined ? '' : first,
      narration: second ?? first,
      links: [...rest.matchAll(/\^([\w./-]+)/g)].map(match => match[1]!),
      postings: [],
      incomplete: false,
    };
    this.transactions.push(this.transaction);
    if (strings.length > 2 || /"/.test(rest))
      this.tally.note('plaintext.heading', line.row, 'The strings of a transaction cannot be told apart');
  }

  private balance(line: LogicalLine, rest: string, day: CivilDay): void {
    const account = ACCOUNT.exec(rest)?.[0];
    try {
      if (account === undefined) throw new UnreadableBeancountValue('there is no account');
      this.balances.push({ row: line.row, day, account, ...parseBalanceAmount(rest.slice(account.length)) });
    } catch (error) {
      if (!(error instanceof UnreadableBeancountValue)) throw error;
      this.tally.note('plaintext.directive', line.row, `A balance directive cannot be read: ${error.message}`);
    }
  }

  private undated(line: LogicalLine, text: string): void {
    const name = /^[a-z]+/.exec(text)?.[0] ?? '';
    if (!UNDATED.has(name)) {
      this.reject(line, 'the line is no directive');
      return;
    }
    this.count(name);
    this.inDirective = true;
    const { strings } = leadingStrings(text.slice(name.length));
    const [first = '', second = ''] = strings;
    if (name === 'include')
      this.tally.note('plaintext.include', line.row, `The file includes "${first}", another file: it is not read`);
    else if (name === 'plugin')
      this.tally.note('plaintext.plugin', line.row, `The plugin "${first}" is not run: entries are read as they stand`);
    else if (name === 'option' && first === 'operating_currency') this.operatingCurrencies.push(second);
    else if (name === 'option' && first === 'title') this.title = second;
    else if (name === 'option' && /^(?:inferred_)?tolerance_multiplier$/.test(first)) this.toleranceMultiplier = second;
  }

  private count(name: string): void {
    this.directives.set(name, (this.directives.get(name) ?? 0) + 1);
  }
}
