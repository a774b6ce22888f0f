import type { PreparedField } from './prepared-field.ts';

/**
 * The rows in an order that their content alone decides: by the fields' values, then side, then id, then place. Rows
 * that this cannot tell apart are interchangeable. order[position] = row.
 */
export const canonicalOrder = (
  fields: readonly PreparedField[],
  rowCount: number,
  ids: readonly string[] | null,
  side: Uint8Array | null,
): Uint32Array => {
  const order = Uint32Array.from({ length: rowCount }, (_, row) => row);
  const columns = fields.map(field => field.codes);
  return order.sort((a, b) => {
    for (const codes of columns) {
      const difference = codes[a]! - codes[b]!;
      if (difference !== 0) return difference;
    }
    const across = side === null ? 0 : side[a]! - side[b]!;
    if (across !== 0) return across;
    if (ids !== null && ids[a] !== ids[b]) return ids[a]! < ids[b]! ? -1 : 1;
    return a - b;
  });
};
