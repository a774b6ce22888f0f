import { type Decimal, parseDecimal, rescale } from '../../../kernel/decimal.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';

/** A parameter of the reconciliation with its default, as `--set name=value` names it. */
export interface ReconciliationParameterSpec {
  readonly name: string;
  readonly kind: 'decimal' | 'integer' | 'choice';
  readonly default: string;
  readonly choices?: readonly string[];
  readonly minimum: number;
  readonly maximum?: number;
  readonly meaning: string;
}

export const RECONCILIATION_PARAMETERS: readonly ReconciliationParameterSpec[] = [
  {
    name: 'amount-tolerance',
    kind: 'decimal',
    default: '0',
    minimum: 0,
    maximum: 1_000_000,
    meaning: 'largest difference between two amounts that may still match, in currency units',
  },
  {
    name: 'day-window',
    kind: 'integer',
    default: '5',
    minimum: 0,
    maximum: 366,
    meaning: 'days that the ledger date may lie before or after the bank date',
  },
  {
    name: 'sign',
    kind: 'choice',
    default: 'auto',
    choices: ['auto', 'same', 'opposite'],
    minimum: 0,
    meaning: 'whether both sides give a movement the same sign; auto takes the convention with more exact matches',
  },
  {
    name: 'confirm-threshold',
    kind: 'decimal',
    default: '0.9',
    minimum: 0,
    maximum: 1,
    meaning: 'score from which an unambiguous match is confirmed',
  },
  {
    name: 'propose-threshold',
    kind: 'decimal',
    default: '0.6',
    minimum: 0,
    maximum: 1,
    meaning: 'score from which a match is proposed; below it both rows stay unmatched',
  },
];

/** Scores and thresholds are integers of 1/10,000, so that a threshold means the same on every machine. */
export const SCORE_SCALE = 4;
export const FULL_SCORE = 10_000;

export interface ReconciliationParameters {
  readonly amountTolerance: Decimal;
  readonly dayWindow: number;
  readonly sign: 'auto' | 'same' | 'opposite';
  /** Ten-thousandths. */
  readonly confirmThreshold: number;
  /** Ten-thousandths. */
  readonly proposeThreshold: number;
  /** Every parameter as text, defaults included: what a report prints and a second run needs. */
  readonly stated: Readonly<Record<string, string>>;
}

export interface ParameterRefused {
  readonly code: 'parameter.unknown' | 'parameter.invalid';
  readonly name: string;
  readonly message: string;
}

const invalid = (name: string, message: string): Result<never, ParameterRefused> =>
  err({ code: 'parameter.invalid', name, message });

const checkSyntax = (spec: ReconciliationParameterSpec, text: string): string | null => {
  if (spec.kind === 'choice')
    return spec.choices?.includes(text) ? null : `${spec.name} must be one of ${spec.choices?.join(', ')}`;
  const value = parseDecimal(text);
  if (value === null || (spec.kind === 'integer' && value.scale !== 0))
    return `${spec.name} must be ${spec.kind === 'integer' ? 'a whole number' : 'a decimal number with a point'}, not "${text}"`;
  const approximate = value.units / 10 ** value.scale;
  if (approximate < spec.minimum) return `${spec.name} must be at least ${spec.minimum}`;
  if (spec.maximum !== undefined && approximate > spec.maximum) return `${spec.name} must be at most ${spec.maximum}`;
  return null;
};

/** Reads the parameters an examiner set (by name, as text); the others take their defaults. A name that is not declared is refused. */
export const parseReconciliationParameters = (
  set: Readonly<Record<string, string>>,
): Result<ReconciliationParameters, ParameterRefused> => {
  for (const name of Object.keys(set))
    if (!RECONCILIATION_PARAMETERS.some(spec => spec.name === name))
      return err({
        code: 'parameter.unknown',
        name,
        message: `reconcile has no parameter "${name}"; it knows ${RECONCILIATION_PARAMETERS.map(spec => spec.name).join(', ')}`,
      });
  const stated: Record<string, string> = {};
  for (const spec of RECONCILIATION_PARAMETERS) {
    const text = set[spec.name] ?? spec.default;
    const fault = checkSyntax(spec, text);
    if (fault !== null) return invalid(spec.name, fault);
    stated[spec.name] = text;
  }
  const decimal = (name: string): Decimal => parseDecimal(stated[name] ?? '') ?? { units: 0, scale: 0 };
  const confirm = rescale(decimal('confirm-threshold'), SCORE_SCALE);
  const propose = rescale(decimal('propose-threshold'), SCORE_SCALE);
  if (confirm === null) return invalid('confirm-threshold', 'confirm-threshold has at most four decimals');
  if (propose === null) return invalid('propose-threshold', 'propose-threshold has at most four decimals');
  if (confirm.units < propose.units)
    return invalid('confirm-threshold', 'confirm-threshold must not lie below propose-threshold');
  const sign = stated.sign;
  return ok({
    amountTolerance: decimal('amount-tolerance'),
    dayWindow: decimal('day-window').units,
    sign: sign === 'same' || sign === 'opposite' ? sign : 'auto',
    confirmThreshold: confirm.units,
    proposeThreshold: propose.units,
    stated,
  });
};
