import type { Output } from '../../../engine/handler.ts';
import { currencyExponent } from '../../../kernel/currency.ts';
import { formatUnits, powerOfTen, UnitSum } from '../../../kernel/decimal.ts';
import type { SidePart } from './side-rows.ts';
import { currencyReader, eachRow, ROW_STATES } from './side-rows.ts';

type CurrencyProof = NonNullable<Output<'reconciliations.read'>>['proof'][number];

interface Figure {
  units: bigint;
  rows: number;
}
interface SideFigures {
  readonly total: Figure;
  /** By row state: open, suggested, matched. */
  readonly states: readonly [Figure, Figure, Figure];
}

class Sums {
  readonly total = new UnitSum();
  totalRows = 0;
  readonly states = [new UnitSum(), new UnitSum(), new UnitSum()] as const;
  readonly stateRows: [number, number, number] = [0, 0, 0];
}

/** Sums of one side by currency, in units of 10^-scale: the total in a pass of its own, so that the parts can be held against it. */
const sideFigures = (
  parts: readonly SidePart[],
  currencyOf: (part: SidePart, row: number) => string | null,
  sign: 1 | -1,
  scale: number,
): Map<string | null, SideFigures> => {
  const figures = new Map<string | null, SideFigures>();
  const figuresOf = (currency: string | null): SideFigures => {
    let found = figures.get(currency);
    if (found === undefined) {
      const none = (): Figure => ({ units: 0n, rows: 0 });
      found = { total: none(), states: [none(), none(), none()] };
      figures.set(currency, found);
    }
    return found;
  };
  for (const part of parts) {
    const units = part.source.columns.columns.amountUnits;
    const sums = new Map<string | null, Sums>();
    const sumsOf = (currency: string | null): Sums => {
      let found = sums.get(currency);
      if (found === undefined) {
        found = new Sums();
        sums.set(currency, found);
      }
      return found;
    };
    eachRow(part, row => {
      const sum = sumsOf(currencyOf(part, row));
      sum.totalRows += 1;
      sum.total.add(units[row] ?? 0);
    });
    eachRow(part, row => {
      const sum = sumsOf(currencyOf(part, row));
      const state = (part.state[row] ?? 0) as 0 | 1 | 2;
      sum.stateRows[state] += 1;
      sum.states[state].add(units[row] ?? 0);
    });
    const factor = BigInt(sign) * BigInt(powerOfTen(scale - part.source.columns.scale));
    for (const [currency, sum] of sums) {
      const into = figuresOf(currency);
      into.total.units += sum.total.value * factor;
      into.total.rows += sum.totalRows;
      for (const state of [0, 1, 2] as const) {
        into.states[state].units += sum.states[state].value * factor;
        into.states[state].rows += sum.stateRows[state];
      }
    }
  }
  return figures;
};

/**
 * The proof of the shown reconciliation, currency by currency, exactly: on each side total = matched + suggested + open, in
 * units and in rows. `sign` −1 turns side B, where both sides sign a movement oppositely.
 */
export const proofTotals = (
  a: readonly SidePart[],
  b: readonly SidePart[],
  sign: 1 | -1,
): { readonly proof: CurrencyProof[]; readonly openA: number; readonly openB: number } => {
  const scale = [...a, ...b].reduce((most, { source }) => Math.max(most, source.columns.scale), 0);
  const ofA = sideFigures(a, currencyReader(a, b), 1, scale);
  const ofB = sideFigures(b, currencyReader(b, a), sign, scale);
  const none: SideFigures = {
    total: { units: 0n, rows: 0 },
    states: [
      { units: 0n, rows: 0 },
      { units: 0n, rows: 0 },
      { units: 0n, rows: 0 },
    ],
  };
  const currencies = [...new Set([...ofA.keys(), ...ofB.keys()])].sort((x, y) =>
    x === null ? 1 : y === null ? -1 : x < y ? -1 : 1,
  );
  const openRows = (side: Map<string | null, SideFigures>): number =>
    [...side.values()].reduce((sum, { states }) => sum + states[0].rows, 0);
  return {
    openA: openRows(ofA),
    openB: openRows(ofB),
    proof: currencies.map(currency => {
      const [sideA, sideB] = [ofA.get(currency) ?? none, ofB.get(currency) ?? none];
      const text = (units: bigint): string => formatUnits(units, scale, Math.min(scale, currencyExponent(currency)));
      const shown = ({ total, states }: SideFigures): CurrencyProof['a'] => {
        const figure = ({ units, rows }: Figure) => ({ amount: text(units), rows });
        const [open, suggested, matched] = states;
        return { total: figure(total), matched: figure(matched), suggested: figure(suggested), open: figure(open) };
      };
      const foots = ({ total, states }: SideFigures): boolean =>
        total.units === states.reduce((sum, { units }) => sum + units, 0n) &&
        total.rows === states.reduce((sum, { rows }) => sum + rows, 0);
      const apart = (state: (typeof ROW_STATES)[number]): bigint => {
        const at = ROW_STATES.indexOf(state) as 0 | 1 | 2;
        return sideA.states[at].units - sideB.states[at].units;
      };
      const difference = sideA.total.units - sideB.total.units;
      const matchedDifference = apart('matched');
      const openDifference = apart('open') + apart('suggested');
      return {
        currency,
        a: shown(sideA),
        b: shown(sideB),
        difference: text(difference),
        matchedDifference: text(matchedDifference),
        openDifference: text(openDifference),
        foots: foots(sideA) && foots(sideB) && difference === matchedDifference + openDifference,
      };
    }),
  };
};
