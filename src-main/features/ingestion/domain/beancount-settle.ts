import type { Decimal } from '../../../kernel/decimal.ts';
import type { BeancountPosting, BeancountTransaction } from './beancount-reader.ts';
import {
  add,
  exactDecimal,
  isWithin,
  magnitude,
  multiply,
  negate,
  type Rational,
  rationalText,
  roundHalfEven,
  ZERO,
} from './plaintext-rational.ts';

/** One amount that a posting books. */
export interface BookedAmount {
  readonly posting: BeancountPosting;
  readonly value: Rational;
  readonly amount: Decimal;
  readonly currency: string;
  readonly inferred: boolean;
}

export interface SettledTransaction {
  readonly transaction: BeancountTransaction;
  readonly amounts: readonly BookedAmount[];
  readonly rejected: readonly { readonly posting: BeancountPosting; readonly reason: string }[];
  /** What is left over; null where the transaction balances within its tolerance or cannot be judged. */
  readonly imbalance: string | null;
}

/** Weight of a posting; null where it depends on lots that only matching would find. */
interface Weight {
  readonly value: Rational;
  readonly currency: string;
}

/** Tolerance of a currency as beancount infers it, and the decimals it stands for. */
type Tolerances = ReadonlyMap<string, { readonly tolerance: Rational; readonly decimals: number }>;

/** Settles the amounts of a transaction (Beancount: "Balancing Rule", "Amount Interpolation", "Precision & Tolerances"). */
export const settleTransaction = (transaction: BeancountTransaction, multiplier: Rational): SettledTransaction => {
  const { postings } = transaction;
  const rejected: { posting: BeancountPosting; reason: string }[] = [];
  const weights = postings.map(weightOf);
  const missing = missingOf(postings);
  const tolerances = tolerancesOf(postings, multiplier);
  const sums = new Map<string, Rational>();
  for (const weight of weights)
    if (weight !== null && weight !== 'missing')
      sums.set(weight.currency, add(sums.get(weight.currency) ?? ZERO, weight.value));
  const isJudged = !transaction.incomplete && !weights.includes(null);
  const amounts: BookedAmount[] = [];
  for (const posting of postings) {
    const booked = isMissing(posting) ? inferred(posting, missing, isJudged, sums, tolerances) : stated(posting);
    if (typeof booked === 'string') rejected.push({ posting, reason: booked });
    else amounts.push(...booked);
  }
  const isWhole = isJudged && rejected.length === 0;
  const left = isWhole && missing.size === 0 ? leftOver(sums, tolerances) : [];
  const imbalance = left.map(([currency, sum]) => `${rationalText(sum)} ${currency}`).join(', ');
  return { transaction, amounts, rejected, imbalance: imbalance === '' ? null : imbalance };
};

/** How many postings leave their number out, by the currency they name; null where they name none. */
type Missing = ReadonlyMap<string | null, number>;

const missingOf = (postings: readonly BeancountPosting[]): Missing => {
  const missing = new Map<string | null, number>();
  for (const posting of postings) {
    const { currency } = posting.value.units;
    if (isMissing(posting)) missing.set(currency, (missing.get(currency) ?? 0) + 1);
  }
  return missing;
};

/** How many postings, itself included, could take what is left over in a currency; one that names none takes of all. */
const rivalsOf = (currency: string | null, missing: Missing): number =>
  currency === null
    ? [...missing.values()].reduce((sum, count) => sum + count, 0)
    : (missing.get(null) ?? 0) + (missing.get(currency) ?? 0);

const isMissing = ({ value }: BeancountPosting): boolean => value.units.number === null;

const stated = (posting: BeancountPosting): BookedAmount[] | string => {
  const { number, currency } = posting.value.units;
  if (number === null || currency === null) return 'the amount has no currency';
  const amount = exactDecimal(number.value, number.scale);
  if (amount === null) return 'the amount cannot be kept exactly: it has more than 9 decimals or 2^53 units';
  return [{ posting, value: number.value, amount, currency, inferred: false }];
};

/** The weight of a posting in its transaction: its cost, else its price, else its units. */
const weightOf = ({ value }: BeancountPosting): Weight | null | 'missing' => {
  const { units, cost, price } = value;
  if (units.number === null) return cost === null && price === null ? 'missing' : null;
  if (units.currency === null) return null;
  const size = units.number.value;
  const signed = (total: Rational): Rational => (size.n < 0n ? negate(magnitude(total)) : magnitude(total));
  if (cost !== null) {
    if (cost.currency === null || (cost.perUnit === null && cost.total === null)) return null;
    const each = cost.perUnit === null ? ZERO : multiply(size, cost.perUnit);
    return { value: add(each, cost.total === null ? ZERO : signed(cost.total)), currency: cost.currency };
  }
  if (price !== null) {
    const { number, currency } = price.amount;
    if (number === null || currency === null) return null;
    return { value: price.total ? signed(number.value) : multiply(size, number.value), currency };
  }
  return { value: size, currency: units.currency };
};

/** Half a unit in the last place that a currency's amounts are written with, the coarsest of the transaction. */
const tolerancesOf = (postings: readonly BeancountPosting[], multiplier: Rational): Tolerances => {
  const tolerances = new Map<string, { tolerance: Rational; decimals: number }>();
  for (const { value } of postings) {
    const { number, currency } = value.units;
    if (number === null || currency === null || number.scale === 0) continue;
    const known = tolerances.get(currency);
    if (known !== undefined && known.decimals <= number.scale) continue;
    const tolerance = multiply(multiplier, { n: 1n, d: 10n ** BigInt(number.scale) });
    tolerances.set(currency, { tolerance, decimals: number.scale });
  }
  return tolerances;
};

const leftOver = (sums: ReadonlyMap<string, Rational>, tolerances: Tolerances): [string, Rational][] =>
  [...sums].filter(([currency, sum]) => !isWithin(sum, tolerances.get(currency)?.tolerance ?? ZERO));

/** The amounts of a posting that leaves its number out: what the others leave over, rounded to the currency's decimals there. */
const inferred = (
  posting: BeancountPosting,
  missing: Missing,
  isJudged: boolean,
  sums: ReadonlyMap<string, Rational>,
  tolerances: Tolerances,
): BookedAmount[] | string => {
  if (!isJudged) return 'its amount was left out, and the weight of another posting of the transaction is not known';
  const { currency } = posting.value.units;
  const rivals = rivalsOf(currency, missing);
  if (rivals > 1) return `${rivals} postings of the transaction have no amount: only one can be inferred`;
  const left = [...sums].filter(([each]) => currency === null || each === currency);
  const amounts: BookedAmount[] = [];
  const isOpen = left.filter(([, sum]) => sum.n !== 0n);
  // Where the others leave nothing over, the posting is of nothing in their currency.
  for (const [each, sum] of isOpen.length > 0 ? isOpen : left.slice(0, 1)) {
    const decimals = tolerances.get(each)?.decimals;
    const value = decimals === undefined ? negate(sum) : roundHalfEven(negate(sum), decimals);
    const amount = exactDecimal(value, decimals ?? 0);
    if (amount === null) return 'the amount cannot be kept exactly: it has more than 9 decimals or 2^53 units';
    amounts.push({ posting, value, amount, currency: each, inferred: true });
  }
  return amounts.length > 0 ? amounts : 'its amount was left out, and there is nothing to infer it from';
};
