import type { CodecFor } from '../../../kernel/text.ts';
import { Bai2Records } from './bai2-records.ts';
import { Bai2Statements } from './bai2-statements.ts';
import { LineReader } from './line-reader.ts';
import type { Dialect, FormatName, StatementParser, StatementSink } from './statement-sink.ts';

/** What the parser needs of a parser context. */
interface Context {
  readonly sink: StatementSink;
  readonly codecFor: CodecFor;
}

class Bai2Parser implements StatementParser {
  readonly format: FormatName = 'bai2';
  private readonly statements: Bai2Statements;
  private readonly records: Bai2Records;
  private readonly lines: LineReader;

  constructor({ sink, codecFor }: Context) {
    this.statements = new Bai2Statements(sink);
    this.records = new Bai2Records(this.statements);
    this.lines = new LineReader(codecFor, 'windows-1252', line => this.records.line(line));
  }

  write(chunk: Uint8Array): void {
    this.lines.write(chunk);
  }

  end(): void {
    this.lines.end();
    this.records.end();
    this.statements.end();
  }

  encoding(): string {
    return this.lines.encoding;
  }

  dialect(): Dialect {
    const { header, groups, statements, transactions, physical, summaries } = this.statements;
    return {
      version: header.version ?? null,
      sender: header.sender ?? null,
      receiver: header.receiver ?? null,
      created: header.created ?? null,
      fileId: header.fileId ?? null,
      groups,
      statements,
      records: transactions,
      physicalRecords: physical,
      summaries,
    };
  }
}

/**
 * A reader of BAI2 cash management reports. Records are sent as they pass. Throws FileRefused `bai2.no-header`,
 * `bai2.version`, `bai2.structure`, `bai2.truncated`, `text.encoding`, `text.line-too-long`. What becomes of each record:
 * docs/specs/format-bai2.md.
 */
export const createBai2Parser = (context: Context): StatementParser => new Bai2Parser(context);
