import { findColumns } from './csv-column-names.ts';
import type { ColumnChoices, OpenRole } from './csv-column-plan.ts';
import type { CsvLayout } from './csv-dialect.ts';
import { COLUMN_ROLES, type ColumnRole } from './csv-header-lexicon.ts';
import { type CsvOverrides, NO_COLUMN, statedColumn, statedConstant } from './csv-overrides.ts';
import { FileRefused } from './statement-sink.ts';

/** Roles that may be stated as several columns, and how many. */
const SEVERAL: Partial<Readonly<Record<ColumnRole, number>>> = {
  description: Number.POSITIVE_INFINITY,
  ledgerAccount: 2,
  counterparty: 2,
  counterpartyAccount: 2,
};

/** The columns found, with those that the examiner stated in their place: a column plays one part. */
export const withStatedColumns = (found: ColumnChoices, layout: CsvLayout, overrides: CsvOverrides): ColumnChoices => {
  const choices: ColumnChoices = { ...found };
  for (const role of COLUMN_ROLES) {
    if (statedConstant(overrides, role) !== null) delete choices[role];
    const stated = statedColumn(overrides, role);
    if (stated === undefined) continue;
    if (stated === NO_COLUMN) {
      delete choices[role];
      continue;
    }
    const columns = findColumns(role, stated, layout.names, layout.columnCount);
    const most = SEVERAL[role] ?? 1;
    if (columns.length > most)
      throw new FileRefused('dialect.unknown', `${role}=${stated}: at most ${most} columns can play this part.`);
    for (const other of COLUMN_ROLES) {
      const taken = choices[other];
      if (other === role || taken === undefined || statedColumn(overrides, other) !== undefined) continue;
      const left = taken.columns.filter(column => !columns.includes(column));
      if (left.length === 0) delete choices[other];
      else if (left.length < taken.columns.length) choices[other] = { ...taken, columns: left };
    }
    choices[role] = { columns, confidence: 1, reason: 'stated' };
  }
  dropContradicted(choices, overrides);
  return choices;
};

const isStated = (overrides: CsvOverrides, role: ColumnRole): boolean => {
  const stated = statedColumn(overrides, role);
  return stated !== undefined && stated !== NO_COLUMN;
};

/** A stated amount takes the place of sides that were only found, and stated sides that of an amount. */
const dropContradicted = (choices: ColumnChoices, overrides: CsvOverrides): void => {
  if (isStated(overrides, 'amount')) {
    if (!isStated(overrides, 'debit')) delete choices.debit;
    if (!isStated(overrides, 'credit')) delete choices.credit;
  } else if (isStated(overrides, 'debit') || isStated(overrides, 'credit')) delete choices.amount;
};

/** Where two columns were found to be debit and credit without saying which, one stated side settles the other. */
export const completeSides = (open: readonly OpenRole[], choices: ColumnChoices, overrides: CsvOverrides): void => {
  for (const { role, candidates } of open) {
    if (role !== 'debit') continue;
    for (const [stated, other] of [
      ['debit', 'credit'],
      ['credit', 'debit'],
    ] as const) {
      const column = choices[stated]?.columns[0];
      const rest = candidates.find(candidate => candidate !== column);
      if (
        column !== undefined &&
        candidates.includes(column) &&
        rest !== undefined &&
        overrides[other] === undefined &&
        choices[other] === undefined
      )
        choices[other] = { columns: [rest], confidence: 0.9, reason: `the counterpart of the stated ${stated} column` };
    }
  }
};

/** True when the examiner said where the amounts are. */
export const statesAmounts = (overrides: CsvOverrides): boolean =>
  isStated(overrides, 'amount') || isStated(overrides, 'debit') || isStated(overrides, 'credit');
