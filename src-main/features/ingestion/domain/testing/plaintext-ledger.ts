import iconv from 'iconv-lite';
import { expect } from 'vitest';
import { isoDate } from '../../../../kernel/civil-date.ts';
import { formatUnits, MAX_SCALE } from '../../../../kernel/decimal.ts';
import type { CodecFor } from '../../../../kernel/text.ts';
import type { CreateParser } from '../parser-context.ts';
import { FileRefused, type ParsedTransaction, type StatementParser } from '../statement-sink.ts';
import type { TransactionColumnBuilder } from '../transaction-column-builder.ts';
import { codecOf, feed, RecordingSink } from './recording-sink.ts';

/** The decoder of the host, which knows the code pages of DOS. */
export const legacyCodec: CodecFor = encoding =>
  iconv.encodingExists(encoding)
    ? codecOf(encoding, bytes => iconv.decode(bytes, encoding, { stripBOM: false }))
    : null;

interface ReadLedger {
  readonly sink: RecordingSink;
  readonly parser: StatementParser;
  /** `2024-01-31 1930 Bank -1500.00` of each transaction. */
  readonly lines: readonly string[];
  /** The distinct codes of the warnings, without `ledger.currencies`, which concerns no rule of the format. */
  readonly told: readonly string[];
}

/** Reads a ledger whole, in chunks of `size` bytes. A text is taken as UTF-8. */
export const readLedger = (
  create: CreateParser,
  document: Uint8Array | string,
  { size = 65_536, overrides = {} }: { readonly size?: number; readonly overrides?: Record<string, string> } = {},
): ReadLedger => {
  const sink = new RecordingSink();
  // These parsers send transactions as objects: of the builder they use what every sink has.
  const parser = create({
    sink: sink as unknown as TransactionColumnBuilder,
    codecFor: legacyCodec,
    overrides,
    transcript: () => expect.fail('a text ledger has no transcript'),
  });
  feed(parser, typeof document === 'string' ? new Uint8Array(iconv.encode(document, 'utf-8')) : document, size);
  const told = sink.codes.filter(code => code !== 'ledger.currencies');
  return { sink, parser, lines: sink.transactions.map(lineOf), told };
};

const lineOf = ({ bookingDate, ledgerAccount, amount, currency }: ParsedTransaction): string =>
  `${isoDate(bookingDate)} ${ledgerAccount} ${formatUnits(amount.units, amount.scale)} ${currency ?? ''}`.trim();

/** The refusal of a ledger. */
export const ledgerRefusal = (
  create: CreateParser,
  document: Uint8Array | string,
  overrides: Record<string, string> = {},
): FileRefused => {
  try {
    readLedger(create, document, { overrides });
  } catch (error) {
    if (error instanceof FileRefused) return error;
    throw error;
  }
  return expect.fail('the ledger was not refused');
};

/** What another program or a plain count says of a data file. */
export interface ExpectedFact {
  readonly how: string;
  readonly expected: Record<string, unknown>;
}

/** The facts of a data file, from the JSON beside it. */
export const factsOf = (json: string): readonly ExpectedFact[] => (JSON.parse(json) as { facts: ExpectedFact[] }).facts;

/** The fact that begins with `how`. */
export const factOf = (facts: readonly ExpectedFact[], how: string): Record<string, unknown> =>
  facts.find(fact => fact.how.startsWith(how))?.expected ?? expect.fail(`no fact "${how}"`);

/** Sums of transactions by currency and, for each account and each of its parents, by account. Exact, as plain text. */
export const balancesOf = (
  transactions: readonly ParsedTransaction[],
  base: (currency: string) => { readonly currency: string; readonly factor: bigint } = currency => ({
    currency,
    factor: 1n,
  }),
): Map<string, Map<string, string>> => {
  const units = new Map<string, Map<string, bigint>>();
  for (const { ledgerAccount = '', amount, currency } of transactions) {
    const parts = ledgerAccount.split(':');
    const of = base(currency ?? '');
    const value = BigInt(amount.units) * 10n ** BigInt(MAX_SCALE - amount.scale) * of.factor;
    for (let depth = 1; depth <= parts.length; depth++) {
      const account = parts.slice(0, depth).join(':');
      const sums = units.get(account) ?? new Map<string, bigint>();
      units.set(account, sums);
      sums.set(of.currency, (sums.get(of.currency) ?? 0n) + value);
    }
  }
  return new Map(
    [...units].map(([account, sums]) => [
      account,
      new Map([...sums].filter(([, sum]) => sum !== 0n).map(([each, sum]) => [each, formatUnits(sum, MAX_SCALE, 0)])),
    ]),
  );
};
