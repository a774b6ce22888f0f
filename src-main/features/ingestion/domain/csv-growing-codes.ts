import { type CodedColumn, Dictionary, UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import type { TextCodec } from '../../../kernel/text.ts';
import { ByteDictionary } from './byte-dictionary.ts';
import type { CsvField } from './csv-field.ts';

/** A dictionary column that grows; the text of each distinct spelling is mapped to its key once. */
export class GrowingCodes {
  private codes = new Int32Array(1024);
  private readonly spellings = new ByteDictionary();
  private readonly keys = new Dictionary();
  private readonly keyCodes: number[] = [];
  private readonly key: (text: string) => string;
  constructor(key: (text: string) => string) {
    this.key = key;
  }

  set(row: number, field: CsvField, codec: TextCodec): void {
    if (row >= this.codes.length) this.codes = grown(this.codes, new Int32Array(2 * row));
    if (field.start === field.end) {
      this.codes[row] = UNKNOWN_CODE;
      return;
    }
    const spelling = this.spellings.code(field.source, field.start, field.end, codec);
    if (spelling === this.keyCodes.length)
      this.keyCodes.push(this.keys.code(this.key(this.spellings.values[spelling]!)));
    this.codes[row] = this.keyCodes[spelling]!;
  }

  column(count: number): CodedColumn {
    return { codes: this.codes.slice(0, count), values: this.keys.values };
  }
}

/** A larger array that begins with the elements of another. */
export const grown = <A extends Int32Array | Uint32Array | Float64Array>(from: A, to: A): A => {
  to.set(from);
  return to;
};
