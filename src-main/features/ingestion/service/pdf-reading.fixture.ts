import { isoDate } from '../../../kernel/civil-date.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import type { ParserContext } from '../domain/parser-context.ts';
import { type Dialect, FileRefused, type StatedBalance } from '../domain/statement-sink.ts';
import { RecordingSink } from '../domain/testing/recording-sink.ts';
import { createPdfParser } from './pdf-parser.ts';

export interface PdfReading {
  readonly sink: RecordingSink;
  readonly transcript: string;
  readonly dialect: Dialect;
  /** `date amount description` of each transaction; `-` for a date that is not known. */
  readonly lines: readonly string[];
  /** `opening closing` of each statement, each as `amount date`. */
  readonly balances: readonly (readonly [opening: string | null, closing: string | null])[];
}

const shown = (balance: StatedBalance | null): string | null =>
  balance === null ? null : `${formatUnits(balance.amount.units, balance.amount.scale)} ${isoDate(balance.date)}`;

/** Reads a PDF as an import does. */
export const readPdf = async (
  bytes: Uint8Array,
  overrides: Record<string, string> = {},
  chunk = 1 << 16,
): Promise<PdfReading> => {
  const sink = new RecordingSink();
  let transcript = '';
  const context = {
    sink,
    codecFor,
    overrides,
    transcript: (text: Uint8Array) => {
      transcript += new TextDecoder().decode(text);
    },
  } as unknown as ParserContext;
  const parser = createPdfParser(context);
  for (let at = 0; at < bytes.length; at += chunk) parser.write(bytes.subarray(at, at + chunk));
  await parser.end();
  return {
    sink,
    transcript,
    dialect: parser.dialect(),
    lines: sink.transactions.map(
      ({ bookingDate, amount, description }) =>
        `${isoDate(bookingDate) ?? '-'} ${formatUnits(amount.units, amount.scale)} ${description}`,
    ),
    balances: sink.stated.map(({ opening, closing }) => [shown(opening), shown(closing)] as const),
  };
};

/** Code and candidates of the refusal that reading ends in. */
export const refusalOf = async (
  reading: Promise<unknown>,
): Promise<{ code: string; candidates: FileRefused['candidates'] }> => {
  try {
    await reading;
  } catch (error) {
    if (error instanceof FileRefused) return { code: error.code, candidates: error.candidates };
    throw error;
  }
  throw new Error('the file was read');
};
