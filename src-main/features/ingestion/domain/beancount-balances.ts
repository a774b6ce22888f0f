import type { CivilDay } from '../../../kernel/civil-date.ts';
import type { BeancountBalance } from './beancount-reader.ts';
import type { SettledTransaction } from './beancount-settle.ts';
import { add, isWithin, type Rational, rationalText, subtract, ZERO } from './plaintext-rational.ts';

/** A balance directive that does not hold. */
interface BrokenBalance {
  readonly row: number;
  readonly text: string;
}

/**
 * Checks balance directives: what an account and its subaccounts hold in the currency at the beginning of the day
 * (Beancount Language Syntax, "Balance Assertions"). Accounts that a pad directive fills hold by construction.
 */
export const brokenBalances = (
  settled: readonly SettledTransaction[],
  balances: readonly BeancountBalance[],
  padded: ReadonlyMap<string, CivilDay>,
): BrokenBalance[] => {
  const transactions = settled.toSorted((a, b) => a.transaction.day - b.transaction.day);
  const running = new Map<string, Map<string, Rational>>();
  const broken: BrokenBalance[] = [];
  let at = 0;
  for (const { row, day, account, amount, tolerance } of balances.toSorted((a, b) => a.day - b.day)) {
    for (; at < transactions.length && transactions[at]!.transaction.day < day; at++)
      for (const { posting, currency, value } of transactions[at]!.amounts) {
        const held = running.get(posting.account) ?? new Map<string, Rational>();
        running.set(posting.account, held);
        held.set(currency, add(held.get(currency) ?? ZERO, value));
      }
    if (amount.number === null || amount.currency === null || isPadded(account, day, padded)) continue;
    let sum = ZERO;
    for (const [name, held] of running)
      if (name === account || name.startsWith(`${account}:`)) sum = add(sum, held.get(amount.currency) ?? ZERO);
    // Twice the usual half unit in the last place (beancount, get_balance_tolerance).
    const { scale, value } = amount.number;
    const allowed = tolerance ?? (scale === 0 ? ZERO : { n: 1n, d: 10n ** BigInt(scale) });
    if (!isWithin(subtract(sum, value), allowed))
      broken.push({
        row,
        text: `${account} is asserted at ${rationalText(value)} ${amount.currency} and comes to ${rationalText(sum)}`,
      });
  }
  return broken;
};

const isPadded = (account: string, day: CivilDay, padded: ReadonlyMap<string, CivilDay>): boolean =>
  [...padded].some(([name, from]) => from <= day && (name === account || name.startsWith(`${account}:`)));
