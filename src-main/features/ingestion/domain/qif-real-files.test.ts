import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import { createQifParser } from './qif-parser.ts';
import { sniffFormat } from './sniff-format.ts';
import { feed, RecordingSink, shortest } from './testing/recording-sink.ts';

/** Files of the test-suite of the Ruby library Qif, with what its specs assert and counts of their lines. */
const folder = new URL('../../../../../shared/data/statements/qif/', import.meta.url);
const files = readdirSync(folder).filter(name => name.endsWith('.qif'));
const NOT_QIF = 'rubyqif_not_a_QIF_file.txt';
const INVESTMENT = 'rubyqif_quicken_investment_account.qif';
/** Their dates (6/1/94, 6/2/94 …) fit both orders: the peer takes its default, here it is a question. */
const AMBIGUOUS = ['rubyqif_quicken_non_investement_account.qif', 'rubyqif_splits.qif'];

interface Expected {
  readonly date_format?: string;
  readonly transactions?: number | readonly (readonly [day: string, amount: string, category: string])[];
  readonly amounts?: readonly string[];
  readonly blocks_with_date_and_amount?: number;
  readonly amounts_as_written?: readonly string[];
  readonly split_lines?: number;
  readonly headers?: readonly string[];
  readonly first_transaction_splits?: number;
}

const factsOf = (file: string): Expected =>
  Object.assign(
    {},
    ...(
      JSON.parse(readFileSync(new URL(`${file}.expected.json`, folder), 'utf8')) as { facts: { expected: Expected }[] }
    ).facts
      .map(each => each.expected)
      .reverse(),
  ) as Expected;
const bytesOf = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(file, folder)));
const read = (file: string, overrides: Record<string, string> = {}) => {
  const sink = new RecordingSink();
  const parser = createQifParser({ sink, codecFor, overrides });
  feed(parser, bytesOf(file), 7);
  return { sink, dialect: parser.dialect() };
};
const amountsOf = (sink: RecordingSink): readonly string[] =>
  sink.transactions.map(({ amount }) => formatUnits(amount.units, amount.scale));

describe('real QIF files', () => {
  it('are all there', () => {
    expect(files.length).toBe(11);
  });

  it.each(files.filter(file => file !== INVESTMENT))('%s agrees with its peer and the counts of its lines', file => {
    const expected = factsOf(file);
    expect(sniffFormat(bytesOf(file), codecFor).format).toBe('qif');
    const { sink, dialect } = read(file, AMBIGUOUS.includes(file) ? { dateOrder: 'mdy' } : {});
    expect((dialect.types as string[]).map(type => `!Type:${type}`)).toEqual(
      expected.headers?.map(each => each.trim()),
    );
    expect(sink.rejected).toEqual([]);
    expect(sink.transactions.length).toBe(expected.blocks_with_date_and_amount);
    const plain = (text: string): string => shortest(text.replaceAll(',', ''));
    expect(amountsOf(sink).map(shortest)).toEqual(expected.amounts_as_written?.map(plain));
    if (expected.amounts) expect(amountsOf(sink).map(shortest)).toEqual(expected.amounts.map(plain));
    if (typeof expected.transactions === 'number') expect(sink.transactions.length).toBe(expected.transactions);
    else if (expected.transactions)
      expect(
        sink.transactions.map((each, i) => [isoDate(each.bookingDate), amountsOf(sink)[i], each.category]),
      ).toEqual(expected.transactions);
    if (expected.date_format) expect(dialect.dateOrder).toBe(expected.date_format.startsWith('m') ? 'mdy' : 'dmy');
    const splits = sink.transactions.map(
      each => /\[splits: (.*)\]$/.exec(each.description)?.[1]?.split('; ').length ?? 0,
    );
    expect(splits.reduce((sum, each) => sum + each, 0)).toBe(expected.split_lines);
    if (expected.first_transaction_splits !== undefined) expect(splits[0]).toBe(expected.first_transaction_splits);
  });

  it('asks for the order of dates that fit two', () => {
    for (const file of AMBIGUOUS)
      expect(() => read(file)).toThrow(
        expect.objectContaining({ code: 'dialect.ambiguous', candidates: { dateOrder: ['dmy', 'mdy'] } }),
      );
    expect(read(AMBIGUOUS[1]!, { dateOrder: 'dmy' }).sink.transactions.map(each => isoDate(each.bookingDate))).toEqual([
      '1994-01-06',
      '1994-02-06',
    ]);
  });

  it('reports the investment account, which the peer refuses, record by record', () => {
    const { sink } = read(INVESTMENT);
    expect(sink.transactions).toEqual([]);
    expect(sink.rejected.length).toBe(factsOf(INVESTMENT).blocks_with_date_and_amount);
    expect(sink.codes).toEqual(['qif.investment']);
  });

  it('tells splits that do not add up or cannot be read', () => {
    const { sink } = read('rubyqif_splits.qif', { dateOrder: 'mdy' });
    expect(sink.warnings.filter(each => each.row !== null).map(each => [each.row, each.code])).toEqual([
      [2, 'qif.split-amount'],
      [15, 'qif.split-sum'],
    ]);
  });

  it('refuses a text that is no QIF', () => {
    expect(() => read(NOT_QIF)).toThrow(expect.objectContaining({ code: 'qif.no-header' }));
    expect(sniffFormat(bytesOf(NOT_QIF), codecFor).format).not.toBe('qif');
  });
});
