import { isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { currencyExponent } from '../../../kernel/currency.ts';
import type { Decimal } from '../../../kernel/decimal.ts';
import { formatUnits, powerOfTen } from '../../../kernel/decimal.ts';
import type { StatedBalance } from './statement-sink.ts';
import type { StatementTotals } from './statement-totals.ts';

/** A statement in the words of the wire: amounts as decimal text, days as ISO text. */
export interface StatementFacts {
  readonly account: {
    readonly id: string | null;
    readonly currency: string | null;
    readonly institution: string | null;
  };
  readonly statementId: string | null;
  readonly opening: { readonly amount: string; readonly date: string | null } | null;
  readonly closing: { readonly amount: string; readonly date: string | null } | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly count: number;
  /** Journal entries or vouchers, where the statement stands for a ledger. */
  readonly entries?: number;
  readonly credits: string;
  readonly debits: string;
  /** opening + credits − debits = closing, exactly; null where a balance is not stated. */
  readonly balanced: boolean | null;
}

const unitsAt = (value: Decimal, scale: number): bigint =>
  BigInt(value.units) * BigInt(powerOfTen(scale - value.scale));

const balanceFacts = (balance: StatedBalance | null, currency: string | null) =>
  balance === null
    ? null
    : {
        amount: formatUnits(
          balance.amount.units,
          balance.amount.scale,
          Math.min(balance.amount.scale, currencyExponent(currency)),
        ),
        date: isoDate(balance.date),
      };

/** Facts of a statement from its totals. */
export const statementFacts = (totals: StatementTotals): StatementFacts => {
  const { header, balances } = totals;
  const exponent = currencyExponent(header.currency);
  const { opening, closing } = balances;
  const scale = Math.max(totals.scale, opening?.amount.scale ?? 0, closing?.amount.scale ?? 0);
  const sum = (totals.credits - totals.debits) * BigInt(powerOfTen(scale - totals.scale));
  return {
    account: { id: header.accountId, currency: header.currency, institution: header.institution },
    statementId: header.statementId,
    opening: balanceFacts(opening, header.currency),
    closing: balanceFacts(closing, header.currency),
    from: totals.firstDay === UNKNOWN_DAY ? null : isoDate(totals.firstDay),
    to: totals.lastDay === UNKNOWN_DAY ? null : isoDate(totals.lastDay),
    count: totals.count,
    ...(totals.entries === null ? {} : { entries: totals.entries }),
    credits: formatUnits(totals.credits, totals.scale, Math.min(totals.scale, exponent)),
    debits: formatUnits(totals.debits, totals.scale, Math.min(totals.scale, exponent)),
    balanced:
      opening === null || closing === null
        ? null
        : unitsAt(opening.amount, scale) + sum === unitsAt(closing.amount, scale),
  };
};
