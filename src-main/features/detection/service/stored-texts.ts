import type { ReadStore } from '../../../platform/store.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import type { TransactionTexts } from './detection-table.ts';

/** Rows that are read at once: tests pass over rows in order, so that the next ones are asked for next. */
const BLOCK_ROWS = 1024;
/** Blocks kept: some tests look at rows of two places by turns. Bounds the memory to a few megabytes. */
const KEPT_BLOCKS = 16;

interface Block {
  readonly reference: readonly string[];
  readonly description: readonly string[];
}

const SOME = {
  reference: "SELECT 1 FROM transactions WHERE id >= ? AND id < ? AND reference <> '' LIMIT 1",
  description: "SELECT 1 FROM transactions WHERE id >= ? AND id < ? AND description <> '' LIMIT 1",
};

/**
 * References and descriptions of stored transactions, read in blocks as they are asked for and kept for a while: a pass over
 * all rows reads each once, and a look at single rows does not read the rest.
 */
export class StoredTexts implements TransactionTexts {
  private readonly store: ReadStore;
  private readonly sources: readonly CaseSource[];
  private readonly blocks = new Map<number, Block>();
  private readonly select;

  constructor(store: ReadStore, sources: readonly CaseSource[]) {
    this.store = store;
    this.sources = sources;
    this.select = store.connection
      .prepare('SELECT id, reference, description FROM transactions WHERE id >= ? AND id < ?')
      .raw();
  }

  /** Whether any row of the sources has such a text. Stops at the first that has. */
  isStated(name: 'reference' | 'description'): boolean {
    const some = this.store.connection.prepare(SOME[name]);
    return this.sources.some(
      ({ firstTransactionId, columns }) =>
        some.get(firstTransactionId, firstTransactionId + columns.count) !== undefined,
    );
  }

  /** The text of a transaction, trimmed; '' where it has none. */
  at(name: 'reference' | 'description', id: number): string {
    const number = Math.floor(id / BLOCK_ROWS);
    return (this.blocks.get(number) ?? this.read(number))[name][id - number * BLOCK_ROWS] ?? '';
  }

  private read(number: number): Block {
    const from = number * BLOCK_ROWS;
    const block = {
      reference: new Array<string>(BLOCK_ROWS).fill(''),
      description: new Array<string>(BLOCK_ROWS).fill(''),
    };
    for (const [id, reference, description] of this.select.iterate(from, from + BLOCK_ROWS) as IterableIterator<
      [number, string, string]
    >) {
      block.reference[id - from] = reference.trim();
      block.description[id - from] = description.trim();
    }
    const [oldest] = this.blocks.keys();
    if (this.blocks.size >= KEPT_BLOCKS && oldest !== undefined) this.blocks.delete(oldest);
    this.blocks.set(number, block);
    return block;
  }
}
