import type { PdfPage } from '../../../kernel/pdf-page.ts';
import { linesOf, type PdfLine } from './pdf-lines.ts';

/** A line of the transcript that no page shows. */
const separator = (page: number, pages: number): string => `=== page ${page} of ${pages} ===`;

/** Bytes of a text in UTF-8. */
export const utf8Length = (text: string): number => {
  let bytes = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
};

/**
 * The readable text of a document: a separator before each page, one line for each visual line, cells separated by
 * tabs. Records are placed in it, for the bytes of a PDF are packed and scattered.
 */
export class PdfTranscript {
  readonly lines: PdfLine[] = [];
  /** Byte offset of each line of the transcript, by row − 1. */
  private readonly offsets: number[] = [];
  private readonly lengths: number[] = [];
  private bytes = 0;
  private readonly pages: number;
  constructor(pages: number) {
    this.pages = pages;
  }

  /** Adds a page and answers its text. */
  page(page: PdfPage): string {
    const lines = linesOf(page, this.offsets.length + 2);
    this.lines.push(...lines);
    const texts = [separator(page.number, this.pages), ...lines.map(line => line.text)];
    for (const item of page.turned) texts.push(`[turned] ${item.text.replace(/\s+/gu, ' ').trim()}`);
    for (const text of texts) {
      const length = utf8Length(text);
      this.offsets.push(this.bytes);
      this.lengths.push(length);
      this.bytes += length + 1;
    }
    return `${texts.join('\n')}\n`;
  }

  /** The place of the lines `first` to `last` (rows): row of the first, bytes of all. */
  place(first: number, last: number): { row: number; byteOffset: number; byteLength: number } {
    const start = this.offsets[first - 1]!;
    return { row: first, byteOffset: start, byteLength: this.offsets[last - 1]! + this.lengths[last - 1]! - start };
  }
}
