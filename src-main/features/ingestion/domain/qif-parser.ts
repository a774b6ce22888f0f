import type { CodecFor } from '../../../kernel/text.ts';
import type { DecimalSign } from './csv-amount.ts';
import { DATE_ORDERS, type DateOrder } from './csv-date.ts';
import { LineReader } from './line-reader.ts';
import { QifRecords } from './qif-records.ts';
import { type QifAnswers, type QifSettled, QifStatements } from './qif-statements.ts';
import {
  type Dialect,
  FileRefused,
  type FormatName,
  type StatementParser,
  type StatementSink,
} from './statement-sink.ts';
import { WarningTally } from './warning-tally.ts';

/** Largest QIF file that is read: it is held whole, because only all its dates together tell day and month apart. */
const QIF_MAX_BYTES = 268_435_456;
const DECIMAL_SIGNS: Readonly<Record<string, DecimalSign>> = { '.': '.', ',': ',', point: '.', comma: ',' };

const answersOf = (overrides: Readonly<Record<string, string>>): QifAnswers => {
  for (const [key, value] of Object.entries(overrides)) {
    const allowed = key === 'dateOrder' ? DATE_ORDERS : key === 'decimalSign' ? Object.keys(DECIMAL_SIGNS) : null;
    if (allowed === null)
      throw new FileRefused('dialect.unknown', `${key}: of a QIF file dateOrder and decimalSign can be stated.`);
    if (!(allowed as readonly string[]).includes(value))
      throw new FileRefused('dialect.unknown', `${key}=${value}: allowed are ${allowed.join(', ')}.`);
  }
  return {
    dateOrder: (overrides.dateOrder as DateOrder | undefined) ?? null,
    decimalSign: DECIMAL_SIGNS[overrides.decimalSign ?? ''] ?? null,
  };
};

/** What the parser needs of a parser context. */
interface Context {
  readonly sink: StatementSink;
  readonly codecFor: CodecFor;
  readonly overrides: Readonly<Record<string, string>>;
}

class QifParser implements StatementParser {
  readonly format: FormatName = 'qif';
  private readonly sink: StatementSink;
  private readonly answers: QifAnswers;
  private readonly tally = new WarningTally();
  private readonly records = new QifRecords(this.tally);
  private readonly lines: LineReader;
  private length = 0;
  private settled: QifSettled | null = null;

  constructor({ sink, codecFor, overrides }: Context) {
    this.sink = sink;
    this.answers = answersOf(overrides);
    this.lines = new LineReader(codecFor, 'windows-1252', line => this.records.line(line));
  }

  write(chunk: Uint8Array): void {
    this.length += chunk.length;
    if (this.length > QIF_MAX_BYTES)
      throw new FileRefused(
        'file.too-large',
        `The QIF file is larger than ${QIF_MAX_BYTES / 1_048_576} MiB. Have it exported in smaller periods.`,
      );
    this.lines.write(chunk);
  }

  end(): void {
    this.lines.end();
    this.records.end(this.length);
    const { sections, listed } = this.records;
    if (sections.length === 0 && listed.size === 0)
      throw new FileRefused('qif.no-records', 'The file holds no header !Type of an account and no record.');
    this.settled = new QifStatements(this.sink, this.tally).send(sections, this.answers);
    if (sections.length === 0)
      this.tally.note('qif.no-account-records', null, 'The file holds lists (such as categories) and no account');
    this.tally.send(this.sink);
  }

  encoding(): string {
    return this.lines.encoding;
  }

  dialect(): Dialect {
    const { sections, listed, emptyRecords } = this.records;
    return {
      dateOrder: this.settled?.dateOrder ?? null,
      dateOrderReason: this.settled?.dateOrderReason ?? null,
      decimalSign: this.settled?.decimalSign ?? null,
      types: sections.map(each => each.type),
      statements: sections.length,
      records: sections.reduce((sum, each) => sum + each.records.length, 0),
      openingBalances: this.settled?.openingBalances ?? 0,
      emptyRecords,
      lists: Object.fromEntries(listed),
    };
  }
}

/**
 * A reader of the Quicken Interchange Format. Nothing is sent before `end()`. `overrides` may answer `dateOrder` and
 * `decimalSign`. Throws FileRefused `dialect.ambiguous`, `dialect.unknown`, `qif.no-records`, `file.too-large`,
 * `text.encoding`, `text.line-too-long`. What becomes of each field: docs/specs/format-qif.md.
 */
export const createQifParser = (context: Context): StatementParser => new QifParser(context);
