import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DecisionEvent, ReferredMatch } from './decision-event.ts';
import { decisionStatuses, rowsOfStep } from './decision-event.ts';
import { foldDecisions, matchKey, stepsRestingOn } from './fold-decisions.ts';

const FILES = ['bank', 'ledger'];
const eventsOf = (...bodies: readonly DecisionEvent['body'][]): DecisionEvent[] =>
  bodies.map((body, i) => ({ seq: i + 1, title: body.kind, actor: 'Ada', at: '2026-01-01T00:00:00Z', body }));
const pair = (a: number, b: number): ReferredMatch => ({ a: [[0, a]], b: [[1, b]], score: 0.8 });
const confirmed = (...matches: ReferredMatch[]): DecisionEvent['body'] => ({
  kind: 'matches-confirmed',
  files: FILES,
  matches,
  above: null,
});
const rejected = (match: ReferredMatch): DecisionEvent['body'] => ({
  kind: 'matches-rejected',
  files: FILES,
  matches: [match],
});
const unmatched = (match: ReferredMatch): DecisionEvent['body'] => ({ kind: 'unmatched', files: FILES, match });
const byHand = (match: ReferredMatch): DecisionEvent['body'] => ({
  kind: 'matched-by-hand',
  files: FILES,
  match,
  reason: 'the fee was kept back',
  differences: [{ currency: 'EUR', amount: '-2.50' }],
  rates: [],
});
const locked = (...matches: ReferredMatch[]): DecisionEvent['body'] => ({
  kind: 'period-locked',
  files: FILES,
  from: '2025-01-01',
  to: '2025-01-31',
  reason: 'reported',
  matches,
});
const undone = (of: number): DecisionEvent['body'] => ({ kind: 'step-undone', of });
const heldOf = (events: readonly DecisionEvent[]) =>
  fold(events)
    .held.map(({ by, a, b }) => `${by} ${a.join(' ')} ${b.join(' ')}`)
    .sort();
/** Rows of the bank are 100 and on, those of the ledger 200 and on; no other file is held. */
const idOf = (file: string, index: number): number | null =>
  file === 'bank' ? 100 + index : file === 'ledger' ? 200 + index : null;
const fold = (events: readonly DecisionEvent[]) => foldDecisions(events, idOf);
const never = (): boolean => false;

describe('foldDecisions', () => {
  it('holds what was confirmed or matched by hand, with its difference and reason', () => {
    const state = fold(eventsOf(confirmed(pair(1, 1)), byHand(pair(2, 2))));
    expect(state.held.map(({ by, reason, differences }) => [by, reason, differences])).toEqual([
      ['accepted', '', []],
      ['hand', 'the fee was kept back', [{ currency: 'EUR', amount: '-2.50' }]],
    ]);
  });

  it('lets the later decision on a row prevail', () => {
    expect(heldOf(eventsOf(confirmed(pair(1, 1)), byHand(pair(1, 2))))).toEqual(['hand 101 202']);
    const apart = eventsOf(confirmed(pair(1, 1)), unmatched(pair(1, 1)));
    expect(heldOf(apart)).toEqual([]);
    expect(fold(apart).rejected.has(matchKey([101], [201]))).toBe(true);
    const again = eventsOf(rejected(pair(1, 1)), byHand(pair(1, 1)));
    expect(heldOf(again)).toEqual(['hand 101 201']);
    expect(fold(again).rejected.size).toBe(0);
  });

  it('names a match alike whichever side its rows stand on', () => {
    expect(matchKey([1, 12], [9])).toBe(matchKey([9], [12, 1]));
    expect(matchKey([1], [2, 9])).not.toBe(matchKey([1, 2], [9]));
  });

  it('keeps what a lock found, until it is unlocked, beneath what people decided', () => {
    expect(heldOf(eventsOf(locked(pair(1, 1))))).toEqual(['lock 101 201']);
    expect(heldOf(eventsOf(locked(pair(1, 1)), { kind: 'period-unlocked', lock: 1, reason: 'late entry' }))).toEqual(
      [],
    );
    expect(heldOf(eventsOf(confirmed(pair(1, 1)), locked(pair(1, 1))))).toEqual(['accepted 101 201']);
    expect(fold(eventsOf(locked(pair(1, 1)), undone(1))).locks).toEqual([]);
  });

  it('keeps decisions on files that the case does not hold apart from those on its own', () => {
    const elsewhere = {
      kind: 'matches-confirmed',
      files: ['gone', 'lost'],
      matches: [pair(1, 1)],
      above: null,
    } as const;
    const { held } = fold(eventsOf(elsewhere, confirmed(pair(1, 1))));
    expect(held.map(({ a, b }) => [a, b])).toEqual([
      [[-1], [-2]],
      [[101], [201]],
    ]);
  });

  it('is what it was before, when every step is taken back (any steps)', () => {
    const step = fc
      .record({ kind: fc.constantFrom('confirm', 'reject', 'hand', 'unmatch', 'lock'), a: fc.nat(4), b: fc.nat(4) })
      .map(({ kind, a, b }): DecisionEvent['body'] => {
        const match = pair(a, b);
        if (kind === 'confirm') return confirmed(match);
        if (kind === 'reject') return rejected(match);
        if (kind === 'hand') return byHand(match);
        return kind === 'lock' ? locked(match) : unmatched(match);
      });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.array(step, { maxLength: 8 }), (before, after) => {
        const known = fold(eventsOf(...before));
        const all = [...before, ...after, ...after.map((_, i) => undone(before.length + i + 1))];
        expect(fold(eventsOf(...all))).toEqual(known);
        // However the steps fell, no row stands in two matches.
        const rows = fold(eventsOf(...before, ...after)).held.flatMap(({ a, b }) => [...a, ...b]);
        expect(new Set(rows).size).toBe(rows.length);
      }),
    );
  });
});

describe('stepsRestingOn', () => {
  const statuses = decisionStatuses(
    eventsOf(
      confirmed(pair(1, 1)),
      confirmed(pair(2, 2)),
      unmatched(pair(1, 1)),
      byHand(pair(1, 3)),
      byHand(pair(4, 4)),
    ),
  );

  it('names later steps on the same rows, and those that rest on them', () => {
    expect(stepsRestingOn(statuses, [1], never)).toEqual([3, 4]);
    expect(stepsRestingOn(statuses, [1, 3, 4], never)).toEqual([]);
    expect(stepsRestingOn(statuses, [2], never)).toEqual([]);
    expect(stepsRestingOn(statuses, [4], never)).toEqual([]);
  });

  it('names locks over a row, and their being lifted', () => {
    const withLock = decisionStatuses(
      eventsOf(confirmed(pair(1, 1)), locked(), { kind: 'period-unlocked', lock: 2, reason: 'r' }),
    );
    expect(stepsRestingOn(withLock, [1], (_lock, rows) => rows.has('bank#1'))).toEqual([2, 3]);
    expect(stepsRestingOn(withLock, [1], never)).toEqual([]);
    expect(stepsRestingOn(withLock, [2], never)).toEqual([3]);
  });

  it('passes over steps that do not stand', () => {
    const taken = decisionStatuses(eventsOf(confirmed(pair(1, 1)), unmatched(pair(1, 1)), undone(2)));
    expect(stepsRestingOn(taken, [1], never)).toEqual([]);
    expect(taken.map(({ standing, undoneBy }) => [standing, undoneBy])).toEqual([
      [true, null],
      [false, 3],
    ]);
    expect(rowsOfStep(taken[0]!.step)).toEqual(['bank#1', 'ledger#1']);
  });
});
