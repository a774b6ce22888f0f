import { INVESTMENT_TRANSACTIONS } from './ofx-investment.ts';
import type { OfxScanner, OfxToken } from './ofx-scanner.ts';
import { FileRefused } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';

/** Receives the structure of an OFX document, in document order. Places are bytes from the start of the file. */
export interface OfxListener {
  /** An aggregate opens inside `parent` (null: none). */
  open(name: string, parent: string | null, start: number): void;
  /** An element with its value, trimmed, '' where it is empty; `aggregate` is the innermost aggregate known by name. */
  element(aggregate: string, name: string, value: string): void;
  /** An aggregate ends at byte `end`; `closed` is false where its end tag is missing. */
  close(name: string, end: number, closed: boolean): void;
}

/** Aggregates that carry what is read. Only of these it is certain that they are no elements whose value is empty. */
const KNOWN: ReadonlySet<string> = new Set([
  'OFX',
  'SIGNONMSGSRSV1',
  'SONRS',
  'STATUS',
  'FI',
  'BANKMSGSRSV1',
  'CREDITCARDMSGSRSV1',
  'INVSTMTMSGSRSV1',
  'STMTTRNRS',
  'CCSTMTTRNRS',
  'INVSTMTTRNRS',
  'STMTRS',
  'CCSTMTRS',
  'INVSTMTRS',
  'BANKACCTFROM',
  'CCACCTFROM',
  'INVACCTFROM',
  'BANKTRANLIST',
  'BANKTRANLISTP',
  'INVTRANLIST',
  'INVBANKTRAN',
  'STMTTRN',
  'STMTTRNP',
  'LEDGERBAL',
  'AVAILBAL',
  'PAYEE',
  'BANKACCTTO',
  'CCACCTTO',
  'CURRENCY',
  'ORIGCURRENCY',
  'BANKACCTINFO',
  'CCACCTINFO',
  'INVACCTINFO',
  'INVTRAN',
  'INVBUY',
  'INVSELL',
  'SECID',
  'INVPOSLIST',
  'INVPOS',
  'INVBAL',
  'BALLIST',
  'BAL',
  'SECLISTMSGSRSV1',
  'SECLIST',
  'SECINFO',
  ...INVESTMENT_TRANSACTIONS,
]);

/** Records: none holds another. */
const TRANSACTIONS: ReadonlySet<string> = new Set(['STMTTRN', 'STMTTRNP', ...INVESTMENT_TRANSACTIONS]);
/** Aggregates of a record whose own aggregates are all known: any other tag in them is an element. */
const OF_ELEMENTS: ReadonlySet<string> = new Set([...TRANSACTIONS, 'INVTRAN', 'INVBUY', 'INVSELL', 'SECID', 'BAL']);
const MAX_DEPTH = 256;

interface OpenAggregate {
  readonly name: string;
  readonly start: number;
  readonly known: boolean;
}

type TagToken = Extract<OfxToken, { name: string }>;

/**
 * Builds the structure of OFX from its tags. In OFX 1.x an element has no end tag: a start tag followed by text is an
 * element, one followed by another tag is an aggregate, or an element left empty. Which of the two shows when an end
 * tag comes or an aggregate around it ends. OFX 2.x (XML) reads the same way. Throws FileRefused `ofx.truncated`,
 * `ofx.no-root`, `ofx.too-deep`.
 */
export class OfxStructure {
  private readonly scanner: OfxScanner;
  private readonly listener: OfxListener;
  private readonly tally: WarningTally;
  private readonly lineAt: (byte: number) => number;
  private readonly stack: OpenAggregate[] = [];
  /** The start tag whose nature is not known yet, with the text after it. */
  private pending: TagToken | null = null;
  private text = '';
  private lastElement = '';
  private documents = 0;

  constructor(scanner: OfxScanner, listener: OfxListener, tally: WarningTally, lineAt: (byte: number) => number) {
    this.scanner = scanner;
    this.listener = listener;
    this.tally = tally;
    this.lineAt = lineAt;
  }

  /** Reads the whole file. */
  read(): void {
    for (let token = this.scanner.next(); token; token = this.scanner.next()) {
      if (token.kind === 'text') this.text += token.text;
      else if (this.stack.length === 0 && this.pending === null) this.openRoot(token);
      else if (token.kind === 'close') this.closeTag(token);
      else {
        this.settle(token.start);
        this.pending = token;
        if (token.kind === 'empty') this.closeTag(token);
      }
    }
    if (this.documents === 0)
      throw new FileRefused(
        'ofx.no-root',
        'The file has no <OFX> element: it holds no OFX data, or was cut off in its header.',
      );
    const open = this.stack.findLast(each => each.known);
    if (open || this.pending) this.truncated(open ?? { name: 'OFX', start: 0 });
    this.strayText();
  }

  private truncated(open: { readonly name: string; readonly start: number }): never {
    throw new FileRefused(
      'ofx.truncated',
      `The OFX file ends inside <${open.name}>, which begins on line ${this.lineAt(open.start)} (byte ${open.start}); </OFX> is missing. ` +
        'Nothing of it was read, because what was cut off is unknown; ask for a complete copy.',
    );
  }

  private openRoot(token: TagToken): void {
    const header = this.text;
    this.text = '';
    if (token.name !== 'OFX' || token.kind === 'close')
      throw new FileRefused(
        this.documents === 0 ? 'ofx.no-root' : 'ofx.trailing',
        `<${token.kind === 'close' ? '/' : ''}${token.name}> on line ${this.lineAt(token.start)} stands outside <OFX>: the file is damaged or no OFX.`,
      );
    if (++this.documents > 1) {
      this.tally.note(
        'ofx.documents',
        null,
        'The file holds several OFX documents one after another; all were read, in the encoding of the first',
      );
      if (header.trim() !== '' && !/OFXHEADER/i.test(header)) this.stray();
    }
    this.push(token);
    if (token.kind === 'empty') this.closeTag(token);
  }

  private push(token: TagToken): void {
    const known = KNOWN.has(token.name);
    if (TRANSACTIONS.has(token.name)) this.endOpenTransaction(token.start);
    this.listener.open(token.name, this.stack.at(-1)?.name ?? null, token.start);
    this.stack.push({ name: token.name, start: token.start, known });
    if (this.stack.length > MAX_DEPTH)
      throw new FileRefused(
        'ofx.too-deep',
        `The OFX file is nested deeper than ${MAX_DEPTH} aggregates (byte ${token.start}): it is damaged or hostile.`,
      );
  }

  /** A transaction never holds another: one that is still open has lost its end. */
  private endOpenTransaction(at: number): void {
    const open = this.stack.findLastIndex(each => TRANSACTIONS.has(each.name));
    if (open >= 0) this.popTo(open, at, false);
  }

  /** Decides what the pending start tag was, now that the next tag (at byte `at`) has come. */
  private settle(at: number): void {
    const tag = this.pending;
    this.pending = null;
    if (!tag) {
      this.strayText();
      return;
    }
    if (KNOWN.has(tag.name)) {
      if (tag.name === 'OFX') this.truncated({ name: 'OFX', start: this.stack[0]?.start ?? at });
      this.push(tag);
      this.strayText();
      return;
    }
    const value = this.text.trim();
    if (this.isElement(tag, value)) this.element(tag.name, value);
    else this.push(tag);
    this.text = '';
  }

  /** A start tag with text, or one without where only an element can be empty: in a transaction, and dates (DT…) anywhere. */
  private isElement(tag: TagToken, value: string): boolean {
    if (KNOWN.has(tag.name)) return false;
    return value !== '' || tag.name.startsWith('DT') || OF_ELEMENTS.has(this.context());
  }

  private element(name: string, value: string): void {
    this.lastElement = name;
    this.listener.element(this.context(), name, value.replace(/\s*[\r\n]+\s*/g, ' '));
  }

  private closeTag(token: TagToken): void {
    const tag = this.pending;
    if (tag?.name === token.name && this.isElement(tag, this.text.trim())) {
      this.pending = null;
      this.element(tag.name, this.text.trim());
      this.text = '';
      return;
    }
    this.settle(token.start);
    const index = this.stack.findLastIndex(each => each.name === token.name);
    if (index >= 0) this.popTo(index, token.end, true);
    else if (token.name !== this.lastElement || KNOWN.has(token.name))
      this.tally.note(
        'ofx.end-tag',
        null,
        `An end tag </${token.name}> has no start tag (line ${this.lineAt(token.start)})`,
      );
    this.lastElement = '';
  }

  /** Ends the aggregate at `index` and all inside it, which then have no end tags of their own. */
  private popTo(index: number, end: number, closed: boolean): void {
    while (this.stack.length > index) {
      const top = this.stack.pop();
      if (!top) return;
      const isLast = this.stack.length === index;
      if (top.known && !(isLast && closed) && !TRANSACTIONS.has(top.name))
        this.tally.note(
          'ofx.unclosed',
          null,
          `<${top.name}> on line ${this.lineAt(top.start)} has no end tag and was taken to end with the aggregate around it`,
        );
      this.listener.close(top.name, end, isLast && closed);
    }
  }

  private context(): string {
    return this.stack.findLast(each => each.known)?.name ?? 'OFX';
  }

  private strayText(): void {
    if (this.text.trim() !== '') this.stray();
    this.text = '';
  }

  private stray(): void {
    this.tally.note('ofx.stray-text', null, 'Text stands where OFX has none, between aggregates; it was not read');
  }
}
