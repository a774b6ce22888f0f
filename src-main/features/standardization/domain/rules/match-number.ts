import { parseIsoDate } from '../../../../kernel/civil-date.ts';
import { parseDecimal, powerOfTen } from '../../../../kernel/decimal.ts';
import type { NumberField, RuleOperator } from './rule.ts';

/** A question that can be asked of a row's number (units of the table's scale, or a day). */
export type NumberTest = (value: number) => boolean;

/**
 * The test of an operator on amounts (`scale` of the table) or days. Comparisons are exact: a bound finer than the table's
 * scale becomes the neighbouring unit, and an amount that no row can have equals none. Unknown (NaN) matches nothing.
 */
export const numberTest = (
  field: NumberField,
  operator: RuleOperator,
  value: string | readonly string[],
  scale: number,
): NumberTest => {
  const texts = typeof value === 'string' ? [value] : value;
  const bounds = texts.map(text => (field === 'date' ? dayBound(text) : amountBound(text, scale)));
  const { low, high } = bounds[0] ?? { low: Number.NaN, high: Number.NaN };
  switch (operator) {
    case '=':
      return units => low === high && units === low;
    case '!=':
      return units => !Number.isNaN(units) && !(low === high && units === low);
    case '<':
      return units => units < high;
    case '<=':
      return units => units <= low;
    case '>':
      return units => units > low;
    case '>=':
      return units => units >= high;
    case 'between':
    case 'notBetween': {
      const upper = bounds[1]?.low ?? Number.NaN;
      return operator === 'between' ? units => units >= high && units <= upper : units => units < high || units > upper;
    }
    default:
      throw new Error(`${operator} is not asked of ${field}`);
  }
};

/** The largest value at or below and the smallest at or above what the text says; the same where it can be said exactly. */
interface Bound {
  readonly low: number;
  readonly high: number;
}

const dayBound = (text: string): Bound => {
  const day = parseIsoDate(text);
  if (day === null) throw new Error(`${text} is not a day`);
  return { low: day, high: day };
};

const amountBound = (text: string, scale: number): Bound => {
  const value = parseDecimal(text);
  if (value === null) throw new Error(`${text} is not an amount`);
  if (value.scale <= scale) {
    const units = value.units * powerOfTen(scale - value.scale);
    return { low: units, high: units };
  }
  const units = value.units / powerOfTen(value.scale - scale);
  return { low: Math.floor(units), high: Math.ceil(units) };
};
