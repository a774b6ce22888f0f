import type { DecimalSign } from './csv-amount.ts';
import { checkOverrideKeys } from './csv-overrides.ts';
import { createCsvParser } from './csv-parser.ts';
import type { ParserContext, SheetReceiver } from './parser-context.ts';
import { decimalSignOf, type HeadCell } from './spreadsheet-decimal.ts';
import { checkTextBytes } from './spreadsheet-limits.ts';
import { SheetText } from './spreadsheet-sheet-text.ts';
import { type Dialect, FileRefused, type StatementParser } from './statement-sink.ts';
import { WarningTally } from './warning-tally.ts';

/** A sheet in which no table of transactions was found: told, and fatal only where no sheet has one. */
const NO_TABLE: ReadonlySet<string> = new Set([
  'file.empty',
  'csv.binary',
  'csv.no-date-column',
  'csv.no-amount-column',
]);
/** Settings of delimited text that a workbook settles by itself. */
const SETTLED = ['encoding', 'delimiter', 'quote'] as const;
/** What of a table's dialect concerns delimited text only. */
const TEXT_KEYS: ReadonlySet<string> = new Set(['delimiter', 'quote', 'encoding', 'byteOrderMark', 'lineEnd']);

/** What came of a sheet. */
interface ReadSheet {
  readonly name: string;
  readonly rows: number;
  readonly cells: number;
  readonly transactions: number;
  /** How its table was read; null where there is none. */
  readonly dialect: Dialect | null;
  /** Why there is none, where the sheet holds cells. */
  readonly refusal: FileRefused | null;
  /** Where its rejects and warnings lie in the sink. */
  readonly rejects: readonly [start: number, end: number];
  readonly warnings: readonly [start: number, end: number];
}

/** The sheet being read. */
interface OpenSheet {
  readonly name: string;
  readonly statementId: string | null;
  readonly text: SheetText;
  readonly firstTransaction: number;
  readonly firstReject: number;
  readonly firstWarning: number;
  readonly byteOffset: number;
  parser: StatementParser | null;
  /** Takes the text in place of the parser. */
  readonly receiver: SheetReceiver | null;
  refusal: FileRefused | null;
}

/**
 * Reads the sheets of a workbook one after the other: each is written as CSV into the transcript, and that text is read
 * as a table of transactions like any CSV file (docs/specs/format-csv.md). Used by the readers of all workbook formats.
 */
export class Workbook {
  private readonly context: ParserContext;
  private readonly overrides: Readonly<Record<string, string>>;
  private readonly tally = new WarningTally();
  private readonly sheets: ReadSheet[] = [];
  private readonly wanted: string | null;
  /** Sheets there are, read or not. */
  private readonly names: string[] = [];
  private fileBytes = 0;
  private textBytes = 0;
  private open: OpenSheet | null = null;

  constructor(context: ParserContext) {
    this.context = context;
    const { sheet, ...overrides }: Record<string, string> = context.overrides;
    this.wanted = sheet?.trim() ?? null;
    checkOverrideKeys(overrides);
    const needless = SETTLED.filter(key => overrides[key] !== undefined);
    for (const key of needless) delete overrides[key];
    if (needless.length > 0)
      context.sink.warn({
        row: null,
        code: 'dialect.not-applicable',
        message: `A workbook has cells, not delimited text: the settings ${needless.join(', ')} were not needed.`,
      });
    this.overrides = overrides;
  }

  /** Reads a file of this size by `step`; a refusal names the sheet it concerns. */
  read(fileBytes: number, step: () => void): void {
    this.fileBytes = fileBytes;
    try {
      step();
      this.finish();
    } catch (error) {
      throw error instanceof FileRefused && this.open !== null ? named(this.open.name, error) : error;
    }
  }

  /** Whether a sheet is to be read. */
  wants(name: string): boolean {
    this.names.push(name);
    return this.wanted === null || this.wanted.toLowerCase() === name.trim().toLowerCase();
  }

  /** Counts something that the reader of the numbers must know of the sheet being read, or of the workbook. */
  note(code: string, row: number | null, message: string): void {
    this.tally.note(code, row, this.open === null ? message : `Sheet "${this.open.name}": ${message}`);
  }

  /** Begins a sheet and returns where its cells are written. `statementId` null: the file gives the sheet no name. */
  beginSheet(name: string, statementId: string | null = name): SheetText {
    const { sink, codecFor } = this.context;
    const codec = codecFor('utf-8');
    if (codec === null) throw new Error('no codec for utf-8');
    const text = new SheetText(
      codec,
      rows => this.settle(rows),
      bytes => this.write(bytes),
    );
    this.open = {
      name,
      statementId,
      text,
      firstTransaction: sink.count,
      firstReject: sink.rejected.length,
      firstWarning: sink.warnings.length,
      byteOffset: this.textBytes,
      parser: null,
      receiver: this.context.onSheet?.(name) ?? null,
      refusal: null,
    };
    return text;
  }

  /** Ends the sheet and its table. */
  endSheet(): void {
    const sheet = this.open!;
    const { sink } = this.context;
    const { text } = sheet;
    text.end();
    if (text.cells > 0 && sheet.parser !== null) this.attempt(sheet, parser => void parser.end());
    this.sheets.push({
      name: sheet.name,
      rows: text.lastRow,
      cells: text.cells,
      transactions: sink.count - sheet.firstTransaction,
      dialect: text.cells > 0 && sheet.refusal === null ? (sheet.parser?.dialect() ?? null) : null,
      refusal: sheet.refusal,
      rejects: [sheet.firstReject, sink.rejected.length],
      warnings: [sheet.firstWarning, sink.warnings.length],
    });
    this.open = null;
  }

  /** Sends the warnings. Throws the refusal of the largest sheet where no sheet holds a table. */
  private finish(): void {
    const { sink } = this.context;
    const { sheets, names, wanted } = this;
    if (wanted !== null && sheets.length === 0)
      throw new FileRefused(
        'dialect.unknown',
        `sheet=${wanted}: no such sheet. Sheets are ${names.join(', ')}.`,
        null,
        {
          sheet: [...names],
        },
      );
    if (this.context.onSheet !== undefined && sheets.some(sheet => sheet.cells > 0)) return;
    const tables = sheets.filter(sheet => sheet.dialect !== null);
    const refused = sheets.filter(sheet => sheet.refusal !== null);
    if (tables.length === 0) {
      if (refused.length === 0)
        throw new FileRefused('file.empty', 'No sheet of the workbook holds a cell. Check that it is the right file.');
      const largest = refused.reduce((a, b) => (b.cells > a.cells ? b : a));
      throw named(largest.name, largest.refusal!);
    }
    if (names.length > 1) for (const sheet of sheets) this.label(sheet);
    for (const { refusal, name, rows } of refused)
      sink.warn({
        row: null,
        code: 'sheet.no-table',
        message: `Sheet "${name}" (${rows} rows) holds no table of transactions and was not read: ${refusal!.message}`,
      });
    if (tables.length > 1)
      sink.warn({
        row: null,
        code: 'sheet.several',
        message: `${tables.length} sheets hold tables (${tables.map(({ name, transactions }) => `"${name}": ${transactions} transactions`).join(', ')}); each is a statement of its own. Should one repeat another, read one with --set sheet=NAME.`,
      });
    this.tally.send(sink);
  }

  /** How the sheets were read: the first table's layout, and every sheet in words. */
  dialect(): Dialect {
    const first = this.sheets.find(sheet => sheet.dialect !== null);
    return {
      sheets: this.sheets.map(
        ({ name, rows, transactions, dialect }) =>
          `${name}: ${rows} rows, ${dialect === null ? 'no table' : `${transactions} transactions`}`,
      ),
      sheet: first?.name ?? null,
      ...ofCells(first?.dialect ?? {}, this.overrides.decimalSign !== undefined),
    };
  }

  private settle(rows: readonly (readonly HeadCell[])[]): DecimalSign {
    const sheet = this.open!;
    const decimalSign = decimalSignOf(rows, this.overrides.decimalSign);
    if (sheet.receiver !== null) {
      sheet.receiver.begin(decimalSign ?? '.');
      return decimalSign ?? '.';
    }
    const { sink, codecFor } = this.context;
    sheet.parser = createCsvParser(
      sink,
      codecFor,
      {
        ...this.overrides,
        encoding: 'utf-8',
        delimiter: ',',
        quote: '"',
        ...(decimalSign === null ? {} : { decimalSign }),
      },
      { byteOffset: sheet.byteOffset, statementId: sheet.statementId },
    );
    return decimalSign ?? '.';
  }

  private write(bytes: Uint8Array): void {
    this.textBytes += bytes.length;
    checkTextBytes(this.textBytes, this.fileBytes);
    this.context.transcript(bytes);
    if (this.open!.receiver === null) this.attempt(this.open!, parser => parser.write(bytes));
    else this.open!.receiver.write(bytes);
  }

  /** Runs a step of the table reader; a sheet without a table is set aside, which is not fatal yet. */
  private attempt(sheet: OpenSheet, step: (parser: StatementParser) => void): void {
    if (sheet.refusal !== null) return;
    try {
      step(sheet.parser!);
    } catch (error) {
      if (!(error instanceof FileRefused) || !this.isNoTable(error)) throw error;
      sheet.refusal = error;
    }
  }

  /** A column that the examiner named need not be in every sheet. */
  private isNoTable(error: FileRefused): boolean {
    return NO_TABLE.has(error.code) || (error.code === 'dialect.unknown' && this.wanted === null);
  }

  /** Says in rejects and warnings of the table reader, which knows rows only, of which sheet they are. */
  private label({ name, rejects, warnings }: ReadSheet): void {
    const { sink } = this.context;
    for (let i = rejects[0]; i < rejects[1]; i++)
      sink.rejected[i] = { ...sink.rejected[i]!, reason: `sheet "${name}": ${sink.rejected[i]!.reason}` };
    for (let i = warnings[0]; i < warnings[1]; i++)
      sink.warnings[i] = { ...sink.warnings[i]!, message: `Sheet "${name}": ${sink.warnings[i]!.message}` };
  }
}

const named = (name: string, error: FileRefused): FileRefused =>
  new FileRefused(error.code, `Sheet "${name}": ${error.message}`, error.row, error.candidates);

/** A table's dialect without what concerns delimited text only. */
const ofCells = (dialect: Dialect, signIsStated: boolean): Dialect => {
  const { confidence, reasons, ...rest } = dialect;
  const kept = <T>(values: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(values).filter(([key]) => !TEXT_KEYS.has(key)));
  return {
    ...kept(rest),
    confidence: kept((confidence ?? {}) as Readonly<Record<string, number>>),
    reasons: ((reasons ?? []) as readonly string[])
      .filter(reason => !TEXT_KEYS.has(reason.slice(0, reason.indexOf(':'))))
      .map(reason => (reason === 'decimalSign: stated' && !signIsStated ? SIGN_REASON : reason)),
  };
};

const SIGN_REASON = 'decimalSign: cells hold numbers; amounts written as text use this sign';
