import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import type { CodedColumnName, NumericColumns } from './transaction-columns.ts';
import { CODED_COLUMNS } from './transaction-columns.ts';

/** A list of texts in shared memory: UTF-8 back to back, and where each ends. */
export interface SharedTexts {
  readonly text: Uint8Array;
  readonly ends: Uint32Array;
}

/**
 * One source's transactions as columns in shared memory: every thread that analyses reads the same bytes.
 * `party` holds codes of standardized party keys (from `parties`), many spellings to one key.
 */
export interface SharedColumns {
  /** The source's ordinal in the store; -1 for a file that is not stored. */
  readonly source: number;
  readonly count: number;
  readonly scale: number;
  readonly columns: NumericColumns & { readonly party: Int32Array };
  readonly dictionaries: Readonly<Record<CodedColumnName | 'party', SharedTexts>>;
}

type TypedArray = Uint32Array | Int32Array | Float64Array;

const shared = <T extends TypedArray>(array: T): T => {
  const Type = array.constructor as new (buffer: SharedArrayBuffer) => T;
  const copy = new Type(new SharedArrayBuffer(array.byteLength));
  copy.set(array as never);
  return copy;
};

/** Codes of party keys for codes of counterparty spellings. The key is computed once a spelling, not once a row. */
export const partyCodes = (
  counterparty: Int32Array,
  spellings: readonly string[],
  partyKey: (spelling: string) => string,
): { readonly codes: Int32Array; readonly parties: readonly string[] } => {
  const parties: string[] = [];
  const known = new Map<string, number>();
  const bySpelling = new Int32Array(spellings.length);
  spellings.forEach((spelling, code) => {
    const key = partyKey(spelling);
    let party = key === '' ? UNKNOWN_CODE : known.get(key);
    if (party === undefined) {
      party = parties.push(key) - 1;
      known.set(key, party);
    }
    bySpelling[code] = party;
  });
  const codes = new Int32Array(new SharedArrayBuffer(counterparty.length * 4));
  for (let i = 0; i < counterparty.length; i++) {
    const spelling = counterparty[i]!;
    codes[i] = spelling < 0 ? UNKNOWN_CODE : bySpelling[spelling]!;
  }
  return { codes, parties };
};

/** Encodes texts into shared memory; `encodeInto` writes UTF-8 and returns the bytes written. */
export const sharedTexts = (values: readonly string[], encode: (text: string) => Uint8Array): SharedTexts => {
  const ends = new Uint32Array(new SharedArrayBuffer(values.length * 4));
  const joined = encode(values.join(''));
  // Of this type whatever the encoder answers: the constructor of Node's Buffer is deprecated.
  const text = new Uint8Array(new SharedArrayBuffer(joined.length));
  text.set(joined);
  let at = 0;
  values.forEach((value, i) => {
    at += utf8Length(value);
    ends[i] = at;
  });
  return { text, ends };
};

/** Bytes of a text in UTF-8. A lone surrogate counts as U+FFFD, as encoders write it. */
const utf8Length = (text: string): number => {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit <= 0xdbff && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      bytes += 4;
      i++;
    } else bytes += 3;
  }
  return bytes;
};

/** Copies an import's columns into shared memory, with party codes. */
export const shareColumns = (
  source: number,
  columns: NumericColumns,
  scale: number,
  values: (name: CodedColumnName) => readonly string[],
  partyKey: (spelling: string) => string,
  encode: (text: string) => Uint8Array,
): SharedColumns => {
  const { codes, parties } = partyCodes(columns.counterparty, values('counterparty'), partyKey);
  const numeric = Object.fromEntries(
    Object.entries(columns).map(([name, array]) => [name, shared(array as TypedArray)]),
  );
  const dictionaries = Object.fromEntries(CODED_COLUMNS.map(name => [name, sharedTexts(values(name), encode)]));
  return {
    source,
    count: columns.amountUnits.length,
    scale,
    columns: { ...(numeric as unknown as NumericColumns), party: codes },
    dictionaries: { ...(dictionaries as Record<CodedColumnName, SharedTexts>), party: sharedTexts(parties, encode) },
  };
};
