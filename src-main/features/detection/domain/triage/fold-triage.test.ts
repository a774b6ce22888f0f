import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldTriage, reviewerOfStep, UNTOUCHED } from './fold-triage.ts';
import type { TriageBody, TriageEvent } from './triage-event.ts';
import { factOf, hitName } from './triage-event.ts';
import { stateReasonOf } from './triage-words.ts';

// The rules are those of docs/specs/finding-triage.md.
const A = hitName('duplicate-exact', 'a');
const B = hitName('velocity', 'b');

const event = (seq: number, body: TriageBody, more: Partial<TriageEvent> = {}): TriageEvent => ({
  seq,
  actor: 'Ada',
  role: 'financial_examiner',
  at: `2026-01-0${Math.max(1, seq)}T00:00:00.000Z`,
  body,
  hits: [A],
  ...more,
});
const set = (
  seq: number,
  state: 'open' | 'explained' | 'confirmed' | 'dismissed',
  reason = '',
  more: Partial<TriageEvent> & { readonly seen?: number } = {},
): TriageEvent => {
  const { seen = null, ...rest } = more;
  return event(seq, { kind: 'state-set', state, reason, seen }, rest);
};

describe('the state of a fact', () => {
  it('is open before anything was decided', () => {
    expect(foldTriage([], [A])).toEqual(UNTOUCHED);
  });

  it('is its newest decision, with reason and actor', () => {
    const folded = foldTriage([set(1, 'confirmed'), set(2, 'dismissed', 'Refunded.', { actor: 'Bo' })], [A]);
    expect(folded).toMatchObject({ state: 'dismissed', decision: { actor: 'Bo', reason: 'Refunded.', seq: 2 } });
    expect(stateReasonOf(folded)).toBe('Refunded.');
  });

  it('opens again when a test that was not there joins, and says what it was', () => {
    const folded = foldTriage([set(1, 'dismissed', 'Refunded.')], [A, B]);
    expect(folded.state).toBe('open');
    expect(folded.reopened).toMatchObject({
      why: 'test-joined',
      tests: ['velocity'],
      decision: { state: 'dismissed' },
    });
    expect(stateReasonOf(folded)).toBe('was dismissed before velocity found the same rows: Refunded.');
    // Decided on both, it stands again; and it stands when a test is no longer there.
    expect(foldTriage([set(1, 'dismissed', 'x'), set(2, 'explained', 'y', { hits: [A, B] })], [A, B]).state).toBe(
      'explained',
    );
    expect(foldTriage([set(1, 'explained', 'y', { hits: [A, B] })], [A]).state).toBe('explained');
  });

  it('shows both decisions of tests that were decided apart and differently; equal ones stand', () => {
    const apart = [set(-1, 'dismissed', 'x', { hits: [A] }), set(0, 'confirmed', '', { hits: [B], actor: 'Bo' })];
    const folded = foldTriage(apart, [A, B]);
    expect(folded.state).toBe('open');
    expect(folded.conflict.map(({ state, actor }) => [state, actor])).toEqual([
      ['dismissed', 'Ada'],
      ['confirmed', 'Bo'],
    ]);
    expect(stateReasonOf(folded)).toBe('Decided in two ways: dismissed by Ada: x / confirmed by Bo');
    expect(foldTriage([set(-1, 'dismissed', 'x'), set(0, 'dismissed', 'y', { hits: [B] })], [A, B]).state).toBe(
      'dismissed',
    );
  });

  it('is in conflict where another decided meanwhile, until someone decides who saw both', () => {
    const first = set(5, 'confirmed', '', { seen: 4 });
    const second = set(6, 'dismissed', 'Refund.', { seen: 4, actor: 'Bo' });
    const folded = foldTriage([first, second], [A]);
    expect(folded.state).toBe('open');
    expect(folded.conflict.map(({ actor, state }) => [actor, state])).toEqual([
      ['Ada', 'confirmed'],
      ['Bo', 'dismissed'],
    ]);
    expect(foldTriage([first, second, set(7, 'dismissed', 'Both agree.', { seen: 6 })], [A])).toMatchObject({
      state: 'dismissed',
      conflict: [],
    });
    // The same word twice, or the same person, is no conflict.
    expect(foldTriage([first, set(6, 'confirmed', '', { seen: 4, actor: 'Bo' })], [A]).state).toBe('confirmed');
    expect(foldTriage([first, set(6, 'dismissed', 'x', { seen: 4 })], [A]).state).toBe('dismissed');
  });

  it('keeps the reason for opening it again', () => {
    const folded = foldTriage([set(1, 'dismissed', 'x'), set(2, 'open', 'The return was not found.')], [A]);
    expect(folded.state).toBe('open');
    expect(stateReasonOf(folded)).toBe('The return was not found.');
  });
});

describe('a review', () => {
  const approved = (seq: number, actor: string): TriageEvent =>
    event(seq, { kind: 'reviewed', verdict: 'approved', reason: '' }, { actor });

  it('by another person is four eyes; by the same it is not, and both are shown', () => {
    expect(foldTriage([set(1, 'confirmed'), approved(2, 'Bo')], [A]).review).toMatchObject({ fourEyes: true });
    expect(foldTriage([set(1, 'confirmed'), approved(2, 'Ada')], [A]).review).toMatchObject({ fourEyes: false });
  });

  it('is of a decision: a later one is not reviewed yet', () => {
    expect(foldTriage([set(1, 'confirmed'), approved(2, 'Bo'), set(3, 'dismissed', 'x')], [A]).review).toBeNull();
  });

  it('that returns opens the fact and keeps what was decided', () => {
    const returned = event(2, { kind: 'reviewed', verdict: 'returned', reason: 'Show the refund.' }, { actor: 'Bo' });
    const folded = foldTriage([set(1, 'dismissed', 'Refunded.'), returned], [A]);
    expect(folded).toMatchObject({ state: 'open', decision: null, reopened: { why: 'returned' } });
    expect(stateReasonOf(folded)).toBe('returned by Bo: Show the refund.; was dismissed: Refunded.');
    expect(foldTriage([set(1, 'dismissed', 'x'), returned, set(3, 'dismissed', 'Entry 17.')], [A])).toMatchObject({
      state: 'dismissed',
      review: null,
    });
  });
});

// Rule 4: what was approved is what stood; expected figures follow from the worked examples of the specification.
describe('a review judges what stood when it was written', () => {
  const judged = (seq: number, actor: string, verdict: 'approved' | 'returned' = 'approved'): TriageEvent =>
    event(seq, { kind: 'reviewed', verdict, reason: verdict === 'approved' ? '' : 'Show the refund.' }, { actor });
  const undo = (seq: number, of: number, actor = 'Ada'): TriageEvent => event(seq, { kind: 'undone', of }, { actor });
  const graded = (seq: number, actor: string): TriageEvent =>
    event(seq, { kind: 'severity-set', severity: 'low', reason: 'Small.' }, { actor });
  const explained = (seq: number, actor: string, by: 'hand' | 'check' = 'hand'): TriageEvent =>
    event(
      seq,
      {
        kind: 'explanations-tried',
        by,
        entries: [{ explanation: 'Agreed', version: null, outcome: 'supports', words: 'w', rowCount: 0 }],
      },
      { actor },
    );

  it('does not pass to an older decision when the judged one is undone', () => {
    const steps = [set(1, 'confirmed'), set(2, 'dismissed', 'x', { actor: 'Bo' }), judged(3, 'Cy')];
    expect(foldTriage(steps, [A])).toMatchObject({ state: 'dismissed', review: { actor: 'Cy', fourEyes: true } });
    const undone = [...steps, undo(4, 2)];
    expect(foldTriage(undone, [A])).toMatchObject({ state: 'confirmed', decision: { actor: 'Ada' }, review: null });
    // Undoing the undo brings back what was judged, and with it the approval.
    expect(foldTriage([...undone, undo(5, 4)], [A])).toMatchObject({ state: 'dismissed', review: { actor: 'Cy' } });
  });

  it('of an older decision counts again when that stands again (worked example of the specification)', () => {
    const bo = { actor: 'Bo' };
    const steps = [
      set(1, 'dismissed', 'x', bo),
      judged(2, 'Ada'),
      set(3, 'confirmed', '', bo),
      judged(4, 'Cy'),
      undo(5, 3),
    ];
    expect(foldTriage(steps, [A])).toMatchObject({ state: 'dismissed', review: { actor: 'Ada', seq: 2 } });
    const lowered = foldTriage([...steps, graded(6, 'Cy')], [A]);
    expect(lowered).toMatchObject({ state: 'dismissed', review: null, authors: ['Bo', 'Cy'] });
  });

  it('is never printed as of the one who decided, with two people', () => {
    const steps = [set(1, 'dismissed', 'x'), set(2, 'confirmed', '', { actor: 'Bo' }), judged(3, 'Ada'), undo(4, 2)];
    expect(foldTriage(steps, [A])).toMatchObject({ state: 'dismissed', decision: { actor: 'Ada' }, review: null });
  });

  it('that returned holds for its decision, also after a newer one came, was approved and was undone', () => {
    const steps = [set(1, 'confirmed'), judged(2, 'Cy', 'returned'), set(3, 'confirmed'), judged(4, 'Cy'), undo(5, 3)];
    expect(foldTriage(steps.slice(0, 4), [A])).toMatchObject({ state: 'confirmed', review: { verdict: 'approved' } });
    expect(foldTriage(steps, [A])).toMatchObject({ state: 'open', reopened: { why: 'returned' } });
    // Nor does a new severity bring back what was returned.
    expect(foldTriage([...steps.slice(0, 2), graded(3, 'Ada')], [A]).reopened?.why).toBe('returned');
  });

  it('counts no longer once a severity or an explanation by hand is added, changed or taken back', () => {
    const approved = [graded(1, 'Ada'), set(2, 'confirmed'), judged(3, 'Cy')];
    expect(foldTriage(approved, [A]).review).toMatchObject({ verdict: 'approved' });
    for (const later of [graded(4, 'Ada'), graded(4, 'Cy'), explained(4, 'Bo'), undo(4, 1)])
      expect(foldTriage([...approved, later], [A]), JSON.stringify(later.body)).toMatchObject({
        state: 'confirmed',
        review: null,
      });
    // What says nothing about it, and what a check found, leaves the approval; so does a change that was taken back.
    for (const later of [
      [event(4, { kind: 'flag-set', flagged: true })],
      [event(4, { kind: 'commented', text: 'x' })],
      [explained(4, 'Bo', 'check')],
      [graded(4, 'Bo'), undo(5, 4)],
    ])
      expect(foldTriage([...approved, ...later], [A]).review).toMatchObject({ actor: 'Cy' });
    // Approved again, it stands.
    expect(foldTriage([...approved, graded(4, 'Ada'), judged(5, 'Cy')], [A]).review).toMatchObject({ seq: 5 });
  });

  it('is four eyes only where the reviewer wrote nothing of what is judged', () => {
    const of = (...steps: TriageEvent[]) => foldTriage(steps, [A]);
    expect(of(graded(1, 'Cy'), set(2, 'confirmed'), judged(3, 'Cy')).review).toMatchObject({ fourEyes: false });
    expect(of(explained(1, 'Cy'), set(2, 'confirmed'), judged(3, 'Cy')).review).toMatchObject({ fourEyes: false });
    expect(of(graded(1, 'Cy'), undo(2, 1), set(3, 'confirmed'), judged(4, 'Cy')).review).toMatchObject({
      fourEyes: true,
    });
    expect(of(graded(1, 'Cy'), explained(2, 'Bo'), set(3, 'confirmed')).authors).toEqual(['Ada', 'Bo', 'Cy']);
  });

  it('can be taken back by its reviewer alone, whatever was undone of it before', () => {
    const steps = [set(1, 'confirmed'), judged(2, 'Cy'), undo(3, 2, 'Cy')];
    expect([1, 2, 3].map(seq => reviewerOfStep(steps, seq))).toEqual([null, 'Cy', 'Cy']);
  });
});

describe('severity, flag, assignment, comments, explanations', () => {
  it('are each the last word, comments are counted', () => {
    const tried = (seq: number, outcome: 'supports' | 'against') =>
      event(seq, {
        kind: 'explanations-tried',
        by: 'check',
        entries: [{ explanation: 'reversed', version: '1.0.0', outcome, words: 'w', rowCount: 2 }],
      });
    const folded = foldTriage(
      [
        event(1, { kind: 'severity-set', severity: 'low', reason: 'Small.' }),
        event(2, { kind: 'flag-set', flagged: true }),
        event(3, { kind: 'assigned', assignee: 'Bo' }),
        event(4, { kind: 'commented', text: 'Ask the bank.' }),
        event(5, { kind: 'commented', text: 'Asked.' }),
        tried(6, 'against'),
        tried(7, 'supports'),
      ],
      [A],
    );
    expect(folded).toMatchObject({
      state: 'open',
      severity: { severity: 'low', reason: 'Small.' },
      flagged: true,
      assignee: 'Bo',
      comments: 2,
    });
    expect(folded.tried.map(({ explanation, outcome, seq }) => [explanation, outcome, seq])).toEqual([
      ['reversed', 'supports', 7],
    ]);
  });
});

describe('undo', () => {
  it('takes one step back, whatever came after it; undoing the undo restores it', () => {
    const decided = [set(1, 'dismissed', 'x'), event(2, { kind: 'flag-set', flagged: true })];
    const undone = [...decided, event(3, { kind: 'undone', of: 1 })];
    expect(foldTriage(undone, [A])).toMatchObject({ state: 'open', decision: null, flagged: true });
    expect(foldTriage([...undone, event(4, { kind: 'undone', of: 3 })], [A])).toMatchObject({ state: 'dismissed' });
  });

  it('of every step leaves the fact as it was (property)', () => {
    const body = fc.oneof(
      fc.record({
        kind: fc.constant('state-set' as const),
        state: fc.constantFrom('open' as const, 'explained' as const, 'confirmed' as const, 'dismissed' as const),
        reason: fc.string(),
        seen: fc.constant(null),
      }),
      fc.record({ kind: fc.constant('flag-set' as const), flagged: fc.boolean() }),
      fc.record({ kind: fc.constant('assigned' as const), assignee: fc.option(fc.string({ minLength: 1 })) }),
      fc.record({ kind: fc.constant('commented' as const), text: fc.string() }),
    );
    fc.assert(
      fc.property(fc.array(body, { maxLength: 8 }), fc.array(body, { maxLength: 8 }), (kept, taken) => {
        const before = kept.map((each, i) => event(i + 1, each));
        const steps = taken.map((each, i) => event(before.length + i + 1, each));
        const undos = steps.map(({ seq }, i) =>
          event(before.length + steps.length + i + 1, { kind: 'undone', of: seq } as const),
        );
        expect(foldTriage([...before, ...steps, ...undos], [A])).toEqual(foldTriage(before, [A]));
      }),
    );
  });
});

describe('the fact of a finding', () => {
  it('is its rows; without rows it is a fact of its own', () => {
    expect(factOf('a', 'k', 2, 'digest')).toBe(factOf('b', 'l', 2, 'digest'));
    expect(factOf('a', 'k', 0, 'empty')).not.toBe(factOf('b', 'k', 0, 'empty'));
  });
});
