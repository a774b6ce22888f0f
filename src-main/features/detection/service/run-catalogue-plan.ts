import { NexusError } from '../../../contract/errors.ts';
import type { TestRunShape } from '../../../contract/tests.contract.ts';
import type { DetectionSettings } from '../domain/detection-settings.ts';
import { settledParameters } from '../domain/detection-settings.ts';
import type { ForensicTest, Parameters } from '../domain/forensic-test.ts';
import { resolveParameters } from '../domain/parameters.ts';
import type { TableBasis } from '../domain/test-basis.ts';
import { TEST_CATALOGUE } from '../domain/test-catalogue.ts';
import type { Side } from './run-catalogue-basis.ts';
import { testBasis } from './run-catalogue-basis.ts';

/** What becomes of a test in an examination. */
export interface TestPlan {
  readonly test: ForensicTest;
  /** The complete parameters it runs with. */
  readonly parameters: Parameters;
  /**
   * `run`: it is computed. `reuse`: its result rests on what the earlier one rested on and is taken over. `keep`: it was not
   * asked for, and what there is of it stays. `refuse`: it cannot or must not run (`refusal` says why).
   */
  readonly fate: 'run' | 'reuse' | 'keep' | 'refuse';
  readonly refusal: { readonly code: 'no-ledger' | 'switched-off' | 'left-for-later'; readonly message: string } | null;
  /** The earlier run: of `reuse` and `keep`, and what stands where a cancel comes first. */
  readonly earlier: TestRunShape | null;
}

export interface PlanInputs {
  readonly settings: DetectionSettings;
  /** Parameters of this run alone, by test. */
  readonly given: Readonly<Record<string, Parameters>>;
  /** The tests asked for; null for all. */
  readonly asked: readonly string[] | null;
  /** Compute what could be taken over, too. */
  readonly fresh: boolean;
  /** Tests that take long are left for later where the records of their side are many. */
  readonly firstLook: boolean;
  readonly rows: Readonly<Record<Side, number>>;
  readonly bases: Readonly<Record<Side, TableBasis | null>>;
  readonly earlier: readonly TestRunShape[];
}

/**
 * Defaults of an examination where they differ from a test's own: a statement's payments are negative, so both signs count,
 * and amounts below 10 say nothing of the digits that people choose (Nigrini 2012). Money flows by its sign, also where one
 * statement happens to have no payment, and payments are told from receipts in the same way. Of leads, an examiner reads the
 * first hundred.
 */
export const examinationDefaults = ({ group, id, parameters }: ForensicTest): Parameters => {
  if (group === 'flows') return { direction: 'signed' };
  if (id === 'one-time-vendor') return { sign: 'signed' };
  if (group === 'outliers')
    return { leads: '100', ...(parameters.some(({ name }) => name === 'share') ? { share: '1' } : {}) };
  if (group !== 'digits') return {};
  const sign = parameters.find(({ name }) => name === 'sign');
  if (sign?.choices?.includes('both') !== true) return {};
  const hasMinimum = parameters.some(({ name, default: own }) => name === 'minimum' && own === '0');
  return { sign: 'both', ...(hasMinimum ? { minimum: '10' } : {}) };
};

const assertKnown = (names: readonly string[], message: (name: string) => string): void => {
  const known = [...TEST_CATALOGUE.map(test => test.id), 'reconciliation'];
  const unknown = names.find(name => !known.includes(name));
  if (unknown !== undefined)
    throw new NexusError({
      code: 'test.unknown',
      category: 'usage',
      message: message(unknown),
      candidates: { test: known },
    });
};

/** The parameters a test runs with in a case. Throws NexusError for an unknown name or a value that is not allowed. */
export const caseParameters = (test: ForensicTest, settings: DetectionSettings, given: Parameters = {}): Parameters => {
  const settled = { ...settledParameters(test, settings, examinationDefaults(test)), ...given };
  const resolved = resolveParameters(test.parameters, settled);
  if (resolved.ok) return resolved.value;
  throw new NexusError({
    code: resolved.error.code,
    category: 'usage',
    message: `${test.id}: ${resolved.error.message}.`,
  });
};

/** Records of which the tests that follow money, compare names or rank leads take longer than all others together (ADR 0039). */
const MANY_ROWS = 250_000;

/** Tests that take long on many records. */
const takesLong = ({ group, id }: ForensicTest): boolean =>
  group === 'flows' || group === 'outliers' || id === 'duplicate-fuzzy';

const LEFT_FOR_LATER = {
  code: 'left-for-later',
  message: `left for later: it takes long on more than ${MANY_ROWS / 1000},000 records; run it by name, or all of them with --all-tests`,
} as const;

const isLeftForLater = (test: ForensicTest, { firstLook, asked, rows }: PlanInputs): boolean =>
  firstLook && asked === null && takesLong(test) && rows[test.side] > MANY_ROWS;

const refusalOf = (test: ForensicTest, inputs: PlanInputs): TestPlan['refusal'] => {
  const reason = inputs.settings.off[test.id];
  // A test that was asked for by name runs although the case leaves it out.
  if (reason !== undefined && inputs.asked === null)
    return { code: 'switched-off', message: `switched off in this case: ${reason}` };
  if (test.side === 'ledger' && inputs.bases.ledger === null)
    return {
      code: 'no-ledger',
      message: `${test.id} examines journal entries, and no source of this case is a ledger: import one as the ledger side`,
    };
  return null;
};

/** Whether what an earlier run found is what a run would find now. */
export const isUnchanged = (
  test: ForensicTest,
  parameters: Parameters,
  basis: TableBasis | null,
  earlier: TestRunShape,
): boolean =>
  earlier.notRun === null &&
  earlier.basis !== undefined &&
  basis !== null &&
  earlier.basis === testBasis(test, parameters, basis, earlier.columns ?? []);

/** What becomes of each test of the catalogue, in its order. Throws NexusError for an unknown test or parameter. */
export const planCatalogue = (inputs: PlanInputs): TestPlan[] => {
  // Parameters for something that is not run would be passed over in silence: a misspelt test is refused instead.
  assertKnown(Object.keys(inputs.given), name => `There is no test “${name}” to set parameters of.`);
  assertKnown(inputs.asked ?? [], name => `There is no test “${name}”.`);
  const earlierOf = new Map(inputs.earlier.map(run => [run.test, run]));
  return TEST_CATALOGUE.map((test): TestPlan => {
    const parameters = caseParameters(test, inputs.settings, inputs.given[test.id]);
    const earlier = earlierOf.get(test.id) ?? null;
    const refusal = refusalOf(test, inputs);
    const plan = { test, parameters, earlier, refusal: null };
    if (inputs.asked !== null && !inputs.asked.includes(test.id)) return { ...plan, fate: 'keep' };
    if (refusal !== null) return { ...plan, fate: 'refuse', refusal };
    const reusable =
      !inputs.fresh && earlier !== null && isUnchanged(test, parameters, inputs.bases[test.side], earlier);
    if (reusable) return { ...plan, fate: 'reuse' };
    return isLeftForLater(test, inputs)
      ? { ...plan, fate: 'refuse', refusal: LEFT_FOR_LATER }
      : { ...plan, fate: 'run' };
  });
};
