import { formatUnits } from '../../../kernel/decimal.ts';
import type { CodedColumn } from '../../../kernel/dictionary.ts';
import { Dictionary, UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import { commonScale, unitsAt } from './common-scale.ts';
import type { SharedColumns, SharedTexts } from './shared-columns.ts';

/** Decodes UTF-8; given by the host. */
export type DecodeUtf8 = (bytes: Uint8Array, start: number, end: number) => string;

export const textList = (texts: SharedTexts, decode: DecodeUtf8): string[] => {
  const values: string[] = [];
  let start = 0;
  for (const end of texts.ends) {
    values.push(decode(texts.text, start, end));
    start = end;
  }
  return values;
};

/** The parts of a source that a table over a case is made of. */
export interface TablePart {
  readonly accounts: readonly (string | null)[];
  readonly columns: SharedColumns;
}

export type MergedName =
  | 'currency'
  | 'counterparty'
  | 'counterpartyAccount'
  | 'type'
  | 'series'
  | 'category'
  | 'ledgerAccount'
  | 'entry'
  | 'poster'
  | 'entered'
  | 'time'
  | 'party';

/**
 * Columns over several sources, one after the other. With one source its own arrays are used; with several, numbers are
 * copied and dictionaries are merged, so that the same text has the same code everywhere.
 */
export class CaseTable {
  readonly rowCount: number;
  /** Decimals of `amounts()`: those at which the fewest amounts are without exact units (`commonScale`). */
  readonly scale: number;
  /** Decimals of the source that has the most: sums in big integers are made at it. */
  readonly finestScale: number;
  private readonly parts: readonly TablePart[];
  private readonly decode: DecodeUtf8;
  constructor(parts: readonly TablePart[], decode: DecodeUtf8) {
    this.parts = parts;
    this.decode = decode;
    this.rowCount = parts.reduce((sum, part) => sum + part.columns.count, 0);
    this.finestScale = parts.reduce((finest, { columns }) => Math.max(finest, columns.scale), 2);
    this.scale = commonScale(parts.map(({ columns: { scale, columns } }) => ({ scale, units: columns.amountUnits })));
  }

  /** First row of each part. */
  offsets(): number[] {
    let at = 0;
    return this.parts.map(part => {
      const offset = at;
      at += part.columns.count;
      return offset;
    });
  }

  floats(name: 'referenceHash' | 'seriesNumber'): Float64Array {
    return this.concat(name, length => new Float64Array(length));
  }
  days(name: 'bookingDay' | 'valueDay'): Int32Array {
    return this.concat(name, length => new Int32Array(length));
  }
  words(name: 'rowNumber' | 'recordHashHigh' | 'recordHashLow'): Uint32Array {
    return this.concat(name, length => new Uint32Array(length));
  }

  /** Amounts in units of their own source's scale: exact, and comparable within a source only. */
  sourceUnits(): Float64Array {
    return this.concat('amountUnits', length => new Float64Array(length));
  }

  /** Amounts in units of the table's scale; NaN for those of `offScaleAmounts`, which have no exact units at it. */
  amounts(): Float64Array {
    if (this.parts.length === 1) return this.parts[0]!.columns.columns.amountUnits;
    const units = this.sourceUnits();
    const offsets = this.offsets();
    this.parts.forEach((part, p) => {
      const { scale } = part.columns;
      if (scale === this.scale) return;
      const from = offsets[p]!;
      for (let i = from; i < from + part.columns.count; i++) units[i] = unitsAt(units[i]!, scale, this.scale);
    });
    return units;
  }

  /**
   * Amounts, as decimal text by row, that are known and yet have no exact units at the table's scale: beside amounts of
   * other decimals they cannot be compared or added as integers. None where all sources have the same decimals.
   */
  offScaleAmounts(): Map<number, string> {
    const texts = new Map<number, string>();
    const offsets = this.offsets();
    this.parts.forEach(({ columns: { scale, columns } }, p) => {
      if (scale === this.scale) return;
      columns.amountUnits.forEach((units, i) => {
        if (!Number.isNaN(units) && Number.isNaN(unitsAt(units, scale, this.scale)))
          texts.set(offsets[p]! + i, formatUnits(units, scale, 2));
      });
    });
    return texts;
  }

  coded(name: MergedName): CodedColumn {
    const first = this.parts[0];
    if (this.parts.length === 1 && first !== undefined && first.columns.columns[name].length === this.rowCount)
      return { codes: first.columns.columns[name], values: textList(first.columns.dictionaries[name], this.decode) };
    const merged = new Dictionary();
    // A column that a source does not state may have no room there at all.
    const codes = new Int32Array(this.rowCount).fill(UNKNOWN_CODE);
    const offsets = this.offsets();
    this.parts.forEach((part, p) => {
      const own = textList(part.columns.dictionaries[name], this.decode).map(value => merged.code(value));
      copyCodes(part.columns.columns[name], own, codes, offsets[p]!);
    });
    return { codes, values: merged.values };
  }

  /** The account each transaction belongs to, by its statement. */
  accounts(): CodedColumn {
    const merged = new Dictionary();
    const codes = new Int32Array(this.rowCount);
    const offsets = this.offsets();
    this.parts.forEach((part, p) => {
      const own = part.accounts.map(account => merged.code(account ?? ''));
      copyCodes(part.columns.columns.statement, own, codes, offsets[p]!);
    });
    return { codes, values: merged.values };
  }

  private concat<T extends Float64Array | Int32Array | Uint32Array>(
    name: keyof SharedColumns['columns'],
    make: (length: number) => T,
  ): T {
    if (this.parts.length === 1) return this.parts[0]!.columns.columns[name] as T;
    const all = make(this.rowCount);
    const offsets = this.offsets();
    for (const [p, part] of this.parts.entries()) all.set(part.columns.columns[name] as never, offsets[p]);
    return all;
  }
}

const copyCodes = (from: Int32Array, own: readonly number[], to: Int32Array, offset: number): void => {
  for (let i = 0; i < from.length; i++) to[offset + i] = own[from[i]!] ?? UNKNOWN_CODE;
};
