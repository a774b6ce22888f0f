import type { CodecFor } from '../../../kernel/text.ts';
import { LineReader } from './line-reader.ts';
import { AtLineBreaks } from './mt940-at-line-breaks.ts';
import { SwiftFields } from './mt940-fields.ts';
import { Mt940Statements } from './mt940-statements.ts';
import type { Dialect, StatementParser, StatementSink } from './statement-sink.ts';

/** What the parser needs of a parser context. */
interface Context {
  readonly sink: StatementSink;
  readonly codecFor: CodecFor;
}

class Mt940Parser implements StatementParser {
  readonly format: 'mt940' | 'mt942';
  private readonly statements: Mt940Statements;
  private readonly fields: SwiftFields;
  private readonly lines: LineReader;
  private readonly bytes: AtLineBreaks;

  constructor(format: 'mt940' | 'mt942', { sink, codecFor }: Context) {
    this.format = format;
    this.statements = new Mt940Statements(sink);
    this.fields = new SwiftFields(this.statements);
    this.lines = new LineReader(codecFor, 'windows-1252', line => this.fields.line(line));
    this.bytes = new AtLineBreaks(chunk => this.lines.write(chunk));
  }

  write(chunk: Uint8Array): void {
    this.bytes.write(chunk);
  }

  end(): void {
    this.bytes.end();
    this.lines.end();
    this.fields.end();
    this.statements.end();
  }

  encoding(): string {
    return this.lines.encoding;
  }

  dialect(): Dialect {
    const { statements, entries, enveloped, kinds } = this.statements;
    return { envelope: enveloped, statements, records: entries, details: Object.fromEntries(kinds) };
  }
}

/**
 * A reader of SWIFT MT940 customer statements, with or without the FIN envelope, in the dialects of banks. Entries are
 * sent as they pass. Throws FileRefused `mt940.no-statement`, `mt940.truncated`, `text.encoding`,
 * `text.line-too-long`. What becomes of each field: docs/specs/format-mt940.md.
 */
export const createMt940Parser = (context: Context): StatementParser => new Mt940Parser('mt940', context);

/** The same of MT942, the interim transaction report, whose expected entries (EC, ED) are no transactions. */
export const createMt942Parser = (context: Context): StatementParser => new Mt940Parser('mt942', context);
