/** A column (0-based) as spreadsheets name it: 0 is A, 26 is AA. */
export const columnLetters = (column: number): string => {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
};

/** The column (0-based) of a cell reference such as `AB12`; -1 for none. */
export const columnOf = (reference: string): number => {
  let column = 0;
  for (let i = 0; i < reference.length; i++) {
    const letter = reference.charCodeAt(i) & ~32;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return column - 1;
};

/** Ranges of hidden columns (0-based, both ends in) in words, as far as the sheet holds anything; '' for none. */
export const hiddenColumnNames = (
  hidden: readonly (readonly [first: number, last: number])[],
  columns: number,
): string =>
  hidden
    .filter(([first]) => first < columns)
    .map(([first, last]) => {
      const end = Math.min(last, columns - 1);
      return first === end ? columnLetters(first) : `${columnLetters(first)}–${columnLetters(end)}`;
    })
    .join(', ');
