import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import { createBai2Parser } from './bai2-parser.ts';
import { sniffFormat } from './sniff-format.ts';
import { feed, RecordingSink } from './testing/recording-sink.ts';

/** Files of the test-suite of moov-io/bai2, with counts of their records by us. */
const folder = new URL('../../../../../shared/data/statements/bai2/', import.meta.url);
const files = readdirSync(folder).filter(name => name.endsWith('.txt') && !name.includes('parseError'));
const BROKEN = 'moov_sample-parseError.txt';
/**
 * Here 13 records stand on a line behind another one, which a count of line beginnings does not see: 2 of the 26
 * transactions, the group and 2 accounts. With them the file's own control totals and its 74 records are met exactly.
 */
const SEVERAL_ON_A_LINE = 'moov_sample3.txt';

interface Expected {
  readonly records: Readonly<Record<string, number>>;
  readonly physical_lines: number;
  readonly groups: number;
  readonly accounts: number;
  readonly transactions: number;
  readonly sum_of_16_amounts_minor_units: number;
  readonly file_trailer: readonly [string, string, string, string] | null;
  readonly account_ids: readonly string[];
  readonly group_currencies: readonly string[];
}

const factsOf = (file: string): Expected =>
  (JSON.parse(readFileSync(new URL(`${file}.expected.json`, folder), 'utf8')) as { facts: [{ expected: Expected }] })
    .facts[0].expected;
const bytesOf = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(file, folder)));
const read = (file: string, chunk = 11) => {
  const sink = new RecordingSink();
  const parser = createBai2Parser({ sink, codecFor });
  feed(parser, bytesOf(file), chunk);
  return { sink, dialect: parser.dialect() };
};
const sumOfMinorUnits = (sink: RecordingSink): number =>
  sink.transactions.reduce((sum, { amount }) => sum + Math.abs(amount.units), 0);

describe('real BAI2 files', () => {
  it('are all there', () => {
    expect(files.length).toBe(5);
  });

  it.each(files.filter(file => file !== SEVERAL_ON_A_LINE))('%s agrees with a count of its records', file => {
    const expected = factsOf(file);
    expect(sniffFormat(bytesOf(file), codecFor).format).toBe('bai2');
    const { sink, dialect } = read(file);
    expect(sink.rejected).toEqual([]);
    expect(dialect.physicalRecords).toBe(expected.physical_lines);
    expect(dialect.groups).toBe(expected.groups);
    expect(sink.headers.length).toBe(expected.accounts);
    expect(sink.headers.map(each => each.accountId)).toEqual(expected.account_ids);
    expect(sink.transactions.length).toBe(expected.transactions);
    expect(sumOfMinorUnits(sink)).toBe(expected.sum_of_16_amounts_minor_units);
    // Where neither group nor account states a currency, BAI2 means US dollars.
    const [currency] = expected.group_currencies;
    if (file.includes('sample1') || file.includes('sample2'))
      expect(new Set(sink.headers.map(each => each.currency))).toEqual(new Set([currency || 'USD']));
    const stated = sink.warnings.filter(each => each.code.startsWith('control.') && each.message.includes('the file'));
    const [, , groups, records] = expected.file_trailer ?? expect.fail();
    expect(stated.length === 0).toBe(Number(groups) === dialect.groups && Number(records) === dialect.physicalRecords);
  });

  it('meets its own control totals where several records stand on a line', () => {
    const expected = factsOf(SEVERAL_ON_A_LINE);
    const { sink, dialect } = read(SEVERAL_ON_A_LINE);
    expect(sink.codes).toEqual(['bai2.one-line', 'bai2.wrapped-line']);
    expect(dialect.physicalRecords).toBe(Number(expected.file_trailer?.[3]));
    expect(dialect.groups).toBe(Number(expected.file_trailer?.[2]));
    expect([sink.transactions.length, expected.transactions]).toEqual([26, 24]);
    expect([sink.headers.length, expected.accounts]).toEqual([15, 13]);
    // The two transactions that stand behind others: 5.00 and 32.03.
    expect(sumOfMinorUnits(sink)).toBe(expected.sum_of_16_amounts_minor_units + 500 + 3203);
  });

  it('has balances, value dates and signs by type code', () => {
    const { sink } = read('moov_sample1.txt');
    expect(sink.transactions[0]).toMatchObject({
      amount: { units: -2500, scale: 2 },
      type: '409 Debit (Any Type)',
      description: 'RETURNED CHEQUE',
      currency: 'CAD',
    });
    expect(sink.transactions.slice(0, 4).map(each => isoDate(each.valueDate))).toEqual(Array(4).fill('2006-03-16'));
    expect(isoDate(sink.transactions[0]?.bookingDate ?? 0)).toBe('2006-03-17');
    const second = read('moov_sample2.txt').sink;
    expect(second.stated.map(each => each.opening?.amount.units)).toEqual([4350000, -500000, 10000000, 500000, 800000]);
    expect(second.transactions[2]).toMatchObject({
      description: 'PROCEEDS OF LETTER OF CREDIT FROM THE ARAMCO OIL CO [customer reference YRC065321]',
      reference: 'SP4738',
    });
    expect(second.codes).toEqual(['bai2.not-detailed', 'bai2.currency', 'bai2.correction']);
  });

  it('tells control totals and counts that disagree, with the line of the trailer', () => {
    const { sink } = read('moov_sample5-issue113.txt');
    expect(sink.warnings.filter(each => each.code === 'control.total').map(each => each.row)).toEqual([22, 118, 123]);
    expect(sink.warnings.filter(each => each.code === 'control.count').map(each => each.row)).toEqual([
      22, 118, 123, 123, 124,
    ]);
    expect(sink.codes).toContain('bai2.continuation-mark');
    expect(sink.transactions.find(each => each.place.row === 110)).toMatchObject({
      counterparty: 'TEST AND COMPANY',
      counterpartyAccount: '000001000600427',
      reference: 'GI2323300007089',
    });
  });

  it('refuses the broken file, which begins with no file header', () => {
    expect(sniffFormat(bytesOf(BROKEN), codecFor).format).toBe('bai2');
    expect(() => read(BROKEN)).toThrow(expect.objectContaining({ code: 'bai2.no-header', row: 1 }));
  });

  it('gives every transaction the place of its record', () => {
    for (const file of files) {
      const bytes = Buffer.from(bytesOf(file));
      for (const { place } of read(file).sink.transactions)
        expect(bytes.subarray(place.byteOffset, place.byteOffset + place.byteLength).toString()).toMatch(/^16,\d{3},/);
    }
  });
});
