import type { TextCodec } from '../../../kernel/text.ts';
import type { CsvField } from './csv-field.ts';
import { grown } from './csv-growing-codes.ts';
import type { TableTexts } from './csv-table-columns.ts';
import { Utf8Text } from './utf8-text.ts';

/** Collects the texts of a column as UTF-8, one a row, in file order. */
export class TextColumnReader {
  private readonly text = new Utf8Text(1 << 16);
  private ends = new Float64Array(1024);
  private count = 0;
  private readonly utf8: TextCodec;
  constructor(utf8: TextCodec) {
    this.utf8 = utf8;
  }

  /** Adds the field as the text of the next row. */
  add(field: CsvField, codec: TextCodec): void {
    if (codec.encoding === 'utf-8') this.text.bytes(field.source, field.start, field.end);
    else this.text.text(codec.slice(field.source.bytes, field.start, field.end));
    if (this.count === this.ends.length) this.ends = grown(this.ends, new Float64Array(2 * this.ends.length));
    this.ends[this.count++] = this.text.length;
  }

  column(): TableTexts {
    const { ends, utf8 } = this;
    const { bytes } = this.text.source;
    return { at: row => utf8.slice(bytes, row === 0 ? 0 : ends[row - 1]!, ends[row]!).trim() };
  }
}
