import { NexusError } from '../../../contract/errors.ts';
import { isoDate } from '../../../kernel/civil-date.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { transactionRow } from '../../ingestion/service/transaction-rows.ts';
import type { TransactionRecord } from '../../ingestion/storage/transaction.repository.ts';
import { transactionById } from '../../ingestion/storage/transaction.repository.ts';
import type { ReferredMatch, RowReference } from './decision-event.ts';
import type { MatchView, ViewMatch } from './match-view.ts';
import { isMatched } from './match-view.ts';

export interface RowsOfMatch {
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** A stored row; throws `transaction.unknown`. */
export const requireRow = (store: ReadStore, id: number): TransactionRecord => {
  const record = transactionById(store, id);
  if (record === undefined)
    throw new NexusError({
      code: 'transaction.unknown',
      category: 'not-found',
      message: `There is no transaction ${id} in this case.`,
    });
  return record;
};

/** Collects the files that an event's rows lie in. */
export class EventRows {
  readonly files: string[] = [];
  private readonly places = new Map<string, number>();
  private readonly view: MatchView;
  constructor(view: MatchView) {
    this.view = view;
  }

  row(id: number): RowReference {
    const key = this.view.places.keyOfId(id);
    const at = key.indexOf('#');
    const file = key.slice(0, at);
    let place = this.places.get(file);
    if (place === undefined) {
      place = this.files.length;
      this.places.set(file, place);
      this.files.push(file);
    }
    return [place, Number(key.slice(at + 1))];
  }

  match({ a, b }: RowsOfMatch, score: number | null): ReferredMatch {
    return { a: a.map(id => this.row(id)), b: b.map(id => this.row(id)), score };
  }
}

const sameRows = (x: readonly number[], y: readonly number[]): boolean =>
  x.length === y.length && [...x].sort((p, q) => p - q).every((id, i) => id === y[i]);

/** The shown match of exactly these rows; throws `reconciliation.match-unknown` where there is none any more. */
export const requireMatch = (view: MatchView, { a, b }: RowsOfMatch): ViewMatch => {
  const match = view.matchOfRow.get(a[0] ?? b[0] ?? -1);
  if (match !== undefined && sameRows(a, match.a) && sameRows(b, match.b)) return match;
  throw new NexusError({
    code: 'reconciliation.match-unknown',
    category: 'conflict',
    message: 'These rows are no match as the reconciliation stands: it was decided or run again meanwhile.',
    kept: 'Nothing was decided.',
    remedy: 'Look at the list again.',
  });
};

/** Throws `reconciliation.period-locked` where a row lies in a locked period, naming row and lock. */
export const refuseLocked = (store: ReadStore, view: MatchView, ids: readonly number[]): void => {
  const id = ids.find(view.isLocked);
  if (id === undefined) return;
  const row = requireRow(store, id);
  const day = isoDate(row.booking_day) ?? '';
  const lock = view.state.locks.find(({ from, to }) => from <= day && day <= to);
  throw new NexusError({
    code: 'reconciliation.period-locked',
    category: 'conflict',
    message: `Row ${row.row_number} of ${day} lies in the period ${lock?.from ?? ''} to ${lock?.to ?? ''}, which ${lock?.actor ?? 'somebody'} locked.`,
    kept: 'Nothing was decided.',
    remedy: 'Unlock the period first; that leaves a trace.',
  });
};

/** A row in a few words: `row 12 (120.00 EUR, 2025-01-03)`. */
export const rowWords = (store: ReadStore, id: number): string => {
  const { row, amount, currency, date } = transactionRow(requireRow(store, id));
  return `row ${row} (${amount}${currency === null ? '' : ` ${currency}`}, ${date ?? 'no date'})`;
};

const SHOWN_ROWS = 3;
const someRows = (store: ReadStore, ids: readonly number[]): string =>
  ids.length === 0
    ? 'nothing'
    : [
        ...ids.slice(0, SHOWN_ROWS).map(id => rowWords(store, id)),
        ...(ids.length > SHOWN_ROWS ? [`${ids.length - SHOWN_ROWS} more`] : []),
      ].join(', ');

/** A match in a few words, for the history. */
export const matchWords = (store: ReadStore, { a, b }: RowsOfMatch): string =>
  a.length === 0 || b.length === 0
    ? `transfer between ${someRows(store, [...a, ...b])}`
    : `${someRows(store, a)} with ${someRows(store, b)}`;

/** Why rows cannot be matched by hand: throws for a row twice, on the wrong side, or in a match already. */
export const refuseUnmatchable = (store: ReadStore, view: MatchView, { a, b }: RowsOfMatch): void => {
  const refuse = (code: string, message: string, remedy: string): never => {
    throw new NexusError({ code, category: 'usage', message, kept: 'Nothing was matched.', remedy });
  };
  if (a.length + b.length < 2)
    refuse('reconciliation.rows-missing', 'A match takes at least two rows.', 'Pick rows of both sides.');
  if (new Set([...a, ...b]).size < a.length + b.length)
    refuse('reconciliation.row-twice', 'A row is named twice.', 'Pick each row once.');
  for (const [side, ids] of [
    ['a', a],
    ['b', b],
  ] as const)
    for (const id of ids) {
      const words = rowWords(store, id);
      if (view.sideOf(id) !== side)
        refuse(
          'reconciliation.other-side',
          `The ${words} does not lie on side ${side.toUpperCase()} as the sides are chosen.`,
          'Pick it on its own side, or choose other sides.',
        );
      const match = view.matchOfRow.get(id);
      if (match !== undefined && isMatched(match))
        refuse(
          'reconciliation.row-matched',
          `The ${words} is matched already: ${matchWords(store, match)}.`,
          'Take that match apart first.',
        );
    }
};
