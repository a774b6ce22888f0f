import { COLUMN_ROLES, type ColumnRole } from './csv-header-lexicon.ts';
import { FileRefused } from './statement-sink.ts';

/** Choices of the examiner, by key: they win over what the file suggests. */
export type CsvOverrides = Readonly<Record<string, string>>;

/** Settings that are no column. */
const SETTINGS = [
  'encoding',
  'delimiter',
  'quote',
  'headerRow',
  'dateOrder',
  'valueDateOrder',
  'decimalSign',
  'groupingSign',
  'flipAmount',
  'indicatorDebit',
  'indicatorCredit',
] as const;

/** Another name of a key. */
const ALIASES: Readonly<Record<string, string>> = { date: 'bookingDate' };

/** Parts whose value may be stated for the whole file instead of a column (`currency==EUR`). */
const CONSTANT_ROLES: readonly ColumnRole[] = ['account', 'currency'];
const CONSTANT_MARK = '=';

/** Every key that may be stated. */
export const OVERRIDE_KEYS: readonly string[] = [...SETTINGS, ...COLUMN_ROLES];

/** Value for "no column plays this part". */
export const NO_COLUMN = 'none';

export const unknownSetting = (key: string, value: string, allowed: readonly string[]): FileRefused =>
  new FileRefused('dialect.unknown', `${key}=${value}: allowed are ${allowed.join(', ')}.`, null, {
    [key]: [...allowed],
  });

/** The overrides by their proper names. Throws `dialect.unknown` for keys that mean nothing and for one stated twice. */
export const checkedOverrides = (overrides: CsvOverrides): CsvOverrides => {
  const checked: Record<string, string> = {};
  for (const [stated, value] of Object.entries(overrides)) {
    const key = ALIASES[stated] ?? stated;
    if (!OVERRIDE_KEYS.includes(key))
      throw new FileRefused(
        'dialect.unknown',
        `"${stated}" is no setting of a table: allowed are ${OVERRIDE_KEYS.join(', ')}.`,
      );
    if (key in checked)
      throw new FileRefused('dialect.unknown', `${stated}=${value}: ${key} and ${stated} are the same setting.`);
    checked[key] = value;
  }
  for (const role of CONSTANT_ROLES)
    if (checked[role] === CONSTANT_MARK)
      throw new FileRefused(
        'dialect.unknown',
        `${role}==: what stands after the second equals sign is the ${role} itself.`,
      );
  return checked;
};

/** Refuses override keys that mean nothing. */
export const checkOverrideKeys = (overrides: CsvOverrides): void => {
  checkedOverrides(overrides);
};

/** One of a list of values; null when the key is not stated. */
export const chosen = <T extends string>(overrides: CsvOverrides, key: string, allowed: readonly T[]): T | null => {
  const value = overrides[key];
  if (value === undefined) return null;
  const found = allowed.find(item => item === value);
  if (found === undefined) throw unknownSetting(key, value, allowed);
  return found;
};

/** The column stated for a part: its name or number, several with +, `none`; undefined when nothing or a constant is stated. */
export const statedColumn = (overrides: CsvOverrides, role: ColumnRole): string | undefined =>
  statedConstant(overrides, role) === null ? overrides[role] : undefined;

/** The value stated for the whole file (`account==DE89…`); null when none is. */
export const statedConstant = (overrides: CsvOverrides, role: ColumnRole): string | null => {
  const value = overrides[role];
  return value?.startsWith(CONSTANT_MARK) && CONSTANT_ROLES.includes(role) ? value.slice(1).trim() : null;
};

/** A yes or no. */
export const statedFlag = (overrides: CsvOverrides, key: string): boolean => {
  const value = chosen(overrides, key, ['yes', 'no', 'true', 'false']);
  return value === 'yes' || value === 'true';
};

/** Several values, separated by +. */
export const statedList = (overrides: CsvOverrides, key: string): readonly string[] =>
  overrides[key] === undefined
    ? []
    : overrides[key]
        .split('+')
        .map(value => value.trim())
        .filter(value => value !== '');
