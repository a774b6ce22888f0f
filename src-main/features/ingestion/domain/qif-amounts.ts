import { type Decimal, parseDecimal } from '../../../kernel/decimal.ts';
import { type DecimalSign, parseAmount } from './csv-amount.ts';
import { FileRefused } from './statement-sink.ts';

/** What nearly every program writes: it has one reading, with a decimal point. */
const PLAIN = /^[-+]?\d+\.\d\d$/;
const SIGNS: readonly DecimalSign[] = ['.', ','];

/** A QIF amount (`-1,234.56`, `1.234,56`, `$5.00`) under a decimal sign; null where it is none. */
export const qifAmount = (text: string, sign: DecimalSign): Decimal | null => {
  if (sign === '.' && PLAIN.test(text)) return parseDecimal(text);
  const amount = parseAmount(text, sign, null);
  return amount === null ? null : { units: amount.units, scale: amount.scale };
};

const sameValue = (a: Decimal | null, b: Decimal | null): boolean =>
  a === b || (a !== null && b !== null && a.units * 10 ** b.scale === b.units * 10 ** a.scale);

/**
 * Settles the decimal sign over all amounts of a file, which QIF leaves to the country of the program: the sign that
 * reads more of them. Throws FileRefused `dialect.ambiguous` where both read all and differently (`1,234`).
 */
export const settleDecimalSign = (texts: readonly string[], stated: DecimalSign | null): DecimalSign => {
  if (stated !== null) return stated;
  let balance = 0;
  let ambiguous: string | null = null;
  for (const text of texts) {
    if (PLAIN.test(text)) {
      balance++;
      continue;
    }
    const [point, comma] = SIGNS.map(sign => qifAmount(text, sign)) as [Decimal | null, Decimal | null];
    if (point !== null && comma === null) balance++;
    else if (comma !== null && point === null) balance--;
    else if (!sameValue(point, comma)) ambiguous ??= text;
  }
  if (balance === 0 && ambiguous !== null)
    throw new FileRefused(
      'dialect.ambiguous',
      `The amounts can be read with a decimal point or a decimal comma (such as ${ambiguous.trim()}), and nothing in the file says which. State it: --set decimalSign=. or --set decimalSign=,`,
      null,
      { decimalSign: [...SIGNS] },
    );
  return balance < 0 ? ',' : '.';
};
