import type { Block, Column, Fact, Text } from '../report-document.ts';
import type { PdfNode, PdfTableLayout, PdfText } from './pdf-definition.ts';
import { ACCENT, pdfRuns, pdfText, plainText, QUIET, RULE } from './pdf-text.ts';

/** Width between the margins of the page, in points. */
const TEXT_WIDTH = 499;
export const BODY_SIZE = 9.5;
const BODY_LEADING = 1.2;
export const TABLE_SIZE = 7.5;
const FACTS_SIZE = 8.5;
const FACT_LABEL_WIDTH = 118;
const CELL_PADDING = 4;

/** Wider space before text that stands to the right of figures, which end at its edge. */
const AFTER_FIGURES_PADDING = 12;

const leftPaddings = (columns: readonly Column[]): readonly number[] =>
  columns.map((column, index) => {
    if (index === 0) return 0;
    return column.kind !== 'figure' && columns[index - 1]?.kind === 'figure' ? AFTER_FIGURES_PADDING : CELL_PADDING;
  });

const tableLayout = (headerRows: number, left: readonly number[]): PdfTableLayout => ({
  hLineWidth: row => (row === 0 ? 0 : row === headerRows ? 0.9 : 0.4),
  vLineWidth: () => 0,
  hLineColor: row => (row === headerRows ? ACCENT : RULE),
  paddingLeft: column => left[column] ?? CELL_PADDING,
  paddingRight: () => CELL_PADDING,
  paddingTop: () => 2,
  paddingBottom: () => 2,
});

/**
 * Column widths in points that, with the padding of `tableLayout`, fill the page's width. Short columns (dates, codes) have
 * the width they ask for; the others divide the rest by their shares.
 */
const widthsOf = (columns: readonly Column[], left: readonly number[]): number[] => {
  // The wider space after figures comes on top of what a column asks for.
  const asked = columns.map((column, index) => column.share + Math.max(0, (left[index] ?? 0) - CELL_PADDING));
  const sum = (of: readonly number[]): number => of.reduce((total, width) => total + width, 0);
  const whole = sum(asked);
  const fixed = sum(asked.filter((_, index) => columns[index]?.kind === 'short'));
  const crowded = whole > TEXT_WIDTH;
  const scale = crowded ? (TEXT_WIDTH - fixed) / (whole - fixed) : TEXT_WIDTH / whole;
  return asked.map((width, index) => {
    const own = crowded && columns[index]?.kind === 'short' ? width : width * scale;
    return Math.floor((own - (left[index] ?? 0) - CELL_PADDING) * 100) / 100;
  });
};

/**
 * Rows are not split over pages, so no cell may be taller than one: text that grew by naming unprintable characters
 * ("[U+4E2D]") is cut once more, and says so.
 */
const MOST_CELL_CHARACTERS = 600;
const cutToFit = (text: string): string =>
  text.length <= MOST_CELL_CHARACTERS ? text : `${text.slice(0, MOST_CELL_CHARACTERS)}… [cut to fit the page]`;
const cellRuns = (text: Text): PdfText['text'] => {
  const runs = pdfRuns(text, TABLE_SIZE);
  return typeof runs === 'string' ? cutToFit(runs) : runs.map(run => ({ ...run, text: cutToFit(run.text) }));
};

/** Advance of a digit of the text face in ems, and the most of any other character of a figure or date (Roboto's own). */
const DIGIT_EMS = 0.5618;
const OTHER_EMS = 0.28;
const LEAST_FIGURE_SIZE = 4;

/** The size at which a figure stands on one line: digits of one number on two lines would be read as two numbers. */
const figureSize = (text: Text, width: number): number => {
  const figure = plainText(text);
  const digits = figure.replace(/\D/g, '').length;
  const ems = digits * DIGIT_EMS + (figure.length - digits) * OTHER_EMS;
  return Math.max(LEAST_FIGURE_SIZE, Math.min(TABLE_SIZE, Math.floor((width / ems) * 10) / 10));
};

const cell = (text: Text, column: Column | undefined, width: number): PdfText => ({
  text: cellRuns(text),
  ...(column?.kind === 'figure' ? { alignment: 'right' as const } : {}),
  ...(column?.kind === 'figure' && /^-?[\d,.]+$/.test(plainText(text)) ? { fontSize: figureSize(text, width) } : {}),
  preserveLeadingSpaces: true,
});

const tableNodes = (caption: string, columns: readonly Column[], rows: readonly (readonly Text[])[]): PdfNode => {
  const widths = widthsOf(columns, leftPaddings(columns));
  return {
    table: {
      headerRows: 2,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths,
      body: [
        // The caption is a header row too, so that it is repeated with the headings on every page.
        [
          { text: pdfText(caption), bold: true, color: QUIET, fontSize: 8, colSpan: columns.length },
          ...columns.slice(1).map((): PdfText => ({ text: '' })),
        ],
        columns.map(
          (column): PdfText => ({
            text: pdfText(column.title),
            bold: true,
            color: ACCENT,
            ...(column.kind === 'figure' ? { alignment: 'right' as const } : {}),
          }),
        ),
        ...rows.map(row => row.map((text, index) => cell(text, columns[index], widths[index] ?? 0))),
      ],
    },
    layout: tableLayout(2, leftPaddings(columns)),
    margin: [0, 4, 0, 10],
  };
};

export const factsNode = (rows: readonly Fact[]): PdfNode => ({
  table: {
    widths: [FACT_LABEL_WIDTH, TEXT_WIDTH - FACT_LABEL_WIDTH - 3 * CELL_PADDING],
    body: rows.map(([label, value]): PdfNode[] => [
      { text: pdfText(label), color: QUIET, fontSize: FACTS_SIZE },
      { text: pdfRuns(value, FACTS_SIZE), fontSize: FACTS_SIZE },
    ]),
  },
  layout: tableLayout(-1, [0]),
  margin: [0, 4, 0, 8],
});

const noteNode = (text: Text, caution: boolean): PdfNode => ({
  table: {
    dontBreakRows: true,
    widths: [TEXT_WIDTH - 20],
    body: [[{ text: pdfRuns(text, BODY_SIZE), fontSize: BODY_SIZE, lineHeight: BODY_LEADING, fillColor: '#f3f5f8' }]],
  },
  layout: {
    ...tableLayout(-1, []),
    hLineWidth: () => 0,
    vLineWidth: column => (column === 0 ? 3 : 0),
    vLineColor: () => (caution ? '#96201a' : ACCENT),
    paddingLeft: () => 9,
    paddingRight: () => 8,
    paddingTop: () => 6,
    paddingBottom: () => 6,
  },
  margin: [0, 6, 0, 8],
});

/** A block as a pdfmake node. `sectionId` is the outline entry under which a heading of level 2 stands. */
const pdfBlock = (block: Block, sectionId: string): PdfNode => {
  switch (block.kind) {
    case 'heading':
      return block.level === 2
        ? {
            text: pdfRuns(block.text, 12),
            fontSize: 12,
            bold: true,
            color: ACCENT,
            margin: [0, 14, 0, 4],
            headlineLevel: 2,
            outline: true,
            outlineText: pdfText(plainText(block.text)),
            outlineParentId: sectionId,
          }
        : { text: pdfRuns(block.text, 10), fontSize: 10, bold: true, margin: [0, 9, 0, 3], headlineLevel: 3 };
    case 'paragraph':
      return {
        text: pdfRuns(block.text, BODY_SIZE),
        fontSize: BODY_SIZE,
        lineHeight: BODY_LEADING,
        margin: [0, 2, 0, 5],
      };
    case 'note':
      return noteNode(block.text, block.tone === 'caution');
    case 'list':
      return {
        ul: block.items.map(
          (item): PdfNode => ({
            text: pdfRuns(item, BODY_SIZE),
            fontSize: BODY_SIZE,
            lineHeight: BODY_LEADING,
            margin: [0, 1, 0, 2],
          }),
        ),
        margin: [0, 2, 0, 6],
        markerColor: QUIET,
      };
    case 'facts':
      return factsNode(block.rows);
    case 'table':
      return tableNodes(block.caption, block.columns, block.rows);
    case 'graph':
      return {
        stack: [
          { svg: block.svg, width: block.widthPoints },
          { text: pdfText(block.caption), fontSize: 8, color: QUIET, margin: [0, 3, 0, 0] },
        ],
        unbreakable: true,
        margin: [0, 6, 0, 6],
      };
  }
};

/** Space in points that a heading keeps free below it, so that it does not stand alone at the foot of a page. */
const HEADING_RESERVE = 56;
/** A block of more characters than this may be taller than a page and is never kept in one piece. */
const MOST_UNBREAKABLE_CHARACTERS = 2_500;

const charactersOf = (block: Block): number => {
  switch (block.kind) {
    case 'paragraph':
      return plainText(block.text).length;
    case 'facts':
      return block.rows.reduce((sum, [label, value]) => sum + Math.max(80, label.length + plainText(value).length), 0);
    default:
      return Number.POSITIVE_INFINITY;
  }
};

/**
 * Headings with what follows them: in one piece where that is short, else with some of the page kept free below them.
 * (pdfmake's own `pageBreakBefore` lays the whole document out again for every break.)
 */
export const pdfBlocks = (headings: PdfNode[], blocks: readonly Block[], sectionId: string): PdfNode[] => {
  const nodes: PdfNode[] = [];
  let waiting = [...headings];
  for (const block of blocks) {
    const node = pdfBlock(block, sectionId);
    if (block.kind === 'heading') waiting.push(node);
    else if (waiting.length === 0) nodes.push(node);
    else {
      if (charactersOf(block) <= MOST_UNBREAKABLE_CHARACTERS)
        nodes.push({ stack: [...waiting, node], unbreakable: true });
      else {
        nodes.push({ stack: [{ stack: waiting, margin: [0, 0, 0, HEADING_RESERVE] }], unbreakable: true });
        nodes.push({ stack: [node], margin: [0, -HEADING_RESERVE, 0, 0] });
      }
      waiting = [];
    }
  }
  return [...nodes, ...waiting];
};
