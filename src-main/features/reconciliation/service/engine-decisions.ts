import type { ReadStore } from '../../../platform/store.ts';
import type { ReconciliationDecisions } from '../domain/index.ts';
import { caseOfSource } from '../storage/decision.repository.ts';
import { caseDecisions } from './case-decisions.ts';
import type { DecisionState, ExchangeRate } from './fold-decisions.ts';
import { foldDecisions } from './fold-decisions.ts';
import type { PlacedSource } from './row-places.ts';
import { rowPlaces } from './row-places.ts';

interface Rows {
  readonly side: { readonly rowCount: number };
  readonly idOf: (index: number) => number;
}

/** What people decided of the case that these sources belong to. */
export const decisionStateOf = (
  store: ReadStore,
  sources: readonly (PlacedSource & { readonly ordinal: number })[],
): DecisionState => {
  const [first] = sources;
  const caseId = first === undefined ? null : caseOfSource(store, first.ordinal);
  return foldDecisions(caseId === null ? [] : caseDecisions(store, caseId), rowPlaces(sources).idOf);
};

/**
 * Decisions by row index of both sides, turned round where the sides are. One that names a row which lies on neither side, or
 * two rows that lie on the wrong ones, says nothing of these sides.
 */
export const engineDecisions = (state: DecisionState, bank: Rows, ledger: Rows): ReconciliationDecisions => {
  if (state.held.length === 0 && state.rejected.size === 0) return { settled: [], rejected: [] };
  const wanted = new Set<number>();
  for (const { a, b } of [...state.held, ...state.rejected.values()]) for (const id of [...a, ...b]) wanted.add(id);
  const indexesOf = ({ side, idOf }: Rows): Map<number, number> => {
    const indexes = new Map<number, number>();
    for (let index = 0; index < side.rowCount; index++) {
      const id = idOf(index);
      if (wanted.has(id)) indexes.set(id, index);
    }
    return indexes;
  };
  const [ofBank, ofLedger] = [indexesOf(bank), indexesOf(ledger)];
  const placed = (ids: readonly number[], indexes: ReadonlyMap<number, number>): number[] | null => {
    const found = ids.flatMap(id => indexes.get(id) ?? []);
    return found.length === ids.length ? found.sort((x, y) => x - y) : null;
  };
  const rowsOf = ({ a, b }: { readonly a: readonly number[]; readonly b: readonly number[] }) => {
    for (const [first, second] of [
      [a, b],
      [b, a],
    ] as const) {
      const onBank = placed(first, ofBank);
      const onLedger = placed(second, ofLedger);
      if (onBank !== null && onLedger !== null) return [{ bank: onBank, ledger: onLedger }];
    }
    return [];
  };
  return { settled: state.held.flatMap(rowsOf), rejected: [...state.rejected.values()].flatMap(rowsOf) };
};

/** Parameters with the exchange rates that the examiner entered, unless the call gives its own. */
export const withRates = (
  parameters: Readonly<Record<string, string>>,
  rates: readonly ExchangeRate[],
): Readonly<Record<string, string>> =>
  rates.length === 0 || parameters.rates !== undefined ? parameters : { ...parameters, rates: ratesText(rates) };

/** Rates as the parameter `rates` of the matching takes them. */
export const ratesText = (rates: readonly Pick<ExchangeRate, 'base' | 'quote' | 'rate' | 'day'>[]): string =>
  rates.map(({ base, quote, rate, day }) => `${base}/${quote}=${rate}@${day}`).join(', ');
