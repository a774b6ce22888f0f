import { numberWith } from './hledger-number.ts';
import { add, divide, multiply, negate, type Rational, subtract } from './plaintext-rational.ts';

/** A number and its currency, either of which a posting may leave out. */
export interface BeancountAmount {
  readonly number: { readonly value: Rational; readonly scale: number } | null;
  readonly currency: string | null;
}

/** What stands behind the account of a posting (Beancount Language Syntax, "Costs and Prices"). */
export interface BeancountValue {
  readonly units: BeancountAmount;
  /**
   * `known` false: the lot is to be found by matching (`{}`, a date or a label alone). `perUnit` and `total` as in
   * `{502.12 USD}`, `{{100 USD}}` and `{502.12 # 9.95 USD}`.
   */
  readonly cost: {
    readonly perUnit: Rational | null;
    readonly total: Rational | null;
    readonly currency: string | null;
  } | null;
  readonly price: { readonly total: boolean; readonly amount: BeancountAmount } | null;
}

/** A value that cannot be read, with the reason. */
export class UnreadableBeancountValue extends Error {}

export const CURRENCY = /[A-Z][A-Z0-9'._-]{0,22}[A-Z0-9]|\/?[A-Z]\b/y;
/** Digits, with commas between groups of three (Beancount lexer, NUMBER). */
const NUMBER = /(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+/y;
const MAX_DEPTH = 50;
/** Operators of one expression: none of a ledger comes near it. */
const MAX_OPERATORS = 200;

/** Reads what stands behind the account of a posting. Throws UnreadableBeancountValue. */
export const parseBeancountValue = (text: string): BeancountValue => new BeancountReader(text).value();

/** Reads `46.872 TYCDT` or `46.872 ~ 0.002 TYCDT` (balance directive). Throws UnreadableBeancountValue. */
export const parseBalanceAmount = (
  text: string,
): { readonly amount: BeancountAmount; readonly tolerance: Rational | null } => new BeancountReader(text).balance();

class BeancountReader {
  private readonly text: string;
  private at = 0;
  private operators = 0;

  constructor(text: string) {
    this.text = text;
  }

  value(): BeancountValue {
    const units = this.amount();
    let cost: BeancountValue['cost'] = null;
    let price: BeancountValue['price'] = null;
    this.blank();
    if (this.looking(/\{/y)) cost = this.cost();
    this.blank();
    const at = this.take(/@@?/y);
    if (at !== null) price = { total: at === '@@', amount: this.amount() };
    this.end();
    return { units, cost, price };
  }

  balance(): { readonly amount: BeancountAmount; readonly tolerance: Rational | null } {
    const number = this.expression();
    this.blank();
    const tolerance = this.take(/~/y) === null ? null : (this.expression()?.value ?? null);
    const currency = this.currency();
    this.end();
    if (number === null || currency === null) this.fail();
    return { amount: { number, currency }, tolerance };
  }

  private amount(): BeancountAmount {
    return { number: this.expression(), currency: this.currency() };
  }

  private cost(): NonNullable<BeancountValue['cost']> {
    const isTotal = this.take(/\{\{/y) !== null;
    if (!isTotal) this.take(/\{/y);
    let perUnit: Rational | null = null;
    let total: Rational | null = null;
    let currency: string | null = null;
    for (let before = -1; before !== this.at; ) {
      this.blank();
      before = this.at;
      if (this.take(isTotal ? /\}\}/y : /\}/y) !== null) return { perUnit, total, currency };
      // Date, label and `*` of the lot; commas between.
      if (this.take(/,|\*(?=\s*[,}])|\d{4}[-/]\d{2}[-/]\d{2}|"(?:[^"\\]|\\.)*"/y) !== null) continue;
      const number = this.expression();
      this.blank();
      if (this.take(/#/y) !== null) {
        perUnit = number?.value ?? null;
        total = this.expression()?.value ?? null;
      } else if (isTotal) total = number?.value ?? null;
      else perUnit = number?.value ?? null;
      currency = this.currency() ?? currency;
    }
    return this.fail();
  }

  /** A number or an arithmetic expression of numbers; null where there is none. */
  private expression(): BeancountAmount['number'] {
    this.blank();
    if (!this.looking(/[-+(.\d]/y)) return null;
    return this.sum(0);
  }

  private sum(depth: number): NonNullable<BeancountAmount['number']> {
    let left = this.product(depth);
    for (;;) {
      this.blank();
      const operator = this.operator(/[+-]/y);
      if (operator === null) return left;
      const right = this.product(depth);
      const value = operator === '+' ? add(left.value, right.value) : subtract(left.value, right.value);
      left = { value, scale: Math.max(left.scale, right.scale) };
    }
  }

  private product(depth: number): NonNullable<BeancountAmount['number']> {
    let left = this.factor(depth);
    for (;;) {
      this.blank();
      const operator = this.operator(/[*/]/y);
      if (operator === null) return left;
      const right = this.factor(depth);
      const value = operator === '*' ? multiply(left.value, right.value) : divide(left.value, right.value);
      if (value === null) throw new UnreadableBeancountValue('the amount divides by zero');
      left = { value, scale: operator === '*' ? left.scale + right.scale : Math.max(left.scale, right.scale) };
    }
  }

  private factor(depth: number): NonNullable<BeancountAmount['number']> {
    if (depth > MAX_DEPTH) throw new UnreadableBeancountValue('the amount is nested too deeply');
    this.blank();
    const sign = this.take(/[-+]/y);
    if (sign !== null) {
      const of = this.factor(depth + 1);
      return sign === '-' ? { ...of, value: negate(of.value) } : of;
    }
    if (this.take(/\(/y) !== null) {
      const inner = this.sum(depth + 1);
      this.blank();
      if (this.take(/\)/y) === null) this.fail();
      return inner;
    }
    const digits = this.take(NUMBER);
    const number = digits === null ? null : numberWith(digits, '.');
    return number ?? this.fail();
  }

  private operator(pattern: RegExp): string | null {
    const operator = this.take(pattern);
    if (operator !== null && ++this.operators > MAX_OPERATORS)
      throw new UnreadableBeancountValue('the expression is too long');
    return operator;
  }

  private currency(): string | null {
    this.blank();
    return this.take(CURRENCY);
  }

  private end(): void {
    this.blank();
    if (this.at < this.text.length) this.fail();
  }

  private blank(): void {
    this.take(/\s+/y);
  }

  private looking(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return null;
    this.at += match[0].length;
    return match[0];
  }

  private fail(): never {
    throw new UnreadableBeancountValue(
      `"${this.text.trim()}" is no amount that can be read: "${this.text.slice(this.at).trim()}" is left over`,
    );
  }
}
