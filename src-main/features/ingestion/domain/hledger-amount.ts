import { NUMBER } from './hledger-number.ts';

/** An amount as written: its digits are read once the whole journal has shown its decimal marks. */
export interface WrittenAmount {
  readonly negative: boolean;
  /** Digits with their marks. */
  readonly number: string;
  /** '' where none is stated. */
  readonly commodity: string;
}

/** An amount or a value expression over amounts. */
export type Expression =
  | { readonly kind: 'amount'; readonly amount: WrittenAmount }
  | { readonly kind: 'negate'; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: '+' | '-' | '*' | '/';
      readonly left: Expression;
      readonly right: Expression;
    };

/** What stands behind an account: amount, cost, lot price, balance assertion. */
export interface PostingValue {
  /** Null where the posting states no amount. */
  readonly amount: Expression | null;
  readonly cost: { readonly total: boolean; readonly amount: Expression } | null;
  readonly lot: { readonly total: boolean; readonly amount: Expression } | null;
  /** `scope`: `=` one commodity, `==` the account's sole commodity; `inclusive`: with subaccounts (`=*`). */
  readonly assertion: { readonly sole: boolean; readonly inclusive: boolean; readonly amount: WrittenAmount } | null;
}

/** A value that cannot be read, with the reason. */
export class UnreadableValue extends Error {}

/** Characters that end an unquoted commodity (ledger manual, 5.1 "Naming Commodities"). */
const COMMODITY = /[^\s\d"&()*+,\-./:;<=>?@[\]^{|}~!']+/y;
const MAX_DEPTH = 50;
/** Operators of one expression: none of a ledger comes near it. */
const MAX_OPERATORS = 200;

/** Reads the text behind an account up to its comment. Throws UnreadableValue. */
export const parsePostingValue = (text: string): PostingValue => new ValueReader(text).value();

/** Reads one amount and nothing more (price and format directives, assertions). Throws UnreadableValue. */
export const parseAmount = (text: string): WrittenAmount => new ValueReader(text).single();

class ValueReader {
  private readonly text: string;
  private at = 0;
  private operators = 0;

  constructor(text: string) {
    this.text = text;
  }

  single(): WrittenAmount {
    const amount = this.amount();
    this.blank();
    if (this.at < this.text.length) this.fail();
    return amount;
  }

  value(): PostingValue {
    this.blank();
    let amount: Expression | null = null;
    if (!this.done() && !this.looking(/=/y)) amount = this.term(0);
    let cost: PostingValue['cost'] = null;
    let lot: PostingValue['lot'] = null;
    for (;;) {
      this.blank();
      if (this.done()) break;
      if (this.take(/\(@@\)|@@/y)) cost = { total: true, amount: this.term(0) };
      else if (this.take(/\(@\)|@/y)) cost = { total: false, amount: this.term(0) };
      else if (this.looking(/\{/y)) lot = this.lot() ?? lot;
      // Lot date and lot note (ledger manual, 5.7): no value.
      else if (!this.take(/\[[^\]]*\]/y) && !this.take(/\(\([^)]*\)\)|\([^)]*\)/y)) break;
    }
    const assertion = this.assertion();
    this.blank();
    if (!this.done()) this.fail();
    if (amount === null && (cost !== null || lot !== null))
      throw new UnreadableValue('a price stands without an amount');
    return { amount, cost, lot, assertion };
  }

  private assertion(): PostingValue['assertion'] {
    this.blank();
    const sign = this.take(/==?\*?/y);
    if (sign === null) return null;
    const amount = this.amount();
    this.blank();
    // A cost in an assertion does not change what it asserts (hledger manual, assertions and costs).
    if (this.take(/@@?/y)) this.amount();
    return { sole: sign.startsWith('=='), inclusive: sign.endsWith('*'), amount };
  }

  private lot(): PostingValue['lot'] {
    const total = this.take(/\{\{\s*=?/y) !== null;
    if (!total) this.take(/\{\s*=?/y);
    if (this.take(/\s*\}\}?/y)) return null;
    const amount = this.term(0);
    this.blank();
    if (!this.take(total ? /\}\}/y : /\}/y)) this.fail();
    return { total, amount };
  }

  /** An amount, or an expression in parentheses. */
  private term(depth: number): Expression {
    if (depth > MAX_DEPTH) throw new UnreadableValue('the value expression is nested too deeply');
    this.blank();
    const before = this.at;
    const negative = this.take(/-\s*(?=\()/y) !== null;
    if (this.take(/\(/y) !== null) {
      const inner = this.sum(depth + 1);
      this.blank();
      if (this.take(/\)/y) === null) this.fail();
      return negative ? { kind: 'negate', of: inner } : inner;
    }
    this.at = before;
    return { kind: 'amount', amount: this.amount() };
  }

  private sum(depth: number): Expression {
    let left = this.product(depth);
    for (;;) {
      this.blank();
      const operator = this.operator(/[+-]/y) as '+' | '-' | null;
      if (operator === null) return left;
      left = { kind: 'binary', operator, left, right: this.product(depth) };
    }
  }

  private product(depth: number): Expression {
    let left = this.term(depth);
    for (;;) {
      this.blank();
      const operator = this.operator(/[*/]/y) as '*' | '/' | null;
      if (operator === null) return left;
      left = { kind: 'binary', operator, left, right: this.term(depth) };
    }
  }

  /** `$-1,000.00`, `-$10`, `10 USD`, `"Orb of Deception" 1`, `500.00€`. */
  private amount(): WrittenAmount {
    this.blank();
    let negative = this.sign();
    let commodity = this.commodity();
    if (commodity !== null) {
      this.blank();
      const inner = this.sign();
      negative = negative !== inner;
    }
    const number = this.take(NUMBER);
    if (number === null)
      throw new UnreadableValue(
        this.done() && commodity === null ? 'the amount is missing' : `"${this.text.trim()}" is no amount`,
      );
    if (commodity === null) {
      const before = this.at;
      this.take(/[ \t\u00a0]+/y);
      commodity = this.commodity();
      if (commodity === null) this.at = before;
    }
    return { negative, number, commodity: commodity ?? '' };
  }

  private sign(): boolean {
    const sign = this.take(/[-+\u2212]\s*/y);
    return sign !== null && !sign.startsWith('+');
  }

  private commodity(): string | null {
    const quoted = this.take(/"[^"]*"/y);
    return quoted === null ? this.take(COMMODITY) : quoted.slice(1, -1);
  }

  private operator(pattern: RegExp): string | null {
    const operator = this.take(pattern);
    if (operator !== null && ++this.operators > MAX_OPERATORS)
      throw new UnreadableValue('the value expression is too long');
    return operator;
  }

  private done(): boolean {
    return this.at >= this.text.length;
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
    throw new UnreadableValue(
      `"${this.text.trim()}" is no amount that can be read: "${this.text.slice(this.at).trim()}" is left over`,
    );
  }
}
