import type { TriageState } from './fold-triage.ts';

/** Outcomes of explanations in words. */
export const OUTCOME_WORDS = { supports: 'supports', against: 'speaks against', unclear: 'cannot tell' } as const;

const because = (reason: string): string => (reason === '' ? '' : `: ${reason}`);

/** Why a fact stands as it does, in one sentence; null where there is nothing to say. */
export const stateReasonOf = ({ state, decision, conflict, reopened }: TriageState): string | null => {
  if (conflict.length > 0)
    return `Decided in two ways: ${conflict
      .map(({ actor, state: said, reason }) => `${said} by ${actor === '' ? 'an examiner' : actor}${because(reason)}`)
      .join(' / ')}`;
  if (reopened !== null) {
    const was = `was ${reopened.decision.state}`;
    switch (reopened.why) {
      case 'rows-changed':
        return `${was} before its rows changed${because(reopened.decision.reason)}`;
      case 'test-joined':
        return `${was} before ${reopened.tests.join(' and ')} found the same rows${because(reopened.decision.reason)}`;
      case 'returned':
        return `returned by ${reopened.review?.actor ?? ''}${because(reopened.review?.reason ?? '')}; ${was}${because(reopened.decision.reason)}`;
    }
  }
  return decision === null || (state === 'open' && decision.reason === '') || decision.reason === ''
    ? null
    : decision.reason;
};
