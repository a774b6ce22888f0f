import type { z } from 'zod';
import type { NexusErrorData } from '../../../contract/errors.ts';
import type { InspectedFile, TransactionShape } from '../../../contract/imports.contract.ts';
import { isoDate } from '../../../kernel/civil-date.ts';
import { currencyExponent } from '../../../kernel/currency.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import type { CodedColumnName, ColumnSlice } from '../domain/transaction-columns.ts';
import { CODED_COLUMNS } from '../domain/transaction-columns.ts';
import type { ParsedSource } from './parser-tasks.ts';

type Transaction = z.output<typeof TransactionShape>;

/** A parsed file in the words of the wire, without its transactions. */
export const inspectedFile = (parsed: ParsedSource): InspectedFile => ({
  name: parsed.name,
  sha256: parsed.sha256,
  bytes: parsed.bytes,
  format: parsed.format,
  encoding: parsed.encoding,
  dialect: { ...parsed.dialect },
  statements: parsed.statements.map(({ owner: _owner, ...facts }) => facts),
  rejected: parsed.rejected.map(({ place, reason, raw }) => ({ row: place.row, reason, raw })),
  warnings: parsed.warnings.map(warning => ({ ...warning })),
});

export const refusedFile = (name: string, bytes: number, error: NexusErrorData): InspectedFile => ({
  name,
  sha256: null,
  bytes,
  format: null,
  encoding: null,
  dialect: {},
  statements: [],
  rejected: [],
  warnings: [],
  error,
});

/** A field that most files leave out: absent rather than empty. */
const stated = <Name extends string>(name: Name, value: string | undefined): { readonly [N in Name]?: string } =>
  value === undefined ? {} : ({ [name]: value } as { readonly [N in Name]?: string });

/** Transactions by statement, from slices that carry their texts; at most `limit` in all. */
export const sliceTransactions = (
  slices: readonly ColumnSlice[],
  parsed: ParsedSource,
  limit = Number.POSITIVE_INFINITY,
): Transaction[][] => {
  const byStatement: Transaction[][] = parsed.statements.map(() => []);
  const values = Object.fromEntries(CODED_COLUMNS.map(name => [name, [] as string[]])) as Record<
    CodedColumnName,
    string[]
  >;
  let taken = 0;
  for (const slice of slices) {
    for (const name of CODED_COLUMNS) values[name].push(...slice.newValues[name]);
    const text = Buffer.from(slice.text.buffer as ArrayBuffer, slice.text.byteOffset, slice.text.byteLength);
    const { columns } = slice;
    for (let i = 0; i < slice.count && taken < limit; i++, taken++) {
      const currency = values.currency[columns.currency[i]!] ?? null;
      const start = i === 0 ? 0 : slice.textEnds[2 * i - 1]!;
      const middle = slice.textEnds[2 * i]!;
      byStatement[columns.statement[i]!]!.push({
        row: columns.rowNumber[i]!,
        date: isoDate(columns.bookingDay[i]!),
        valueDate: isoDate(columns.valueDay[i]!),
        amount: formatUnits(columns.amountUnits[i]!, slice.scale, Math.min(slice.scale, currencyExponent(currency))),
        currency,
        description: text.toString('utf8', middle, slice.textEnds[2 * i + 1]!),
        counterparty: values.counterparty[columns.counterparty[i]!] ?? '',
        reference: text.toString('utf8', start, middle),
        type: values.type[columns.type[i]!] ?? '',
        ...stated('counterpartyAccount', values.counterpartyAccount[columns.counterpartyAccount[i]!]),
        ...stated('category', values.category[columns.category[i]!]),
        ...stated('ledgerAccount', values.ledgerAccount[columns.ledgerAccount[i]!]),
        ...stated('entry', values.entry[columns.entry[i]!]),
      });
    }
  }
  return byStatement;
};
