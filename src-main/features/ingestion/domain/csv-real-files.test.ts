import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { formatUnits, parseDecimal, rescale } from '../../../kernel/decimal.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import { createCsvParser } from './csv-parser.ts';
import { FileRefused } from './statement-sink.ts';
import { TransactionColumnBuilder } from './transaction-column-builder.ts';

// Right answers: <file>.expected.json beside each file (data/README.md): read off by a person with Python's csv, or
// asserted by the project the file comes from.
const FOLDER = new URL('../../../../../shared/data/statements/csv/', import.meta.url);

interface Facts {
  readonly transactions?: number;
  readonly sum?: string;
  readonly money_in?: string;
  readonly money_out?: string;
  readonly first_date?: string;
  readonly last_date?: string;
  readonly delimiter?: string;
  readonly encoding?: string;
}

const names = readdirSync(FOLDER).filter(name => !name.endsWith('.expected.json'));

const factsOf = (name: string): Facts => {
  const { facts } = JSON.parse(readFileSync(new URL(`${encodeURIComponent(name)}.expected.json`, FOLDER), 'utf8')) as {
    facts: { expected: Facts }[];
  };
  return Object.assign({}, ...facts.map(fact => fact.expected)) as Facts;
};

const read = (name: string, overrides: Record<string, string> = {}) => {
  const builder = new TransactionColumnBuilder();
  const parser = createCsvParser(builder, codecFor, overrides);
  const bytes = readFileSync(new URL(encodeURIComponent(name), FOLDER));
  parser.write(bytes);
  void parser.end();
  builder.finish();
  const statements = builder.statements();
  const credits = statements.reduce((sum, s) => sum + s.credits, 0n);
  const debits = statements.reduce((sum, s) => sum + s.debits, 0n);
  const days = [...builder.columns().bookingDay];
  return {
    builder,
    parser,
    bytes,
    facts: {
      transactions: builder.count,
      sum: formatUnits(credits - debits, builder.scale),
      money_in: formatUnits(credits, builder.scale),
      money_out: formatUnits(-debits, builder.scale),
      first_date: isoDate(Math.min(...days)),
      last_date: isoDate(Math.max(...days)),
    },
  };
};

const sameAmount = (a: string, b: string): boolean => {
  const [x, y] = [a, b].map(text => rescale(parseDecimal(text)!, 6)!.units);
  return x === y;
};

/** What only a person can tell, and told by the one who read off the facts (file name, bank's habit). */
const STATED: Readonly<Record<string, Record<string, string>>> = {
  // One date, 10/02/2018: the bank is British, which nothing in the file says.
  'b2y_20180226_12345678.csv': { dateOrder: 'dmy' },
  // Two unnamed columns of money of which one is filled: the second is money out by the bank's documentation.
  'b2y_test_delimiter_tab.csv': { debit: '5' },
  'b2y_test_row_format_default.csv': { debit: '5' },
};

/** Where we differ from the person's facts on purpose, with our own figures and the reason. */
const EXCEPTIONS: Readonly<
  Record<string, { facts: Partial<Record<keyof Facts, unknown>>; rejected: number; reason: string }>
> = {
  'b2y_MS_JANE_SMITH_01-12-2019_14-12-2019.csv': {
    facts: {
      transactions: 10,
      sum: '-285.80',
      money_in: '1100.00',
      money_out: '-1385.80',
      first_date: '2019-12-02',
      last_date: '2019-12-12',
    },
    rejected: 3,
    reason: 'three rows dated "Pending" (114.19 together) have no date and are not booked: the person counted them',
  },
  'b2y_test_row_format_CD_flag.csv': {
    facts: {
      transactions: 70,
      sum: '-4441.16',
      money_in: '1878.20',
      money_out: '-6319.36',
      first_date: '2017-09-18',
      last_date: '2017-10-13',
    },
    rejected: 4,
    reason:
      'three rows hold "EUR" where O or I says the direction: the person counted them as money in, we keep them as rejected',
  },
};

const withFacts = names.filter(name => factsOf(name).sum !== undefined);

describe('real bank files', () => {
  it('are all there', () => {
    expect(names.length).toBeGreaterThanOrEqual(60);
    expect(withFacts.length).toBeGreaterThanOrEqual(33);
  });

  it.each(withFacts)('%s', name => {
    const expected = factsOf(name);
    const exception = EXCEPTIONS[name];
    const { facts, builder, parser, bytes } = read(name, STATED[name]);
    if (exception) {
      expect(facts).toEqual(exception.facts);
      expect(builder.rejected).toHaveLength(exception.rejected);
    } else {
      expect(facts).toMatchObject({
        transactions: expected.transactions,
        first_date: expected.first_date,
        last_date: expected.last_date,
      });
      for (const key of ['sum', 'money_in', 'money_out'] as const)
        expect(sameAmount(facts[key], expected[key]!), `${key}: ${facts[key]} for ${expected[key]}`).toBe(true);
    }
    expect(parser.dialect().delimiter).toBe(expected.delimiter === 'TAB' ? '\t' : expected.delimiter);
    // A person may name any encoding for a file of ASCII; Latin-1 and windows-1252 differ in control characters only.
    if (bytes.some(byte => byte >= 0x80)) {
      const named = {
        'utf-8-sig': 'utf-8',
        cp1252: 'windows-1252',
        'latin-1': 'windows-1252',
        cp1250: 'windows-1250',
      } as Record<string, string>;
      expect(parser.encoding()).toBe(named[expected.encoding!] ?? expected.encoding);
    }
    for (const { reason, raw, place } of builder.rejected) {
      expect(reason).not.toBe('');
      expect(raw.length > 0 && place.row > 0).toBe(true);
    }
  });

  it.each(Object.entries(STATED))('%s is not guessed: %j must be stated', name => {
    expect(() => read(name)).toThrow(expect.objectContaining({ code: 'dialect.ambiguous' }) as Error);
  });

  // The remaining files: facts asserted by the projects they come from, or no table of transactions.
  it.each([
    ['reckon_chase.csv', { 1: '-20.00', 4: '1558.52', 7: '-116.22' }, '2009-12-24'],
    ['reckon_ing.csv', { 0: '-136.13', 1: '375.00' }, '2012-11-12'],
    ['reckon_yyyymmdd_date_example.csv', { 0: '-123.45' }, null],
    ['reckon_german_date_example.csv', {}, '2009-12-24'],
    ['reckon_english_date_example.csv', {}, '2009-12-24'],
    ['reckon_invalid_header_example.csv', { 0: '50.00', 1: '-8.10' }, '2016-02-18'],
    ['reckon_two_money_columns.csv', { 0: '-76.00', 1: '327.49', 2: '-800.00', 3: '-88.55', 4: '88.55' }, '2008-03-28'],
  ])('%s has the amounts and the date its project asserts', (name, amounts, secondDate) => {
    const { builder } = read(name);
    const columns = builder.columns();
    for (const [row, amount] of Object.entries(amounts))
      expect(formatUnits(columns.amountUnits[Number(row)]!, builder.scale)).toBe(amount);
    if (secondDate !== null) expect(isoDate(columns.bookingDay[1]!)).toBe(secondDate);
  });

  it('reckon_extratofake.csv is month-first, in windows-1252, and its previous balance is no transaction', () => {
    const { builder, parser } = read('reckon_extratofake.csv');
    expect(parser.dialect()).toMatchObject({ dateOrder: 'mdy', encoding: 'windows-1252' });
    expect(builder.rejected.map(({ reason }) => reason)).toEqual([
      'balance line: "Saldo Anterior" states a balance, not a transaction',
    ]);
  });

  it('reckon_spanish_date_example.csv must be told its date order', () => {
    expect(() => read('reckon_spanish_date_example.csv')).toThrow(FileRefused);
    expect(
      isoDate(read('reckon_spanish_date_example.csv', { dateOrder: 'dmy' }).builder.columns().bookingDay[1]!),
    ).toBe('2009-12-02');
  });

  it('the statement that writes its balances proves them', () => {
    const { builder, facts } = read('b2y_test_swedebank_statement.xls');
    const [statement] = builder.statements();
    expect(formatUnits(statement!.balances.opening!.amount.units, 2)).toBe('10374.04');
    expect(formatUnits(statement!.balances.closing!.amount.units, 2)).toBe('12952.97');
    expect(facts.sum).toBe('2578.93');
  });

  it.each([
    'reckon_51-tokens.yml',
    'reckon_73-tokens.yml',
    'reckon_73-transactions.ledger',
    'reckon_tokens.yaml',
    'reckon_simple.csv',
    'reckon_bom_utf8_file.csv',
  ])('%s is refused: no table of transactions', name => {
    expect(() => read(name)).toThrow(expect.objectContaining({ code: 'csv.no-date-column' }) as Error);
  });

  it.each(names)('%s loses no record: accepted, rejected, blank, above the header', name => {
    let result: ReturnType<typeof read>;
    try {
      result = read(name, STATED[name]);
    } catch (error) {
      expect(error).toBeInstanceOf(FileRefused);
      return;
    }
    const { builder, parser, bytes } = result;
    const dialect = parser.dialect();
    const seen = builder.count + builder.rejected.length;
    const last = Math.max(...builder.columns().rowNumber, ...builder.rejected.map(({ place }) => place.row));
    const above = dialect.headerRow === null ? 0 : Number(dialect.headerRow);
    const rows = new Set([...builder.columns().rowNumber, ...builder.rejected.map(({ place }) => place.row)]);
    expect(rows.size).toBe(seen);
    // Rows between the header and the last one that are neither accepted nor rejected are blank or continue another.
    expect(last - above - seen).toBeLessThanOrEqual(Number(dialect.blankRows) + Number(dialect.continuationRows));
    const placed = builder.rejected.map(({ place }) => place.byteOffset + place.byteLength);
    for (const end of placed) expect(end).toBeLessThanOrEqual(bytes.length);
  });
});
