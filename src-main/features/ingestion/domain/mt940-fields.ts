import type { TextLine } from './line-reader.ts';
import { FileRefused } from './statement-sink.ts';

/** One field of a message: its tag, the lines of its value, and its place in the file. */
export interface SwiftField {
  readonly tag: string;
  readonly lines: string[];
  readonly row: number;
  readonly byteOffset: number;
  /** Byte after its last line. */
  byteEnd: number;
}

/** Receives a file's fields in order. */
export interface SwiftFieldListener {
  field(field: SwiftField): void;
  /** A line outside any message, such as a bank's own header. */
  outside(text: string, row: number): void;
  /** The headers of a FIN message (blocks 1 to 3) before its text. */
  headers(text: string): void;
  endMessage(): void;
  /** A balance whose tag lacks its second colon was read as that field. */
  tagRepaired(tag: string, row: number): void;
}

/** Fields of MT940 and MT942, and those that banks add: NS (non-SWIFT text), 940 and 942 (kind of message). */
const TAG = /^:(13D?|20|21|25P?|28C?|34F|60[FM]?|61|62[FM]?|64|65|86|90[CD]?|NS|94[02]):/;
const ANY_TAG = /^:([0-9]{2}[A-Z]?):/;
/** A whole balance behind a tag that lacks its second colon: nothing else has this form. */
const BALANCE_TAG = /^:(60[FM]|62[FM])(?=[CD]\d{6}[A-Z]{3}\d[\d,.]*\s*$)/;
const END = /^-(?:\}|\s*$|XXX\s*$)/;
/** A time of day that was wrapped, so that a line begins with its minutes. */
const WRAPPED_TIME = /^:[0-5]\d:[0-5]\d(?!\d)/;

/** A line without control characters at its ends: MultiCash frames messages in SOH and ETX. */
const withoutFrame = (text: string): string => {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) < 9) start++;
  while (end > start && text.charCodeAt(end - 1) < 9) end--;
  return text.slice(start, end);
};

/**
 * Cuts lines into the fields of messages, with a FIN envelope (`{1:…}{2:…}{4:` … `-}`) or without. A line that begins
 * no field goes on with the one before it.
 */
export class SwiftFields {
  private readonly listener: SwiftFieldListener;
  private open: SwiftField | null = null;
  /** Within block 4 of an envelope, which must be closed. */
  private enveloped = false;
  private lastRow = 0;
  /** A line that held nothing but the colon that begins a tag. */
  private colon: TextLine | null = null;

  constructor(listener: SwiftFieldListener) {
    this.listener = listener;
  }

  line(line: TextLine): void {
    this.lastRow = line.row;
    if (line.row === 1 && line.text.includes('\0'))
      throw new FileRefused('text.encoding', 'The file is text in UTF-16. Save it as UTF-8 and read it again.', 1);
    const text = withoutFrame(line.text);
    const { colon } = this;
    this.colon = null;
    if (text.trim() === ':' && colon === null) this.colon = line;
    else if (colon !== null && TAG.test(`:${text}`))
      this.fieldLine({ ...line, byteOffset: colon.byteOffset }, `:${text}`);
    else {
      if (colon !== null) this.fieldLine(colon, ':');
      this.fieldLine(line, text);
    }
  }

  /** Throws FileRefused `mt940.truncated` when a FIN message is open. */
  end(): void {
    this.close();
    if (this.enveloped)
      throw new FileRefused(
        'mt940.truncated',
        `The file ends at line ${this.lastRow} within a message, before its end "-}". Ask for a complete copy.`,
        this.lastRow,
      );
  }

  /** Takes a line, on which several messages may stand. */
  private fieldLine(line: TextLine, text: string): void {
    for (let rest = text; ; ) {
      if (/^\s*\{[1-5]:/.test(rest)) rest = this.envelope(rest);
      else if (END.test(rest)) rest = this.endMessage(rest);
      else {
        if (!this.beginField(line, rest)) this.continueField(line, rest);
        return;
      }
      if (rest.trim() === '') return;
    }
  }

  /** Takes blocks 1 to 3; answers what follows them on the line. */
  private envelope(text: string): string {
    this.close();
    const block = text.indexOf('{4:');
    this.listener.headers(block < 0 ? text : text.slice(0, block));
    if (block < 0) return '';
    this.enveloped = true;
    return text.slice(block + 3);
  }

  /** Takes the end of a message; answers the next message on the line. */
  private endMessage(text: string): string {
    this.close();
    this.enveloped = false;
    this.listener.endMessage();
    const next = text.indexOf('{1:');
    return next < 0 ? '' : text.slice(next);
  }

  private beginField(line: TextLine, text: string): boolean {
    const within = this.open?.tag === '86';
    const repaired = BALANCE_TAG.exec(text)?.[1];
    const tag = repaired ?? (TAG.exec(text) ?? (within ? null : ANY_TAG.exec(text)))?.[1];
    if (tag === undefined) return false;
    if (within && WRAPPED_TIME.test(text) && /\d\d$/.test(this.open?.lines.at(-1) ?? '')) return false;
    this.close();
    if (repaired !== undefined) this.listener.tagRepaired(tag, line.row);
    this.open = {
      tag,
      lines: [text.slice(tag.length + (repaired === undefined ? 2 : 1))],
      row: line.row,
      byteOffset: line.byteOffset,
      byteEnd: line.byteOffset + line.byteLength,
    };
    return true;
  }

  private continueField(line: TextLine, text: string): void {
    if (this.open !== null) {
      this.open.lines.push(text);
      if (text.trim() !== '') this.open.byteEnd = line.byteOffset + line.byteLength;
    } else if (text.trim() !== '') this.listener.outside(text.trim(), line.row);
  }

  private close(): void {
    const field = this.open;
    this.open = null;
    if (field === null) return;
    while (field.lines.length > 1 && field.lines.at(-1)?.trim() === '') field.lines.pop();
    this.listener.field(field);
  }
}
