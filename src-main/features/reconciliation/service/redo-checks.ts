import { NexusError } from '../../../contract/errors.ts';
import type { CommandContext } from '../../../engine/handler.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { parseRates } from '../domain/exchange-rates.ts';
import { matchWords, requireRow, rowWords } from './decided-rows.ts';
import type { DecisionEvent, DecisionStatus, DecisionStep, RowReference } from './decision-event.ts';
import { keysOf, matchesOfStep } from './decision-event.ts';
import { ratesText } from './engine-decisions.ts';
import type { HeldMatch } from './fold-decisions.ts';
import { matchKey } from './fold-decisions.ts';
import { leftoversOf } from './leftovers.ts';
import { matchDifference } from './match-difference.ts';
import { isMatched, matchView, runMatches } from './match-view.ts';
import type { ShownReconciliation } from './shown-reconciliation.ts';
import { requireShown } from './shown-reconciliation.ts';

type StepOf<Kind extends DecisionStep['kind']> = Extract<DecisionStep, { readonly kind: Kind }>;

/** What stands now, as a step that is to stand again meets it. */
class Standing {
  readonly store: ReadStore;
  readonly shown: ShownReconciliation;
  private readonly redone: DecisionStatus;
  private readonly heldByRow = new Map<number, HeldMatch>();
  constructor(store: ReadStore, shown: ShownReconciliation, redone: DecisionStatus) {
    this.store = store;
    this.shown = shown;
    this.redone = redone;
    for (const held of shown.view.state.held) for (const id of [...held.a, ...held.b]) this.heldByRow.set(id, held);
  }

  refuse(why: string, remedy: string): never {
    const { event } = this.redone;
    throw new NexusError({
      code: 'reconciliation.step-in-the-way',
      category: 'conflict',
      message: `Step ${event.seq} (${event.title}) cannot stand again: ${why}.`,
      kept: 'Nothing was changed.',
      remedy,
    });
  }

  /** Refuses because of another step. */
  refuseFor(seq: number, what: string): never {
    const { events } = this.shown.view;
    const other = events.find(event => event.seq === seq);
    const remedy =
      other?.body.kind === 'period-locked'
        ? 'Unlock the period first; that leaves a trace.'
        : `Take step ${seq} back first.`;
    return this.refuse(`step ${seq} (${other?.title ?? ''}) ${what}`, remedy);
  }

  /** Ids of a step's rows; refuses where the case does not hold the file of one, since nothing can be checked of it. */
  idsOf(files: readonly string[], rows: readonly RowReference[]): number[] {
    return keysOf(files, rows).map(
      key =>
        this.shown.view.places.idOfKey(key) ??
        this.refuse('it speaks of a row of a file that the case does not hold', 'Add the file to the case first.'),
    );
  }

  heldOf(id: number): HeldMatch | undefined {
    return this.heldByRow.get(id);
  }

  /** Refuses where one of the rows is matched. `key`: the engine's own match of exactly these rows is none in the way. */
  refuseMatched(ids: readonly number[], key: string | null): void {
    for (const id of ids) {
      const held = this.heldByRow.get(id);
      if (held !== undefined) this.refuseFor(held.seq, `has matched the ${rowWords(this.store, id)}`);
      const match = this.shown.view.matchOfRow.get(id);
      if (match !== undefined && isMatched(match) && matchKey(match.a, match.b) !== key)
        this.refuse(
          `the ${rowWords(this.store, id)} is matched already: ${matchWords(this.store, match)}`,
          'Take that match apart first.',
        );
    }
  }
}

const checkMatches = (standing: Standing, seq: number, step: StepOf<'matches-confirmed' | 'matched-by-hand'>): void => {
  const { view, basis } = standing.shown;
  for (const match of matchesOfStep(step)) {
    const a = standing.idsOf(step.files, match.a);
    const b = standing.idsOf(step.files, match.b);
    const key = matchKey(a, b);
    standing.refuseMatched([...a, ...b], step.kind === 'matches-confirmed' ? key : null);
    const rejection = view.state.rejected.get(key);
    // By hand a pair may be matched that was rejected before; what was rejected later prevails over it.
    if (rejection !== undefined && (step.kind === 'matches-confirmed' || rejection.seq > seq))
      standing.refuseFor(rejection.seq, 'has said that these rows do not belong together');
    if (step.kind !== 'matched-by-hand' || step.rates.length === 0) continue;
    const read = (ids: readonly number[]) => ids.map(id => requireRow(standing.store, id));
    const isOpposite = basis.summary.matched?.sign === 'opposite';
    const { rates } = matchDifference(read(a), read(b), isOpposite, view.state.rates);
    if (rates.join() !== step.rates.join())
      standing.refuse(
        `it rests on the exchange rate ${step.rates.join(' and ')}, and now there is ${rates.join(' and ')}`,
        'Match the rows by hand again.',
      );
  }
};

const checkRejections = (standing: Standing, step: StepOf<'matches-rejected'>): void => {
  const { view } = standing.shown;
  for (const match of step.matches) {
    const a = standing.idsOf(step.files, match.a);
    const b = standing.idsOf(step.files, match.b);
    const key = matchKey(a, b);
    const held = standing.heldOf(a[0] ?? b[0] ?? -1);
    if (held !== undefined && matchKey(held.a, held.b) === key) standing.refuseFor(held.seq, 'has matched these rows');
    const shown = view.matchOfRow.get(a[0] ?? b[0] ?? -1);
    if (shown !== undefined && isMatched(shown) && matchKey(shown.a, shown.b) === key)
      standing.refuse('the match stands by now', 'A match that stands is taken apart: use “Unmatch”.');
    const rejection = view.state.rejected.get(key);
    if (rejection !== undefined) standing.refuseFor(rejection.seq, 'has rejected this match already');
  }
};

const checkUnmatched = (standing: Standing, seq: number, step: StepOf<'unmatched'>): void => {
  const { view } = standing.shown;
  const a = standing.idsOf(step.files, step.match.a);
  const b = standing.idsOf(step.files, step.match.b);
  const key = matchKey(a, b);
  const rejection = view.state.rejected.get(key);
  if (rejection !== undefined) standing.refuseFor(rejection.seq, 'has taken these rows apart already');
  for (const id of [...a, ...b]) {
    const held = standing.heldOf(id);
    if (held !== undefined && (matchKey(held.a, held.b) !== key || held.seq > seq))
      standing.refuseFor(held.seq, `has matched the ${rowWords(standing.store, id)} since`);
  }
  const shown = view.matchOfRow.get(a[0] ?? b[0] ?? -1);
  const stands =
    standing.heldOf(a[0] ?? b[0] ?? -1) !== undefined ||
    (shown !== undefined && isMatched(shown) && matchKey(shown.a, shown.b) === key);
  if (!stands) standing.refuse('the match that it takes apart does not stand', 'Look at the list again.');
};

const checkExplanation = (
  standing: Standing,
  seq: number,
  step: StepOf<'proposal-accepted' | 'proposal-declined'>,
): void => {
  const ids = standing.idsOf(step.files, [step.row]);
  standing.refuseMatched(ids, null);
  for (const leftover of leftoversOf(standing.store, standing.shown, ids)) {
    const { explanation } = leftover;
    if (explanation !== null && explanation.seq > seq)
      standing.refuseFor(explanation.seq, 'has judged a proposal on the same row since');
    if (!leftover.proposals.some(({ kind }) => kind === step.proposal))
      standing.refuse('there is no such proposal any more', 'Look at the row again.');
  }
};

const checkRate = (standing: Standing, step: StepOf<'rate-added'>): void => {
  const { rates } = standing.shown.view.state;
  const read = parseRates(ratesText([...rates, step]));
  if (read.ok) return;
  const pair = (rate: { readonly base: string; readonly quote: string }): string =>
    [rate.base, rate.quote].sort().join().toUpperCase();
  const other = rates.find(rate => rate.day === step.day && pair(rate) === pair(step));
  if (other !== undefined) standing.refuseFor(other.seq, 'states a rate of the same pair and day');
  standing.refuse(`the rate cannot be used: ${read.error}`, 'Add the rate again.');
};

/** Throws where the step could not be taken as things stand, naming what is in the way. */
const checkStep = (standing: Standing, { event, step }: DecisionStatus): void => {
  switch (step.kind) {
    case 'matches-confirmed':
    case 'matched-by-hand':
      checkMatches(standing, event.seq, step);
      break;
    case 'matches-rejected':
      checkRejections(standing, step);
      break;
    case 'unmatched':
      checkUnmatched(standing, event.seq, step);
      break;
    case 'proposal-accepted':
    case 'proposal-declined':
      checkExplanation(standing, event.seq, step);
      break;
    case 'rate-added':
      checkRate(standing, step);
      break;
    case 'period-unlocked':
      if (!standing.shown.view.state.locks.some(({ seq }) => seq === step.lock))
        standing.refuse(`the lock of step ${step.lock} does not stand`, 'Look at the locks again.');
      break;
    case 'period-locked':
      standing.refuse('a lock keeps the matches that stand when it is made', 'Lock the period again.');
  }
};

/**
 * Holds steps that are to stand again, in their order, to the checks of a step that is taken anew. Throws
 * `reconciliation.step-in-the-way`, naming the step that a person has to take back first where there is one.
 */
export const refuseRedo = (context: CommandContext, caseId: string, steps: readonly DecisionStatus[]): void => {
  const { store } = context;
  let shown = requireShown(context, caseId);
  const found = steps.length > 1 ? runMatches(store, shown.basis.run) : null;
  for (const status of steps) {
    checkStep(new Standing(store, shown, status), status);
    if (found === null) return;
    // The next one meets this one standing.
    const { events } = shown.view;
    const head = events.at(-1)?.seq ?? 0;
    const redone: DecisionEvent = {
      ...status.event,
      seq: head + 1,
      body: { kind: 'step-redone', of: status.event.seq },
    };
    shown = { ...shown, view: matchView(store, caseId, shown.basis, [...events, redone], found) };
  }
};
