import { FileRefused } from './statement-sink.ts';

/** What a column is called: its header name, else its number. */
export const columnLabel = (names: readonly string[] | null, column: number): string => {
  const name = names?.[column];
  return name === undefined || name === '' ? `column ${column + 1}` : name;
};

/** What to state to mean a column: its name where that is its alone, else its number. */
export const columnAnswer = (names: readonly string[] | null, column: number): string => {
  const name = names?.[column];
  return name === undefined || name === '' || names?.indexOf(name) !== names?.lastIndexOf(name)
    ? String(column + 1)
    : name;
};

/** The columns of a table in words, at most 40. */
export const columnsSeen = (names: readonly string[] | null, columnCount: number): string =>
  Array.from({ length: columnCount }, (_, column) => columnLabel(names, column))
    .slice(0, 40)
    .join(', ');

const indexOfColumn = (wanted: string, names: readonly string[] | null, columnCount: number): number => {
  const text = wanted.trim();
  const exact = names?.indexOf(text) ?? -1;
  if (exact >= 0 && text !== '') return exact;
  const folded = names?.findIndex(name => name.toLowerCase() === text.toLowerCase()) ?? -1;
  if (folded >= 0 && text !== '') return folded;
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= columnCount ? number - 1 : -1;
};

/** Finds a column by header name (case does not matter) or 1-based number. Throws `dialect.unknown`, naming all columns. */
export const findColumn = (
  key: string,
  wanted: string,
  names: readonly string[] | null,
  columnCount: number,
): number => {
  const index = indexOfColumn(wanted, names, columnCount);
  if (index >= 0) return index;
  const seen = Array.from({ length: columnCount }, (_, column) => columnLabel(names, column));
  throw new FileRefused(
    'dialect.unknown',
    `${key}=${wanted}: no such column. Columns are ${seen.join(', ')} (or numbers 1 to ${columnCount}).`,
    null,
    { [key]: Array.from({ length: columnCount }, (_, column) => columnAnswer(names, column)) },
  );
};

/** Finds one column, or several joined by + where no single name holds a plus. */
export const findColumns = (
  key: string,
  wanted: string,
  names: readonly string[] | null,
  columnCount: number,
): number[] =>
  indexOfColumn(wanted, names, columnCount) >= 0
    ? [findColumn(key, wanted, names, columnCount)]
    : wanted.split('+').map(part => findColumn(key, part, names, columnCount));
