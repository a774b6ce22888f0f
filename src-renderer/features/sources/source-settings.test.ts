import { expect, it } from 'vitest';
import { splitSettings } from './source-settings.ts';

it('keeps control totals apart, in their usual order', () => {
  expect(splitSettings({ controlNet: '1.00', dateOrder: 'dmy', controlCount: '2' })).toEqual({
    answers: [['dateOrder', 'dmy']],
    controls: [
      ['controlCount', '2'],
      ['controlNet', '1.00'],
    ],
  });
  expect(splitSettings(undefined)).toEqual({ answers: [], controls: [] });
});
