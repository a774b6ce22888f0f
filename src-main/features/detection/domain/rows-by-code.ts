/** Rows sorted by code: the rows of code c are rows[starts[c]] to rows[starts[c + 1] - 1], ascending. */
export interface RowsByCode {
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
}

/** Counting sort of row indexes by code (0 … codeCount − 1); rows with a negative code are left out. */
export const rowsByCode = (codes: Int32Array, codeCount: number): RowsByCode => {
  const starts = new Uint32Array(codeCount + 1);
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) starts[codes[row]! + 1]!++;
  for (let code = 0; code < codeCount; code++) starts[code + 1]! += starts[code]!;
  const rows = new Uint32Array(starts[codeCount]!);
  const next = starts.slice();
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) rows[next[codes[row]!]!++] = row;
  return { starts, rows };
};
