import { NexusError } from '../../../contract/errors.ts';
import type { FindingFilter } from '../../../contract/findings.contract.ts';
import type { ReadStore } from '../../../platform/store.ts';
import type { StatedFact } from './finding-selection.ts';
import { caseFindings, selectFacts } from './finding-selection.ts';

export type FindingTarget =
  | { readonly facts: readonly string[] }
  | { readonly filter: FindingFilter; readonly count: number };

/**
 * The facts a step is to be taken on. Throws `finding.unknown` for one that the latest examination does not have, and
 * `finding.filter-changed` where a filter no longer holds as many as the person was shown.
 */
export const targetFacts = (store: ReadStore, caseId: string, target: FindingTarget): readonly StatedFact[] => {
  const { facts } = caseFindings(store, caseId);
  if ('filter' in target) {
    const { chosen } = selectFacts(facts, target.filter);
    if (chosen.length !== target.count)
      throw new NexusError({
        code: 'finding.filter-changed',
        category: 'conflict',
        message: `The filter holds ${chosen.length} findings now, not ${target.count}.`,
        kept: 'Nothing was decided.',
        remedy: 'Look at the list as it is now and decide again.',
      });
    return chosen;
  }
  const byId = new Map(facts.map(stated => [stated.fact.id, stated]));
  return [...new Set(target.facts)].map(id => {
    const stated = byId.get(id);
    if (stated === undefined)
      throw new NexusError({
        code: 'finding.unknown',
        category: 'not-found',
        message: `The latest examination has no finding on the rows ${id}.`,
        kept: 'Nothing was decided.',
      });
    return stated;
  });
};
