import type { CivilDay } from '../../../kernel/civil-date.ts';
import { civilParts, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import type { Decimal } from '../../../kernel/decimal.ts';
import type { RunningBalances } from './hledger-assertions.ts';
import {
  isExchange,
  residual,
  sumsOf,
  sumsText,
  type UnitConversions,
  type WeighedPosting,
  weightOf,
} from './hledger-balance.ts';
import type { JournalDates } from './hledger-dates.ts';
import type { WrittenEntry, WrittenPosting } from './hledger-entry.ts';
import type { DecimalMarks } from './hledger-number.ts';
import { amountOf, evaluate, isQuantity, type NoQuantity, type Quantity, quantityOf } from './hledger-values.ts';
import { negate } from './plaintext-rational.ts';
import { FileRefused } from './statement-sink.ts';

/** One amount that a posting books; a posting has several where its amount was left out of an entry in several commodities. */
export interface SettledAmount {
  readonly posting: WrittenPosting;
  readonly quantity: Quantity;
  readonly amount: Decimal;
  readonly bookingDate: CivilDay;
  readonly valueDate: CivilDay;
  readonly inferred: boolean;
}

export interface SettledEntry {
  readonly entry: WrittenEntry;
  readonly amounts: readonly SettledAmount[];
  readonly rejected: readonly { readonly posting: WrittenPosting; readonly reason: string }[];
  /** What the entry is out of balance by; null where it balances or cannot be judged. */
  readonly imbalance: string | null;
  /** Whether an exchange without a stated cost balances it. */
  readonly exchange: boolean;
}

/** What settling needs to know of the journal as a whole. */
interface JournalFacts {
  readonly marks: DecimalMarks;
  readonly dates: JournalDates;
  readonly units: UnitConversions;
  /** Most decimals a commodity is written with anywhere in the journal. */
  readonly decimals: ReadonlyMap<string, number>;
  /** Balances so far; null where the entries do not stand in the order of their dates. */
  readonly running: RunningBalances | null;
}

interface Draft {
  readonly posting: WrittenPosting;
  readonly bookingDate: CivilDay;
  readonly valueDate: CivilDay;
  /** Null where the amount was left out. */
  readonly weighed: WeighedPosting | null;
}

/** Settles amounts, dates and balance of an entry. Throws FileRefused `dialect.ambiguous` where a number has two readings. */
export const settleEntry = (entry: WrittenEntry, facts: JournalFacts): SettledEntry => {
  const rejected: { posting: WrittenPosting; reason: string }[] = [];
  const day = facts.dates.day(entry.heading.date);
  if (typeof day === 'string') {
    for (const posting of entry.postings) rejected.push({ posting, reason: day });
    return { entry, amounts: [], rejected, imbalance: null, exchange: false };
  }
  const { year } = civilParts(day);
  const drafts: Draft[] = [];
  for (const posting of entry.postings) {
    const draft = draftOf(posting, entry, day, year, facts);
    if (typeof draft === 'string') rejected.push({ posting, reason: draft });
    else drafts.push(draft);
  }
  const isWhole = rejected.length === 0 && !entry.incomplete;
  const amounts: SettledAmount[] = [];
  const inferred: Inferred = isWhole ? inferAmounts(drafts, facts) : new Map();
  for (const draft of drafts) {
    const quantities = draft.weighed === null ? (inferred.get(draft) ?? INCOMPLETE) : [draft.weighed.amount];
    if (typeof quantities === 'string') {
      rejected.push({ posting: draft.posting, reason: quantities });
      continue;
    }
    const decimals = quantities.map(amountOf);
    if (decimals.includes(null)) {
      rejected.push({
        posting: draft.posting,
        reason: 'the amount cannot be kept exactly: it has more than 9 decimals or 2^53 units',
      });
      continue;
    }
    for (const [i, quantity] of quantities.entries())
      amounts.push({ ...draft, quantity, amount: decimals[i]!, inferred: draft.weighed === null });
  }
  const judged =
    isWhole && rejected.length === 0 ? judge(drafts, inferred, facts) : { imbalance: null, exchange: false };
  return { entry, amounts, rejected, ...judged };
};

/** Amounts that were left out, by their posting; a text says why one cannot be inferred. */
type Inferred = ReadonlyMap<Draft, Quantity[] | string>;

const INCOMPLETE = 'its amount was left out, and another posting of the entry could not be read';

const draftOf = (
  posting: WrittenPosting,
  entry: WrittenEntry,
  day: CivilDay,
  year: number,
  { marks, dates }: JournalFacts,
): Draft | string => {
  const own = posting.date === null ? day : dates.day(posting.date, year);
  if (typeof own === 'string') return own;
  const stated = posting.secondary ?? entry.heading.secondary;
  const second = stated === null ? UNKNOWN_DAY : dates.day(stated, year);
  if (typeof second === 'string') return second;
  const base = { posting, bookingDate: own, valueDate: second };
  const { amount, cost, lot } = posting.value;
  if (amount === null) return { ...base, weighed: null };
  const read = (expression: NonNullable<typeof amount>): Quantity | NoQuantity =>
    evaluate(expression, posting.defaultCommodity, marks);
  const value = known(read(amount), posting);
  if (typeof value === 'string') return value;
  const prices: (WeighedPosting['cost'] | string)[] = [cost, lot].map(price => {
    if (price === null) return null;
    const quantity = known(read(price.amount), posting);
    return typeof quantity === 'string' ? quantity : { total: price.total, price: quantity };
  });
  const [costs, lots] = prices;
  if (typeof costs === 'string') return costs;
  if (typeof lots === 'string') return lots;
  return { ...base, weighed: { amount: value, cost: costs ?? null, lot: lots ?? null } };
};

/** The quantity, or the reason why there is none. An amount of two readings is a question to the examiner. */
const known = (read: Quantity | NoQuantity, { place, value }: WrittenPosting): Quantity | string => {
  if (isQuantity(read)) return read;
  if (read === 'ambiguous') {
    const written = value.amount?.kind === 'amount' ? ` "${value.amount.amount.number}"` : '';
    throw new FileRefused(
      'dialect.ambiguous',
      `The amount${written} in line ${place.row} has two readings, and no directive or other amount of the journal tells its decimal mark. State decimalSign.`,
      place.row,
      { decimalSign: ['.', ','] },
    );
  }
  return read.reason;
};

const inferAmounts = (drafts: readonly Draft[], facts: JournalFacts): Inferred => {
  const found = new Map<Draft, Quantity[] | string>();
  for (const draft of drafts)
    if (draft.weighed === null && draft.posting.value.assertion !== null) found.set(draft, assigned(draft, facts));
  for (const kind of ['real', 'balanced-virtual', 'virtual'] as const) {
    const group = drafts.filter(draft => draft.posting.kind === kind);
    const missing = group.filter(draft => draft.weighed === null && !found.has(draft));
    if (missing.length === 0) continue;
    if (kind === 'virtual' || missing.length > 1)
      for (const draft of missing)
        found.set(
          draft,
          kind === 'virtual'
            ? 'a virtual posting in parentheses has no amount, and nothing to infer it from'
            : `${missing.length} postings of the entry have no amount: only one can be inferred`,
        );
    else found.set(missing[0]!, inferred(group, drafts, found, facts));
  }
  return found;
};

/** An amount left out beside a balance assertion: what brings the account to the asserted balance. */
const assigned = ({ posting }: Draft, { running, marks }: JournalFacts): Quantity[] | string => {
  const { assertion } = posting.value;
  if (assertion === null) return INCOMPLETE;
  if (running === null)
    return 'its amount follows from a balance assertion, and the entries do not stand in the order of their dates';
  const target = quantityOf(assertion.amount, posting.defaultCommodity, marks);
  if (!isQuantity(target)) return known(target, posting) as string;
  return [running.missingTo(posting.account, target, assertion.inclusive)];
};

const inferred = (
  group: readonly Draft[],
  drafts: readonly Draft[],
  found: Inferred,
  { units, decimals }: JournalFacts,
): Quantity[] | string => {
  if (group.some(draft => typeof found.get(draft) === 'string')) return INCOMPLETE;
  const sums = sumsOf(weightsOf(group, found, false), units);
  const byLot = sumsOf(weightsOf(group, found, true), units);
  if (sumsText([...sums]) !== sumsText([...byLot]))
    return 'its amount was left out, and programs differ on it: lots were sold at another price than they were bought';
  // ledger balances [virtual] postings together with the real ones, hledger apart from them.
  const others = drafts.filter(({ posting }) => posting.kind !== 'virtual' && posting.kind !== group[0]!.posting.kind);
  const isOpen = others.some(draft => draft.weighed === null);
  if (!isOpen && residual(sumsOf(weightsOf(others, found, false), units), () => 0).length > 0)
    return 'its amount was left out, and programs differ on it: virtual and real postings do not balance by themselves';
  const scales = scalesOf(group);
  const amounts = [...sums]
    .filter(([, sum]) => sum.n !== 0n)
    .map(([commodity, sum]) => ({ value: negate(sum), commodity, scale: scales.get(commodity) ?? 0 }));
  if (amounts.length > 0) return amounts;
  const [only = ''] = sums.size === 1 ? [...sums.keys()] : [];
  return [{ value: { n: 0n, d: 1n }, commodity: only, scale: decimals.get(only) ?? 0 }];
};

/** Most decimals that each commodity is written with in the postings. */
const scalesOf = (drafts: readonly Draft[]): Map<string, number> => {
  const scales = new Map<string, number>();
  for (const { weighed } of drafts) {
    if (weighed === null) continue;
    const { commodity, scale } = weighed.amount;
    scales.set(commodity, Math.max(scale, scales.get(commodity) ?? 0));
  }
  return scales;
};

/** What the postings count in the balance; one whose amount is not known yet counts nothing. */
const weightsOf = (drafts: readonly Draft[], found: Inferred, byLot: boolean): Quantity[] =>
  drafts.flatMap(draft => {
    if (draft.weighed !== null) return [weightOf(draft.weighed, byLot)];
    const amounts = found.get(draft);
    return Array.isArray(amounts) ? amounts : [];
  });

/** Whether a complete entry balances: its real postings, and its virtual ones in brackets with them or by themselves. */
const judge = (
  drafts: readonly Draft[],
  found: Inferred,
  { units, decimals }: JournalFacts,
): { readonly imbalance: string | null; readonly exchange: boolean } => {
  const judged = drafts.filter(({ posting }) => posting.kind !== 'virtual');
  const scales = scalesOf(judged);
  const places = (commodity: string): number => scales.get(commodity) ?? decimals.get(commodity) ?? 0;
  const left = residual(sumsOf(weightsOf(judged, found, false), units), places);
  if (left.length === 0) return { imbalance: null, exchange: false };
  if (residual(sumsOf(weightsOf(judged, found, true), units), places).length === 0)
    return { imbalance: null, exchange: false };
  const hasCosts = judged.some(({ weighed }) => weighed !== null && weighed.cost !== null);
  return isExchange(left, hasCosts)
    ? { imbalance: null, exchange: true }
    : { imbalance: sumsText(left), exchange: false };
};
