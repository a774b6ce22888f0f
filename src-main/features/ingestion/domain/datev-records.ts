import type { TextLine } from './line-reader.ts';
import { withoutEndMark } from './plaintext-lines.ts';

/** Lines that a text in quotes may run over before it is taken as never ending. */
const MAX_LINES = 50;
const MAX_CHARACTERS = 65_536;

export interface DatevRecord {
  readonly row: number;
  readonly byteOffset: number;
  readonly byteLength: number;
  readonly raw: string;
  readonly fields: readonly string[];
}

/** Puts lines together into records: `;` between fields, `"` around text, `""` for a quote inside (DATEV-Format, 2.2). */
export class DatevRecords {
  /** Fields of a record, once the names of the columns are known: lines are put together to no more than that. */
  columns = Number.POSITIVE_INFINITY;
  private held: TextLine[] = [];
  private readonly onRecord: (record: DatevRecord) => void;
  private readonly onBroken: (record: Omit<DatevRecord, 'fields'>) => void;

  /** `onBroken` receives a record whose quotes never close. */
  constructor(onRecord: (record: DatevRecord) => void, onBroken: (record: Omit<DatevRecord, 'fields'>) => void) {
    this.onRecord = onRecord;
    this.onBroken = onBroken;
  }

  line(line: TextLine): void {
    if (this.held.length === 0 && withoutEndMark(line.text).trim() === '') return;
    this.held.push(line);
    const joined = this.joined();
    const read = fieldsOf(joined.raw);
    const isOne = this.held.length === 1;
    if (read === null) {
      if (this.held.length >= MAX_LINES || joined.raw.length > MAX_CHARACTERS) this.breakUp();
    } else if (isOne || (read.clean && read.fields.length <= this.columns)) {
      this.held = [];
      this.onRecord({ ...joined, fields: read.fields });
    } else this.breakUp();
  }

  end(): void {
    while (this.held.length > 0) this.breakUp();
  }

  /** The first held line has a quote too many: it alone is broken, and the lines after it are records again. */
  private breakUp(): void {
    const [first, ...rest] = this.held;
    this.held = [];
    if (first === undefined) return;
    const { row, byteOffset, byteLength, text } = first;
    this.onBroken({ row, byteOffset, byteLength, raw: text });
    for (const line of rest) this.line(line);
  }

  private joined(): Omit<DatevRecord, 'fields'> {
    const first = this.held[0]!;
    const last = this.held.at(-1)!;
    return {
      row: first.row,
      byteOffset: first.byteOffset,
      byteLength: last.byteOffset + last.byteLength - first.byteOffset,
      raw: this.held.map(line => line.text).join('\n'),
    };
  }
}

/**
 * The fields of a record; null where a text in quotes does not end. `clean` is false where something stands between a
 * closing quote and the separator: over several lines that would be two records taken for one.
 */
const fieldsOf = (text: string): { readonly fields: readonly string[]; readonly clean: boolean } | null => {
  const fields: string[] = [];
  let clean = true;
  for (let at = 0; ; ) {
    let value = '';
    const isQuoted = text[at] === '"';
    if (isQuoted) {
      const read = quoted(text, at + 1);
      if (read === null) return null;
      [value, at] = read;
    }
    const next = text.indexOf(';', at);
    const rest = next < 0 ? text.slice(at) : text.slice(at, next);
    if (isQuoted && rest.trim() !== '') clean = false;
    fields.push(`${value}${rest}`.trim());
    if (next < 0) return { fields, clean };
    at = next + 1;
  }
};

/** The text from behind an opening quote, and where it ends; null where it does not. */
const quoted = (text: string, start: number): [value: string, next: number] | null => {
  let value = '';
  for (let at = start; ; ) {
    const end = text.indexOf('"', at);
    if (end < 0) return null;
    value += text.slice(at, end);
    if (text[end + 1] !== '"') return [value, end + 1];
    value += '"';
    at = end + 2;
  }
};
