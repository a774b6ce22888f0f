import { describe, expect, it } from 'vitest';
import { NO_SETTINGS } from '../domain/detection-settings.ts';
import { TEST_CATALOGUE } from '../domain/test-catalogue.ts';
import type { PlanInputs } from './run-catalogue-plan.ts';
import { caseParameters, planCatalogue } from './run-catalogue-plan.ts';

const BASIS = { records: 'records', parties: 'parties' };
const inputs = (more: Partial<PlanInputs>): PlanInputs => ({
  settings: NO_SETTINGS,
  given: {},
  asked: null,
  fresh: false,
  firstLook: true,
  rows: { bank: 250_001, ledger: 0 },
  bases: { bank: BASIS, ledger: BASIS },
  earlier: [],
  ...more,
});
const left = (more: Partial<PlanInputs>): string[] =>
  planCatalogue(inputs(more)).flatMap(({ test, refusal }) => (refusal?.code === 'left-for-later' ? [test.id] : []));

describe('a first look', () => {
  const slow = [
    'duplicate-fuzzy',
    ...TEST_CATALOGUE.filter(({ group }) => group === 'flows' || group === 'outliers').map(({ id }) => id),
  ];

  it('leaves the tests that take long for later, where the records are many', () => {
    expect(slow).toHaveLength(11);
    expect(left({})).toEqual(slow);
    expect(left({ rows: { bank: 250_000, ledger: 9_000_000 } })).toEqual([]);
  });

  it('is asked for: everything else runs all, and what is named runs', () => {
    expect(left({ firstLook: false })).toEqual([]);
    const [named] = planCatalogue(inputs({ asked: ['stack'] })).filter(({ fate }) => fate === 'run');
    expect(named?.test.id).toBe('stack');
  });
});

describe('the parameters of an examination', () => {
  // docs/specs/one-time-vendor.md: money out is negative in an examination, whatever most amounts are.
  it('tell payments by their sign, unless the case says otherwise', () => {
    const test = TEST_CATALOGUE.find(({ id }) => id === 'one-time-vendor')!;
    expect(caseParameters(test, NO_SETTINGS)).toMatchObject({ sign: 'signed' });
    const settings = { ...NO_SETTINGS, overrides: { 'one-time-vendor': { sign: 'positive' } } };
    expect(caseParameters(test, settings)).toMatchObject({ sign: 'positive' });
  });
});
