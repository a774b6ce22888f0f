import type { z } from 'zod';
import { NexusError } from '../../../contract/errors.ts';
import type { TransactionShape } from '../../../contract/imports.contract.ts';
import type { HandlerContext } from '../../../engine/handler.ts';
import { isoDate } from '../../../kernel/civil-date.ts';
import { currencyExponent } from '../../../kernel/currency.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import type { CodedColumnName, ColumnSlice } from '../domain/transaction-columns.ts';
import { CODED_COLUMNS } from '../domain/transaction-columns.ts';

export type Transaction = z.output<typeof TransactionShape>;

/** A field that most files leave out: absent rather than empty. */
const stated = <Name extends string>(name: Name, value: string | undefined): { readonly [N in Name]?: string } =>
  value === undefined ? {} : ({ [name]: value } as { readonly [N in Name]?: string });

/**
 * Transactions of a file that is not stored: the columns as the parser sent them, about 120 bytes each, read as objects
 * a page at a time. By statement, in file order.
 */
export class HeldTransactions {
  readonly count: number;
  private readonly slices: readonly ColumnSlice[];
  private readonly values: Readonly<Record<CodedColumnName, readonly string[]>>;
  /** Indexes of the transactions, those of statement 0 first; where each statement's begin. */
  private readonly order: Uint32Array;
  private readonly starts: Uint32Array;

  constructor(slices: readonly ColumnSlice[], statements: number) {
    this.slices = slices;
    this.values = Object.fromEntries(
      CODED_COLUMNS.map(name => [name, slices.flatMap(slice => slice.newValues[name])]),
    ) as Record<CodedColumnName, string[]>;
    this.count = slices.reduce((sum, slice) => sum + slice.count, 0);
    this.starts = new Uint32Array(statements + 1);
    for (const { columns, count } of slices)
      for (let i = 0; i < count; i++) {
        const after = columns.statement[i]! + 1;
        this.starts[after] = this.starts[after]! + 1;
      }
    for (let s = 1; s <= statements; s++) this.starts[s] = this.starts[s]! + this.starts[s - 1]!;
    this.order = new Uint32Array(this.count);
    const next = this.starts.slice();
    for (const { columns, count, first } of slices)
      for (let i = 0; i < count; i++) {
        const statement = columns.statement[i]!;
        this.order[next[statement]!] = first + i;
        next[statement] = next[statement]! + 1;
      }
  }

  /** Transactions [offset, offset + limit) of a statement. */
  page(statement: number, offset: number, limit: number): Transaction[] {
    const end = this.starts[statement + 1];
    if (end === undefined) return [];
    const from = this.starts[statement]! + offset;
    const to = Math.min(end, from + limit);
    const page: Transaction[] = [];
    let at = 0;
    for (let k = from; k < to; k++) {
      const index = this.order[k]!;
      // File order: the slices are passed through once.
      while (index >= this.slices[at]!.first + this.slices[at]!.count) at++;
      page.push(this.transaction(this.slices[at]!, index - this.slices[at]!.first));
    }
    return page;
  }

  private transaction({ columns, scale, text, textEnds }: ColumnSlice, i: number): Transaction {
    const { values } = this;
    const bytes = Buffer.from(text.buffer as ArrayBuffer, text.byteOffset, text.byteLength);
    const currency = values.currency[columns.currency[i]!] ?? null;
    const start = i === 0 ? 0 : textEnds[2 * i - 1]!;
    const middle = textEnds[2 * i]!;
    return {
      row: columns.rowNumber[i]!,
      date: isoDate(columns.bookingDay[i]!),
      valueDate: isoDate(columns.valueDay[i]!),
      amount: formatUnits(columns.amountUnits[i]!, scale, Math.min(scale, currencyExponent(currency))),
      currency,
      description: bytes.toString('utf8', middle, textEnds[2 * i + 1]!),
      counterparty: values.counterparty[columns.counterparty[i]!] ?? '',
      reference: bytes.toString('utf8', start, middle),
      type: values.type[columns.type[i]!] ?? '',
      ...stated('counterpartyAccount', values.counterpartyAccount[columns.counterpartyAccount[i]!]),
      ...stated('category', values.category[columns.category[i]!]),
      ...stated('ledgerAccount', values.ledgerAccount[columns.ledgerAccount[i]!]),
      ...stated('entry', values.entry[columns.entry[i]!]),
      ...stated('poster', values.poster[columns.poster[i]!]),
      ...stated('entered', values.entered[columns.entered[i]!]),
      ...stated('time', values.time[columns.time[i]!]),
    };
  }
}

type Session = HandlerContext['session'];

/** What a session's latest inspection holds for it. */
const held = new WeakMap<Session, Map<string, HeldTransactions>>();

/** Lets go of what the session's earlier inspection held. */
export const releaseHeld = (session: Session): void => void held.delete(session);

export const hold = (session: Session, id: string, transactions: HeldTransactions): void => {
  const own = held.get(session) ?? new Map<string, HeldTransactions>();
  own.set(id, transactions);
  held.set(session, own);
};

export const requireHeld = (session: Session, id: string): HeldTransactions => {
  const found = held.get(session)?.get(id);
  if (found === undefined)
    throw new NexusError({
      code: 'inspection.unknown',
      category: 'not-found',
      message: 'The transactions of this inspection are not held any more.',
      remedy: 'Inspect the file again.',
    });
  return found;
};
