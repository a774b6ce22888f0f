import { isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { currencyExponent } from '../../../kernel/currency.ts';
import { formatUnits, powerOfTen, UnitSum } from '../../../kernel/decimal.ts';
import type { CodedColumn } from '../../../kernel/dictionary.ts';
import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';

/** Columns a view filters, orders and counts. One element a transaction of the case. */
export interface ViewTable {
  readonly rowCount: number;
  /** Decimals of the amounts of each source. */
  readonly scales: readonly number[];
  /** Signed integer units at the scale of the row's source: exact, whatever other sources hold. */
  readonly amountUnits: Float64Array;
  readonly bookingDay: Int32Array;
  /** Index of the row's source. */
  readonly source: Int32Array;
  readonly sourceIds: readonly string[];
  readonly account: CodedColumn;
  readonly currency: CodedColumn;
  readonly type: CodedColumn;
  readonly party: CodedColumn;
  readonly category: CodedColumn;
}

/** All given conditions must hold. Bounds are inclusive; those of amounts are in units of each source. Empty text is “not stated”. */
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
  readonly minimumUnits?: readonly number[];
  readonly maximumUnits?: readonly number[];
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
    if (minimumUnits !== undefined && !(units >= minimumUnits[table.source[i]!]!)) continue;
    if (maximumUnits !== undefined && !(units <= maximumUnits[table.source[i]!]!)) continue;
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
  if (sort === 'amount') return amountKey(table);
  const order = table.party.values
    .map((value, code) => ({ value, code }))
    .sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
  const rank = new Int32Array(table.party.values.length);
  order.forEach(({ code }, place) => {
    rank[code] = place;
  });
  return Int32Array.from(table.party.codes, code => (code < 0 ? UNKNOWN_CODE : rank[code]!));
};

/** Amounts as numbers to sort by: units where all sources have the same decimals; else rounded alike, which keeps their order. */
const amountKey = ({ amountUnits, scales, source }: ViewTable): Float64Array =>
  new Set(scales).size < 2 ? amountUnits : amountUnits.map((units, row) => units / powerOfTen(scales[source[row]!]!));

export interface CurrencySum {
  readonly currency: string | null;
  readonly credits: string;
  readonly debits: string;
}

interface MoneySums {
  readonly credits: UnitSum;
  readonly debits: UnitSum;
}

/** Sums of money in and out per currency, exactly. */
export const sumsByCurrency = (table: ViewTable, rows: Uint32Array): CurrencySum[] => {
  // One sum for each source, in its units: the same currency may come with other decimals from another file.
  const sums = new Map<number, (MoneySums | undefined)[]>();
  for (const i of rows) {
    const code = table.currency.codes[i]!;
    const source = table.source[i]!;
    let bySource = sums.get(code);
    if (bySource === undefined) {
      bySource = [];
      sums.set(code, bySource);
    }
    bySource[source] ??= { credits: new UnitSum(), debits: new UnitSum() };
    const sum = bySource[source];
    const units = table.amountUnits[i]!;
    if (units > 0) sum.credits.add(units);
    else if (units < 0) sum.debits.add(-units);
  }
  const scale = Math.max(2, ...table.scales);
  const total = (bySource: readonly (MoneySums | undefined)[], side: keyof MoneySums): bigint =>
    bySource.reduce(
      (sum, own, source) =>
        own === undefined ? sum : sum + own[side].value * 10n ** BigInt(scale - table.scales[source]!),
      0n,
    );
  return [...sums].map(([code, bySource]) => {
    const currency = table.currency.values[code] ?? null;
    const decimals = Math.min(scale, currencyExponent(currency));
    return {
      currency,
      credits: formatUnits(total(bySource, 'credits'), scale, decimals),
      debits: formatUnits(total(bySource, 'debits'), scale, decimals),
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
