import { describe, expect, it } from 'vitest';
import { type RecipeStatus, standingAfter, versionsOf } from './history-jump.ts';

const step = (seq: number, standing = true, ruleId?: string): RecipeStatus => ({
  seq,
  kind: 'rule-saved',
  title: `Step ${seq}`,
  actor: 'R. Adler',
  at: '2026-03-02T09:14:00.000Z',
  standing,
  undoneBy: standing ? null : 99,
  withoutEffect: false,
  step:
    ruleId === undefined
      ? { kind: 'parties-split', parties: ['A'] }
      : {
          kind: 'rule-saved',
          rule: {
            id: ruleId,
            name: 'Rent',
            version: seq,
            enabled: true,
            order: 10,
            when: { combinator: 'and', rules: [] },
            actions: [],
          },
        },
});

describe('history', () => {
  it('takes back every later step that stands, and no other', () => {
    const steps = [step(5), step(4, false), step(3), step(2), step(1)];
    expect(standingAfter(steps, 2).map(({ seq }) => seq)).toEqual([3, 5]);
    expect(standingAfter(steps, 5)).toEqual([]);
  });

  it('lists the versions of one rule, newest first, undone ones too', () => {
    const steps = [step(4, false, 'a'), step(3, true, 'b'), step(2), step(1, true, 'a')];
    expect(versionsOf(steps, 'a').map(({ rule }) => rule.version)).toEqual([4, 1]);
  });
});
