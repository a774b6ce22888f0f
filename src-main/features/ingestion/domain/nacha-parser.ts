import { NachaFile } from './nacha-file.ts';
import { type NachaRecord, NachaRecords } from './nacha-records.ts';
import type { CreateParser, ParserContext } from './parser-context.ts';
import {
  type Dialect,
  FileRefused,
  type FormatName,
  type StatementParser,
  type StatementSink,
} from './statement-sink.ts';
import { WarningTally } from './warning-tally.ts';

class NachaParser implements StatementParser {
  readonly format: FormatName = 'nacha';
  private readonly sink: StatementSink;
  private readonly records: NachaRecords;
  private readonly tally = new WarningTally();
  private readonly files: NachaFile[] = [];
  private lastRow = 0;

  constructor({ sink, codecFor }: ParserContext) {
    this.sink = sink;
    this.records = new NachaRecords(codecFor, record => this.record(record));
  }

  write(chunk: Uint8Array): void {
    this.records.write(chunk);
  }

  end(): void {
    this.records.end();
    const last = this.files.at(-1);
    if (last === undefined)
      throw new FileRefused(
        'nacha.no-header',
        'The file holds no ACH file header (record 1). Check that it is the right file.',
      );
    if (!last.isComplete) this.truncated(this.lastRow);
    this.tally.send(this.sink);
  }

  encoding(): string {
    return this.records.encoding;
  }

  dialect(): Dialect {
    return {
      files: this.files.length,
      batches: this.files.reduce((sum, each) => sum + each.batches, 0),
      entryClasses: [...new Set(this.files.flatMap(each => [...each.entryClasses]))].sort(),
      created: this.files.map(each => each.createdText).slice(0, 100),
    };
  }

  private record(record: NachaRecord): void {
    this.lastRow = record.row;
    const current = this.files.at(-1);
    if (record.text.startsWith('1')) {
      if (current !== undefined && !current.isComplete) this.truncated(record.row);
      this.files.push(new NachaFile(record, this.sink, this.tally));
      return;
    }
    if (current === undefined)
      throw new FileRefused(
        'nacha.no-header',
        `Record ${record.row} comes before any file header (record 1): the beginning of the file is missing. Ask for a complete copy.`,
        record.row,
      );
    const reason = current.record(record);
    if (reason !== null)
      this.sink.reject({
        place: { row: record.row, byteOffset: record.byteOffset, byteLength: record.byteLength },
        reason,
        raw: record.text.trimEnd(),
      });
  }

  private truncated(row: number): never {
    throw new FileRefused(
      'nacha.truncated',
      `The file ends at record ${row} without its file control (record 9): it is incomplete. Ask for a complete copy.`,
      row,
    );
  }
}

/**
 * A streaming reader of ACH files in the format of the Nacha Operating Rules. Throws FileRefused `nacha.no-header`,
 * `nacha.header`, `nacha.structure`, `nacha.truncated`. What becomes of each record: docs/specs/format-nacha.md.
 */
export const createNachaParser: CreateParser = context => new NachaParser(context);
