import { type DecimalSign, parseAmount, peelAmount } from './csv-amount.ts';
import { isKnownCurrency, SIGNS } from './csv-currency.ts';
import type { PdfWord } from './pdf-lines.ts';

/** An amount found in a line. */
export interface PdfMoney {
  /** Units of 10^-`fractionDigits`, negative where a minus, brackets or a debit mark say so. */
  readonly units: number;
  /** What the amount carries: a sign of its own, a mark of debit or credit, or nothing. */
  readonly sign: 'sign' | 'mark' | 'none';
  /** The currency sign or code, '' where none. */
  readonly currency: string;
  readonly x0: number;
  readonly x1: number;
  /** Words it is made of: words[first] … words[last]. */
  readonly first: number;
  readonly last: number;
}

/** How amounts of the document are written. */
export interface MoneyForm {
  readonly decimalSign: DecimalSign;
  readonly fractionDigits: number;
  /** Amounts of a thousand and more are set in groups of three with blanks between them. */
  readonly blankGroups: boolean;
}

const MARK = /^(?:CR|DR|DB|Cr|Dr|cr|dr|OD|O\/D|[CDSH]|Haben|Soll|HABEN|SOLL)\.?$/;
const MINUS_OR_PLUS = /^[-\u2212\u2013+]$/;
const GROUP_HEAD = /^[-\u2212\u2013+(]?(?:[$€£]|R\$)?\d{1,3}$/;
const GROUP_BODY = /^\d{3}$/;

const isSign = (text: string): boolean =>
  MINUS_OR_PLUS.test(text) ||
  SIGNS.includes(text) ||
  isKnownCurrency(text) ||
  /^[-\u2212+]?(?:[$€£¥₹]|R\$|US\$)$/.test(text);

/** The mark of an overdrawn balance, and marks in words, as the letters that amounts are read with. */
const plainMark = (text: string): string =>
  /^(?:OD|O\/D|SOLL|S)$/i.test(text) ? 'DR' : /^(?:HABEN|H)$/i.test(text) ? 'CR' : text;

const shapeOf = (digits: number): RegExp =>
  digits === 0
    ? /^\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+$|^\d+$/
    : new RegExp(`^(?:\\d{1,3}(?:[.,'’\\u00a0\\u202f ]\\d{2,3})*|\\d+)?[.,]\\d{${digits}}$`);
const SHAPES = [0, 1, 2, 3, 4].map(shapeOf);

const readMoney = (
  text: string,
  form: MoneyForm,
): { units: number; sign: PdfMoney['sign']; currency: string } | null => {
  const peeled = peelAmount(text);
  if (peeled === null || !SHAPES[form.fractionDigits]!.test(peeled.digits)) return null;
  const value = parseAmount(text, form.decimalSign, null);
  if (value === null || value.scale !== form.fractionDigits) return null;
  const marked = /[A-Za-z]\.?$/.test(text) && /(?:CR|DR|DB|[CDHS])\.?$/i.test(text) && peeled.signed;
  return { units: value.units, sign: !peeled.signed ? 'none' : marked ? 'mark' : 'sign', currency: peeled.currency };
};

/** Amounts of a line, left to right, with the signs, currencies and marks that stand beside them. */
export const moneyOf = (words: readonly PdfWord[], fontSize: number, form: MoneyForm): PdfMoney[] => {
  const found: PdfMoney[] = [];
  let taken = -1;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (!/\d/.test(word.text)) continue;
    let first = i;
    let text = word.text;
    if (readMoney(text, form) === null) continue;
    // Groups of three that blanks separate: 1 234,56.
    // In running text `SUC 415 345.60` is no 415,345.60: there only where the file groups so and writes commas.
    const joins = (left: PdfWord, right: PdfWord): boolean =>
      form.blankGroups &&
      right.x0 - left.x1 < 0.5 * fontSize &&
      ((left.grouped === true && right.grouped === true) || form.decimalSign === ',');
    while (
      first - 1 > taken &&
      /^\d{3}(?:\D|$)/.test(text) &&
      joins(words[first - 1]!, words[first]!) &&
      (GROUP_BODY.test(words[first - 1]!.text) || GROUP_HEAD.test(words[first - 1]!.text))
    ) {
      const joined = `${words[first - 1]!.text}\u00a0${text}`;
      const complete = GROUP_HEAD.test(words[first - 1]!.text) && readMoney(joined, form) !== null;
      if (!complete && !GROUP_BODY.test(words[first - 1]!.text)) break;
      text = joined;
      first--;
    }
    if (readMoney(text, form) === null) {
      text = word.text;
      first = i;
    }
    while (
      first - 1 > taken &&
      isSign(words[first - 1]!.text) &&
      words[first]!.x0 - words[first - 1]!.x1 < 2 * fontSize
    ) {
      const joined = `${words[first - 1]!.text} ${text}`;
      if (readMoney(joined, form) === null) break;
      text = joined;
      first--;
    }
    let last = i;
    while (last + 1 < words.length && words[last + 1]!.x0 - words[last]!.x1 < 2 * fontSize) {
      const next = words[last + 1]!.text;
      if (!MARK.test(next) && !isSign(next)) break;
      const joined = `${text} ${plainMark(next)}`;
      if (readMoney(joined, form) === null) break;
      text = joined;
      last++;
    }
    const value = readMoney(text, form)!;
    found.push({ ...value, x0: words[first]!.x0, x1: words[i]!.x1, first, last });
    taken = last;
    i = last;
  }
  return found;
};

/** How amounts are written, by those that can be read one way only: two decimals behind a point or a comma. */
export const settleMoneyForm = (
  texts: Iterable<string>,
  exponent: number,
  decimalSign: DecimalSign | null = null,
): MoneyForm => {
  let point = 0;
  let comma = 0;
  let groupPoint = 0;
  let groupComma = 0;
  let otherwise = 0;
  const digits = exponent === 0 ? 2 : exponent;
  const fraction = new RegExp(`\\d([.,])\\d{${digits}}(?!\\d)[-+)A-Za-z€]*$`);
  for (const text of texts) {
    if (!/^[-\u2212+($€£A-Z]*\d/.test(text) || /\d{1,2}[.]\d{1,2}[.]\d{2}/.test(text)) continue;
    const sign = fraction.exec(text)?.[1];
    if (sign === '.') point++;
    else if (sign === ',') comma++;
    else if (/^[^\d]*\d{1,3}(?:\.\d{3})+\D*$/.test(text)) groupPoint++;
    else if (/^[^\d]*\d{1,3}(?:,\d{3})+\D*$/.test(text)) groupComma++;
    if (sign !== undefined && /\d{4}[.,]\d+\D*$|\d[.,'’]\d{3}[.,]\d+\D*$/.test(text)) otherwise++;
  }
  const whole = point + comma === 0;
  const found = whole ? (groupPoint > groupComma ? ',' : '.') : comma > point ? ',' : '.';
  return {
    decimalSign: decimalSign ?? found,
    fractionDigits: whole ? 0 : digits,
    blankGroups: otherwise === 0,
  };
};
