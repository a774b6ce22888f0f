import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { weekendHoliday } from '../time/weekend-holiday.ts';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { unusualAmountForParty } from './unusual-amount-for-party.ts';

// Nigrini's corporate payments of 2010; the figures were computed apart with Python (decimal, statistics.median, datetime).
const FILE = new URL('../../../../../../shared/data/benford/corporate.payment.csv.gz', import.meta.url);

describe('189,470 corporate payments', () => {
  const records: string[][] = parse(gunzipSync(readFileSync(FILE)), { from: 2 });
  const table = tableOf(records.map(([party = '', date = '', , amount = '']) => ({ party, date, amount })));

  it('have so many unusual amounts in so many groups', () => {
    const { statistics, findings } = resultOf(unusualAmountForParty, table, { 'most-findings': '5000' });
    expect(statistics).toMatchObject({ groups: 2003, groupsFlagged: 1285, unusualRows: 16_197 });
    expect(findings.reduce((sum, { rows }) => sum + rows.length, 0)).toBe(16_197);
  });

  it('have so many rows on Saturdays and Sundays', () => {
    expect(resultOf(weekendHoliday, table).statistics.weekendRows).toBe(27_720);
  });
});
