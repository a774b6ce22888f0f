import { describe, expect, it } from 'vitest';
import { foundSetting, readSettings, settingsToKeep } from './read-settings.ts';

const keys = (format: string | null, dialect = {}, overrides = {}): string[] =>
  readSettings(format, dialect, overrides).map(({ key }) => key);

describe('readSettings', () => {
  it('asks a workbook for no delimiter, quote or encoding', () => {
    expect(keys('xlsx')).toEqual(['dateOrder', 'decimalSign', 'headerRow', 'flipAmount', 'groupingSign']);
    expect(keys('csv')).toEqual([...keys('xlsx'), 'delimiter', 'quote', 'encoding']);
  });

  it('offers value dates, marks and sheets where the file has them', () => {
    const dialect = {
      valueDateOrder: 'dmy',
      signs: 'indicator',
      sheets: ['Notes: on it: 2 rows, no table', 'Q1: 1,204 rows, 1,200 transactions'],
    };
    expect(keys('ods', dialect)).toEqual(expect.arrayContaining(['valueDateOrder', 'indicatorDebit', 'sheet']));
    expect(readSettings('ods', dialect, {}).find(({ key }) => key === 'sheet')?.choices).toEqual([
      'Notes: on it',
      'Q1',
    ]);
  });
});

describe('foundSetting', () => {
  it('says what the dialect says in the words of the override', () => {
    const dialect = { delimiter: '\t', quote: null, headerRow: 3, flipAmount: false, dateOrder: null };
    expect(
      ['delimiter', 'quote', 'headerRow', 'flipAmount', 'dateOrder'].map(key => foundSetting(key, dialect)),
    ).toEqual(['tab', 'none', '3', 'no', '']);
  });
});

describe('settingsToKeep', () => {
  it('keeps what was stated and what the next file may leave open', () => {
    expect(
      settingsToKeep({ dateOrder: 'dmy', decimalSign: ',', quote: '"' }, { amount: '3', dateOrder: 'mdy' }),
    ).toEqual({
      dateOrder: 'mdy',
      decimalSign: ',',
      amount: '3',
    });
  });
});
