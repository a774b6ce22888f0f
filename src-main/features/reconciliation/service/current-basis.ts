import type { SideChoice } from '../../../contract/reconciliation-sides.ts';
import { DEFAULT_SIDES } from '../../../contract/reconciliation-sides.ts';
import type { ReconciliationSummary } from '../../../contract/reconciliations.contract.ts';
import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { decisionsDigest } from '../../detection/service/decided-view.ts';
import type { RunSummary } from '../../detection/service/examination-view.ts';
import { inputDigest, isStale } from '../../detection/service/examination-view.ts';
import { latestRun } from '../../detection/storage/finding.repository.ts';
import { recipeEvents } from '../../standardization/storage/recipe.repository.ts';
import { detailsOf, latestReconciliation } from '../storage/run.repository.ts';
import type { DecisionEvent } from './decision-event.ts';

/** What a run on chosen sides keeps as its summary. */
export interface ReconciliationRunSummary {
  readonly reconciliation: ReconciliationSummary;
  /** The last decision it knew. */
  readonly decisions: number;
}

/** The stored matching that a case's screen shows: decisions are folded over it. */
export interface Basis {
  readonly runId: string;
  /** The number its matches and leftovers stand under. */
  readonly run: number;
  readonly ranAt: string;
  readonly origin: 'examination' | 'own';
  readonly sides: { readonly a: SideChoice; readonly b: SideChoice };
  readonly summary: ReconciliationSummary;
  readonly stale: boolean;
  /** The number of the last decision it was held to; null where the run does not say. */
  readonly known: number | null;
}

/** SHA-256 over what a matching rests on besides its own decisions: the sources, and duplicates that people confirmed. */
export const basisDigest = (store: ReadStore, caseId: string): string =>
  hex(sha256(utf8(JSON.stringify([inputDigest(store, caseId), decisionsDigest(recipeEvents(store, caseId))]))));

const isDefault = (sides: Basis['sides']): boolean => JSON.stringify(sides) === JSON.stringify(DEFAULT_SIDES);

/**
 * The latest matching of a case; null where none was run. A choice of other sides stays until another is made; where the
 * sides are those of an examination, the newer of the two counts.
 */
export const currentBasis = (store: ReadStore, caseId: string): Basis | null => {
  const examined = latestRun(store, caseId);
  const own = latestReconciliation(store, caseId);
  if (own !== undefined) {
    const sides = JSON.parse(own.sides) as Basis['sides'];
    if (examined === undefined || !isDefault(sides) || own.examination >= examined.ordinal) {
      const summary = JSON.parse(own.summary) as ReconciliationRunSummary;
      return {
        runId: own.id,
        run: detailsOf(own.ordinal),
        ranAt: own.ran_at,
        origin: 'own',
        sides,
        summary: summary.reconciliation,
        stale: own.input_digest !== basisDigest(store, caseId),
        known: summary.decisions,
      };
    }
  }
  if (examined === undefined) return null;
  const summary = JSON.parse(examined.summary) as RunSummary;
  return {
    runId: examined.id,
    run: examined.ordinal,
    ranAt: examined.ran_at,
    origin: 'examination',
    sides: { a: DEFAULT_SIDES.a, b: DEFAULT_SIDES.b },
    summary: summary.reconciliation,
    stale: isStale(store, caseId, examined, summary),
    known: null,
  };
};

/** How many of a case's decisions a matching was held to: those taken before it ran. */
export const decisionsKnownTo = (events: readonly DecisionEvent[], { known, ranAt }: Basis): number =>
  known ?? events.filter(({ at }) => at <= ranAt).length;
