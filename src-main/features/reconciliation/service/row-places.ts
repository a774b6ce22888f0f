import { NexusError } from '../../../contract/errors.ts';
import { rowKey } from './decision-event.ts';

/** Where the rows of a source stand in the store. */
export interface PlacedSource {
  readonly sha256: string;
  readonly firstTransactionId: number;
  readonly columns: { readonly count: number };
}

export interface RowPlaces {
  /** Throws `transaction.unknown` for a row of another case. */
  readonly keyOfId: (id: number) => string;
  /** Null for a row of a file that the case does not hold, or a place beyond its end. */
  readonly idOf: (source: string, index: number) => number | null;
  readonly idOfKey: (key: string) => number | null;
}

/** What rows of these sources are called in the store, and what they are: a file's digest and a place in it. */
export const rowPlaces = (sources: readonly PlacedSource[]): RowPlaces => {
  const bySha = new Map<string, PlacedSource>();
  for (const source of sources) if (!bySha.has(source.sha256)) bySha.set(source.sha256, source);
  const inOrder = [...sources]
    .filter(({ columns }) => columns.count > 0)
    .sort((a, b) => a.firstTransactionId - b.firstTransactionId);
  const sourceOf = (id: number): PlacedSource | undefined => {
    let low = 0;
    let high = inOrder.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((inOrder[middle]?.firstTransactionId ?? 0) <= id) low = middle;
      else high = middle - 1;
    }
    const found = inOrder[low];
    return found !== undefined && id >= found.firstTransactionId && id < found.firstTransactionId + found.columns.count
      ? found
      : undefined;
  };
  const idOf: RowPlaces['idOf'] = (sha256, index) => {
    const source = bySha.get(sha256);
    return source !== undefined && index < source.columns.count ? source.firstTransactionId + index : null;
  };
  return {
    keyOfId: id => {
      const source = sourceOf(id);
      if (source === undefined)
        throw new NexusError({
          code: 'transaction.unknown',
          category: 'not-found',
          message: `There is no transaction ${id} in this case.`,
        });
      return rowKey(source.sha256, id - source.firstTransactionId);
    },
    idOf,
    idOfKey: key => {
      const at = key.indexOf('#');
      return idOf(key.slice(0, at), Number(key.slice(at + 1)));
    },
  };
};
