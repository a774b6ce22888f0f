import type { DecisionEvent, DecisionStatus, Difference, RowReference } from './decision-event.ts';
import { decisionStatuses, matchesOfStep, rowKey, rowsOfStep } from './decision-event.ts';

/** A match that stands because of a person. */
export interface HeldMatch {
  /** The step it stands by. */
  readonly seq: number;
  readonly by: 'accepted' | 'hand' | 'lock';
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly score: number | null;
  readonly reason: string;
  readonly differences: readonly Difference[];
  readonly rates: readonly string[];
}

export interface PeriodLock {
  readonly seq: number;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly actor: string;
  readonly at: string;
}

export interface ExchangeRate {
  readonly seq: number;
  readonly base: string;
  readonly quote: string;
  readonly rate: string;
  readonly day: string;
  readonly source: string;
  readonly actor: string;
}

export interface Explanation {
  readonly seq: number;
  readonly accepted: boolean;
  readonly proposal: string;
  readonly text: string;
  readonly note: string;
  readonly actor: string;
}

/** What a person rejected, and the step that said so. */
export interface Rejection {
  readonly seq: number;
  readonly actor: string;
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly score: number | null;
}

/** What the steps that stand amount to. Rows by their ids in the store; below 0: rows of files that the case does not hold. */
export interface DecisionState {
  readonly held: readonly HeldMatch[];
  /** By `matchKey`. */
  readonly rejected: ReadonlyMap<string, Rejection>;
  readonly locks: readonly PeriodLock[];
  readonly explanations: ReadonlyMap<number, Explanation>;
  readonly rates: readonly ExchangeRate[];
}

/** The same text for a match however its rows and sides are ordered. */
export const matchKey = (a: readonly number[], b: readonly number[]): string => {
  const sorted = (rows: readonly number[]): string =>
    rows.length < 2 ? String(rows[0] ?? '') : [...rows].sort((x, y) => x - y).join(' ');
  const [first, second] = [sorted(a), sorted(b)];
  return first < second ? `${first} | ${second}` : `${second} | ${first}`;
};

/** The id of a row; null where the case does not hold its file. */
export type IdOfRow = (source: string, index: number) => number | null;

/** Applies the steps that stand, in order; a later decision prevails. Pure: the same events always give the same state. */
export const foldDecisions = (events: readonly DecisionEvent[], idOfRow: IdOfRow): DecisionState => {
  const elsewhere = new Map<string, number>();
  const idOf = (source: string, index: number): number => {
    const id = idOfRow(source, index);
    if (id !== null) return id;
    const key = rowKey(source, index);
    const known = elsewhere.get(key) ?? -1 - elsewhere.size;
    elsewhere.set(key, known);
    return known;
  };
  const idsOf = (files: readonly string[], rows: readonly RowReference[]): number[] =>
    rows.map(([file, index]) => idOf(files[file] ?? '', index));
  const heldByRow = new Map<number, HeldMatch>();
  const rejected = new Map<string, Rejection>();
  const locks = new Map<number, { readonly lock: PeriodLock; readonly kept: readonly HeldMatch[] }>();
  const explanations = new Map<number, Explanation>();
  const rates: ExchangeRate[] = [];
  const release = (match: HeldMatch): void => {
    for (const row of [...match.a, ...match.b]) if (heldByRow.get(row) === match) heldByRow.delete(row);
  };
  const hold = (match: HeldMatch): void => {
    const rows = [...match.a, ...match.b];
    for (const row of rows) {
      const before = heldByRow.get(row);
      if (before !== undefined) release(before);
    }
    for (const row of rows) heldByRow.set(row, match);
    rejected.delete(matchKey(match.a, match.b));
  };
  for (const { event, step, standing } of decisionStatuses(events)) {
    if (!standing) continue;
    const { seq, actor, at } = event;
    switch (step.kind) {
      case 'matches-confirmed':
      case 'matched-by-hand':
        for (const { a, b, score } of matchesOfStep(step))
          hold({
            seq,
            by: step.kind === 'matched-by-hand' ? 'hand' : 'accepted',
            a: idsOf(step.files, a),
            b: idsOf(step.files, b),
            score,
            reason: step.kind === 'matched-by-hand' ? step.reason : '',
            differences: step.kind === 'matched-by-hand' ? step.differences : [],
            rates: step.kind === 'matched-by-hand' ? step.rates : [],
          });
        break;
      case 'matches-rejected':
      case 'unmatched':
        for (const match of matchesOfStep(step)) {
          const a = idsOf(step.files, match.a);
          const b = idsOf(step.files, match.b);
          const key = matchKey(a, b);
          const before = heldByRow.get(a[0] ?? b[0] ?? -1);
          if (before !== undefined && matchKey(before.a, before.b) === key) release(before);
          rejected.set(key, { seq, actor, a, b, score: match.score });
        }
        break;
      case 'period-locked':
        locks.set(seq, {
          lock: { seq, from: step.from, to: step.to, reason: step.reason, actor, at },
          kept: step.matches.map(({ a, b, score }) => ({
            seq,
            by: 'lock',
            a: idsOf(step.files, a),
            b: idsOf(step.files, b),
            score,
            reason: '',
            differences: [],
            rates: [],
          })),
        });
        break;
      case 'period-unlocked':
        locks.delete(step.lock);
        break;
      case 'proposal-accepted':
      case 'proposal-declined': {
        const [row] = idsOf(step.files, [step.row]);
        explanations.set(row ?? -1, {
          seq,
          accepted: step.kind === 'proposal-accepted',
          proposal: step.proposal,
          text: step.text,
          note: step.note,
          actor,
        });
        break;
      }
      case 'rate-added':
        rates.push({
          seq,
          base: step.base,
          quote: step.quote,
          rate: step.rate,
          day: step.day,
          source: step.source,
          actor,
        });
        break;
    }
  }
  // What a lock keeps of the engine's own matches gives way to what a person decided of the same rows.
  for (const { kept } of locks.values())
    for (const match of kept)
      if ([...match.a, ...match.b].every(row => !heldByRow.has(row)) && !rejected.has(matchKey(match.a, match.b)))
        for (const row of [...match.a, ...match.b]) heldByRow.set(row, match);
  return {
    held: [...new Set(heldByRow.values())],
    rejected,
    locks: [...locks.values()].map(({ lock }) => lock),
    explanations,
    rates,
  };
};

/**
 * The later steps that rest on each of the given ones and stand: those that speak of a row of theirs, and locks over one
 * (`isLockedBy`). Those must be taken back first, or together. Steps that rest on such steps are among them.
 */
export const stepsRestingOn = (
  statuses: readonly DecisionStatus[],
  seqs: readonly number[],
  lockCovers: (lock: { readonly from: string; readonly to: string }, rows: ReadonlySet<string>) => boolean,
): number[] => {
  const chosen = new Set(seqs);
  const resting: number[] = [];
  const rows = new Set<string>();
  const locks = new Set<number>();
  for (const { event, step, standing } of statuses) {
    if (!standing) continue;
    const own = rowsOfStep(step);
    const rests =
      step.kind === 'period-unlocked'
        ? locks.has(step.lock)
        : step.kind === 'period-locked'
          ? rows.size > 0 && lockCovers(step, rows)
          : own.some(row => rows.has(row));
    if (!chosen.has(event.seq) && !rests) continue;
    if (!chosen.has(event.seq)) resting.push(event.seq);
    if (step.kind === 'period-locked') locks.add(event.seq);
    else for (const row of own) rows.add(row);
  }
  return resting;
};
