import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import { businessCore } from './business-words.ts';
import { compareCodes } from './compare-codes.ts';
import { compareDates } from './compare-dates.ts';
import { compareEmails } from './compare-emails.ts';
import { compareNumbers } from './compare-numbers.ts';
import { compareNames, compareTexts } from './compare-phrases.ts';
import { comparePostcodes } from './compare-postcodes.ts';
import { compareWords } from './compare-words.ts';
import { type FieldKind, inferKind } from './field-kind.ts';
import { foldCode, foldEmail, foldPhone, foldText } from './fold-text.ts';
import type { LinkageColumn } from './linkage-table.ts';
import { dayOrderOf, type LooseDate, parseLooseDate } from './loose-date.ts';
import { parseLooseNumber } from './loose-number.ts';
import { type TokenWeights, weighTokens } from './token-weights.ts';
import { remembered, type ValueComparison } from './value-comparison.ts';

/** A field made ready for comparison. Nothing in it depends on the order of the rows but `codes`. */
export interface PreparedField {
  readonly name: string;
  readonly kind: FieldKind;
  /** Row → value; −1 unknown. */
  readonly codes: Int32Array;
  /** Distinct folded values, sorted; a code is a place in it. */
  readonly values: readonly string[];
  /** Rows that have the value. */
  readonly counts: Uint32Array;
  /** Rows that have any. */
  readonly filled: number;
  /** Values without what does not tell apart (legal forms); the values themselves for most kinds. */
  readonly cores: readonly string[];
  readonly dates: readonly (LooseDate | null)[] | null;
  /** Words and their weights, for kinds of several words; null for others. */
  readonly tokens: TokenWeights | null;
  readonly comparison: ValueComparison;
}

const foldingOf = (kind: FieldKind, raw: readonly string[]): ((text: string) => string) => {
  switch (kind) {
    case 'email':
      return foldEmail;
    case 'phone':
      return foldPhone;
    case 'postcode':
    case 'code':
      return foldCode;
    case 'number':
      return text => {
        const number = parseLooseNumber(text);
        return number === null ? foldText(text) : String(number);
      };
    case 'date': {
      const order = dayOrderOf(raw);
      return text => parseLooseDate(text, order)?.digits ?? foldText(text);
    }
    default:
      return foldText;
  }
};

const PHRASES: readonly FieldKind[] = ['name', 'business-name', 'address', 'text'];

/** Folds a column's values, gives each distinct one a code in sorted order, and makes its comparison. */
export const prepareField = ({ name, column, kind: given }: LinkageColumn): PreparedField => {
  const raw = column.values
    .map((value, code) => ({ value, code }))
    .sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
  const distinct = raw.map(({ value }) => value);
  const kind =
    given ??
    inferKind(
      name,
      distinct.filter(value => value.trim() !== ''),
    );
  const fold = foldingOf(kind, distinct);
  const folded = column.values.map(fold);
  const values = [...new Set(folded)].filter(value => value !== '').sort();
  const places = new Map(values.map((value, place) => [value, place]));
  const toPlace = Int32Array.from(folded, value => places.get(value) ?? UNKNOWN_CODE);
  const codes = new Int32Array(column.codes.length);
  const counts = new Uint32Array(values.length);
  let filled = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = column.codes[row]!;
    const place = code < 0 ? UNKNOWN_CODE : toPlace[code]!;
    codes[row] = place;
    if (place < 0) continue;
    counts[place] = counts[place]! + 1;
    filled++;
  }
  const cores = kind === 'business-name' || kind === 'name' ? values.map(businessCore) : values;
  const tokens = PHRASES.includes(kind) ? weighTokens(cores, counts) : null;
  const dates = kind === 'date' ? values.map(value => parseLooseDate(value, 'dmy')) : null;
  const comparison = remembered(comparisonOf(kind, values, cores, tokens, dates), values.length);
  return { name, kind, codes, values, counts, filled, cores, dates, tokens, comparison };
};

const comparisonOf = (
  kind: FieldKind,
  values: readonly string[],
  cores: readonly string[],
  tokens: TokenWeights | null,
  dates: readonly (LooseDate | null)[] | null,
): ValueComparison => {
  if (tokens !== null) return kind === 'text' ? compareTexts(tokens) : compareNames(cores, tokens);
  if (dates !== null) return compareDates(values, dates);
  switch (kind) {
    case 'email':
      return compareEmails(values);
    case 'postcode':
      return comparePostcodes(values);
    case 'phone':
    case 'code':
      return compareCodes(values);
    case 'number':
      return compareNumbers(values.map(Number).map(value => (Number.isNaN(value) ? null : value)));
    default:
      return compareWords(values);
  }
};
