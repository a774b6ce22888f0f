import { describe, expect, it } from 'vitest';
import type { CatalogueTest, TestRun } from './catalogue-types.ts';
import { figureName, shownTests, testState, tooFew } from './test-state.ts';

const run = (more: Partial<TestRun> = {}): TestRun => ({
  test: 'velocity',
  version: '1.0.0',
  title: 'Velocity',
  parameters: {},
  population: { rows: 10, used: 10, excluded: [] },
  statistics: {},
  bins: [],
  limits: [],
  findings: 0,
  notRun: null,
  ...more,
});
const test = (more: Partial<CatalogueTest> = {}): CatalogueTest => ({
  id: 'velocity',
  version: '1.0.0',
  title: 'Velocity',
  group: 'time',
  side: 'bank',
  needs: [],
  uses: [],
  explanations: [],
  hasBins: false,
  missing: [],
  noLedger: false,
  off: null,
  parameters: [],
  last: run(),
  stale: false,
  ...more,
});

describe('how a test stands', () => {
  it.each([
    ['clear', {}],
    ['no-rows', { last: run({ population: { rows: 10, used: 0, excluded: [] } }) }],
    ['found', { last: run({ findings: 2 }) }],
    ['not-run', { last: null }],
    ['not-run', { last: run({ notRun: 'not asked for yet', notRunCode: 'not-asked' }) }],
    ['stale', { stale: true, last: run({ findings: 2 }) }],
    ['cannot', { missing: ['time'] }],
    ['cannot', { noLedger: true }],
    ['fault', { last: run({ notRun: 'failed', notRunCode: 'fault' }) }],
    // Switched off is what people decided: it goes before what could not run anyway.
    ['off', { off: 'noise', missing: ['time'] }],
  ] as const)('is %s', (state, more) => {
    expect(testState(test(more as Partial<CatalogueTest>))).toBe(state);
  });
});

describe('the tests shown', () => {
  const all = [
    test({ id: 'velocity', title: 'Velocity', last: run({ findings: 3 }) }),
    test({ id: 'out-of-hours', title: 'Out of hours', missing: ['time'] }),
    test({ id: 'fan-in', title: 'Fan-in', group: 'flows', stale: true }),
  ];
  const ids = (text: string, shown: Parameters<typeof shownTests>[2]) =>
    shownTests(all, text, shown, group => (group === 'flows' ? 'Money flows' : group)).map(({ id }) => id);

  it('are narrowed by name, id and the name of the group', () => {
    expect(ids(' HOURS ', 'all')).toEqual(['out-of-hours']);
    expect(ids('money', 'all')).toEqual(['fan-in']);
  });
  it('are narrowed by how they stand', () => {
    expect(ids('', 'found')).toEqual(['velocity']);
    expect(ids('', 'cannot')).toEqual(['out-of-hours']);
    expect(ids('', 'waiting')).toEqual(['fan-in']);
    expect(ids('', 'off')).toEqual([]);
  });
});

it('no verdict is read where the run says that there are too few values', () => {
  const limit = '40 amounts are too few for the first-two-digits test (at least 300).';
  expect(tooFew(run({ limits: ['Another limit.', limit] }))).toBe(limit);
  expect(tooFew(run({ limits: ['Another limit.'] }))).toBeNull();
});

it('a figure is named in words', () => {
  expect(['chiSquare', 'pValue', 'mad', 'distortionActualMean'].map(figureName)).toEqual([
    'chi square',
    'p value',
    'mad',
    'distortion actual mean',
  ]);
});
