import type { Decimal } from '../../../kernel/decimal.ts';
import type { Expression, PostingValue, WrittenAmount } from './hledger-amount.ts';
import type { DecimalMarks } from './hledger-number.ts';
import { add, divide, exactDecimal, multiply, negate, type Rational, subtract } from './plaintext-rational.ts';

/** An exact quantity of a commodity; `scale` is the decimals it was written with. */
export interface Quantity {
  readonly value: Rational;
  readonly scale: number;
  readonly commodity: string;
}

/** Why an amount has no value: `ambiguous` asks for the decimal mark, the rest is a reason. */
export type NoQuantity = 'ambiguous' | { readonly reason: string };

export const isQuantity = (read: Quantity | NoQuantity): read is Quantity =>
  typeof read !== 'string' && !('reason' in read);

/** The amounts of a posting, for the decimal marks they show. */
export const writtenAmounts = (value: PostingValue): WrittenAmount[] => [
  ...[value.amount, value.cost?.amount, value.lot?.amount].flatMap(each => (each ? amountsOf(each) : [])),
  ...(value.assertion === null ? [] : [value.assertion.amount]),
];

const amountsOf = (expression: Expression): WrittenAmount[] => {
  switch (expression.kind) {
    case 'amount':
      return [expression.amount];
    case 'negate':
      return amountsOf(expression.of);
    case 'binary':
      return [...amountsOf(expression.left), ...amountsOf(expression.right)];
  }
};

/** A written amount as a quantity; one without commodity is of the default commodity (`D`). */
export const quantityOf = (
  amount: WrittenAmount,
  defaultCommodity: string | null,
  marks: DecimalMarks,
): Quantity | NoQuantity => {
  const commodity = amount.commodity === '' ? (defaultCommodity ?? '') : amount.commodity;
  const value = marks.value(commodity, amount.number);
  if (value === 'ambiguous') return value;
  if (value === null) return { reason: `"${amount.number}" is no number` };
  return { value: amount.negative ? negate(value.value) : value.value, scale: value.scale, commodity };
};

/** The value of an expression, exactly. */
export const evaluate = (
  expression: Expression,
  defaultCommodity: string | null,
  marks: DecimalMarks,
): Quantity | NoQuantity => {
  // Within an expression a bare number is a factor, not an amount of the default commodity.
  const inner = (part: Expression): Quantity | NoQuantity =>
    part.kind === 'amount' ? quantityOf(part.amount, null, marks) : compute(part);
  const compute = (part: Expression): Quantity | NoQuantity => {
    if (part.kind === 'amount') return inner(part);
    if (part.kind === 'negate') {
      const of = inner(part.of);
      return isQuantity(of) ? { ...of, value: negate(of.value) } : of;
    }
    const left = inner(part.left);
    if (!isQuantity(left)) return left;
    const right = inner(part.right);
    return isQuantity(right) ? combine(part.operator, left, right) : right;
  };
  return expression.kind === 'amount' ? quantityOf(expression.amount, defaultCommodity, marks) : compute(expression);
};

const combine = (operator: '+' | '-' | '*' | '/', left: Quantity, right: Quantity): Quantity | NoQuantity => {
  const [a, b] = [left.commodity, right.commodity];
  if (a !== '' && b !== '' && (a !== b || operator === '*' || operator === '/'))
    return { reason: `the value expression combines ${a} and ${b}` };
  const commodity = a === '' ? b : a;
  const scale = Math.max(left.scale, right.scale);
  if (operator === '+') return { value: add(left.value, right.value), scale, commodity };
  if (operator === '-') return { value: subtract(left.value, right.value), scale, commodity };
  if (operator === '*') return { value: multiply(left.value, right.value), scale, commodity };
  const value = divide(left.value, right.value);
  return value === null ? { reason: 'the value expression divides by zero' } : { value, scale, commodity };
};

/** The quantity as an amount of a transaction; null where it cannot be kept exactly. */
export const amountOf = ({ value, scale }: Quantity): Decimal | null => exactDecimal(value, scale);
