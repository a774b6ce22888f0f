import { LineReader, type TextLine } from './line-reader.ts';
import { computedIban } from './norma43-account.ts';
import { at, NORMA43_RECORD_LENGTH } from './norma43-fields.ts';
import { Norma43Statement } from './norma43-statement.ts';
import type { CreateParser, ParserContext } from './parser-context.ts';
import {
  type Dialect,
  FileRefused,
  type FormatName,
  type StatementParser,
  type StatementSink,
} from './statement-sink.ts';
import { WarningTally } from './warning-tally.ts';

/** Code page of banks that do not write ASCII or UTF-8. */
const LEGACY_ENCODING = 'windows-1252';

class Norma43Parser implements StatementParser {
  readonly format: FormatName = 'norma43';
  private readonly sink: StatementSink;
  private readonly lines: LineReader;
  private readonly tally = new WarningTally();
  private readonly statements: Norma43Statement[] = [];
  /** Records since the last record 88, a leading record 00 not counted. */
  private records = 0;
  private isEnded = false;
  private lastRow = 0;

  constructor({ sink, codecFor }: ParserContext) {
    this.sink = sink;
    this.lines = new LineReader(codecFor, LEGACY_ENCODING, line => this.line(line));
  }

  write(chunk: Uint8Array): void {
    this.lines.write(chunk);
  }

  end(): void {
    this.lines.end();
    const last = this.statements.at(-1);
    if (last === undefined)
      throw new FileRefused(
        'norma43.no-account',
        'The file holds no account (record 11) of Norma 43. Check that it is the right file.',
      );
    if (!last.isComplete) this.truncated(this.lastRow);
    if (!this.isEnded)
      this.tally.note(
        'norma43.no-end',
        this.lastRow,
        'The file has no end record (88): whether further accounts are missing cannot be known from it',
      );
    this.tally.send(this.sink);
  }

  encoding(): string {
    return this.lines.encoding;
  }

  dialect(): Dialect {
    return {
      accounts: this.statements.length,
      transactions: this.statements.reduce((sum, each) => sum + each.transactions, 0),
      informationModes: [...new Set(this.statements.map(each => each.mode.trim()))],
      computedIbans: [...new Set(this.statements.map(each => computedIban(each.account)))].filter(
        iban => iban !== null,
      ),
    };
  }

  private line(line: TextLine): void {
    const text = line.text.trimEnd();
    // Some hosts end a file with the DOS end-of-file mark.
    if (text === '' || text === '\u001a') return;
    this.lastRow = line.row;
    const reason =
      text.length > NORMA43_RECORD_LENGTH
        ? `the record has ${text.length} characters; those of Norma 43 have ${NORMA43_RECORD_LENGTH}`
        : this.record(line, text.padEnd(NORMA43_RECORD_LENGTH));
    if (reason !== null)
      this.sink.reject({
        place: { row: line.row, byteOffset: line.byteOffset, byteLength: line.byteLength },
        reason,
        raw: line.text,
      });
  }

  private record(line: TextLine, padded: string): string | null {
    const kind = padded.slice(0, 2);
    const current = this.statements.at(-1);
    switch (kind) {
      case '00':
        return null;
      case '11':
        if (current !== undefined && !current.isComplete) this.truncated(line.row);
        this.isEnded = false;
        this.records++;
        this.statements.push(new Norma43Statement(line, padded, this.sink, this.tally));
        return null;
      case '22':
      case '23':
      case '24':
      case '33':
        this.records++;
        if (current === undefined || current.isComplete) return `a record ${kind} outside an account (record 11)`;
        return current.record(line, padded);
      case '88':
        return this.fileEnd(line, padded);
      default:
        return `Norma 43 has no record "${kind}"`;
    }
  }

  private fileEnd(line: TextLine, padded: string): string | null {
    const current = this.statements.at(-1);
    if (current !== undefined && !current.isComplete) this.truncated(line.row);
    this.isEnded = true;
    const count = at(padded, 21, 26);
    if (!/^\d{6}$/.test(count) || Number(count) !== this.records)
      this.tally.note(
        'control.count',
        line.row,
        `The end record counts "${count}" records (88 not counted), the file has ${this.records}`,
      );
    this.records = 0;
    return null;
  }

  private truncated(row: number): never {
    throw new FileRefused(
      'norma43.truncated',
      `An account ends at line ${row} without its final record (33): the file is incomplete. Ask for a complete copy.`,
      row,
    );
  }
}

/**
 * A streaming reader of Norma 43 (Cuaderno 43 of the Asociación Española de Banca). Throws FileRefused
 * `norma43.no-account`, `norma43.truncated`, `text.line-too-long`. What becomes of each record: docs/specs/format-norma43.md.
 */
export const createNorma43Parser: CreateParser = context => new Norma43Parser(context);
