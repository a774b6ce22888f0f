import { expect, it } from 'vitest';
import { dayOrderOf, parseLooseDate } from './loose-date.ts';
import { parseLooseNumber } from './loose-number.ts';

it.each([
  ['1908-12-09', '19081209'],
  ['19081209', '19081209'],
  ['9.12.1908', '19081209'],
  ['09/12/68', '20681209'],
  ['2015-10-29T08:30:00Z', '20151029'],
  ['3 Mar 1999', '19990303'],
  ['März 3, 1999', '19990303'],
  ['19651301', '19651301'],
])('%s is %s', (text, digits) => {
  expect(parseLooseDate(text, 'dmy')?.digits).toBe(digits);
});

it('knows no day where the calendar has none, and no date where the text is none', () => {
  expect(parseLooseDate('19651301', 'dmy')?.day).toBeNull();
  expect(['waller', '12', '3 Foo 1999', '1234567'].map(text => parseLooseDate(text, 'dmy'))).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

it('tells the order of day and month from the values', () => {
  expect([
    dayOrderOf(['01/02/1999', '13/02/1999']),
    dayOrderOf(['01/02/1999', '02/13/1999']),
    dayOrderOf(['01/02/1999']),
  ]).toEqual(['dmy', 'mdy', 'dmy']);
});

it.each([
  ['$44.00', 44],
  ['1.299,50 €', 1299.5],
  ['1,299.50', 1299.5],
  ['1,299', 1299],
  ['12,5', 12.5],
  ['1.234.567', 1234567],
  ['EUR 7', 7],
  ['-3.5', -3.5],
])('%s is %f', (text, value) => {
  expect(parseLooseNumber(text)).toBe(value);
});

it('takes no text for a number', () => {
  expect(['5 kg', 'n/a', '', '1-2'].map(parseLooseNumber)).toEqual([null, null, null, null]);
});
