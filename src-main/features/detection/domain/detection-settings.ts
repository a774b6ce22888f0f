import { err, ok, type Result } from '../../../kernel/result.ts';
import type { ForensicTest, ParameterSpec, Parameters } from './forensic-test.ts';
import { resolveParameters } from './parameters.ts';

/** What a case says of its tests: values that several tests share, values for one test, tests that are switched off. */
export interface DetectionSettings {
  /** Values by the shared names below; a name that is missing leaves each test its own default. */
  readonly values: Parameters;
  /** Values by test and parameter: they go before the shared ones. */
  readonly overrides: Readonly<Record<string, Parameters>>;
  /** Tests that are not run, each with the reason. */
  readonly off: Readonly<Record<string, string>>;
}

export const NO_SETTINGS: DetectionSettings = { values: {}, overrides: {}, off: {} };

/** The parameters that tests declare under one name, so that a case states them once. */
export const SHARED_PARAMETERS: readonly ParameterSpec[] = [
  { name: 'country', kind: 'country', default: '', meaning: 'country whose public holidays count (ISO 3166 alpha-2)' },
  {
    name: 'weekend',
    kind: 'choice',
    default: 'saturday-sunday',
    choices: ['saturday-sunday', 'friday-saturday', 'sunday', 'none'],
    meaning: 'days on which nobody works',
  },
  { name: 'hours-from', kind: 'time', default: '07:00', meaning: 'start of the working day' },
  { name: 'hours-to', kind: 'time', default: '19:00', meaning: 'end of the working day' },
  { name: 'thresholds', kind: 'decimals', default: '', minimum: 0, meaning: 'approval limits, in currency units' },
  {
    name: 'materiality',
    kind: 'decimal',
    default: '0',
    minimum: 0,
    meaning: 'amount from which a misstatement matters, in currency units',
  },
  { name: 'period-end', kind: 'day', default: '', meaning: 'last day of the period under examination' },
  { name: 'year-end', kind: 'month-day', default: '12-31', meaning: 'last day of the financial year (MM-DD)' },
  { name: 'keywords', kind: 'text', default: '', meaning: 'words to look for in descriptions, parted by commas' },
];

/** Settings that were refused: where (a shared name, or `test.parameter`), and why. */
export interface SettingsRefusal {
  readonly code: 'settings.unknown' | 'settings.invalid';
  readonly place: string;
  readonly message: string;
  readonly allowed: readonly string[];
}

const SHARED_NAMES = SHARED_PARAMETERS.map(spec => spec.name);

/** One spelling a value; refuses unknown names and values that are not allowed. */
const checkValues = (values: Parameters): Result<Parameters, SettingsRefusal> => {
  const checked: Record<string, string> = {};
  for (const [name, given] of Object.entries(values)) {
    const spec = SHARED_PARAMETERS.find(known => known.name === name);
    if (spec === undefined) {
      const message = `there is no case setting "${name}": known are ${SHARED_NAMES.join(', ')}`;
      return err({ code: 'settings.unknown', place: name, message, allowed: SHARED_NAMES });
    }
    const resolved = resolveParameters([spec], { [name]: given });
    if (!resolved.ok)
      return err({
        code: 'settings.invalid',
        place: name,
        message: resolved.error.message,
        allowed: resolved.error.allowed,
      });
    checked[name] = resolved.value[name]!;
  }
  return ok(checked);
};

/**
 * What a test is told by the case: the shared values it declares, then those set for it alone. `before` are values that the
 * case's settings go before.
 */
export const settledParameters = (
  test: Pick<ForensicTest, 'id' | 'parameters'>,
  settings: DetectionSettings,
  before: Parameters = {},
): Parameters => {
  const settled: Record<string, string> = { ...before };
  for (const { name } of test.parameters) {
    const value = settings.values[name];
    if (value !== undefined && SHARED_NAMES.includes(name)) settled[name] = value;
  }
  return { ...settled, ...settings.overrides[test.id] };
};

/**
 * Settings in one spelling, or why they are refused: an unknown name or test, a value that a test which declares it does not
 * take, a test switched off without a reason. Empty parts are left out, so that equal settings are equal.
 */
export const checkSettings = (
  settings: DetectionSettings,
  catalogue: readonly ForensicTest[],
): Result<DetectionSettings, SettingsRefusal> => {
  const values = checkValues(settings.values);
  if (!values.ok) return values;
  const known = catalogue.map(test => test.id);
  for (const id of [...Object.keys(settings.overrides), ...Object.keys(settings.off)])
    if (!known.includes(id))
      return err({ code: 'settings.unknown', place: id, message: `there is no test "${id}"`, allowed: known });
  const off: Record<string, string> = {};
  const overrides: Record<string, Parameters> = {};
  for (const test of catalogue) {
    const reason = settings.off[test.id]?.trim();
    if (reason === '') {
      const message = `"${test.id}" can only be switched off with a reason`;
      return err({ code: 'settings.invalid', place: test.id, message, allowed: ['a reason'] });
    }
    if (reason !== undefined) off[test.id] = reason;
    const given = settings.overrides[test.id] ?? {};
    const resolved = resolveParameters(test.parameters, settledParameters(test, { ...settings, values: values.value }));
    if (!resolved.ok) {
      const { code, message, parameter, allowed } = resolved.error;
      return err({
        code: code === 'test.parameter-unknown' ? 'settings.unknown' : 'settings.invalid',
        place: `${test.id}.${parameter}`,
        message: `${test.id}: ${message}`,
        allowed,
      });
    }
    const own = Object.keys(given).map(name => [name, resolved.value[name]!] as const);
    if (own.length > 0) overrides[test.id] = Object.fromEntries(own);
  }
  return ok({ values: values.value, overrides, off });
};

const changed = (place: string, before: string | undefined, after: string | undefined): string[] => {
  const word = (value: string | undefined): string => (value === undefined ? 'default' : value === '' ? 'none' : value);
  return before === after ? [] : [`${place}: ${word(before)} → ${word(after)}`];
};

const namesOf = (...records: readonly Readonly<Record<string, unknown>>[]): string[] =>
  [...new Set(records.flatMap(record => Object.keys(record)))].sort();

/** What changed between two versions, one line a value. */
export const settingsChanges = (before: DetectionSettings, after: DetectionSettings): string[] => [
  ...namesOf(before.values, after.values).flatMap(name => changed(name, before.values[name], after.values[name])),
  ...namesOf(before.overrides, after.overrides).flatMap(test =>
    namesOf(before.overrides[test] ?? {}, after.overrides[test] ?? {}).flatMap(name =>
      changed(`${test}.${name}`, before.overrides[test]?.[name], after.overrides[test]?.[name]),
    ),
  ),
  ...namesOf(before.off, after.off).flatMap(test => {
    const reason = after.off[test];
    if (before.off[test] === reason) return [];
    return [reason === undefined ? `${test}: switched on` : `${test}: switched off (${reason})`];
  }),
];
