import { type DecimalSign, peelAmount } from './csv-amount.ts';
import type { CsvLayout, DialectQuestion, Settled } from './csv-dialect.ts';
import { isDayFirstHeader } from './csv-header-lexicon.ts';
import { askSetting } from './csv-questions.ts';

/** Votes for the decimal sign from the text of amounts; `ambiguous` counts those like 1.234 that fit both. */
interface DecimalVotes {
  point: number;
  comma: number;
  ambiguous: number;
  /** One of the ambiguous ones. */
  example: string;
}

/** Adds one amount's evidence on which of point and comma is the decimal sign. */
const vote = (text: string, votes: DecimalVotes): void => {
  const digits = peelAmount(text)?.digits;
  if (digits === undefined || /[^\d.,'’´`_\s\u00a0\u202f]/u.test(digits)) return;
  const points = digits.split('.').length - 1;
  const commas = digits.split(',').length - 1;
  if (points === 0 && commas === 0) return;
  if (points > 0 && commas > 0) {
    if (digits.lastIndexOf('.') > digits.lastIndexOf(',')) votes.point += points === 1 ? 1 : 0;
    else votes.comma += commas === 1 ? 1 : 0;
    return;
  }
  const sign = points > 0 ? '.' : ',';
  const parts = digits.split(sign);
  if (parts.length > 2) {
    // Groups of three, or of two before the last three as in India.
    if (!/^(?:.\d{2,3})*.\d{3}$/.test(digits.slice(parts[0]!.length))) return;
    if (sign === '.') votes.comma++;
    else votes.point++;
    return;
  }
  const [whole, fraction] = parts as [string, string];
  const ambiguous = fraction.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
  if (ambiguous) {
    votes.ambiguous++;
    votes.example ||= text.trim();
  } else if (sign === '.') votes.point++;
  else votes.comma++;
};

const SAMPLE_ROWS = 300;
/** Currencies with three decimals (ISO 4217): their `1.234` is a fraction. */
const THREE_DECIMALS: ReadonlySet<string> = new Set(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND']);

/**
 * The decimal sign of a table's amounts: what can only be read one way votes; then other numbers of the file; then
 * currencies of three decimals; then semicolons with a header of a country that writes commas; else a question.
 */
export const settleDecimal = (
  layout: CsvLayout,
  amounts: readonly string[],
  currencies: readonly string[],
  questions: DialectQuestion[],
): Settled<DecimalSign> => {
  const votes: DecimalVotes = { point: 0, comma: 0, ambiguous: 0, example: '' };
  for (const text of amounts) vote(text, votes);
  if (votes.point + votes.comma > 0) {
    const value = votes.point >= votes.comma ? '.' : ',';
    const total = votes.point + votes.comma;
    const winner = Math.max(votes.point, votes.comma);
    return { value, confidence: winner / total, reason: `${winner} of ${total} amounts can only be read so` };
  }
  if (votes.ambiguous === 0) return { value: '.', confidence: 0.5, reason: 'no amount has a decimal sign' };
  const others: DecimalVotes = { point: 0, comma: 0, ambiguous: 0, example: '' };
  const around = [...layout.preamble.map(({ fields }) => fields), ...layout.rows.slice(0, SAMPLE_ROWS)];
  for (const fields of around) for (const text of fields) vote(text, others);
  if (others.point + others.comma > 0 && (others.point === 0 || others.comma === 0))
    return {
      value: others.point > 0 ? '.' : ',',
      confidence: 0.7,
      reason: 'numbers in other columns can only be read so',
    };
  if (currencies.length > 0 && currencies.every(currency => THREE_DECIMALS.has(currency.toUpperCase()))) {
    const value = votes.example.includes(',') ? ',' : '.';
    return { value, confidence: 0.7, reason: 'the currency has three decimals' };
  }
  if (layout.delimiter.delimiter === ';' && layout.names !== null && isDayFirstHeader(layout.names))
    return { value: ',', confidence: 0.6, reason: 'semicolons and the language of the header' };
  questions.push(askSetting('decimalSign', ['.', ','], votes.example));
  return { value: '.', confidence: 0, reason: 'undecided' };
};
