/** Rows a figure counts: what it is called, in words, and which rows. */
export interface Figure {
  readonly name: string;
  readonly title: string;
  readonly rows: Uint32Array;
}

/** Rows whose flag is set, ascending. */
export const flaggedRows = (flags: Uint8Array): Uint32Array => {
  const rows = new Uint32Array(flags.reduce((sum, flag) => sum + flag, 0));
  let at = 0;
  for (let row = 0; row < flags.length; row++) if (flags[row] === 1) rows[at++] = row;
  return rows;
};

/** Collects rows by the name of what is found on them; rows are given in ascending order. */
export class FigureRows {
  private readonly found = new Map<string, { readonly title: string; rows: Uint32Array; count: number }>();

  add(name: string, title: string, row: number): void {
    let figure = this.found.get(name);
    if (figure === undefined) {
      figure = { title, rows: new Uint32Array(64), count: 0 };
      this.found.set(name, figure);
    }
    if (figure.count === figure.rows.length) {
      const larger = new Uint32Array(2 * figure.count);
      larger.set(figure.rows);
      figure.rows = larger;
    }
    figure.rows[figure.count++] = row;
  }

  /** Figures in the order of their names. */
  figures(): Figure[] {
    return [...this.found]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { title, rows, count }]) => ({ name, title, rows: rows.slice(0, count) }));
  }
}
