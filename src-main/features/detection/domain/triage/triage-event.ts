import type { Explanation, Severity } from '../forensic-test.ts';

export const FINDING_STATES = ['open', 'explained', 'confirmed', 'dismissed'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** What trying an innocent explanation showed: it holds, it does not, or the records cannot tell. */
export type ExplanationOutcome = 'supports' | 'against' | 'unclear';

/** One innocent explanation that was tried on a fact, in words and figures. */
export interface TriedExplanation {
  /** Id of the check; for an explanation tried by hand what it is, in the examiner's words. */
  readonly explanation: Explanation | (string & {});
  /** Version of the check; null where it was tried by hand. */
  readonly version: string | null;
  readonly outcome: ExplanationOutcome;
  readonly words: string;
  /** How many rows the outcome rests on. */
  readonly rowCount: number;
}

/** What one event says. `of` is the number of an earlier event. */
export type TriageBody =
  | {
      readonly kind: 'state-set';
      readonly state: FindingState;
      readonly reason: string;
      /** The last event the person could see; null where that is not known. */
      readonly seen: number | null;
    }
  | { readonly kind: 'severity-set'; readonly severity: Severity | null; readonly reason: string }
  | { readonly kind: 'flag-set'; readonly flagged: boolean }
  | { readonly kind: 'assigned'; readonly assignee: string | null }
  | { readonly kind: 'commented'; readonly text: string }
  | {
      readonly kind: 'explanations-tried';
      readonly by: 'check' | 'hand';
      readonly entries: readonly TriedExplanation[];
    }
  | { readonly kind: 'reviewed'; readonly verdict: 'approved' | 'returned'; readonly reason: string }
  | { readonly kind: 'undone'; readonly of: number };

/** One event as one fact sees it. Events are only appended, numbered from 1 within a case; those of before have numbers below 1. */
export interface TriageEvent {
  readonly seq: number;
  readonly actor: string;
  readonly role: string;
  /** ISO 8601 instant. */
  readonly at: string;
  readonly body: TriageBody;
  /** Names (`hitName`) of the findings that made up the fact when the event was written. */
  readonly hits: readonly string[];
}

/** A finding's name across runs: its test and the key the test gave it. */
export const hitName = (test: string, key: string): string => `${test}\0${key}`;

/** Test and key of a hit's name. */
export const hitParts = (name: string): readonly [test: string, key: string] => {
  const at = name.indexOf('\0');
  return [name.slice(0, at), name.slice(at + 1)];
};

/**
 * The fact a finding is a hit of: the digest of its rows, so that findings of several tests on exactly the same rows are one
 * fact. A finding that rests on no row shares nothing with another: it is a fact of its own.
 */
export const factOf = (test: string, key: string, rowCount: number, rowsDigest: string): string =>
  rowCount === 0 ? `none:${test}:${key}` : rowsDigest;
