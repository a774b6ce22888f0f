import { expect, it } from 'vitest';
import { businessCore } from './business-words.ts';
import { foldCode, foldEmail, foldPhone, foldText } from './fold-text.ts';

it.each([
  ['  Müller-Lüdenscheidt  ', 'muller ludenscheidt'],
  ["O'Brien & Sons", 'obrien sons'],
  ['S.A.R.L.', 'sarl'],
  ['Ørsted A/S', 'orsted a s'],
  ['STRAẞE Łódź', 'strasse lodz'],
  ['ﬁrst ｆｕｌｌ', 'first full'],
  ['–', ''],
  ['ООО «Ромашка»', 'ооо ромашка'],
])('%s folds to “%s”', (text, folded) => {
  expect(foldText(text)).toBe(folded);
});

it('folds codes, addresses and numbers to what identifies', () => {
  expect(foldCode('DE89 3704-0044 0532 0130 00')).toBe('de89370400440532013000');
  expect(foldEmail(' Anna.Lee@Example.ORG ')).toBe('anna.lee@example.org');
  expect([
    foldPhone('310/246-1501'),
    foldPhone('+49 (30) 123 456'),
    foldPhone('0049 30 123456'),
    foldPhone('ext. 12'),
  ]).toEqual(['3102461501', '4930123456', '4930123456', 'ext12']);
});

it.each([
  ['muller gmbh', 'muller'],
  ['muller gmbh co kg', 'muller'],
  ['amazon eu sa r l', 'amazon eu'],
  ['orsted a s', 'orsted'],
  ['a s roma', 'a s roma'],
  ['fiat s p a', 'fiat'],
  ['the baker street foods limited', 'baker street foods'],
  ['sa consulting', 'sa consulting'],
  ['the company ltd', 'the company ltd'],
  ['polska spolka z o o', 'polska'],
  ['co ltd', 'co'],
])('the core of “%s” is “%s”', (folded, core) => {
  expect(businessCore(folded)).toBe(core);
});

it('leaves a name that is nothing but noise', () => {
  expect(businessCore('the')).toBe('the');
});
