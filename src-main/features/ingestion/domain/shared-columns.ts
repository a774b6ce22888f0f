import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import { newColumns, withTrailColumn } from './numeric-columns.ts';
import type { CodedColumnName, NumericColumns } from './transaction-columns.ts';
import { CODED_COLUMNS, TRAIL_COLUMNS } from './transaction-columns.ts';

/** A list of texts in shared memory: UTF-8 back to back, and where each ends. */
export interface SharedTexts {
  readonly text: Uint8Array;
  readonly ends: Uint32Array;
}

/** The columns analysis reads, in the fixed order in which they are sealed. Byte places are looked up in the rows. */
export const ANALYSIS_COLUMNS = [
  'rowNumber',
  'statement',
  'bookingDay',
  'valueDay',
  'amountUnits',
  'currency',
  'counterparty',
  'counterpartyAccount',
  'type',
  'referenceHash',
  'series',
  'seriesNumber',
  'recordHashHigh',
  'recordHashLow',
  'category',
  'ledgerAccount',
  'entry',
  'poster',
  'entered',
  'time',
] as const satisfies readonly (keyof NumericColumns)[];
/** Columns most files do not fill: one without any value is neither sealed nor digested. Its dictionary tells. */
export const SPARSE_COLUMNS = [
  'category',
  'ledgerAccount',
  'entry',
  ...TRAIL_COLUMNS,
] as const satisfies readonly (typeof ANALYSIS_COLUMNS)[number][];
export type AnalysisColumns = Pick<NumericColumns, (typeof ANALYSIS_COLUMNS)[number]>;

/** Columns of `count` transactions in shared memory, to be filled; of TRAIL_COLUMNS those that `has` says are stated. */
export const emptyAnalysisColumns = (count: number, has: (name: CodedColumnName) => boolean): AnalysisColumns =>
  analysisColumns(TRAIL_COLUMNS.filter(has).reduce((all, name) => withTrailColumn(all, name, 0), newColumns(count)));

/**
 * One source's transactions as columns in shared memory: every thread that analyses reads the same bytes.
 * `party` holds codes of standardized party keys (from `parties`), many spellings to one key.
 */
export interface SharedColumns {
  /** The source's ordinal in the store; -1 for a file that is not stored. */
  readonly source: number;
  readonly count: number;
  readonly scale: number;
  readonly columns: AnalysisColumns & { readonly party: Int32Array };
  readonly dictionaries: Readonly<Record<CodedColumnName | 'party', SharedTexts>>;
}

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

/** The columns analysis reads, out of all that a parser filled: the same memory. */
export const analysisColumns = (columns: NumericColumns): AnalysisColumns =>
  Object.fromEntries(ANALYSIS_COLUMNS.map(name => [name, columns[name]])) as unknown as AnalysisColumns;

/** Columns in shared memory with their dictionaries and the codes of party keys. */
export const shareColumns = (
  source: number,
  columns: AnalysisColumns,
  scale: number,
  values: (name: CodedColumnName) => readonly string[],
  partyKey: (spelling: string) => string,
  encode: (text: string) => Uint8Array,
): SharedColumns => {
  const { codes, parties } = partyCodes(columns.counterparty, values('counterparty'), partyKey);
  const dictionaries = Object.fromEntries(CODED_COLUMNS.map(name => [name, sharedTexts(values(name), encode)]));
  return {
    source,
    count: columns.amountUnits.length,
    scale,
    columns: { ...columns, party: codes },
    dictionaries: { ...(dictionaries as Record<CodedColumnName, SharedTexts>), party: sharedTexts(parties, encode) },
  };
};
