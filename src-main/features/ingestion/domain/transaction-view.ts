import { isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { currencyExponent } from '../../../kernel/currency.ts';
import { formatUnits, UnitSum } from '../../../kernel/decimal.ts';
import type { CodedColumn } from '../../../kernel/dictionary.ts';
import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';

/** Columns a view filters, orders and counts. One element a transaction of the case. */
export interface ViewTable {
  readonly rowCount: number;
  readonly scale: number;
  readonly amountUnits: Float64Array;
  readonly bookingDay: Int32Array;
  readonly source: Int32Array;
  readonly sourceIds: readonly string[];
  readonly account: CodedColumn;
  readonly currency: CodedColumn;
  readonly type: CodedColumn;
  readonly party: CodedColumn;
  readonly category: CodedColumn;
}

/** All given conditions must hold. Bounds are in units of the table's scale and inclusive. Empty text is “not stated”. */
export interface ViewFilter {
  readonly sources?: ReadonlySet<number>;
  readonly account?: string;
  readonly currency?: string;
  readonly type?: string;
  readonly party?: string;
  readonly category?: string;
  readonly direction?: 'in' | 'out';
  readonly fromDay?: number;
  readonly toDay?: number;
  readonly minimumUnits?: number;
  readonly maximumUnits?: number;
  /** Only these rows (ascending), where given. */
  readonly rows?: Uint32Array;
}

export type ViewSort = 'place' | 'date' | 'amount' | 'party';

/** Matches no row: codes are 0 and up, and -1 is unknown, which is not the same as a value nobody has. */
const NO_CODE = -2;

const codeOf = (column: CodedColumn, value: string | undefined): number | null => {
  if (value === undefined) return null;
  if (value === '') return UNKNOWN_CODE;
  const code = column.values.indexOf(value);
  return code < 0 ? NO_CODE : code;
};

/** Rows that pass a filter, in file order. */
export const matchingRows = (table: ViewTable, filter: ViewFilter): Uint32Array => {
  const account = codeOf(table.account, filter.account);
  const currency = codeOf(table.currency, filter.currency);
  const type = codeOf(table.type, filter.type);
  const party = codeOf(table.party, filter.party);
  const category = codeOf(table.category, filter.category);
  const { direction, fromDay, toDay, minimumUnits, maximumUnits, sources, rows } = filter;
  const out = new Uint32Array(rows?.length ?? table.rowCount);
  let count = 0;
  const candidates = rows?.length ?? table.rowCount;
  for (let k = 0; k < candidates; k++) {
    const i = rows === undefined ? k : rows[k]!;
    const units = table.amountUnits[i]!;
    const day = table.bookingDay[i]!;
    if (sources !== undefined && !sources.has(table.source[i]!)) continue;
    if (account !== null && table.account.codes[i] !== account) continue;
    if (currency !== null && table.currency.codes[i] !== currency) continue;
    if (type !== null && table.type.codes[i] !== type) continue;
    if (party !== null && table.party.codes[i] !== party) continue;
    if (category !== null && table.category.codes[i] !== category) continue;
    if (direction === 'in' && !(units > 0)) continue;
    if (direction === 'out' && !(units < 0)) continue;
    if (fromDay !== undefined && (day === UNKNOWN_DAY || day < fromDay)) continue;
    if (toDay !== undefined && (day === UNKNOWN_DAY || day > toDay)) continue;
    if (minimumUnits !== undefined && !(units >= minimumUnits)) continue;
    if (maximumUnits !== undefined && !(units <= maximumUnits)) continue;
    out[count++] = i;
  }
  return out.subarray(0, count);
};

/** Orders rows; equal keys stay in file order. */
export const orderedRows = (table: ViewTable, rows: Uint32Array, sort: ViewSort, descending: boolean): Uint32Array => {
  if (sort === 'place') return descending ? rows.slice().reverse() : rows;
  const key = sortKey(table, sort);
  const direction = descending ? -1 : 1;
  const ordered = rows.slice().sort((a, b) => direction * (key[a]! - key[b]!) || a - b);
  if (sort !== 'party') return ordered;
  // Unknown parties come last, whichever way the others go.
  const known = ordered.filter(row => key[row] !== UNKNOWN_CODE);
  const unknown = ordered.filter(row => key[row] === UNKNOWN_CODE);
  ordered.set(known);
  ordered.set(unknown, known.length);
  return ordered;
};

const sortKey = (table: ViewTable, sort: Exclude<ViewSort, 'place'>): Float64Array | Int32Array => {
  if (sort === 'date') return table.bookingDay;
  if (sort === 'amount') return table.amountUnits;
  const order = table.party.values
    .map((value, code) => ({ value, code }))
    .sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
  const rank = new Int32Array(table.party.values.length);
  order.forEach(({ code }, place) => {
    rank[code] = place;
  });
  return Int32Array.from(table.party.codes, code => (code < 0 ? UNKNOWN_CODE : rank[code]!));
};

export interface CurrencySum {
  readonly currency: string | null;
  readonly credits: string;
  readonly debits: string;
}

/** Sums of money in and out per currency, exactly. */
export const sumsByCurrency = (table: ViewTable, rows: Uint32Array): CurrencySum[] => {
  const sums = new Map<number, { credits: UnitSum; debits: UnitSum }>();
  for (const i of rows) {
    const code = table.currency.codes[i]!;
    let sum = sums.get(code);
    if (sum === undefined) {
      sum = { credits: new UnitSum(), debits: new UnitSum() };
      sums.set(code, sum);
    }
    const units = table.amountUnits[i]!;
    if (units > 0) sum.credits.add(units);
    else if (units < 0) sum.debits.add(-units);
  }
  return [...sums].map(([code, { credits, debits }]) => {
    const currency = table.currency.values[code] ?? null;
    const decimals = Math.min(table.scale, currencyExponent(currency));
    return {
      currency,
      credits: formatUnits(credits.value, table.scale, decimals),
      debits: formatUnits(debits.value, table.scale, decimals),
    };
  });
};

export interface Facet {
  readonly name: 'sourceId' | 'account' | 'currency' | 'type' | 'direction' | 'month' | 'party' | 'category';
  readonly values: readonly { readonly value: string | null; readonly count: number }[];
  /** Distinct values beyond those listed. */
  readonly more: number;
}

/** Values a facet lists at most. */
const FACET_VALUES = 50;

/** Counts per value of each facet under a filter; the commonest first (months in order). */
export const facetsOf = (table: ViewTable, rows: Uint32Array): Facet[] => {
  const byCode = (name: Facet['name'], column: CodedColumn): Facet => {
    const counts = new Uint32Array(column.values.length + 1);
    for (const i of rows) counts[column.codes[i]! + 1] = counts[column.codes[i]! + 1]! + 1;
    const present = Array.from(counts, (count, at) => ({
      value: at === 0 ? null : column.values[at - 1]!,
      count,
    })).filter(({ count }) => count > 0);
    return facet(name, present);
  };
  let incoming = 0;
  let outgoing = 0;
  const months = new Map<number, number>();
  for (const i of rows) {
    const units = table.amountUnits[i]!;
    if (units > 0) incoming += 1;
    else if (units < 0) outgoing += 1;
    const day = table.bookingDay[i]!;
    months.set(day, (months.get(day) ?? 0) + 1);
  }
  const byMonth = new Map<string | null, number>();
  for (const [day, count] of months) {
    const month = isoDate(day)?.slice(0, 7) ?? null;
    byMonth.set(month, (byMonth.get(month) ?? 0) + count);
  }
  return [
    byCode('sourceId', { codes: table.source, values: table.sourceIds }),
    byCode('account', table.account),
    byCode('currency', table.currency),
    byCode('type', table.type),
    {
      name: 'direction',
      values: [
        { value: 'in', count: incoming },
        { value: 'out', count: outgoing },
      ].filter(({ count }) => count > 0),
      more: 0,
    },
    {
      name: 'month',
      values: [...byMonth]
        .map(([value, count]) => ({ value, count }))
        .sort((a, b) => ((a.value ?? '') < (b.value ?? '') ? -1 : 1)),
      more: 0,
    },
    byCode('party', table.party),
    // Most files state no category: a facet of nothing but unknown would only take room.
    ...(table.category.values.length === 0 ? [] : [byCode('category', table.category)]),
  ];
};

const facet = (name: Facet['name'], counted: { value: string | null; count: number }[]): Facet => {
  counted.sort((a, b) => b.count - a.count || ((a.value ?? '') < (b.value ?? '') ? -1 : 1));
  return { name, values: counted.slice(0, FACET_VALUES), more: Math.max(0, counted.length - FACET_VALUES) };
};
