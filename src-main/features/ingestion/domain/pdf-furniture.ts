import type { PdfLine } from './pdf-lines.ts';

/** Lines on at least this share of the pages are headings or feet. */
const REPEATED_SHARE = 0.5;
/** A gap above the foot of a page, in type sizes. */
const FOOT_GAP = 1.8;

/**
 * Headings and feet of pages: lines at the top or the bottom that stand on most pages at the same
 * height. A line of the table (`isOfTable`: its header, a date, an amount) ends them.
 */
export const furnitureOf = (lines: readonly PdfLine[], isOfTable: (line: PdfLine) => boolean): ReadonlySet<number> => {
  const pages = new Map<number, PdfLine[]>();
  const places = new Map<string, number>();
  const keyOf = (line: PdfLine): string => `${Math.round(line.y / 4)} ${line.text.replace(/\d+/g, '#')}`;
  for (const line of lines) {
    const key = keyOf(line);
    places.set(key, (places.get(key) ?? 0) + 1);
    const page = pages.get(line.page);
    if (page === undefined) pages.set(line.page, [line]);
    else page.push(line);
  }
  const least = Math.max(2, REPEATED_SHARE * pages.size);
  const repeats = (line: PdfLine | undefined): boolean =>
    line !== undefined && places.get(keyOf(line))! >= least && !isOfTable(line);
  const rows = new Set<number>();
  for (const page of pages.values()) {
    let top = 0;
    while (repeats(page[top])) rows.add(page[top++]!.row);
    let foot = page.length;
    while (foot > top && repeats(page[foot - 1])) foot--;
    const first = page[foot];
    const above = page[foot - 1];
    if (first === undefined || above === undefined || first.y - above.y < FOOT_GAP * first.fontSize) continue;
    for (const line of page.slice(foot)) rows.add(line.row);
  }
  return rows;
};
