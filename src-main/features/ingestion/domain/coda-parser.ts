import { CODA_RECORD_LENGTH } from './coda-fields.ts';
import { CodaStatement } from './coda-statement.ts';
import { LineReader, type TextLine } from './line-reader.ts';
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

class CodaParser implements StatementParser {
  readonly format: FormatName = 'coda';
  private readonly sink: StatementSink;
  private readonly lines: LineReader;
  private readonly tally = new WarningTally();
  private readonly statements: CodaStatement[] = [];
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
        'coda.no-statement',
        'The file holds no CODA header record (record 0). Check that it is the right file.',
      );
    if (!last.isComplete) this.truncated(this.lastRow);
    if (last.anotherFollows !== null)
      this.tally.note(
        'coda.another-file',
        last.anotherFollows,
        'The last trailer says that another file follows; make sure that all files of the delivery are at hand',
      );
    this.tally.send(this.sink);
  }

  encoding(): string {
    return this.lines.encoding;
  }

  dialect(): Dialect {
    return {
      version: [...new Set(this.statements.map(each => each.version))],
      statements: this.statements.length,
      transactions: this.statements.reduce((sum, each) => sum + each.transactions, 0),
      separateApplications: [...new Set(this.statements.map(each => each.separateApplication))].filter(
        code => !/^0*$/.test(code),
      ),
      messages: this.statements.flatMap(each => each.messages).slice(0, 100),
    };
  }

  private line(line: TextLine): void {
    const text = line.text.trimEnd();
    // Some hosts end a file with the DOS end-of-file mark.
    if (text === '' || text === '\u001a') return;
    this.lastRow = line.row;
    const current = this.statements.at(-1);
    const padded = text.padEnd(CODA_RECORD_LENGTH);
    if (padded.startsWith('0')) {
      if (current !== undefined && !current.isComplete) this.truncated(line.row);
      this.statements.push(new CodaStatement(padded, line.row, this.sink, this.tally));
      return;
    }
    let reason: string | null;
    if (current === undefined || current.isComplete)
      reason = 'a record outside a statement, which begins with record 0';
    else if (text.length > CODA_RECORD_LENGTH)
      reason = `the record has ${text.length} characters; CODA's have ${CODA_RECORD_LENGTH}`;
    else reason = current.record(line, padded);
    if (reason !== null)
      this.sink.reject({
        place: { row: line.row, byteOffset: line.byteOffset, byteLength: line.byteLength },
        reason,
        raw: line.text,
      });
  }

  private truncated(row: number): never {
    throw new FileRefused(
      'coda.truncated',
      `A statement ends at line ${row} without its trailer (record 9): the file is incomplete. Ask for a complete copy.`,
      row,
    );
  }
}

/**
 * A streaming reader of CODA, versions 1 and 2 (Febelfin, Coded statement of account). Throws FileRefused
 * `coda.no-statement`, `coda.truncated`, `coda.structure`, `coda.version`, `text.line-too-long`.
 * What becomes of each record: docs/specs/format-coda.md.
 */
export const createCodaParser: CreateParser = context => new CodaParser(context);
