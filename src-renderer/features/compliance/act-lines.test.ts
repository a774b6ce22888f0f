import { describe, expect, it } from 'vitest';
import { actLines, countsOfAll } from './act-lines.ts';

const line = (actor: string, act: string, caseId: string | null, count: number, day: string) => ({
  actor,
  act,
  class: 'change' as const,
  sox: act === 'report.built',
  caseId,
  count,
  firstAt: `2026-03-${day}`,
  lastAt: `2026-03-${day}`,
});
const ACTS = [
  line('A', 'report.built', 'c1', 2, '05'),
  line('A', 'report.built', 'c2', 3, '02'),
  line('A', 'case.created', 'c1', 1, '01'),
  line('B', 'report.built', 'c1', 4, '03'),
];

describe('acts by person', () => {
  it('are summed over the cases, with the first and the last time of all', () => {
    expect(
      actLines(ACTS, { actor: undefined, soxOnly: false }).map(({ actor, act, count, firstAt, lastAt }) =>
        [actor, act, count, firstAt, lastAt].join(' '),
      ),
    ).toEqual([
      'A report.built 5 2026-03-02 2026-03-05',
      'B report.built 4 2026-03-03 2026-03-03',
      'A case.created 1 2026-03-01 2026-03-01',
    ]);
  });

  it('are those of one person, or the relevant ones, where that is asked', () => {
    expect(actLines(ACTS, { actor: 'A', soxOnly: true })).toHaveLength(1);
    expect(actLines(ACTS, { actor: 'A', soxOnly: false })).toHaveLength(2);
  });
});

it('sums people by class', () => {
  const person = { actor: 'A', roles: [], sox: 0, firstAt: '', lastAt: '' };
  const counts = { access: 1, change: 2, export: 3, security: 4, clock: 5, approval: 6 };
  expect(
    countsOfAll([
      { ...person, counts },
      { ...person, counts },
    ]),
  ).toEqual({ access: 2, change: 4, export: 6, security: 8, clock: 10, approval: 12 });
});
