import { UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { parseDecimal, powerOfTen } from '../../../../kernel/decimal.ts';
import type { Parameters } from '../forensic-test.ts';
import type { TransactionTable } from '../transaction-table.ts';
import type { PlantedRows } from './planted-table.ts';
import type { SeededRandom } from './seeded-random.ts';

/** What a planter works with. */
export interface PlantingGround {
  readonly table: TransactionTable;
  readonly rows: PlantedRows;
  readonly random: SeededRandom;
  /** The parameters the test will run with. */
  readonly parameters: Parameters;
  /** Rows, seeded, each once, whose amount (not 0), day and party are known: what motifs are made from. */
  readonly templates: (count: number) => readonly number[];
}

/**
 * Plants a motif of one test's kind: `plant` adds the rows of motif number `at`, made from template row `from`, and answers the
 * rows that one finding of the test must all hold for the motif to count as found.
 */
export interface Planter {
  readonly test: string;
  /** The motif in plain words. */
  readonly motif: string;
  /** Columns without which the motif cannot be planted, besides those the test needs. */
  readonly needs?: readonly (keyof TransactionTable)[];
  plant(ground: PlantingGround, from: number, at: number): readonly number[];
}

/** A name that no party of the case has. */
export const plantedName = (kind: string, at: number): string => `PLANTED ${kind} ${String(at + 1).padStart(3, '0')}`;

/** A row's sign: money in or out. */
export const signOf = ({ amountUnits }: TransactionTable, row: number): 1 | -1 => (amountUnits![row]! < 0 ? -1 : 1);

/** Units of a whole amount of currency units at the table's scale. */
export const unitsOf = ({ amountScale }: TransactionTable, amount: number): number => amount * powerOfTen(amountScale);

/** The highest limit that a test's parameters name (`thresholds` or `threshold`), in units of the table; null where none is. */
export const limitUnits = ({ table, parameters }: PlantingGround): number | null => {
  // '' is “none given”: the next name counts.
  const stated = [parameters.thresholds, parameters.threshold, parameters.limit].find(text => (text ?? '') !== '');
  const texts = (stated ?? '').split(',');
  const limits = texts.flatMap(text => {
    const value = parseDecimal(text.trim());
    return value === null || value.units <= 0
      ? []
      : [(value.units / 10 ** value.scale) * powerOfTen(table.amountScale)];
  });
  return limits.length === 0 ? null : limits.reduce((most, limit) => Math.max(most, limit));
};

/** Whether motifs can be made from a row: its amount is known and not 0, and so are its day and party where there are such columns. */
export const isTemplate = ({ amountUnits, bookingDay, party }: TransactionTable, row: number): boolean => {
  const units = amountUnits?.[row] ?? Number.NaN;
  return (
    units !== 0 &&
    !Number.isNaN(units) &&
    (bookingDay === null || bookingDay[row] !== UNKNOWN_DAY) &&
    (party === null || party.codes[row]! >= 0)
  );
};
