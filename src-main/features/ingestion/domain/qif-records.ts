import type { TextLine } from './line-reader.ts';
import { FileRefused } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';

/** What a header `!Type:…` announces. Lists hold no transactions: categories, classes, memorized payments, prices. */
type SectionKind = 'account' | 'investment' | 'list' | 'unknown';

/** Records under one header, of one account. */
export interface QifSection {
  readonly kind: SectionKind;
  /** The type as written: `Bank`, `CCard`, `Oth L`. */
  readonly type: string;
  /** The account's record of `!Account`, field letter to value. */
  readonly account: ReadonlyMap<string, string> | null;
  readonly records: QifRecord[];
}

export interface QifRecord {
  readonly lines: readonly string[];
  readonly row: number;
  readonly byteOffset: number;
  readonly byteLength: number;
  /** How it ends: with its mark `^`, without it after a whole line, or cut off within its last line. */
  readonly end: RecordEnd;
}

type RecordEnd = 'mark' | 'line' | 'cut';

const ACCOUNT_TYPES = new Set(['bank', 'cash', 'ccard', 'oth a', 'oth l', 'oth s']);
const INVESTMENT_TYPES = new Set(['invst', 'port', 'mutual', '401(k)/403(b)']);
const LIST_TYPES = new Set([
  ...['cat', 'class', 'memorized', 'security', 'prices', 'budget', 'payee', 'tag', 'tags', 'template', 'invitem'],
  ...['category', 'loan', 'shippingitem', 'term', 'vendor', 'customer'],
]);

/** End of a record; Quicken 4 to 6 wrote it twice. */
const END_MARK = /^\^+$/;

const kindOf = (type: string): SectionKind => {
  const name = type.toLowerCase();
  if (ACCOUNT_TYPES.has(name)) return 'account';
  if (INVESTMENT_TYPES.has(name)) return 'investment';
  return LIST_TYPES.has(name) ? 'list' : 'unknown';
};

/** A record under `!Account` that is a transaction of the account named before it, where a program leaves `!Type` out. */
const isTransaction = (lines: readonly string[]): boolean =>
  lines.some(line => /^D\s*\d/.test(line)) && lines.some(line => /^[TU]\s*[-+$]*[\d.,]+$/.test(line));

const fieldsOf = (lines: readonly string[]): ReadonlyMap<string, string> =>
  new Map(lines.map(line => [line.charAt(0), line.slice(1).trim()]));

/**
 * Cuts lines into headers and records (ended by `^` or `^^`), and gives each record its account: the last one that `!Account`
 * named before the header. A list of accounts between `!Option:AutoSwitch` and `!Clear:AutoSwitch` names none.
 */
export class QifRecords {
  readonly sections: QifSection[] = [];
  /** Records of lists, by type. */
  readonly listed = new Map<string, number>();
  emptyRecords = 0;
  private readonly tally: WarningTally;
  private readonly known = new Map<string, QifSection>();
  private section: QifSection | null = null;
  private inAccounts = false;
  private account: ReadonlyMap<string, string> | null = null;
  private headers = 0;
  private accountsUnderHeader = 0;
  private lines: string[] = [];
  private first: TextLine | null = null;
  private last: TextLine | null = null;

  constructor(tally: WarningTally) {
    this.tally = tally;
  }

  line(line: TextLine): void {
    if (line.row === 1 && line.text.includes('\0'))
      throw new FileRefused('text.encoding', 'The file is text in UTF-16. Save it as UTF-8 and read it again.', 1);
    const text = line.text.trim();
    if (text === '') return;
    if (text.startsWith('!')) this.header(line, text);
    else if (this.headers === 0)
      throw new FileRefused(
        'qif.no-header',
        `Line ${line.row} is no header: a QIF file begins with !Type or !Account. Check that it is the right file.`,
        line.row,
      );
    else if (END_MARK.test(text)) this.endRecord(line, 'mark');
    else {
      this.first ??= line;
      this.last = line;
      this.lines.push(text);
    }
  }

  /** Ends the last record; `length` is the number of bytes of the file, which tells whether its last line is whole. */
  end(length: number): void {
    const { last } = this;
    this.endRecord(null, last !== null && last.byteOffset + last.byteLength === length ? 'cut' : 'line');
  }

  private header(line: TextLine, text: string): void {
    this.headers++;
    this.endRecord(null, 'line');
    const type = /^!Typ[eo]?\s*:\s*(.*)$/i.exec(text)?.[1]?.trim();
    this.inAccounts = /^!Account$/i.test(text);
    if (this.inAccounts) this.accountsUnderHeader = 0;
    else if (/^!Clear\s*:\s*AutoSwitch/i.test(text)) this.account = null;
    else if (type !== undefined) this.openSection(line, type);
    else if (!/^!Option\s*:|^!Clear\s*:/i.test(text))
      this.tally.note('qif.unknown-header', line.row, `The header ${text.slice(0, 40)} is not known`);
  }

  private openSection(line: TextLine, type: string): void {
    const kind = kindOf(type);
    if (kind === 'unknown')
      this.tally.note('qif.unknown-type', line.row, `The type "${type}" is not known and is read as an account`);
    if (this.accountsUnderHeader > 1 && kind !== 'list')
      this.tally.note(
        'qif.account',
        line.row,
        `Several accounts stand before the header; its records are given to the last, ${this.account?.get('N') ?? ''}`,
      );
    this.accountsUnderHeader = 0;
    const name = this.account?.get('N');
    const key = JSON.stringify([kind, type.toLowerCase(), name ?? null]);
    const known = this.known.get(key);
    if (known !== undefined && name !== undefined) {
      this.section = known;
      return;
    }
    if (known !== undefined && kind !== 'list')
      this.tally.note(
        'qif.repeated-header',
        line.row,
        `The header !Type:${type} stands again without naming an account: its records are kept apart`,
      );
    this.section = { kind, type, account: this.account, records: [] };
    this.known.set(key, this.section);
    if (kind !== 'list') this.sections.push(this.section);
  }

  private endRecord(line: TextLine | null, end: RecordEnd): void {
    const { first, lines } = this;
    const last = line ?? this.last;
    this.first = null;
    this.last = null;
    this.lines = [];
    if (first === null || last === null) {
      if (end === 'mark') this.emptyRecords++;
      return;
    }
    if (this.inAccounts && !(this.account !== null && isTransaction(lines))) {
      this.account = fieldsOf(lines);
      this.accountsUnderHeader++;
      return;
    }
    if (this.inAccounts) {
      this.inAccounts = false;
      this.openSection(first, this.account?.get('T') ?? '');
    }
    if (this.section?.kind === 'list') {
      this.listed.set(this.section.type, (this.listed.get(this.section.type) ?? 0) + 1);
      return;
    }
    if (this.section === null) {
      this.section = { kind: 'unknown', type: '', account: this.account, records: [] };
      this.sections.push(this.section);
      this.tally.note('qif.no-type', first.row, 'Records stand before any header !Type and are read as an account');
    }
    this.section.records.push({
      lines,
      row: first.row,
      byteOffset: first.byteOffset,
      byteLength: last.byteOffset + last.byteLength - first.byteOffset,
      end,
    });
  }
}
