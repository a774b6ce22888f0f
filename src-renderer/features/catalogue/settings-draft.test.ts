import { expect, it } from 'vitest';
import { changedValues, withOverride, withSwitch, withValues } from './settings-draft.ts';

const SETTINGS = {
  values: { country: 'DE' },
  overrides: { velocity: { factor: '5' } },
  off: { 'fan-in': 'A shop.' },
};

it('a value of a test is set beside the others, and reset', () => {
  const set = withOverride(SETTINGS, 'velocity', { days: '3' });
  expect(set.overrides).toEqual({ velocity: { factor: '5', days: '3' } });
  expect(withOverride(set, 'velocity', { factor: null }).overrides).toEqual({ velocity: { days: '3' } });
  expect(withOverride(SETTINGS, 'velocity', { factor: null }).overrides).toEqual({});
});

it('a test is switched off and on', () => {
  expect(withSwitch(SETTINGS, 'velocity', 'Noise.').off).toEqual({ 'fan-in': 'A shop.', velocity: 'Noise.' });
  expect(withSwitch(SETTINGS, 'fan-in', null).off).toEqual({});
});

it('a shared value is set to nothing, which is not the same as reset', () => {
  expect(withValues(SETTINGS, { country: '' }).values).toEqual({ country: '' });
  expect(withValues(SETTINGS, { country: null, weekend: 'none' }).values).toEqual({ weekend: 'none' });
});

it('what a draft leaves as it is, is no change', () => {
  const current = (name: string): string | null => (name === 'country' ? 'DE' : null);
  expect(changedValues({ country: 'DE', weekend: null, keywords: 'plug' }, current)).toEqual({ keywords: 'plug' });
});
