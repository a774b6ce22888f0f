import { type CivilDay, civilDay, isoDate, parseIsoDate } from '../../../kernel/civil-date.ts';
import { type Decimal, formatUnits, parseDecimal } from '../../../kernel/decimal.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import type { ParameterSpec, Parameters } from './forensic-test.ts';

/** A parameter that was refused: its name, why, and what would be accepted. */
export interface ParameterRefusal {
  readonly code: 'test.parameter-unknown' | 'test.parameter-invalid';
  readonly message: string;
  readonly parameter: string;
  /** The names (unknown name) or the values (wrong value) that are allowed. */
  readonly allowed: readonly string[];
}

const bounds = ({ minimum, maximum }: ParameterSpec): string =>
  `${minimum === undefined ? '' : ` from ${minimum}`}${maximum === undefined ? '' : ` to ${maximum}`}`;

const allowedValues = (spec: ParameterSpec): string => {
  switch (spec.kind) {
    case 'choice':
      return (spec.choices ?? []).join(', ');
    case 'integer':
      return `a whole number${bounds(spec)}`;
    case 'decimal':
      return `a decimal number (point, no grouping)${bounds(spec)}`;
    case 'decimals':
      return `decimal numbers (point, no grouping)${bounds(spec)}, parted by commas`;
    case 'columns':
      return 'names of columns, parted by commas';
    case 'day':
      return 'a date YYYY-MM-DD';
    case 'month-day':
      return 'a day of the year MM-DD, the month first, such as 12-31 or 06-30';
    case 'time':
      return 'a time of day HH:MM';
    case 'country':
      return 'two letters such as DE (ISO 3166), or nothing';
    case 'text':
      return 'text of at most 2000 characters';
  }
};

const LONGEST_TEXT = 2000;
const LEAP_YEAR = 2000;

const canonicalDecimal = (spec: ParameterSpec, text: string): string | null => {
  const value = parseDecimal(text);
  if (value === null || (spec.kind === 'integer' && value.scale > 0)) return null;
  const size = value.units / 10 ** value.scale;
  if (size < (spec.minimum ?? -Infinity) || size > (spec.maximum ?? Infinity)) return null;
  return formatUnits(value.units, value.scale, 0);
};

const canonicalDecimals = (spec: ParameterSpec, text: string): string | null => {
  if (text === '') return '';
  const values = text.split(',').map(part => canonicalDecimal(spec, part.trim()));
  return values.includes(null) ? null : values.join(',');
};

const canonicalDay = (text: string): string | null => {
  const day = text === '' ? null : parseIsoDate(text);
  return text === '' ? '' : day === null ? null : isoDate(day);
};

/** A day of some year: 02-29 is one, 06-31 is none. */
const canonicalMonthDay = (text: string): string | null => {
  const match = /^(\d{2})-(\d{2})$/.exec(text);
  return match !== null && civilDay(LEAP_YEAR, Number(match[1]), Number(match[2])) !== null ? text : null;
};

const canonicalCountry = (text: string): string | null => {
  const code = text.toUpperCase();
  return /^([A-Z]{2})?$/.test(code) ? code : null;
};

/** One spelling a value: `5.0`, `05` and `5` are all `5`, so that equal parameters are recorded equally. Null: not allowed. */
const canonicalValue = (spec: ParameterSpec, given: string): string | null => {
  const text = given.trim();
  if (text.length > LONGEST_TEXT) return null;
  switch (spec.kind) {
    case 'choice':
      return spec.choices?.includes(text) ? text : null;
    case 'decimal':
    case 'integer':
      return canonicalDecimal(spec, text);
    case 'decimals':
      return canonicalDecimals(spec, text);
    case 'day':
      return canonicalDay(text);
    case 'month-day':
      return canonicalMonthDay(text);
    case 'time':
      return /^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? text : null;
    case 'country':
      return canonicalCountry(text);
    case 'columns':
      return text
        .split(',')
        .map(name => name.trim())
        .filter(name => name !== '')
        .join(',');
    case 'text':
      return text;
  }
};

/**
 * The complete parameters of a run: every declared one, given or default, in canonical spelling.
 * Refuses an unknown name (listing the names) and a wrong value (listing what is allowed).
 */
export const resolveParameters = (
  specs: readonly ParameterSpec[],
  given: Parameters,
): Result<Parameters, ParameterRefusal> => {
  const names = specs.map(spec => spec.name);
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue;
    const list = names.length === 0 ? 'the test has none' : `known are ${names.join(', ')}`;
    const message = `unknown parameter "${name}": ${list}`;
    return err({ code: 'test.parameter-unknown', message, parameter: name, allowed: names });
  }
  const resolved: Record<string, string> = {};
  for (const spec of specs) {
    const text = given[spec.name] ?? spec.default;
    const value = canonicalValue(spec, text);
    if (value === null) {
      const allowed = allowedValues(spec);
      const message = `parameter "${spec.name}" cannot be "${text}": allowed is ${allowed}`;
      const list = spec.kind === 'choice' ? (spec.choices ?? []) : [allowed];
      return err({ code: 'test.parameter-invalid', message, parameter: spec.name, allowed: list });
    }
    resolved[spec.name] = value;
  }
  return ok(resolved);
};

/** A resolved parameter as text. Throws for a name that was never resolved. */
export const textParameter = (parameters: Parameters, name: string): string => {
  const value = parameters[name];
  if (value === undefined) throw new Error(`parameter "${name}" was not resolved: run tests through runTest`);
  return value;
};

/** A resolved parameter as an exact decimal. */
export const decimalParameter = (parameters: Parameters, name: string): Decimal => {
  const value = parseDecimal(textParameter(parameters, name));
  if (value === null) throw new Error(`parameter "${name}" is not a decimal: run tests through runTest`);
  return value;
};

/** A resolved whole-number parameter. */
export const integerParameter = (parameters: Parameters, name: string): number =>
  decimalParameter(parameters, name).units;

/** A resolved list of decimals, ascending. */
export const decimalsParameter = (parameters: Parameters, name: string): Decimal[] =>
  listParameter(parameters, name)
    .flatMap(text => parseDecimal(text) ?? [])
    .sort((a, b) => a.units / 10 ** a.scale - b.units / 10 ** b.scale);

/** A resolved list of names or values; empty where none is given. */
export const listParameter = (parameters: Parameters, name: string): string[] => {
  const text = textParameter(parameters, name);
  return text === '' ? [] : text.split(',');
};

/** A resolved day; null where none is given. */
export const dayParameter = (parameters: Parameters, name: string): CivilDay | null =>
  parseIsoDate(textParameter(parameters, name));

/**
 * The day on which a resolved month and day (a close of the financial year) falls in a year. 02-29 is the last day of February
 * in any year. Null beyond the years a civil date has (1 to 9999).
 */
export const monthDayParameter = (parameters: Parameters, name: string): ((year: number) => CivilDay | null) => {
  const [month = Number.NaN, day = Number.NaN] = textParameter(parameters, name).split('-').map(Number);
  return year => civilDay(year, month, day) ?? (month === 2 ? civilDay(year, 2, 28) : null);
};

/** A resolved time of day in minutes since midnight. */
export const timeParameter = (parameters: Parameters, name: string): number => {
  const [hours = '', minutes = ''] = textParameter(parameters, name).split(':');
  return Number(hours) * 60 + Number(minutes);
};
