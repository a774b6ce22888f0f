/** The parts a column can play, in the order an examiner checks them. Each is also the name of the override that sets it. */
export const COLUMN_ROLES = [
  'bookingDate',
  'valueDate',
  'amount',
  'debit',
  'credit',
  'indicator',
  'currency',
  'counterparty',
  'counterpartyAccount',
  'reference',
  'description',
  'account',
  'type',
  'balance',
] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

/** Override value for "no column plays this part". */
export const NO_COLUMN = 'none';

/** What the dialect says of each role (`role: column`), overrides applied on top; a role without a column is missing. */
export const columnsByRole = (
  dialectColumns: readonly string[],
  overrides: Readonly<Record<string, string>>,
): Readonly<Partial<Record<ColumnRole, string>>> => {
  const found: Partial<Record<ColumnRole, string>> = {};
  for (const role of COLUMN_ROLES) {
    const stated = overrides[role];
    const detected = dialectColumns.find(column => column.startsWith(`${role}: `))?.slice(role.length + 2);
    if (stated !== undefined && stated !== NO_COLUMN) found[role] = stated;
    else if (stated === undefined && detected !== undefined) found[role] = detected;
  }
  return found;
};

/** Overrides with one more setting; an empty value takes the setting back. */
export const withOverride = (
  overrides: Readonly<Record<string, string>>,
  key: string,
  value: string,
): Readonly<Record<string, string>> => {
  const { [key]: _before, ...rest } = overrides;
  return value === '' ? rest : { ...rest, [key]: value };
};
