import { describe, expect, it } from 'vitest';
import {
  checkSettings,
  type DetectionSettings,
  NO_SETTINGS,
  SHARED_PARAMETERS,
  settingsChanges,
  settledParameters,
} from './detection-settings.ts';
import type { ForensicTest, ParameterSpec } from './forensic-test.ts';
import { resolveParameters } from './parameters.ts';
import { TEST_CATALOGUE } from './test-catalogue.ts';

const testOf = (id: string, ...parameters: readonly ParameterSpec[]): ForensicTest => ({
  id,
  version: '1.0.0',
  title: id,
  group: 'amounts',
  side: 'bank',
  needs: [],
  uses: [],
  parameters,
  explanations: [],
  run: () => {
    throw new Error('not run here');
  },
});
const LIMITS: ParameterSpec = { name: 'thresholds', kind: 'decimals', default: '10000', minimum: 1, meaning: 'limits' };
const COUNT: ParameterSpec = { name: 'count', kind: 'integer', default: '3', minimum: 1, meaning: 'least count' };
const CATALOGUE = [testOf('below', LIMITS, COUNT), testOf('above', LIMITS), testOf('other', COUNT)];

const settings = (more: Partial<DetectionSettings>): DetectionSettings => ({ ...NO_SETTINGS, ...more });
const accepted = (more: Partial<DetectionSettings>): DetectionSettings => {
  const checked = checkSettings(settings(more), CATALOGUE);
  if (!checked.ok) throw new Error(checked.error.message);
  return checked.value;
};
const refused = (more: Partial<DetectionSettings>) => {
  const checked = checkSettings(settings(more), CATALOGUE);
  return checked.ok ? null : checked.error;
};

describe("a case's settings", () => {
  it('reach every test that declares the parameter, and no other', () => {
    const given = settings({ values: { thresholds: '500' } });
    expect(CATALOGUE.map(test => settledParameters(test, given))).toEqual([
      { thresholds: '500' },
      { thresholds: '500' },
      {},
    ]);
  });

  it('give way to what is set for one test', () => {
    const given = settings({ values: { thresholds: '500' }, overrides: { above: { thresholds: '900' } } });
    expect(settledParameters(CATALOGUE[0]!, given, { count: '7' })).toEqual({ thresholds: '500', count: '7' });
    expect(settledParameters(CATALOGUE[1]!, given)).toEqual({ thresholds: '900' });
  });

  it('are kept in one spelling, without empty parts', () => {
    const kept = accepted({
      values: { country: ' de ', thresholds: '0500.0, 1000', 'year-end': '06-30' },
      overrides: { below: { count: '05' }, above: {} },
      off: { other: '  not for this case ' },
    });
    expect(kept).toEqual({
      values: { country: 'DE', thresholds: '500,1000', 'year-end': '06-30' },
      overrides: { below: { count: '5' } },
      off: { other: 'not for this case' },
    });
    expect(accepted(kept)).toEqual(kept);
  });

  it('are refused where they name what is not there, naming what is', () => {
    expect(refused({ values: { contry: 'DE' } })).toMatchObject({ code: 'settings.unknown', place: 'contry' });
    expect(refused({ overrides: { belw: {} } })).toMatchObject({
      code: 'settings.unknown',
      place: 'belw',
      allowed: ['below', 'above', 'other'],
    });
    expect(refused({ overrides: { below: { cuont: '1' } } })).toMatchObject({
      code: 'settings.unknown',
      place: 'below.cuont',
    });
  });

  it.each([
    ['country', 'Germany'],
    ['year-end', '31-12'],
    ['year-end', '06-31'],
    ['year-end', 'Dezember'],
    ['hours-from', '7'],
    ['period-end', '2024-02-30'],
    ['weekend', 'monday'],
    ['materiality', '-1'],
    // 0 is a limit that the shared parameter takes and the tests do not.
    ['thresholds', '0'],
  ])('refuse %s = %s', (name, value) => {
    expect(refused({ values: { [name]: value } })).toMatchObject({ code: 'settings.invalid' });
  });

  it('switch a test off only with a reason', () => {
    expect(refused({ off: { other: ' ' } })).toMatchObject({ code: 'settings.invalid', place: 'other' });
  });

  it('are told by what changed', () => {
    const before = accepted({ values: { country: 'DE' }, off: { other: 'noise' } });
    const after = accepted({ values: { thresholds: '500' }, overrides: { below: { count: '5' } } });
    expect(settingsChanges(before, after)).toEqual([
      'country: DE → default',
      'thresholds: default → 500',
      'below.count: default → 5',
      'other: switched on',
    ]);
    expect(settingsChanges(after, after)).toEqual([]);
  });
});

describe('the shared parameters', () => {
  it('have defaults that they allow', () => {
    for (const spec of SHARED_PARAMETERS) expect(resolveParameters([spec], {}).ok, spec.name).toBe(true);
  });

  it('are declared by tests of the catalogue as the same kind', () => {
    for (const test of TEST_CATALOGUE)
      for (const { name, kind } of test.parameters) {
        const shared = SHARED_PARAMETERS.find(spec => spec.name === name);
        if (shared !== undefined) expect([test.id, name, kind]).toEqual([test.id, name, shared.kind]);
      }
  });

  it('refuse the same values for one test as for the case', () => {
    for (const [name, value] of [
      ['year-end', '31-12'],
      ['year-end', '06-31'],
      ['year-end', 'Dezember'],
      ['country', 'Germany'],
      ['period-end', '2024-02-30'],
      ['hours-from', '25:00'],
    ] as const)
      for (const test of TEST_CATALOGUE.filter(({ parameters }) => parameters.some(own => own.name === name))) {
        const checked = checkSettings(settings({ overrides: { [test.id]: { [name]: value } } }), TEST_CATALOGUE);
        expect(checked.ok ? test.id : checked.error).toMatchObject({
          code: 'settings.invalid',
          place: `${test.id}.${name}`,
        });
        expect(resolveParameters(test.parameters, { [name]: value }).ok).toBe(false);
      }
  });

  it('can each be set in a case with the whole catalogue', () => {
    const values = {
      country: 'DE',
      weekend: 'friday-saturday',
      'hours-from': '08:00',
      'hours-to': '17:30',
      thresholds: '5000,10000',
      materiality: '25000',
      'period-end': '2024-12-31',
      'year-end': '06-30',
      keywords: 'suspense, per CEO',
    };
    expect(Object.keys(values)).toEqual(SHARED_PARAMETERS.map(spec => spec.name));
    const checked = checkSettings(settings({ values }), TEST_CATALOGUE);
    expect(checked.ok ? checked.value.values : checked.error).toEqual(values);
  });
});
