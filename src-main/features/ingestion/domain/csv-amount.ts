import { type Decimal, MAX_SCALE } from '../../../kernel/decimal.ts';
import { SIGNS } from './csv-currency.ts';

/**
 * Amounts as banks and spreadsheets write them: 1.234,56 · 1,234.56 · 1 234,56 · 1'234.56 · 1234,56- · (1,234.56) ·
 * − (U+2212) · 1_234.56 · 1,00,000.00 · currency signs or codes before or after · CR/DR, C/D or H/S after. The decimal
 * sign is settled for the whole file; everything that does not follow it exactly is unreadable, never bent into a number.
 */

export type DecimalSign = '.' | ',';

const GROUPING_SIGNS: ReadonlySet<string> = new Set(["'", '’', '´', '`', '_']);
const SPACES = /[\s\u00a0\u2007\u2009\u202f]/;
const MINUS = /^[-\u2212\u2010\u2013\ufe63\uff0d]/;
const CODE_BEFORE = /^[A-Z]{3}(?=[\s\u00a0\d.,+(\u2212-])/;
const CODE_BEHIND = /(?<=[\d\s\u00a0.,)+-])[A-Z]{3}$/;

export interface AmountText {
  readonly negative: boolean;
  /** True when the text itself said credit or debit (a sign, brackets, CR or DR). */
  readonly signed: boolean;
  /** Digits, decimal and grouping signs only. */
  readonly digits: string;
  /** The currency sign or code found, '' where none. */
  readonly currency: string;
}

const PLAIN_AMOUNT = /^([+-]?)(\d[\d.,]*)$/;
/** CR, DR and DB, or one letter of C/D and H/S (Haben, Soll), behind a number. */
const DIRECTION_MARK = /(?:\s|(?<=[\d.,]))(CR|DR|DB|Cr|Dr|Db|cr|dr|[CDHS])\.?$/;

/** Takes sign, brackets and currency off an amount; null when something else is left or there are no digits. */
export const peelAmount = (raw: string): AmountText | null => {
  let text = raw.trim();
  // What nearly every amount looks like.
  const plain = PLAIN_AMOUNT.exec(text);
  if (plain !== null) return { negative: plain[1] === '-', signed: plain[1] !== '', digits: plain[2]!, currency: '' };
  let negative = false;
  let signed = false;
  let marked = false;
  let currency = '';
  for (let again = true; again && text !== ''; ) {
    again = false;
    if (!signed && text.startsWith('(') && text.endsWith(')')) {
      negative = true;
      signed = true;
      text = text.slice(1, -1).trim();
      again = true;
    }
    const minus = MINUS.exec(text);
    if ((minus || text.startsWith('+')) && !signed) {
      negative = minus !== null;
      signed = true;
      text = text.slice(1).trim();
      again = true;
    }
    if (currency === '') {
      currency = CODE_BEFORE.exec(text)?.[0] ?? SIGNS.find(sign => text.startsWith(sign)) ?? '';
      if (currency !== '') {
        text = text.slice(currency.length).trim();
        again = true;
      }
    }
  }
  for (let again = true; again && text !== ''; ) {
    again = false;
    if (!signed && /[-\u2212+]$/.test(text)) {
      negative = !text.endsWith('+');
      signed = true;
      text = text.slice(0, -1).trim();
      again = true;
    }
    const flag = DIRECTION_MARK.exec(text);
    if (flag && (!signed || (!negative && !marked))) {
      const credit = /^[CHch]/.test(flag[1]!);
      // A plus and a debit mark contradict each other: that is no number.
      if (signed && !credit) return null;
      marked = true;
      negative = !credit;
      signed = true;
      text = text.slice(0, -flag[0].length).trim();
      again = true;
    }
    if (currency === '') {
      currency = CODE_BEHIND.exec(text)?.[0] ?? SIGNS.find(sign => text.endsWith(sign)) ?? '';
      if (currency !== '') {
        text = text.slice(0, -currency.length).trim();
        again = true;
      }
    }
  }
  return /\d/.test(text) ? { negative, signed, digits: text, currency } : null;
};

/** Groups of digits before the decimal sign: 1–3 then threes (or twos and a last three, as in India). */
const validGroups = (groups: readonly string[]): boolean =>
  groups.length === 1 ||
  (/^\d{1,3}$/.test(groups[0]!) &&
    groups.at(-1)!.length === 3 &&
    (groups.slice(1).every(group => group.length === 3) ||
      (groups[0]!.length <= 2 && groups.slice(1, -1).every(group => group.length === 2))));

/** The digits of a number before and after its decimal sign, and the power of ten it is written with. */
interface NumberDigits {
  readonly whole: string;
  readonly fraction: string;
  readonly exponent: number;
}

/**
 * Digits with signs taken apart; null when they do not follow the decimal sign, mix grouping signs or have groups of a
 * wrong length. `1.5E+05`, as spreadsheets and R write, is read exactly.
 */
const numberDigits = (digits: string, decimal: DecimalSign, grouping: string | null): NumberDigits | null => {
  const exponent = /^(\d+)(?:[.,](\d+))?[eE]([+-]?\d{1,2})$/.exec(digits);
  if (exponent) return { whole: exponent[1]!, fraction: exponent[2] ?? '', exponent: Number(exponent[3]) };
  const parts = digits.split(decimal);
  if (parts.length > 2) return null;
  const fraction = parts[1] ?? '';
  const whole = parts[0]!;
  if (!/^\d*$/.test(fraction) || (whole === '' && fraction === '')) return null;
  const signs = new Set(whole.replace(/\d/g, ''));
  if (signs.size > 1) return null;
  const [sign] = signs;
  if (sign !== undefined) {
    const other = decimal === '.' ? ',' : '.';
    const allowed =
      sign === grouping || (grouping === null && sign === other) || GROUPING_SIGNS.has(sign) || SPACES.test(sign);
    if (!allowed || !validGroups(whole.split(sign))) return null;
  }
  return { whole: sign === undefined ? whole : whole.split(sign).join(''), fraction, exponent: 0 };
};

/** The number as an exact decimal; null when it has more than 9 decimals or 2^53 units. */
const exactDecimal = ({ whole, fraction, exponent }: NumberDigits): Decimal | null => {
  let digits = whole + fraction;
  let scale = fraction.length - exponent;
  if (scale < 0) {
    digits += '0'.repeat(-scale);
    scale = 0;
  }
  while (scale > MAX_SCALE && digits.endsWith('0')) {
    digits = digits.slice(0, -1);
    scale--;
  }
  const units = Number(digits === '' ? '0' : digits);
  return scale <= MAX_SCALE && Number.isSafeInteger(units) ? { units, scale } : null;
};

/** True for the text of an amount that is one under these signs and has more digits than can be kept exactly. */
export const exceedsExactness = (raw: string, decimal: DecimalSign, grouping: string | null): boolean => {
  const peeled = peelAmount(raw);
  const number = peeled === null ? null : numberDigits(peeled.digits, decimal, grouping);
  return number !== null && exactDecimal(number) === null;
};

/** One amount as text to an exact signed decimal; null when it cannot be read under these signs. */
export const parseAmount = (
  raw: string,
  decimal: DecimalSign,
  grouping: string | null,
): (Decimal & { readonly signed: boolean }) | null => {
  const peeled = peelAmount(raw);
  if (peeled === null) return null;
  const number = numberDigits(peeled.digits, decimal, grouping);
  const value = number === null ? null : exactDecimal(number);
  if (value === null) return null;
  return {
    units: peeled.negative && value.units !== 0 ? -value.units : value.units,
    scale: value.scale,
    signed: peeled.signed,
  };
};

const SPACE = 32;
const APOSTROPHE = 39;

/**
 * Reads the plain forms of an amount straight from bytes; `read` answers false for everything else, which then goes
 * through `parseAmount`. Results are left in `units` and `scale`, so that nothing is allocated.
 */
export class AmountReader {
  units = 0;
  scale = 0;
  private readonly decimal: number;
  private readonly grouping: number;
  constructor(decimal: DecimalSign, grouping: string | null) {
    this.decimal = decimal.charCodeAt(0);
    const group = grouping ?? (decimal === '.' ? ',' : '.');
    this.grouping = group.charCodeAt(0) < 0x80 ? group.charCodeAt(0) : -1;
  }

  read(bytes: Uint8Array, start: number, end: number): boolean {
    let p = start;
    const negative = bytes[p] === 45;
    if (negative || bytes[p] === 43) p++;
    if (end - p > 18) return false;
    let units = 0;
    let digits = 0;
    /** Digits since the last grouping sign; -1 before any. */
    let group = -1;
    let sign = 0;
    for (; p < end; p++) {
      const byte = bytes[p]!;
      const digit = byte - 48;
      if (digit >= 0 && digit <= 9) {
        units = units * 10 + digit;
        digits++;
        if (group >= 0) group++;
      } else if (byte === this.decimal) break;
      else if (byte === this.grouping || byte === SPACE || byte === APOSTROPHE) {
        if (group >= 0 ? group !== 3 || byte !== sign : digits === 0 || digits > 3) return false;
        sign = byte;
        group = 0;
      } else return false;
    }
    if (group >= 0 && group !== 3) return false;
    let scale = 0;
    for (p++; p < end; p++) {
      const digit = bytes[p]! - 48;
      if (!(digit >= 0 && digit <= 9)) return false;
      units = units * 10 + digit;
      scale++;
    }
    digits += scale;
    if (digits === 0 || digits > 15 || scale > MAX_SCALE) return false;
    this.units = negative && units !== 0 ? -units : units;
    this.scale = scale;
    return true;
  }
}
