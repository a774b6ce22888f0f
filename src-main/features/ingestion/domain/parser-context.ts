import type { CodecFor } from '../../../kernel/text.ts';
import type { DecimalSign } from './csv-amount.ts';
import type { StatementParser } from './statement-sink.ts';
import type { TransactionColumnBuilder } from './transaction-column-builder.ts';

/** What a parser is given. */
export interface ParserContext {
  readonly sink: TransactionColumnBuilder;
  readonly codecFor: CodecFor;
  /** The examiner's answers by setting name (`dateOrder: dmy`); a name the parser does not know is a usage error. */
  readonly overrides: Readonly<Record<string, string>>;
  /**
   * Receives the readable text (UTF-8) of a document whose own bytes cannot be read in place: places of its records are
   * places in this text, which is sealed beside the original.
   */
  readonly transcript: (bytes: Uint8Array) => void;
  /** Receives the sheets of a workbook as CSV in place of being read as tables of transactions. */
  readonly onSheet?: (name: string) => SheetReceiver;
}

/** Receives a sheet as CSV text (UTF-8, comma, quotes as in RFC 4180). */
export interface SheetReceiver {
  /** The head was looked at: numbers and amounts in texts have this decimal sign. */
  begin(decimalSign: DecimalSign): void;
  write(bytes: Uint8Array): void;
}

export type CreateParser = (context: ParserContext) => StatementParser;
