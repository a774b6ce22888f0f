import type { SheetText } from './spreadsheet-sheet-text.ts';
import { needsQuotes } from './spreadsheet-sheet-text.ts';
import { FileRefused } from './statement-sink.ts';
import { Utf8Text } from './utf8-text.ts';
import type { XmlHandler } from './xml-reader.ts';

/**
 * Undoes the escape for characters that XML cannot hold: `_x000D_` is a carriage return (ECMA-376 part 1, 22.9.2.19).
 * Control characters other than tab and line ends stay escaped: no table has them.
 */
export const unescapeString = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (whole, hex: string) => {
        const code = Number.parseInt(hex, 16);
        const isControl =
          (code < 0x20 && code !== 9 && code !== 10 && code !== 13) || code === 0xfffe || code === 0xffff;
        return isControl ? whole : String.fromCharCode(code);
      })
    : text;

/** The table of strings that cells refer to by number (ECMA-376 part 1, 18.4), kept as UTF-8. */
export class SharedStrings implements XmlHandler {
  private readonly strings = new Utf8Text(1 << 16);
  private ends = new Uint32Array(1024);
  private quoted = new Uint8Array(1024);
  private count = 0;
  private value = '';
  private inText = false;
  /** Inside reading aids of East Asian text, which are no part of it. */
  private inPhonetic = false;

  open(name: string): void {
    if (name === 't') this.inText = !this.inPhonetic;
    else if (name === 'rPh') this.inPhonetic = true;
    else if (name === 'si') this.value = '';
  }

  close(name: string): void {
    if (name === 't') this.inText = false;
    else if (name === 'rPh') this.inPhonetic = false;
    else if (name === 'si') this.add(unescapeString(this.value));
  }

  text(text: string): void {
    if (this.inText) this.value += text;
  }

  /** Writes the string of a cell. Throws FileRefused `workbook.malformed` where there is none of that number. */
  write(index: number, column: number, sheet: SheetText): void {
    if (!(Number.isInteger(index) && index >= 0 && index < this.count))
      throw new FileRefused(
        'workbook.malformed',
        `a cell of row ${sheet.row} refers to shared string ${index} of ${this.count}: the workbook is damaged.`,
      );
    sheet.utf8(
      column,
      this.strings.source,
      index === 0 ? 0 : this.ends[index - 1]!,
      this.ends[index]!,
      this.quoted[index] === 1,
    );
  }

  private add(value: string): void {
    if (this.count === this.ends.length) {
      const ends = new Uint32Array(2 * this.count);
      ends.set(this.ends);
      this.ends = ends;
      const quoted = new Uint8Array(2 * this.count);
      quoted.set(this.quoted);
      this.quoted = quoted;
    }
    this.strings.text(value);
    this.ends[this.count] = this.strings.length;
    this.quoted[this.count++] = needsQuotes(value) ? 1 : 0;
  }
}
