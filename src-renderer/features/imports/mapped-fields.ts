import { COLUMN_ROLES, CONSTANT_MARK, type ColumnRole, NO_COLUMN, type Overrides } from './column-roles.ts';
import type { TableColumn } from './table-columns.ts';

/** A part with the column that plays it. */
export interface MappedField {
  readonly role: ColumnRole;
  /** What the override says or would say: a column, several joined by ` + `, `none`, or `=` with a value for the whole file. */
  readonly value: string;
  /** Where the choice comes from; null: no column plays the part and nobody said so. */
  readonly origin: 'found' | 'stated' | 'profile' | null;
  readonly confidence: number | null;
  readonly reason: string;
  /** Other columns that could play it, the likeliest first. */
  readonly alternatives: readonly (TableColumn['alternatives'][number] & { readonly column: TableColumn })[];
}

const MOST_ALTERNATIVES = 3;

/** The column that a statement means: by its name in any case, or by its number. */
const columnStated = (stated: string, columns: readonly TableColumn[]): TableColumn | undefined =>
  columns.find(({ answer }) => answer === stated) ??
  columns.find(({ name }) => name !== '' && name.toLowerCase() === stated.toLowerCase()) ??
  columns.find(({ index }) => String(index + 1) === stated);

const chosenValue = (
  stated: string | undefined,
  playing: readonly TableColumn[],
  columns: readonly TableColumn[],
): string => {
  if (stated === undefined) return playing.map(({ answer }) => answer).join(' + ') || NO_COLUMN;
  if (stated === NO_COLUMN || stated.startsWith(CONSTANT_MARK)) return stated;
  return columnStated(stated, columns)?.answer ?? stated;
};

/** Every part with its column, its confidence and its alternatives. `stated` are the examiner's overrides, which win over a profile's. */
export const mappedFields = (
  columns: readonly TableColumn[],
  stated: Overrides,
  ofProfile: Overrides,
): readonly MappedField[] =>
  COLUMN_ROLES.map(role => {
    const playing = columns.filter(column => column.role === role);
    const value = chosenValue(stated[role] ?? ofProfile[role], playing, columns);
    const origin =
      stated[role] !== undefined
        ? 'stated'
        : ofProfile[role] !== undefined
          ? 'profile'
          : playing.length > 0
            ? 'found'
            : null;
    return {
      role,
      value,
      origin,
      confidence: origin === 'found' ? (playing[0]?.confidence ?? null) : null,
      reason: origin === 'found' ? (playing[0]?.reason ?? '') : '',
      alternatives: columns
        .filter(column => column.role !== role && column.answer !== value)
        .flatMap(column =>
          column.alternatives.filter(other => other.role === role).map(alternative => ({ ...alternative, column })),
        )
        .sort((a, b) => b.confidence - a.confidence)
        .slice(0, MOST_ALTERNATIVES),
    };
  });

/** The parts in the order in which their columns stand in the file, then those that no column plays. */
export const fieldOrder = (columns: readonly TableColumn[]): readonly ColumnRole[] => {
  const place = (role: ColumnRole): number => {
    const found = columns.findIndex(column => column.role === role);
    return found < 0 ? columns.length : found;
  };
  return [...COLUMN_ROLES].sort((a, b) => place(a) - place(b));
};
