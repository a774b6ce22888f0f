/** The parts a column can play (docs/specs/format-csv.md), in the order an examiner checks them. Each is also the name of the override that sets it. */
export const COLUMN_ROLES = [
  'bookingDate',
  'valueDate',
  'amount',
  'debit',
  'credit',
  'indicator',
  'fee',
  'currency',
  'counterparty',
  'counterpartyAccount',
  'reference',
  'description',
  'account',
  'type',
  'category',
  'ledgerAccount',
  'entry',
  'poster',
  'entered',
  'time',
  'status',
  'balance',
] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

/** Override value for "no column plays this part". */
export const NO_COLUMN = 'none';
/** What an override begins with that states one value for the whole file instead of a column (`currency==EUR`). */
export const CONSTANT_MARK = '=';
/** Parts whose value may be stated so. */
export const CONSTANT_ROLES = ['account', 'currency'] as const satisfies readonly ColumnRole[];

export type Overrides = Readonly<Record<string, string>>;

/** Overrides with one more setting; an empty value takes the setting back. */
export const withOverride = (overrides: Overrides, key: string, value: string): Overrides => {
  const { [key]: _before, ...rest } = overrides;
  return value === '' ? rest : { ...rest, [key]: value };
};
