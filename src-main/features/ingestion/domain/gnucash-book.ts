import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { isCurrencyCode } from '../../../kernel/currency.ts';
import { type Decimal, formatUnits, MAX_SCALE } from '../../../kernel/decimal.ts';
import { ledgerDescription } from './ledger-description.ts';
import type { RecordPlace, StatementSink } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';
import { EntryBalances, NamedFaults } from './xml-ledger.ts';
import { decimalOf, unitsOf } from './xml-values.ts';

/** A commodity of a GnuCash book: `CURRENCY` (older: `ISO4217`) and its code, or a security of an exchange. */
export interface GnucashCommodity {
  readonly space: string;
  readonly id: string;
}

/** Whose book it is; '' is not stated. */
export interface GnucashIdentity {
  readonly bookId: string;
  /** Company name of the business options. */
  readonly company: string;
}

export interface GnucashAccount {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly code: string;
  /** Code of the currency or security that it is kept in. */
  readonly commodity: string;
  /** '' for the root account. */
  readonly parent: string;
}

export interface GnucashTransaction {
  readonly id: string;
  readonly number: string;
  readonly description: string;
  readonly currency: GnucashCommodity;
  readonly day: CivilDay | { readonly reason: string };
}

export interface GnucashSplit {
  readonly account: string;
  readonly memo: string;
  readonly action: string;
  /** `v` where the transaction was voided, which leaves its splits at zero. */
  readonly reconciled: string;
  /** The value in the transaction's currency, numerator and denominator. */
  readonly value: readonly [numerator: bigint, denominator: bigint] | null;
  /** The amount in what the account is kept in: shares, or units of its own currency. */
  readonly quantity: readonly [numerator: bigint, denominator: bigint] | null;
}

/** `12345/100`; null where it is no fraction. */
export const fractionOf = (text: string): readonly [bigint, bigint] | null => {
  const match = /^([+-]?\d{1,30})\/([+-]?\d{1,30})$/.exec(text);
  return match ? [BigInt(match[1] ?? '0'), BigInt(match[2] ?? '0')] : null;
};

/** The value of a fraction as a decimal, exactly; null where it is no finite decimal of nine places and 2^53 units. */
export const exactDecimal = ([numerator, denominator]: readonly [bigint, bigint]): Decimal | null => {
  if (denominator <= 0n) return null;
  // A power of ten is the usual case, and says how many decimals the book keeps.
  const places = String(denominator).length - 1;
  if (places <= MAX_SCALE && denominator === 10n ** BigInt(places)) {
    const units = Number(numerator);
    if (Number.isSafeInteger(units)) return { units, scale: places };
  }
  const scaled = numerator * 10n ** BigInt(MAX_SCALE);
  return scaled % denominator === 0n ? decimalOf(scaled / denominator) : null;
};

/** The quantity of a split, where it is another number than its value: ` [130 TDB160]`. */
const quantityText = ({ value, quantity }: GnucashSplit, account: GnucashAccount | undefined): string => {
  if (quantity === null || value === null || quantity[0] * value[1] === value[0] * quantity[1]) return '';
  const exact = exactDecimal(quantity);
  const text = exact === null ? quantity.join('/') : formatUnits(exact.units, exact.scale, 0);
  return ` [${[text, account?.commodity ?? ''].join(' ').trim()}]`;
};

/** Deepest nesting of accounts that names are put together from. */
const MAX_DEPTH = 64;

const isCurrency = (commodity: GnucashCommodity): boolean =>
  /^(?:CURRENCY|ISO4217)$/.test(commodity.space) && isCurrencyCode(commodity.id);

/**
 * Turns the accounts, transactions and splits of a GnuCash book into statements: one for each currency that transactions
 * are in, because amounts of several do not add up; one split, one transaction. Used by the XML and the SQLite reader.
 */
export class GnucashBook {
  private readonly sink: StatementSink;
  private readonly tally: WarningTally;
  private readonly identity: () => GnucashIdentity;
  private readonly accounts = new Map<string, GnucashAccount>();
  private readonly names = new Map<string, string>();
  private readonly statements = new Map<string, { readonly index: number; readonly balances: EntryBalances }>();
  private readonly unknownAccounts = new NamedFaults();
  private transaction: GnucashTransaction | null = null;
  transactions = 0;
  splits = 0;

  /** `identity` is asked when a statement opens. */
  constructor(sink: StatementSink, tally: WarningTally, identity: () => GnucashIdentity) {
    this.sink = sink;
    this.tally = tally;
    this.identity = identity;
  }

  get accountCount(): number {
    return this.accounts.size;
  }

  account(account: GnucashAccount): void {
    this.accounts.set(account.id, account);
  }

  begin(transaction: GnucashTransaction): void {
    this.transaction = transaction;
    this.transactions++;
    this.statementOf(transaction.currency).balances.begin();
  }

  /** One split of the transaction that began last. */
  split(split: GnucashSplit, place: RecordPlace, raw: () => string): void {
    const { transaction } = this;
    if (transaction === null) throw new Error('a split outside a transaction');
    this.splits++;
    const { index, balances } = this.statementOf(transaction.currency);
    const amount = split.value === null ? null : exactDecimal(split.value);
    if (amount === null || typeof transaction.day === 'object') {
      balances.spoil();
      const value =
        split.value === null
          ? 'its value cannot be read'
          : `its value ${split.value.join('/')} is no decimal that can be held exactly`;
      const reason = typeof transaction.day === 'object' ? transaction.day.reason : value;
      this.sink.reject({ place, reason, raw: raw() });
      return;
    }
    balances.add(unitsOf(amount), place.row);
    if (split.reconciled === 'v')
      this.tally.note(
        'gnucash.voided',
        place.row,
        'A split belongs to a transaction that was voided: its value is zero',
      );
    const account = this.accounts.get(split.account);
    if (account === undefined) this.unknownAccounts.add(split.account || 'none stated', place.row);
    this.sink.transaction({
      place,
      statement: index,
      bookingDate: transaction.day,
      valueDate: UNKNOWN_DAY,
      amount,
      currency: isCurrency(transaction.currency) ? transaction.currency.id : null,
      description: `${ledgerDescription(transaction.description, split.memo)}${quantityText(split, account)}`.trim(),
      counterparty: '',
      counterpartyAccount: '',
      reference: transaction.number,
      type: split.action,
      entry: transaction.id,
      ledgerAccount: account === undefined ? split.account : this.nameOf(account),
    });
  }

  endTransaction(): void {
    const { transaction } = this;
    if (transaction === null) return;
    this.statementOf(transaction.currency).balances.end(
      [transaction.number, transaction.description].filter(Boolean).join(' ') || transaction.id,
    );
    this.transaction = null;
  }

  end(): void {
    for (const { index, balances } of this.statements.values()) {
      this.sink.entries(index, balances.entries);
      balances.warn(this.sink);
    }
    this.unknownAccounts.warn(this.sink, 'gnucash.unknown-account', 'Splits of accounts that the book does not have');
    if (this.transactions === 0)
      this.sink.warn({
        row: null,
        code: 'gnucash.no-transactions',
        message: 'The book is whole and holds no transactions: there is nothing to import from it.',
      });
  }

  private statementOf(commodity: GnucashCommodity): { readonly index: number; readonly balances: EntryBalances } {
    const key = `${commodity.space}:${commodity.id}`;
    let statement = this.statements.get(key);
    if (statement !== undefined) return statement;
    const { bookId, company } = this.identity();
    if (!isCurrency(commodity))
      this.tally.note(
        'gnucash.currency',
        null,
        `Transactions are kept in ${key === ':' ? 'no stated commodity' : key}, which is no currency: their currency counts as not stated`,
      );
    const index = this.sink.statement({
      accountId: bookId || null,
      currency: isCurrency(commodity) ? commodity.id : null,
      institution: null,
      owner: company || null,
      statementId: null,
    });
    statement = { index, balances: new EntryBalances() };
    this.statements.set(key, statement);
    return statement;
  }

  /** Code and full name, as GnuCash shows it: `1010 Assets:Current Assets:Cash`. */
  private nameOf(account: GnucashAccount): string {
    const known = this.names.get(account.id);
    if (known !== undefined) return known;
    const parts: string[] = [];
    let at: GnucashAccount | undefined = account;
    while (at !== undefined && at.type !== 'ROOT' && parts.length < MAX_DEPTH) {
      parts.unshift(at.name);
      at = this.accounts.get(at.parent);
    }
    const name = [account.code, parts.join(':')].filter(part => part !== '').join(' ');
    this.names.set(account.id, name);
    return name;
  }
}
