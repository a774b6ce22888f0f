import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { powerOfTen } from '../../../kernel/decimal.ts';
import { type MatchReference, type MatchText, matchReference, matchText } from './match-text.ts';
import type { ReconciliationSide, SideName } from './reconciliation-side.ts';

/** How a row's currency is known. */
export const CURRENCY_STATED = 0;
/** The whole side states none; the other side's only currency is taken (or neither side states one). */
export const CURRENCY_TAKEN_FOR_SIDE = 1;
/** This row states none while others of its side do; the other side's only currency is assumed: never more than a proposal. */
export const CURRENCY_ASSUMED_FOR_ROW = 2;
/** It could be one of several: the row matches nothing. */
export const CURRENCY_UNDECIDED = 3;

const NONE: ReadonlySet<number> = new Set();

/** A side with everything on the scales of the comparison: one decimal scale, one list of currencies, prepared texts. */
export interface ComparableRows {
  readonly name: SideName;
  readonly rowCount: number;
  readonly rowNumber: Uint32Array;
  readonly day: Int32Array;
  /** Units at the common scale; NaN where unknown or too large to be compared exactly. */
  readonly amount: Float64Array;
  /** Code of the currency compared with, in the list shared by both sides; negative where it matches nothing. */
  readonly currency: Int32Array;
  readonly currencyKnowledge: Uint8Array;
  readonly text: readonly MatchText[];
  readonly reference: readonly MatchReference[];
  readonly repeated: ReadonlySet<number>;
  /** Code of the own account by row; null where the side does not tell accounts apart. */
  readonly account: Int32Array | null;
  readonly accounts: readonly string[];
}

export interface ComparableSides {
  readonly bank: ComparableRows;
  readonly ledger: ComparableRows;
  readonly scale: number;
  /** Currency codes by their number; null is "not stated on either side". */
  readonly currencies: readonly (string | null)[];
  /** Assumptions made, in plain words. */
  readonly notes: readonly string[];
}

/** The row can take part in matching: its amount, its day and the currency to compare with are known. */
export const isComparable = (rows: ComparableRows, index: number): boolean =>
  !Number.isNaN(rows.amount[index] ?? Number.NaN) &&
  (rows.day[index] ?? UNKNOWN_DAY) !== UNKNOWN_DAY &&
  (rows.currency[index] ?? -1) >= 0 &&
  !rows.repeated.has(index);

const scaledAmounts = (side: ReconciliationSide, scale: number): Float64Array => {
  const factor = powerOfTen(scale - side.scale);
  const amounts = new Float64Array(side.rowCount);
  for (let i = 0; i < side.rowCount; i++) {
    const units = (side.amountUnits[i] ?? Number.NaN) * factor;
    amounts[i] = Number.isSafeInteger(units) ? units : Number.NaN;
  }
  return amounts;
};

const preparedTexts = <T>(count: number, at: (index: number) => string, prepare: (text: string) => T): T[] => {
  const known = new Map<string, T>();
  const prepared: T[] = [];
  for (let i = 0; i < count; i++) {
    const text = at(i);
    let value = known.get(text);
    if (value === undefined) {
      value = prepare(text);
      known.set(text, value);
    }
    prepared.push(value);
  }
  return prepared;
};

/** Each row's stated currency, normalised; '' where none is stated. */
const statedCurrencies = (side: ReconciliationSide): { readonly codeOf: Int32Array; readonly names: string[] } => {
  const names: string[] = [];
  const codeOf = new Int32Array(side.rowCount).fill(-1);
  const column = side.currency;
  if (column === null) return { codeOf, names };
  const codeOfValue = column.values.map(value => {
    const name = value.trim().toUpperCase();
    if (name === '') return -1;
    const known = names.indexOf(name);
    return known >= 0 ? known : names.push(name) - 1;
  });
  for (let i = 0; i < side.rowCount; i++) codeOf[i] = codeOfValue[column.codes[i] ?? -1] ?? -1;
  const used = new Set(codeOf);
  return { codeOf, names: names.map((name, code) => (used.has(code) ? name : '')) };
};

interface SideCurrencies {
  readonly currency: Int32Array;
  readonly knowledge: Uint8Array;
}

const comparedCurrencies = (
  own: { readonly codeOf: Int32Array; readonly names: readonly string[] },
  otherNames: readonly string[],
  shared: (name: string | null) => number,
  name: SideName,
  notes: string[],
): SideCurrencies => {
  const statesOwn = own.names.some(value => value !== '');
  const others = otherNames.filter(value => value !== '');
  const ownStated = own.names.filter(value => value !== '');
  const count = own.codeOf.length;
  const currency = new Int32Array(count);
  const knowledge = new Uint8Array(count);
  const sharedOf = own.names.map(value => (value === '' ? -1 : shared(value)));
  const otherName = name === 'bank' ? 'ledger' : 'bank';
  // Without any currency on the other side, a single currency of this side's other rows stands for both.
  const only =
    others.length === 1 ? others[0] : others.length === 0 && ownStated.length === 1 ? ownStated[0] : undefined;
  let fallback = -1;
  let fallbackKnowledge = CURRENCY_UNDECIDED;
  if (!statesOwn && others.length === 0) {
    fallback = shared(null);
    fallbackKnowledge = CURRENCY_TAKEN_FOR_SIDE;
  } else if (only !== undefined) {
    fallback = shared(only);
    fallbackKnowledge = statesOwn ? CURRENCY_ASSUMED_FOR_ROW : CURRENCY_TAKEN_FOR_SIDE;
  }
  let unstated = 0;
  for (let i = 0; i < count; i++) {
    const code = own.codeOf[i] ?? -1;
    if (code >= 0) currency[i] = sharedOf[code] ?? -1;
    else {
      unstated++;
      currency[i] = fallback;
      knowledge[i] = fallbackKnowledge;
    }
  }
  if (unstated > 0) {
    if (fallbackKnowledge === CURRENCY_UNDECIDED)
      notes.push(
        `${unstated} ${name} rows state no currency and it cannot be told which one is meant: they match nothing`,
      );
    else if (only === undefined)
      notes.push(`the ${name} side states no currency; neither does the other: taken as one currency`);
    else if (statesOwn)
      notes.push(`${unstated} ${name} rows state no currency; ${only} is assumed, such matches are only proposed`);
    else
      notes.push(`the ${name} side states no currency; taken as ${only}, the only currency of the ${otherName} side`);
  }
  return { currency, knowledge };
};

/** Brings both sides to one scale and one list of currencies. `scale` is at least both sides' scales. */
export const comparableSides = (
  bank: ReconciliationSide,
  ledger: ReconciliationSide,
  scale: number,
): ComparableSides => {
  const currencies: (string | null)[] = [];
  const shared = (name: string | null): number => {
    const known = currencies.indexOf(name);
    return known >= 0 ? known : currencies.push(name) - 1;
  };
  const notes: string[] = [];
  const stated = { bank: statedCurrencies(bank), ledger: statedCurrencies(ledger) };
  const rows = (name: SideName, side: ReconciliationSide, other: SideName): ComparableRows => {
    const { currency, knowledge } = comparedCurrencies(stated[name], stated[other].names, shared, name, notes);
    return {
      name,
      rowCount: side.rowCount,
      rowNumber: side.rowNumber,
      day: side.day,
      amount: scaledAmounts(side, scale),
      currency,
      currencyKnowledge: knowledge,
      text: preparedTexts(side.rowCount, i => side.text(i), matchText),
      reference: preparedTexts(side.rowCount, i => side.reference(i), matchReference),
      repeated: side.repeated ?? NONE,
      account: side.account?.codes ?? null,
      accounts: side.account?.values ?? [],
    };
  };
  return { bank: rows('bank', bank, 'ledger'), ledger: rows('ledger', ledger, 'bank'), scale, currencies, notes };
};

/** The same rows without those that are taken: they match nothing. */
export const withoutRows = (rows: ComparableRows, taken: (index: number) => boolean): ComparableRows => ({
  ...rows,
  currency: rows.currency.map((code, index) => (taken(index) ? -1 : code)),
});

/** The same rows with every amount's sign turned. */
export const negated = (rows: ComparableRows): ComparableRows => ({
  ...rows,
  amount: rows.amount.map(units => (units === 0 ? 0 : -units)),
});
