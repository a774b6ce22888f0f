import { OUTCOME_WORDS } from '../domain/triage/triage-words.ts';
import type { StatedFinding } from './finding-view.ts';

const by = (actor: string, at: string): string => `${actor === '' ? 'an examiner' : actor} at ${at}`;

/** What people made of a finding beside its state, as terms with words; nothing where nothing was done. */
export const standingOf = ({
  triage,
  severity,
}: StatedFinding): readonly (readonly [term: string, words: string])[] => {
  const { decision, review, tried, severity: own, assignee } = triage;
  const lines: (readonly [string, string])[] = [];
  if (decision !== null) lines.push(['Decided by', by(decision.actor, decision.at)]);
  if (review !== null)
    lines.push([
      review.verdict === 'approved' ? 'Approved by' : 'Returned by',
      `${by(review.actor, review.at)}, four eyes: ${review.fourEyes ? 'yes' : 'no'}${review.reason === '' ? '' : `. ${review.reason}`}`,
    ]);
  if (own !== null && own.severity !== severity)
    lines.push(['Severity', `set to ${own.severity} by ${own.actor}, because: ${own.reason}`]);
  if (assignee !== null) lines.push(['Assigned to', assignee]);
  for (const { explanation, outcome, words, by: how } of tried)
    lines.push([
      how === 'hand' ? 'Tried by hand' : 'Innocent explanation tried',
      `${explanation}: ${OUTCOME_WORDS[outcome]}. ${words}`,
    ]);
  return lines;
};
