import type { JobContext } from '../../../engine/handler.ts';
import { productVersion } from '../../../platform/product-version.ts';
import { sql } from '../../../platform/store.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import type { StatementLine } from '../../reconciliation/service/reconcile-case.ts';
import type { RecipeEvent } from '../../standardization/domain/index.ts';
import type { Parameters } from '../domain/forensic-test.ts';
import type { TableBasis } from '../domain/test-basis.ts';
import type { RunRecord } from '../storage/finding.repository.ts';
import type { DuplicatePair } from './duplicate-pairs.ts';
import type { RunSummary } from './examination-view.ts';
import type { QualityWork, ReconciliationWork } from './examine-task.ts';
import type { CatalogueRun } from './run-catalogue.ts';
import { EXACT, plannedTest } from './run-catalogue.ts';
import type { Side } from './run-catalogue-basis.ts';
import { digestOf } from './run-catalogue-basis.ts';
import type { TestPlan } from './run-catalogue-plan.ts';

const DAY_MS = 86_400_000;

/** The latest examination of the case, its facts read. */
export interface EarlierRun extends RunRecord {
  readonly facts: RunSummary;
}

export interface PartInputs {
  readonly context: JobContext;
  readonly caseId: string;
  readonly sources: readonly CaseSource[];
  readonly events: readonly RecipeEvent[];
  readonly statements: readonly StatementLine[];
  readonly confirmedPairs: readonly DuplicatePair[];
  readonly plans: readonly TestPlan[];
  readonly bases: Readonly<Record<Side, TableBasis | null>>;
  /** Parameters of the matching. */
  readonly matching: Parameters;
  readonly earlier: EarlierRun | null;
  /** Only some tests were asked for: all else stays as it is, where there is an earlier run. */
  readonly isPart: boolean;
  readonly fresh: boolean;
  readonly now: { readonly digest: string; readonly decisions: string; readonly settings: number };
}

export interface PlannedExamination {
  readonly run: CatalogueRun;
  readonly bases: Readonly<Record<Side, TableBasis | null>>;
  readonly earlier: EarlierRun | null;
  /** What the examination rests on as a whole: of a part, what the earlier one rested on. */
  readonly digest: string;
  readonly facts: Pick<RunSummary, 'decisions' | 'settings' | 'qualityBasis' | 'reconciliationBasis'>;
}

/** How many decisions on matches the case has taken: each changes what the matching is given. */
const matchingHead = ({ context, caseId }: PartInputs): number =>
  Number(
    context.workspace().read.first(
      sql
        .selectFrom('reconciliation_events')
        .select(eb => eb.fn.max('seq').as('head'))
        .where('case_id', '=', caseId),
    )?.head ?? 0,
  );

const qualityWork = (inputs: PartInputs): QualityWork => {
  const exact = inputs.plans.find(plan => plan.test.id === EXACT);
  if (exact === undefined) throw new Error(`the catalogue lacks ${EXACT}`);
  return {
    statements: inputs.statements,
    confirmedPairs: inputs.confirmedPairs,
    exact: plannedTest(exact),
    tellsExact: exact.fate === 'run',
    today: Math.floor(inputs.context.ports.clock.now() / DAY_MS),
  };
};

const earlierFacts = ({ facts, input_digest: digest }: EarlierRun) => {
  const { decisions, settings, qualityBasis, reconciliationBasis } = facts;
  return {
    digest,
    facts: {
      ...(decisions === undefined ? {} : { decisions }),
      ...(settings === undefined ? {} : { settings }),
      ...(qualityBasis === undefined ? {} : { qualityBasis }),
      ...(reconciliationBasis === undefined ? {} : { reconciliationBasis }),
    },
  };
};

/** Splits an examination into what is computed and what is taken over from the earlier one because nothing it rests on changed. */
export const planParts = (inputs: PartInputs): PlannedExamination => {
  const { earlier, now, fresh } = inputs;
  const quality = qualityWork(inputs);
  const reconciliation: ReconciliationWork = { statements: inputs.statements, parameters: inputs.matching };
  const shared = [productVersion, now.digest, now.decisions, inputs.bases, inputs.statements];
  const qualityBasis = digestOf([...shared, quality.exact.parameters, quality.today, inputs.confirmedPairs]);
  const reconciliationBasis = digestOf([...shared, inputs.matching, matchingHead(inputs)]);
  const keepsAll = inputs.isPart && earlier !== null;
  const isSame = (basis: string, before: string | undefined): boolean => !fresh && before === basis;
  const run = {
    sources: inputs.sources,
    events: inputs.events,
    plans: inputs.plans,
    quality: keepsAll || isSame(qualityBasis, earlier?.facts.qualityBasis) ? null : quality,
    reconciliation: keepsAll || isSame(reconciliationBasis, earlier?.facts.reconciliationBasis) ? null : reconciliation,
    keepsFinished: keepsAll,
  };
  const own = {
    digest: now.digest,
    facts: { decisions: now.decisions, settings: now.settings, qualityBasis, reconciliationBasis },
  };
  return { run, bases: inputs.bases, earlier, ...(keepsAll ? earlierFacts(earlier) : own) };
};
