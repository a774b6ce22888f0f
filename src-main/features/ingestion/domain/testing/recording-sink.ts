import { formatUnits, MAX_SCALE } from '../../../../kernel/decimal.ts';
import type { TextCodec } from '../../../../kernel/text.ts';
import type {
  ParsedTransaction,
  ParseWarning,
  RejectedRecord,
  StatementBalances,
  StatementHeader,
  StatementParser,
  StatementSink,
} from '../statement-sink.ts';

/** A sink that keeps everything, for tests. */
export class RecordingSink implements StatementSink {
  readonly headers: StatementHeader[] = [];
  readonly stated: StatementBalances[] = [];
  /** Journal entries by statement, where the parser states them. */
  readonly counts: number[] = [];
  readonly transactions: ParsedTransaction[] = [];
  readonly rejected: RejectedRecord[] = [];
  readonly warnings: ParseWarning[] = [];

  statement(header: StatementHeader): number {
    this.stated.push({ opening: null, closing: null });
    return this.headers.push(header) - 1;
  }

  balances(statement: number, balances: StatementBalances): void {
    this.stated[statement] = balances;
  }

  entries(statement: number, entries: number): void {
    this.counts[statement] = entries;
  }

  transaction(transaction: ParsedTransaction): void {
    this.transactions.push(transaction);
  }

  reject(record: RejectedRecord): void {
    this.rejected.push(record);
  }

  warn(warning: ParseWarning): void {
    this.warnings.push(warning);
  }

  /** The distinct codes of the warnings, in order. */
  get codes(): readonly string[] {
    return [...new Set(this.warnings.map(each => each.code))];
  }
}

/** Exact sum of transactions in units of 10^-9. */
export const sumOfUnits = (transactions: readonly ParsedTransaction[]): bigint =>
  transactions.reduce((sum, { amount }) => sum + BigInt(amount.units) * 10n ** BigInt(MAX_SCALE - amount.scale), 0n);

/** Exact sum of transactions as plain text without trailing zeros. */
export const sumOf = (transactions: readonly ParsedTransaction[]): string =>
  formatUnits(sumOfUnits(transactions), MAX_SCALE, 0);

/** Decimal text (`-1500.00`, `+7`) in its shortest form, to compare with sums. */
export const shortest = (text: string): string => {
  const [whole = '', fraction = ''] = text.replace('+', '').split('.');
  return formatUnits(BigInt(`${whole}${fraction.padEnd(MAX_SCALE, '0')}`), MAX_SCALE, 0);
};

/** Feeds bytes in chunks of `size` and ends the file; of a parser that ends at once. */
export const feed = (parser: StatementParser, bytes: Uint8Array, size = 65_536): void => {
  for (let at = 0; at < bytes.length; at += size) parser.write(bytes.subarray(at, at + size));
  const ending = parser.end();
  if (ending !== undefined) throw new Error('this parser ends later: await its end');
};

/** A codec of the decoder that the test's host has. */
export const codecOf = (encoding: string, decode: (bytes: Uint8Array) => string): TextCodec => ({
  encoding,
  slice: (bytes, start, end) => decode(bytes.subarray(start, end)),
});
