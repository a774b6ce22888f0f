import { type Decimal, parseDecimal, rescale } from '../../../kernel/decimal.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import { type ExchangeRate, parseRates } from './exchange-rates.ts';

/** A parameter of the reconciliation with its default, as `--set name=value` names it. */
export interface ReconciliationParameterSpec {
  readonly name: string;
  readonly kind: 'decimal' | 'integer' | 'choice' | 'rates';
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
    name: 'amount-tolerance-percent',
    kind: 'decimal',
    default: '0',
    minimum: 0,
    maximum: 50,
    meaning: 'the same as a share of the bank amount, in percent; the larger of the two counts',
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
  {
    name: 'group-size',
    kind: 'integer',
    default: '12',
    minimum: 1,
    maximum: 24,
    meaning: 'most rows of one side in a combination that is searched for; 1 matches row to row only',
  },
  {
    name: 'fee-percent',
    kind: 'decimal',
    default: '5',
    minimum: 0,
    maximum: 50,
    meaning:
      'largest fee kept back from a payment, in percent of the ledger amount; 0 together with fee-amount 0: none',
  },
  {
    name: 'fee-amount',
    kind: 'decimal',
    default: '1',
    minimum: 0,
    maximum: 1_000_000,
    meaning: 'fixed part of the largest fee, in currency units, on top of the percentage',
  },
  {
    name: 'rates',
    kind: 'rates',
    default: '',
    minimum: 0,
    meaning:
      'exchange rates, as EUR/SEK=11.42 (1 EUR = 11.42 SEK) or from a day on EUR/SEK=11.42@2024-03-01, comma-separated; without a rate two currencies never match',
  },
  {
    name: 'rate-tolerance-percent',
    kind: 'decimal',
    default: '2',
    minimum: 0,
    maximum: 50,
    meaning: 'largest difference between an amount and its conversion that is still proposed, in percent',
  },
  {
    name: 'search-steps',
    kind: 'integer',
    default: '100000000',
    minimum: 0,
    maximum: 100_000_000_000,
    meaning: 'steps after which the search for combinations ends; where it ends is said in the notes and on the rows',
  },
];

/** Scores and thresholds are integers of 1/10,000, so that a threshold means the same on every machine. */
export const SCORE_SCALE = 4;
export const FULL_SCORE = 10_000;

export interface ReconciliationParameters {
  readonly amountTolerance: Decimal;
  readonly amountTolerancePercent: Decimal;
  readonly dayWindow: number;
  readonly sign: 'auto' | 'same' | 'opposite';
  /** Ten-thousandths. */
  readonly confirmThreshold: number;
  /** Ten-thousandths. */
  readonly proposeThreshold: number;
  readonly groupSize: number;
  readonly feePercent: Decimal;
  readonly feeAmount: Decimal;
  readonly rates: readonly ExchangeRate[];
  readonly rateTolerancePercent: Decimal;
  readonly searchSteps: number;
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
  if (spec.kind === 'rates') {
    const rates = parseRates(text);
    return rates.ok ? null : `${spec.name}: ${rates.error}`;
  }
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
  for (const name of ['amount-tolerance-percent', 'fee-percent', 'rate-tolerance-percent'])
    if (decimal(name).scale > SCORE_SCALE) return invalid(name, `${name} has at most four decimals`);
  const rates = parseRates(stated.rates ?? '');
  const sign = stated.sign;
  return ok({
    amountTolerance: decimal('amount-tolerance'),
    amountTolerancePercent: decimal('amount-tolerance-percent'),
    dayWindow: decimal('day-window').units,
    sign: sign === 'same' || sign === 'opposite' ? sign : 'auto',
    confirmThreshold: confirm.units,
    proposeThreshold: propose.units,
    groupSize: decimal('group-size').units,
    feePercent: decimal('fee-percent'),
    feeAmount: decimal('fee-amount'),
    rates: rates.ok ? rates.value : [],
    rateTolerancePercent: decimal('rate-tolerance-percent'),
    searchSteps: decimal('search-steps').units,
    stated,
  });
};
