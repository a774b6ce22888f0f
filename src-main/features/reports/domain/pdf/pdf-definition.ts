/**
 * The part of pdfmake's document definition that a report uses, in its own words: pdfmake's types bring Node's and the
 * browser's with them, which pure code must not see. The arrays are mutable because pdfmake writes into what it lays out;
 * a definition is good for one rendering.
 */
export interface PdfDefinition {
  version: '1.7';
  language: string;
  displayTitle: boolean;
  pageSize: 'A4';
  pageMargins: [number, number, number, number];
  info: { title: string; subject: string; author: string; creator: string; producer: string };
  defaultStyle: PdfStyle;
  content: PdfNode[];
  header: (currentPage: number, pageCount: number) => PdfNode;
  footer: (currentPage: number, pageCount: number) => PdfNode;
}

interface PdfStyle {
  font?: string;
  fontSize?: number;
  bold?: boolean;
  color?: string;
  alignment?: 'left' | 'right' | 'center';
  lineHeight?: number;
  margin?: [number, number, number, number];
  characterSpacing?: number;
  preserveLeadingSpaces?: boolean;
  preserveTrailingSpaces?: boolean;
}

export interface PdfRun extends PdfStyle {
  text: string;
}

export interface PdfText extends PdfStyle {
  text: string | PdfRun[];
  headlineLevel?: number;
  outline?: boolean;
  outlineText?: string;
  outlineExpanded?: boolean;
  outlineParentId?: string;
  id?: string;
  tocItem?: boolean;
  tocStyle?: PdfStyle;
  tocMargin?: [number, number, number, number];
  fillColor?: string;
  noWrap?: boolean;
  width?: number;
  colSpan?: number;
  pageBreak?: 'before';
}

export interface PdfTableLayout {
  hLineWidth: (row: number) => number;
  vLineWidth: (column: number) => number;
  hLineColor: (row: number) => string;
  vLineColor?: (column: number) => string;
  paddingLeft: (column: number) => number;
  paddingRight: (column: number) => number;
  paddingTop: () => number;
  paddingBottom: () => number;
}

interface PdfTable {
  table: {
    headerRows?: number;
    keepWithHeaderRows?: number;
    dontBreakRows?: boolean;
    widths: number[];
    body: PdfNode[][];
  };
  layout: PdfTableLayout;
  margin?: [number, number, number, number];
}

export type PdfNode =
  | PdfText
  | PdfTable
  | { ul: PdfNode[]; margin?: [number, number, number, number]; markerColor?: string }
  | { stack: PdfNode[]; margin?: [number, number, number, number]; unbreakable?: boolean }
  | { columns: PdfNode[]; margin?: [number, number, number, number] }
  | { svg: string; width: number; margin?: [number, number, number, number] }
  | { toc: { title?: PdfText; numberStyle?: PdfStyle }; margin?: [number, number, number, number] };
