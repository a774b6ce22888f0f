import type { PdfPage, PdfTextItem } from '../../../kernel/pdf-page.ts';

/** A word with its horizontal extent in points. */
export interface PdfWord {
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  /** Part of a run that is one amount whose groups of three are set apart by blanks. */
  readonly grouped?: true;
}

/** One visual line of a page. */
export interface PdfLine {
  readonly page: number;
  /** 1-based number of the line in the transcript. */
  readonly row: number;
  /** Baseline from the top of the page. */
  readonly y: number;
  readonly fontSize: number;
  readonly words: readonly PdfWord[];
  /** The line as the transcript holds it: cells separated by tabs. */
  readonly text: string;
}

/** Relative widths of Helvetica (AFM), enough to place the words of a run that is given as a whole. */
const NARROW = /[ijltfI.,:;'|!()[\]/\\ -]/;
const WIDE = /[mwMW@%]/;
const weightOf = (letter: string): number =>
  NARROW.test(letter) ? 0.28 : WIDE.test(letter) ? 0.85 : /\p{Lu}/u.test(letter) ? 0.68 : 0.55;

/** White space, and control characters that fonts without a mapping leave in the text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters meant.
const BLANK = /[\s\u0000-\u001f\u007f-\u009f\u200b\ufeff]+/u;

const GROUPED =
  /^[-\u2212+(]?(?:[$€£]|R\$|[A-Z]{3})?\s?\d{1,3}(?:\s\d{3})+[.,]\d{2,3}\)?(?:\s?(?:[-+€]|CR|DR|[A-Z]{3}))?$/;

/** The words of a run; each takes its share of the run's width. */
export const wordsOf = (item: PdfTextItem): PdfWord[] => {
  const pieces = item.text.split(BLANK);
  if (pieces.length === 1) return [{ text: item.text, x0: item.x, x1: item.x + item.width }];
  const letters = [...item.text];
  const grouped = GROUPED.test(item.text.trim()) ? { grouped: true as const } : {};
  const total = letters.reduce((sum, letter) => sum + weightOf(letter), 0) || 1;
  const words: PdfWord[] = [];
  let at = item.x;
  let text = '';
  let start = at;
  for (const letter of letters) {
    const next = at + (weightOf(letter) / total) * item.width;
    if (BLANK.test(letter)) {
      if (text !== '') words.push({ text, x0: start, x1: at, ...grouped });
      text = '';
    } else {
      if (text === '') start = at;
      text += letter;
    }
    at = next;
  }
  if (text !== '') words.push({ text, x0: start, x1: at, ...grouped });
  return words;
};

/** Runs whose baselines lie closer than this share of the type size are on one line. */
const SAME_LINE = 0.4;
/** A gap of this share of the type size separates two cells. */
const CELL_GAP = 0.9;
/** Runs that follow each other closer than this are parts of one word. */
const JOINED_GAP = 0.1;

/** Words joined to cells: those that stand as close as words of a sentence. */
export const cellsOf = (words: readonly PdfWord[], fontSize: number): PdfWord[] => {
  const cells: PdfWord[] = [];
  for (const word of words) {
    const last = cells.at(-1);
    if (last !== undefined && word.x0 - last.x1 < CELL_GAP * fontSize)
      cells[cells.length - 1] = { text: `${last.text} ${word.text}`, x0: last.x0, x1: Math.max(last.x1, word.x1) };
    else cells.push(word);
  }
  return cells;
};

interface Placed extends PdfWord {
  readonly y: number;
  readonly fontSize: number;
}

/** Words of one line, left to right; runs that touch are one word, text printed twice over itself (bold) is one. */
const inOrder = (placed: readonly Placed[], fontSize: number): PdfWord[] => {
  const sorted = [...placed].sort((a, b) => a.x0 - b.x0);
  const words: PdfWord[] = [];
  for (const { text, x0, x1, grouped } of sorted) {
    const last = words.at(-1);
    if (last !== undefined && last.text === text && Math.abs(last.x0 - x0) < 0.15 * fontSize) continue;
    if (last !== undefined && x0 - last.x1 < JOINED_GAP * fontSize && x0 - last.x1 > -0.5 * fontSize)
      words[words.length - 1] = { text: last.text + text, x0: last.x0, x1: Math.max(last.x1, x1) };
    else words.push(grouped === undefined ? { text, x0, x1 } : { text, x0, x1, grouped });
  }
  return words;
};

/**
 * The visual lines of a page, top to bottom: words whose baselines agree. `firstRow` is the transcript's number of the
 * first of them.
 */
export const linesOf = (page: PdfPage, firstRow: number): PdfLine[] => {
  const placed: Placed[] = page.items
    .flatMap(item => wordsOf(item).map(word => ({ ...word, y: item.y, fontSize: item.fontSize })))
    .filter(word => word.text !== '')
    .sort((a, b) => a.y - b.y || a.x0 - b.x0);
  const groups: Placed[][] = [];
  let baseline = Number.NEGATIVE_INFINITY;
  for (const word of placed) {
    if (word.y - baseline <= SAME_LINE * word.fontSize) groups.at(-1)!.push(word);
    else {
      groups.push([word]);
      baseline = word.y;
    }
  }
  return groups.map((group, index) => {
    const fontSize = Math.max(...group.slice(0, 50).map(word => word.fontSize));
    const words = inOrder(group, fontSize);
    const text = cellsOf(words, fontSize)
      .map(cell => cell.text)
      .join('\t');
    return { page: page.number, row: firstRow + index, y: group[0]!.y, fontSize, words, text };
  });
};
