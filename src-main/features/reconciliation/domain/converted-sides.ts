import { type ComparableRows, type ComparableSides, isComparable } from './comparable-rows.ts';
import { converted, type ExchangeRate, rateOn, rateText } from './exchange-rates.ts';
import { moneyText } from './match-reasons.ts';

/** Both sides in one currency: the bank's rows as they are, the ledger's rows of another currency converted. */
export interface ConvertedSides {
  readonly sides: ComparableSides;
  /** What was converted and with which rate. */
  readonly amountReason: (b: number, l: number) => string;
}

const inCurrency = (rows: ComparableRows, wanted: number): ComparableRows => ({
  ...rows,
  currency: rows.currency.map(code => (code === wanted ? code : -1)),
});

const convertedRows = (
  { scale, currencies }: ComparableSides,
  rows: ComparableRows,
  from: number,
  to: number,
  rates: readonly ExchangeRate[],
): { readonly rows: ComparableRows; readonly rateOf: ReadonlyMap<number, ExchangeRate> } => {
  const amount = new Float64Array(rows.rowCount).fill(Number.NaN);
  const currency = new Int32Array(rows.rowCount).fill(-1);
  const rateOf = new Map<number, ExchangeRate>();
  for (let index = 0; index < rows.rowCount; index++) {
    if (rows.currency[index] !== from || !isComparable(rows, index)) continue;
    const rate = rateOn(rates, currencies[from] ?? '', currencies[to] ?? '', rows.day[index] ?? 0);
    if (rate === null) continue;
    amount[index] = converted(rows.amount[index] ?? 0, scale, currencies[to] ?? '', rate);
    currency[index] = to;
    rateOf.set(index, rate);
  }
  return { rows: { ...rows, amount, currency }, rateOf };
};

/** Every pair of currencies for which a rate is given: the bank's currency, the ledger's, and the rows between them that are comparable. */
export const convertedSides = (sides: ComparableSides, rates: readonly ExchangeRate[]): ConvertedSides[] => {
  const { bank, ledger, currencies } = sides;
  const views: ConvertedSides[] = [];
  for (const [to, quote] of currencies.entries())
    for (const [from, base] of currencies.entries()) {
      if (from === to || quote === null || base === null) continue;
      if (!rates.some(rate => [rate.base, rate.quote].includes(quote) && [rate.base, rate.quote].includes(base)))
        continue;
      const { rows, rateOf } = convertedRows(sides, ledger, from, to, rates);
      if (rateOf.size === 0) continue;
      const view: ComparableSides = { ...sides, bank: inCurrency(bank, to), ledger: rows };
      views.push({
        sides: view,
        amountReason: (b, l) => {
          const rate = rateOf.get(l);
          const stated = moneyText(sides, ledger.amount[l] ?? 0, from);
          const inBank = moneyText(sides, rows.amount[l] ?? 0, to);
          const ofBank = bank.amount[b] ?? 0;
          const off = Math.abs(ofBank - (rows.amount[l] ?? 0));
          return (
            `amount: ledger ${stated} is ${inBank} at ${rate === undefined ? 'no rate' : rateText(rate)}; bank ${moneyText(sides, ofBank, to)}` +
            (off === 0 ? ', equal after rounding' : `, differs by ${moneyText(sides, off, to)}`)
          );
        },
      });
    }
  return views;
};
