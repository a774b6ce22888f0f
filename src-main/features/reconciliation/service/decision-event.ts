/**
 * What a person decided of a case's matches. Rows are named by the digest of their file and their place in it, so that a
 * decision outlives runs and holds wherever the same file is imported.
 */

/** A row of an event: the place of its file in the event's `files`, and its place among the file's transactions (0-based). */
export type RowReference = readonly [file: number, index: number];

/** Rows of both sides that belong together; a transfer between own accounts has all of them on one side. */
export interface ReferredMatch {
  readonly a: readonly RowReference[];
  readonly b: readonly RowReference[];
  /** The score it was proposed with (0…1); null where no run proposed it. */
  readonly score: number | null;
}

interface Referring {
  /** SHA-256 of the files that the rows lie in. */
  readonly files: readonly string[];
}

/** What is left over between the two sides of a match, in one currency: decimal text. */
export interface Difference {
  readonly currency: string | null;
  readonly amount: string;
}

export type DecisionStep =
  | (Referring & {
      readonly kind: 'matches-confirmed';
      readonly matches: readonly ReferredMatch[];
      /** All proposals from this score on were confirmed at once; null where they were chosen one by one. */
      readonly above: number | null;
    })
  | (Referring & { readonly kind: 'matches-rejected'; readonly matches: readonly ReferredMatch[] })
  | (Referring & {
      readonly kind: 'matched-by-hand';
      readonly match: ReferredMatch;
      /** Why, in the examiner's words; '' where nothing is left over. */
      readonly reason: string;
      readonly differences: readonly Difference[];
      /** Exchange rates used, in words. */
      readonly rates: readonly string[];
    })
  | (Referring & { readonly kind: 'unmatched'; readonly match: ReferredMatch })
  | (Referring & {
      readonly kind: 'period-locked';
      /** First and last day, YYYY-MM-DD. */
      readonly from: string;
      readonly to: string;
      readonly reason: string;
      /** The matches that stood then and touch the period: later runs keep them. */
      readonly matches: readonly ReferredMatch[];
    })
  | { readonly kind: 'period-unlocked'; readonly lock: number; readonly reason: string }
  | (Referring & {
      readonly kind: 'proposal-accepted' | 'proposal-declined';
      readonly row: RowReference;
      readonly proposal: string;
      /** The proposal in plain words, as it was shown. */
      readonly text: string;
      readonly note: string;
    })
  | {
      readonly kind: 'rate-added';
      /** 1 unit of `base` is `rate` units of `quote`. */
      readonly base: string;
      readonly quote: string;
      readonly rate: string;
      readonly day: string;
      readonly source: string;
    };

export type DecisionReversal =
  | { readonly kind: 'step-undone'; readonly of: number }
  | { readonly kind: 'step-redone'; readonly of: number };

/** An event of a case's reconciliation. Events are only ever appended: undoing a step is an event too. */
export interface DecisionEvent {
  /** 1, 2, 3 … in the case. */
  readonly seq: number;
  readonly title: string;
  readonly actor: string;
  readonly at: string;
  readonly body: DecisionStep | DecisionReversal;
}

/** A step with what became of it. */
export interface DecisionStatus {
  readonly event: DecisionEvent;
  readonly step: DecisionStep;
  readonly standing: boolean;
  /** The event that undid it last; null for a step that stands. */
  readonly undoneBy: number | null;
}

/** A row's key in text: the file's digest and the place in it. */
export const rowKey = (source: string, index: number): string => `${source}#${index}`;

export const keysOf = (files: readonly string[], rows: readonly RowReference[]): string[] =>
  rows.map(([file, index]) => rowKey(files[file] ?? '', index));

/** Every step in order, with whether it stands after all undoing and redoing. */
export const decisionStatuses = (events: readonly DecisionEvent[]): DecisionStatus[] => {
  const undoneBy = new Map<number, number | null>();
  for (const { seq, body } of events) {
    if (body.kind === 'step-undone') undoneBy.set(body.of, seq);
    else if (body.kind === 'step-redone') undoneBy.set(body.of, null);
  }
  return events.flatMap(event => {
    const { body } = event;
    if (body.kind === 'step-undone' || body.kind === 'step-redone') return [];
    const by = undoneBy.get(event.seq) ?? null;
    return [{ event, step: body, standing: by === null, undoneBy: by }];
  });
};

/** The matches a step speaks of; none for a step about a row, a lock that is lifted, or a rate. */
export const matchesOfStep = (step: DecisionStep): readonly ReferredMatch[] => {
  switch (step.kind) {
    case 'matches-confirmed':
    case 'matches-rejected':
    case 'period-locked':
      return step.matches;
    case 'matched-by-hand':
    case 'unmatched':
      return [step.match];
    default:
      return [];
  }
};

/** Keys of all rows a step speaks of. */
export const rowsOfStep = (step: DecisionStep): string[] => {
  if (step.kind === 'period-unlocked' || step.kind === 'rate-added') return [];
  if (step.kind === 'proposal-accepted' || step.kind === 'proposal-declined') return keysOf(step.files, [step.row]);
  return matchesOfStep(step).flatMap(({ a, b }) => keysOf(step.files, [...a, ...b]));
};
