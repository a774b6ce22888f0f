import { gunzip, isGzip, SourceFile } from '../../../platform/source-file.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import type { DecimalSign } from '../../ingestion/domain/csv-amount.ts';
import {
  createTableReader,
  type TableColumns,
  type TableMapping,
  type TableReader,
  type TableWishes,
} from '../../ingestion/domain/csv-table.ts';
import { sniffFormat } from '../../ingestion/domain/sniff-format.ts';
import type { FormatName } from '../../ingestion/domain/statement-sink.ts';
import { FileRefused } from '../../ingestion/domain/statement-sink.ts';
import { TransactionColumnBuilder } from '../../ingestion/domain/transaction-column-builder.ts';
import { createParser } from '../../ingestion/service/parsers.ts';

/** Bytes looked at to tell the format. */
const HEAD_BYTES = 64 << 10;
const WORKBOOKS: ReadonlySet<FormatName> = new Set(['xlsx', 'xls', 'ods']);
/** Formats whose files are delimited tables with names of columns, read as such where columns are named. */
const TABLES: ReadonlySet<FormatName> = new Set(['csv', 'fec', 'datev-csv']);

/** A table as it was read; null for a file whose format states its own columns. */
export interface ReadTable {
  readonly table: TableColumns;
  /** What the examiner must know of how it was read. */
  readonly notes: readonly string[];
}

/** Reads a table, packed or not: delimited text, or the first sheet of a workbook that holds anything. */
export const readTableFile = async (
  path: string,
  name: string,
  mapping: TableMapping,
  wishes: TableWishes,
): Promise<ReadTable | { readonly format: FormatName }> => {
  const file = new SourceFile(path, name);
  try {
    const chunks = file.chunks();
    const first = chunks.next().value as Buffer;
    const original = (function* (): Generator<Buffer> {
      yield first;
      yield* chunks;
    })();
    const plain = isGzip(first) ? gunzip(original, name) : original;
    let reader: Reader | null = null;
    for await (const chunk of plain) {
      if (reader === null) {
        const format = sniffFormat(chunk.subarray(0, HEAD_BYTES), codecFor).format ?? 'csv';
        const named = Object.values(mapping).some(column => column !== undefined);
        if (WORKBOOKS.has(format)) reader = new WorkbookTable(format, mapping, wishes);
        else if (format === 'csv' || (TABLES.has(format) && named)) reader = new TextTable(mapping, wishes);
        else return { format };
      }
      reader.write(chunk);
    }
    if (reader === null) throw new FileRefused('file.empty', 'it holds nothing once unpacked.');
    return await reader.end();
  } finally {
    file.close();
  }
};

interface Reader {
  write(chunk: Uint8Array): void;
  end(): ReadTable | Promise<ReadTable>;
}

class TextTable implements Reader {
  private readonly reader: TableReader;
  constructor(mapping: TableMapping, wishes: TableWishes) {
    this.reader = createTableReader(codecFor, mapping, {}, wishes);
  }
  write(chunk: Uint8Array): void {
    this.reader.write(chunk);
  }
  end(): ReadTable {
    return { table: this.reader.end(), notes: [] };
  }
}

/** The sheets come as CSV text; the first that has any is the table. */
class WorkbookTable implements Reader {
  private readonly parser;
  private table: { readonly sheet: string; readonly reader: TableReader } | null = null;
  private readonly others: string[] = [];

  constructor(format: FormatName, mapping: TableMapping, wishes: TableWishes) {
    this.parser = createParser(format, {
      sink: new TransactionColumnBuilder(),
      codecFor,
      overrides: {},
      transcript: () => undefined,
      onSheet: sheet => {
        let decimalSign: DecimalSign = '.';
        let own: TableReader | null = null;
        let isOther = false;
        return {
          begin: sign => {
            decimalSign = sign;
          },
          // A sheet without cells is begun too and has no text.
          write: bytes => {
            if (own === null && this.table === null) {
              own = createTableReader(
                codecFor,
                mapping,
                { encoding: 'utf-8', delimiter: ',', quote: '"', decimalSign },
                wishes,
              );
              this.table = { sheet, reader: own };
            }
            if (own === null && !isOther) this.others.push(sheet);
            isOther = own === null;
            own?.write(bytes);
          },
        };
      },
    });
  }

  write(chunk: Uint8Array): void {
    this.parser.write(chunk);
  }

  async end(): Promise<ReadTable> {
    await this.parser.end();
    if (this.table === null) throw new FileRefused('file.empty', 'No sheet of the workbook holds a cell.');
    const { sheet, reader } = this.table;
    const others = this.others.map(other => `“${other}”`).join(', ');
    return {
      table: reader.end(),
      notes:
        others === ''
          ? []
          : [`Sheet “${sheet}” was read; ${others} were not: save another sheet as a file of its own to test it.`],
    };
  }
}
