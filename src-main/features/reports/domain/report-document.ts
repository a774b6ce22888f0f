import type { ReportSeverity } from './report-model.ts';

/**
 * The report as a sequence of blocks, before it becomes HTML or PDF. Each section is written once, so the two outputs
 * cannot disagree on a figure.
 */
export interface ReportDocument {
  readonly title: string;
  readonly caseName: string;
  readonly builtAt: string;
  readonly productVersion: string;
  /** First digits of the audit root, for the foot of every page. */
  readonly auditRootShort: string;
  readonly particulars: readonly Fact[];
  readonly sections: readonly ReportSection[];
}

export interface ReportSection {
  readonly id: string;
  /** With its number: "3. Method". */
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** A piece of running text. Plain strings are set as they are; `code` is for digests, commands and raw records. */
export type Inline =
  | string
  | { readonly text: string; readonly as: 'strong' | 'code' | 'quiet' | 'alert' | 'good' }
  | { readonly severity: ReportSeverity };
export type Text = string | readonly Inline[];
export type Fact = readonly [label: string, value: Text];

export interface Column {
  readonly title: string;
  readonly kind: 'text' | 'figure' | 'code' | 'short';
  /** Share of the table's width, relative to the other columns. */
  readonly share: number;
}

export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly id: string | null; readonly text: Text }
  | { readonly kind: 'paragraph'; readonly text: Text }
  | { readonly kind: 'note'; readonly tone: 'plain' | 'caution'; readonly text: Text }
  | { readonly kind: 'list'; readonly items: readonly Text[] }
  | { readonly kind: 'facts'; readonly caption: string; readonly rows: readonly Fact[] }
  | TableBlock
  | { readonly kind: 'graph'; readonly svg: string; readonly widthPoints: number; readonly caption: string };

export interface TableBlock {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Text[])[];
}

export const heading = (level: 2 | 3, text: Text, id: string | null = null): Block => ({
  kind: 'heading',
  level,
  id,
  text,
});
export const paragraph = (text: Text): Block => ({ kind: 'paragraph', text });
export const note = (tone: 'plain' | 'caution', text: Text): Block => ({ kind: 'note', tone, text });
export const list = (items: readonly Text[]): Block => ({ kind: 'list', items });
export const facts = (caption: string, rows: readonly Fact[]): Block => ({ kind: 'facts', caption, rows });
export const table = (caption: string, columns: readonly Column[], rows: readonly (readonly Text[])[]): Block => ({
  kind: 'table',
  caption,
  columns,
  rows,
});
export const code = (text: string): Inline => ({ text, as: 'code' });
export const strong = (text: string): Inline => ({ text, as: 'strong' });
export const quiet = (text: string): Inline => ({ text, as: 'quiet' });
/** Set apart as bad or good by weight and colour; the words alone must say it too. */
export const alert = (text: string): Inline => ({ text, as: 'alert' });
export const good = (text: string): Inline => ({ text, as: 'good' });
