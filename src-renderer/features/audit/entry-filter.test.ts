import { describe, expect, it } from 'vitest';
import {
  auditFilterFromSearch,
  auditFilterToSearch,
  countsByClass,
  type FoundEntry,
  filterOfEntry,
  filterOfNumbers,
  withCondition,
  withoutNumbers,
  withoutSox,
} from './entry-filter.ts';

const CASE = '11111111-2222-3333-4444-555555555555';

describe('the log’s filter in an address', () => {
  it('comes back as it went', () => {
    const filter = { text: 'a & b', actor: 'A. Examiner', caseId: CASE, class: 'export', from: '2026-03-01' } as const;
    expect(auditFilterFromSearch(new URLSearchParams(auditFilterToSearch(filter)))).toEqual(filter);
  });

  it('leaves out what the contract would refuse', () => {
    const search = new URLSearchParams({ class: 'gossip', from: 'yesterday', caseId: '7', actor: 'B', offset: '9' });
    expect(auditFilterFromSearch(search)).toEqual({ actor: 'B' });
  });

  it('sets, changes and takes back a condition', () => {
    expect(withCondition({ actor: 'A' }, 'class', 'clock')).toEqual({ actor: 'A', class: 'clock' });
    expect(withCondition({ actor: 'A' }, 'actor', 'B')).toEqual({ actor: 'B' });
    expect(withCondition({ actor: 'A', act: 'x' }, 'actor', '')).toEqual({ act: 'x' });
  });
});

it('picks one entry by its millisecond', () => {
  const entry = { act: 'case.created', actor: 'A', at: '2026-03-01T23:59:59.999Z' } as FoundEntry;
  expect(filterOfEntry(entry)).toEqual({
    act: 'case.created',
    actor: 'A',
    from: '2026-03-01T23:59:59.999Z',
    to: '2026-03-02T00:00:00.000Z',
  });
});

it('counts the found by class; an act of no known class counts nowhere', () => {
  const line = { actor: 'A', sox: false, caseId: null, count: 1, firstAt: '', lastAt: '' };
  const counts = countsByClass(
    [
      { act: 'case.created', count: 2 },
      { act: 'source.archived', count: 3 },
      { act: 'log.exported', count: 4 },
      { act: 'newer.act', count: 9 },
    ],
    [
      { ...line, act: 'case.created', class: 'change' },
      { ...line, act: 'source.archived', class: 'change' },
      { ...line, act: 'log.exported', class: 'export' },
      { ...line, act: 'newer.act', class: null },
    ],
  );
  expect(counts).toEqual({ access: 0, change: 5, export: 4, security: 0, clock: 0, approval: 0 });
});

it('finds entries by their numbers, by way of an address too', () => {
  expect(filterOfNumbers(12)).toEqual({ fromSeq: 12, toSeq: 12 });
  const filter = { ...filterOfNumbers(0, 15), actor: 'A', sox: true };
  const search = auditFilterToSearch(filter);
  expect(search).toBe('actor=A&fromSeq=0&toSeq=15&sox=true');
  expect(auditFilterFromSearch(new URLSearchParams(search))).toEqual(filter);
  expect(auditFilterFromSearch(new URLSearchParams('fromSeq=first&toSeq=-1&sox='))).toEqual({});
  expect(withoutNumbers(filter)).toEqual({ actor: 'A', sox: true });
  expect(withoutSox(filter)).toEqual({ actor: 'A', fromSeq: 0, toSeq: 15 });
});
