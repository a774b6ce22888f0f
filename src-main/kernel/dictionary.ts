/** A column of repeated text, dictionary-encoded: `codes[i]` indexes `values`; -1 is unknown. */
export interface CodedColumn {
  readonly codes: Int32Array;
  readonly values: readonly string[];
}

export const UNKNOWN_CODE = -1;

/** Gives each distinct text a small integer, in order of first appearance. Empty text is unknown (-1). */
export class Dictionary {
  readonly values: string[] = [];
  private readonly codes = new Map<string, number>();
  code(text: string): number {
    if (text === '') return UNKNOWN_CODE;
    const known = this.codes.get(text);
    if (known !== undefined) return known;
    const code = this.values.length;
    this.codes.set(text, code);
    this.values.push(text);
    return code;
  }
}
