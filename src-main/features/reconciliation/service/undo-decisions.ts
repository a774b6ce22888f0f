import { NexusError } from '../../../contract/errors.ts';
import { parseIsoDate } from '../../../kernel/civil-date.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { sourcesOfCase } from '../../ingestion/storage/source.repository.ts';
import { transactionById } from '../../ingestion/storage/transaction.repository.ts';
import { caseDecisions } from './case-decisions.ts';
import type { DecisionStatus } from './decision-event.ts';
import { decisionStatuses, rowsOfStep } from './decision-event.ts';
import { foldDecisions, stepsRestingOn } from './fold-decisions.ts';
import { placed } from './match-view.ts';
import type { RowPlaces } from './row-places.ts';
import { rowPlaces } from './row-places.ts';

interface Period {
  readonly from: string;
  readonly to: string;
}

/** Whether a row of these keys lies in a period, by its booking day. */
const covering = (store: ReadStore, places: RowPlaces): ((period: Period, rows: ReadonlySet<string>) => boolean) => {
  const days = new Map<string, number | null>();
  const dayOf = (key: string): number | null => {
    let day = days.get(key);
    if (day === undefined) {
      const id = places.idOfKey(key);
      day = (id === null ? undefined : transactionById(store, id)?.booking_day) ?? null;
      days.set(key, day);
    }
    return day;
  };
  return ({ from, to }, rows) => {
    const [first, last] = [parseIsoDate(from), parseIsoDate(to)];
    if (first === null || last === null) return false;
    for (const key of rows) {
      const day = dayOf(key);
      if (day !== null && day >= first && day <= last) return true;
    }
    return false;
  };
};

const lockStands = (seq: number, { from, to }: Period): NexusError =>
  new NexusError({
    code: 'reconciliation.lock-undone',
    category: 'conflict',
    message: `Step ${seq} locks the period ${from} to ${to}: a lock is lifted only with a reason.`,
    kept: 'Nothing was changed.',
    remedy: 'Unlock the period, with a reason.',
  });

export interface ChosenSteps {
  readonly steps: readonly DecisionStatus[];
  /** Later steps that rest on these and are not among them. */
  readonly resting: readonly { seq: number; title: string }[];
}

/**
 * The steps of these numbers, and what rests on them. Throws `reconciliation.step-unknown` for a number that is no step,
 * `reconciliation.step-state` for one that cannot be taken back (or, `standing` false, made to stand again), and
 * `reconciliation.period-locked` where a lock in force covers a row of theirs. A lock in force itself is not taken back
 * (`reconciliation.lock-undone`): it is lifted with a reason.
 */
export const chosenSteps = (
  store: ReadStore,
  caseId: string,
  seqs: readonly number[],
  standing: boolean,
): ChosenSteps => {
  requireCase(store, caseId);
  const events = caseDecisions(store, caseId);
  const statuses = decisionStatuses(events);
  const bySeq = new Map(statuses.map(status => [status.event.seq, status]));
  const steps = [...new Set(seqs)]
    .sort((a, b) => a - b)
    .map(seq => {
      const status = bySeq.get(seq);
      if (status === undefined)
        throw new NexusError({
          code: 'reconciliation.step-unknown',
          category: 'not-found',
          message: `The reconciliation has no step ${seq}.`,
        });
      if (status.standing !== standing)
        throw new NexusError({
          code: 'reconciliation.step-state',
          category: 'conflict',
          message: `Step ${seq} (${status.event.title}) ${standing ? 'is undone already' : 'is not undone'}.`,
        });
      return status;
    });
  const places = rowPlaces(placed(sourcesOfCase(store, caseId)));
  const covers = covering(store, places);
  const resting = standing
    ? stepsRestingOn(
        statuses,
        steps.map(({ event }) => event.seq),
        covers,
      ).map(seq => ({ seq, title: bySeq.get(seq)?.event.title ?? '' }))
    : [];
  const { locks } = foldDecisions(events, places.idOf);
  for (const { event, step } of steps) {
    if (step.kind === 'period-locked') {
      if (standing && locks.some(({ seq }) => seq === event.seq)) throw lockStands(event.seq, step);
      continue;
    }
    if (locks.length === 0) continue;
    const rows = new Set(rowsOfStep(step));
    const lock = locks.find(period => covers(period, rows));
    if (lock !== undefined)
      throw new NexusError({
        code: 'reconciliation.period-locked',
        category: 'conflict',
        message: `Step ${event.seq} (${event.title}) speaks of a row in the period ${lock.from} to ${lock.to}, which ${lock.actor} locked.`,
        kept: 'Nothing was changed.',
        remedy: 'Unlock the period first; that leaves a trace.',
      });
  }
  return { steps, resting };
};
