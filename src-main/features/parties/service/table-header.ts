import type { CsvLayout } from '../../ingestion/domain/csv-dialect.ts';

const isName = (cell: string): boolean => /^\p{L}/u.test(cell) && cell.length <= 60;

/**
 * The column names of any table. Statement tables are known by their words; of another one the first record is the header
 * when the asked-for columns stand in it, or when all its cells are filled, different, begin with a letter and none occurs
 * in its column below. Null: there is no header. `stated`: the examiner said where the header is.
 */
export const headerNames = (
  layout: CsvLayout,
  wanted: readonly string[],
  stated: boolean,
): readonly string[] | null => {
  if (layout.names !== null || stated) return layout.names;
  const [first, ...rest] = layout.rows;
  if (first === undefined) return null;
  const cells = first.map(cell => unquoted(cell.trim(), layout.quote));
  const folded = new Set(cells.map(cell => cell.toLowerCase()));
  if (wanted.length > 0 && wanted.every(name => folded.has(name.trim().toLowerCase()))) return cells;
  if (rest.length === 0 || cells.length < layout.columnCount || folded.size !== cells.length) return null;
  if (!cells.every(isName)) return null;
  const recurs = cells.some((cell, column) => rest.some(row => row[column]?.trim() === cell));
  return recurs ? null : cells;
};

const unquoted = (cell: string, quote: string | null): string =>
  quote !== null && cell.length >= 2 && cell.startsWith(quote) && cell.endsWith(quote) ? cell.slice(1, -1) : cell;
