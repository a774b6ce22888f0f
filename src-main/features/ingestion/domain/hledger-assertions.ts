import type { CivilDay } from '../../../kernel/civil-date.ts';
import type { Quantity } from './hledger-values.ts';
import { add, halfUnit, isWithin, type Rational, rationalText, subtract, ZERO } from './plaintext-rational.ts';

/** Balances of accounts by commodity, as entries pass. */
export class RunningBalances {
  private readonly accounts = new Map<string, Map<string, Rational>>();

  book(account: string, { commodity, value }: Quantity): void {
    let commodities = this.accounts.get(account);
    if (commodities === undefined) {
      commodities = new Map();
      this.accounts.set(account, commodities);
    }
    commodities.set(commodity, add(commodities.get(commodity) ?? ZERO, value));
  }

  /** The balance of an account in a commodity, with its subaccounts where `inclusive`. */
  balance(account: string, commodity: string, inclusive: boolean): Rational {
    if (!inclusive) return this.accounts.get(account)?.get(commodity) ?? ZERO;
    let sum = ZERO;
    for (const [name, commodities] of this.accounts)
      if (name === account || name.startsWith(`${account}:`)) sum = add(sum, commodities.get(commodity) ?? ZERO);
    return sum;
  }

  /** Commodities of an account whose balance is not zero. */
  held(account: string): string[] {
    return [...(this.accounts.get(account) ?? [])]
      .filter(([, value]) => value.n !== 0n)
      .map(([commodity]) => commodity);
  }

  /** What must be booked so that the account reaches the target. */
  missingTo(account: string, target: Quantity, inclusive: boolean): Quantity {
    return { ...target, value: subtract(target.value, this.balance(account, target.commodity, inclusive)) };
  }
}

/** One booked posting, and the balance it asserts, in file order. */
export interface AssertedPosting {
  readonly row: number;
  readonly day: CivilDay;
  readonly account: string;
  readonly booked: readonly Quantity[];
  readonly assertion: { readonly sole: boolean; readonly inclusive: boolean; readonly target: Quantity } | null;
}

/** Balance assertions that do not hold, by row: with the balance that is there instead. */
const failedAssertions = (postings: readonly AssertedPosting[]): Map<number, string> => {
  const failed = new Map<number, string>();
  const running = new RunningBalances();
  for (const { row, account, booked, assertion } of postings) {
    for (const quantity of booked) running.book(account, quantity);
    if (assertion === null) continue;
    const { target, inclusive, sole } = assertion;
    const balance = running.balance(account, target.commodity, inclusive);
    const others = sole ? running.held(account).filter(commodity => commodity !== target.commodity) : [];
    if (!isWithin(subtract(balance, target.value), halfUnit(target.scale)))
      failed.set(
        row,
        `${account} is asserted at ${quantityText(target)} and comes to ${quantityText({ ...target, value: balance })}`,
      );
    else if (others.length > 0)
      failed.set(
        row,
        `${account} is asserted to hold ${target.commodity} alone and holds ${others.join(', ')} as well`,
      );
  }
  return failed;
};

/**
 * Assertions that hold neither in the order of the file (ledger) nor in the order of the dates (hledger); of journals
 * in the order of their dates both are the same.
 */
export const brokenAssertions = (postings: readonly AssertedPosting[]): Map<number, string> => {
  const inFile = failedAssertions(postings);
  if (inFile.size === 0) return inFile;
  const byDate = failedAssertions(postings.toSorted((a, b) => a.day - b.day));
  for (const row of [...inFile.keys()]) if (!byDate.has(row)) inFile.delete(row);
  return inFile;
};

const quantityText = ({ value, commodity }: Quantity): string => `${rationalText(value)} ${commodity}`.trim();
