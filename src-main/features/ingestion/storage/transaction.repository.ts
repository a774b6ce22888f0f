import type { ReadStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';

/** A stored transaction with its codes resolved. */
export interface TransactionRecord {
  readonly id: number;
  readonly source: number;
  readonly row_number: number;
  readonly byte_offset: number;
  readonly byte_length: number;
  readonly booking_day: number;
  readonly value_day: number | null;
  readonly amount_units: number;
  readonly reference: string;
  readonly description: string;
  readonly source_id: string;
  readonly source_scale: number;
  readonly account: string | null;
  readonly currency: string | null;
  readonly counterparty: string | null;
  readonly counterparty_account: string | null;
  readonly type: string | null;
  readonly category: string | null;
  readonly ledger_account: string | null;
  readonly entry: string | null;
  readonly poster: string | null;
  readonly entered: string | null;
  readonly time: string | null;
}

const DICTIONARIES = [
  'currency',
  'counterparty',
  'counterparty_account',
  'type',
  'category',
  'ledger_account',
  'entry',
  'poster',
  'entered',
  'time',
] as const;
const DICTIONARY_NAMES = {
  currency: 'currency',
  counterparty: 'counterparty',
  counterparty_account: 'counterpartyAccount',
  type: 'type',
  category: 'category',
  ledger_account: 'ledgerAccount',
  entry: 'entry',
  poster: 'poster',
  entered: 'entered',
  time: 'time',
} as const;

const byId = sql
  .selectFrom('transactions as t')
  .innerJoin('sources as s', 's.ordinal', 't.source')
  .leftJoin('statements as st', join =>
    join.onRef('st.source', '=', 't.source').onRef('st.ordinal', '=', 't.statement'),
  )
  .select(eb => [
    't.id',
    't.source',
    't.row_number',
    't.byte_offset',
    't.byte_length',
    't.booking_day',
    't.value_day',
    't.amount_units',
    't.reference',
    't.description',
    's.id as source_id',
    's.amount_scale as source_scale',
    'st.account_id as account',
    ...DICTIONARIES.map(column =>
      eb
        .selectFrom('dictionary_values as d')
        .select('d.value')
        .whereRef('d.source', '=', 't.source')
        .where('d.dictionary', '=', DICTIONARY_NAMES[column])
        .whereRef('d.code', '=', `t.${column}`)
        .as(column),
    ),
  ]);

/** One stored transaction, looked up by its id (about 20 µs: every part is a primary key). */
export const transactionById = (store: ReadStore, id: number): TransactionRecord | undefined =>
  store.first(byId.where('t.id', '=', id)) as TransactionRecord | undefined;
