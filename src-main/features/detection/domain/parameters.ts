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

const allowedValues = (spec: ParameterSpec): string => {
  if (spec.kind === 'choice') return (spec.choices ?? []).join(', ');
  const kind = spec.kind === 'integer' ? 'a whole number' : 'a decimal number (point, no grouping)';
  const from = spec.minimum === undefined ? '' : ` from ${spec.minimum}`;
  return `${kind}${from}${spec.maximum === undefined ? '' : ` to ${spec.maximum}`}`;
};

/** One spelling a value: `5.0`, `05` and `5` are all `5`, so that equal parameters are recorded equally. Null: not allowed. */
const canonicalValue = (spec: ParameterSpec, text: string): string | null => {
  if (spec.kind === 'choice') return spec.choices?.includes(text) ? text : null;
  const value = parseDecimal(text);
  if (value === null || (spec.kind === 'integer' && value.scale > 0)) return null;
  const size = value.units / 10 ** value.scale;
  if (size < (spec.minimum ?? -Infinity) || size > (spec.maximum ?? Infinity)) return null;
  return formatUnits(value.units, value.scale, 0);
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
