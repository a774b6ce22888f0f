import { canonicalOrder } from './canonical-order.ts';
import type { LinkageTable } from './linkage-table.ts';
import type { PreparedField } from './prepared-field.ts';

/**
 * Rows whose compared values are all the same, as one group: they are compared once. Groups stand in canonical order, so
 * their numbers do not depend on the order of the rows.
 */
export interface RecordGroups {
  readonly count: number;
  /** Rows of group g: order[starts[g]] … order[starts[g + 1] − 1]. */
  readonly order: Uint32Array;
  readonly starts: Uint32Array;
  /** For each field the value of each group; −1 unknown. */
  readonly columns: readonly Int32Array[];
  /** For two tables the side of each group. */
  readonly side: Uint8Array | null;
  /** Pairs of rows there are: all of one table, or one row of each of two. */
  readonly totalPairs: number;
}

export const sizeOf = (groups: RecordGroups, group: number): number =>
  groups.starts[group + 1]! - groups.starts[group]!;

export const groupRecords = (fields: readonly PreparedField[], table: LinkageTable): RecordGroups => {
  const { rowCount, ids, side } = table;
  const order = canonicalOrder(fields, rowCount, ids, side);
  const starts = new Uint32Array(rowCount + 1);
  let count = 0;
  for (let i = 0; i < rowCount; i++) {
    const row = order[i]!;
    const before = i === 0 ? -1 : order[i - 1]!;
    const same =
      before >= 0 &&
      (side === null || side[row] === side[before]) &&
      fields.every(({ codes }) => codes[row] === codes[before]);
    if (!same) starts[count++] = i;
  }
  starts[count] = rowCount;
  const firsts = Uint32Array.from({ length: count }, (_, g) => order[starts[g]!]!);
  const inFirst = side === null ? 0 : side.reduce((sum, value) => sum + (value === 0 ? 1 : 0), 0);
  return {
    count,
    order,
    starts: starts.slice(0, count + 1),
    columns: fields.map(({ codes }) => Int32Array.from(firsts, row => codes[row]!)),
    side: side === null ? null : Uint8Array.from(firsts, row => side[row]!),
    totalPairs: side === null ? (rowCount * (rowCount - 1)) / 2 : inFirst * (rowCount - inFirst),
  };
};
