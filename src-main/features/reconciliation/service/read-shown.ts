import type { Output } from '../../../engine/handler.ts';
import type { ReadStore } from '../../../platform/store.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { decisionsKnownTo } from './current-basis.ts';
import { explainedRows, leftoverProposals } from './leftovers.ts';
import type { Judgment } from './match-view.ts';
import { isMatched } from './match-view.ts';
import { proofTotals } from './proof-totals.ts';
import type { ShownReconciliation } from './shown-reconciliation.ts';
import { sideParts } from './side-rows.ts';

type Read = NonNullable<Output<'reconciliations.read'>>;

const proposalCounts = (store: ReadStore, shown: ShownReconciliation): Read['proposals'] => {
  const counts = new Map<string, { kind: string; a: number; b: number }>();
  for (const { side, kinds } of leftoverProposals(store, shown))
    for (const kind of new Set(kinds)) {
      const count = counts.get(kind) ?? { kind, a: 0, b: 0 };
      count[side] += 1;
      counts.set(kind, count);
    }
  return [...counts.values()].sort((x, y) => (x.kind < y.kind ? -1 : 1));
};

/** The shown reconciliation as the screen's head needs it: counts, proof, balances, locks, rates. */
export const readShown = (store: ReadStore, shown: ShownReconciliation, sources: readonly CaseSource[]): Read => {
  const { basis, view } = shown;
  const { matched } = basis.summary;
  const a = sideParts(sources, basis.sides.a, view);
  const b = sideParts(sources, basis.sides.b, view);
  const totals = proofTotals(a, b, matched?.sign === 'opposite' ? -1 : 1);
  const judgments: Record<Judgment, number> = { suggested: 0, confirmed: 0, accepted: 0, hand: 0, rejected: 0 };
  for (const { judgment } of view.matches) judgments[judgment] += 1;
  return {
    runId: basis.runId,
    ranAt: basis.ranAt,
    origin: basis.origin,
    sides: basis.sides,
    hasBothSides: matched !== null,
    stale: basis.stale,
    decisionsSince: view.events.length - decisionsKnownTo(view.events, basis),
    sign: matched?.sign ?? '',
    parameters: { ...matched?.parameters },
    limits: [...(matched?.limits ?? [])],
    counts: {
      judgments,
      matched: view.matches.filter(isMatched).length,
      suggested: judgments.suggested,
      openA: totals.openA,
      openB: totals.openB,
      explained: explainedRows(shown).length,
    },
    proposals: proposalCounts(store, shown),
    proof: matched === null ? [] : totals.proof,
    balances: basis.summary.balances,
    chain: basis.summary.chain,
    locks: view.state.locks.map(lock => ({ ...lock })),
    rates: view.state.rates.map(rate => ({ ...rate })),
  };
};
