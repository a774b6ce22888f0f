import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { civilParts, isoDate } from '../../../kernel/civil-date.ts';
import { formatUnits, parseDecimal, rescale } from '../../../kernel/decimal.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import { proposeMapping } from './csv-mapping.ts';
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
  readonly money?: Readonly<Record<string, string>>;
  readonly money_inverted?: Readonly<Record<string, string>>;
  readonly money_columns?: readonly number[];
  readonly date_column?: number;
  readonly date_row0?: string;
  readonly date_row1?: string;
  readonly date_row5?: string;
  readonly date_row1_month?: number;
  readonly columns?: number;
  readonly rows?: number;
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

  // Facts asserted by reckon's own test-suite: amounts and dates by row, columns counted from 0.
  const asserted = names.filter(name => {
    const { money, money_inverted, money_columns, date_column, date_row0, date_row1, date_row5 } = factsOf(name);
    return [money, money_inverted, money_columns, date_column, date_row0, date_row1, date_row5].some(
      fact => fact !== undefined,
    );
  });

  it('has the assertions of the project the files come from', () => {
    expect(asserted).toHaveLength(17);
  });

  it.each(asserted)('%s agrees with what its project asserts', name => {
    const facts = factsOf(name);
    // The project's test states the order of its one date too.
    const stated: Record<string, string> = {
      ...(name === 'reckon_spanish_date_example.csv' ? { dateOrder: 'dmy' } : {}),
      ...(facts.money_inverted === undefined ? {} : { flipAmount: 'yes' }),
    };
    const { builder, parser } = read(name, stated);
    const columns = builder.columns();
    for (const [row, amount] of Object.entries(facts.money ?? facts.money_inverted ?? {}))
      expect(sameAmount(formatUnits(columns.amountUnits[Number(row)]!, builder.scale), amount)).toBe(true);
    for (const [row, date] of [
      [0, facts.date_row0],
      [1, facts.date_row1],
      [5, facts.date_row5],
    ] as const)
      if (date !== undefined) expect(isoDate(columns.bookingDay[row]!)).toBe(date);
    if (facts.date_row1_month !== undefined)
      expect(civilParts(columns.bookingDay[1]!).month).toBe(facts.date_row1_month);
    const roles = (parser.dialect().columns as string[]).map(text => text.split(': '));
    const numbers = (...wanted: string[]): number[] =>
      roles.filter(([role]) => wanted.includes(role!)).map(([, column]) => Number(column) - 1);
    if (facts.money_columns !== undefined)
      expect(numbers('amount', 'debit', 'credit').sort((x, y) => x - y)).toEqual(facts.money_columns);
    if (facts.date_column !== undefined) expect(numbers('bookingDate')).toEqual([facts.date_column]);
  });

  it('reckon_invalid_header_example.csv has its two rows below four lines of junk', () => {
    const { builder, facts } = read('reckon_invalid_header_example.csv');
    expect([...builder.columns().amountUnits]).toEqual([5000, -810]);
    expect([facts.first_date, facts.last_date]).toEqual(['2016-02-18', '2016-02-19']);
  });

  it('reckon_bom_utf8_file.csv is a header of as many columns as its project counts, and nothing else', () => {
    const { columns } = factsOf('reckon_bom_utf8_file.csv');
    const bytes = readFileSync(new URL('reckon_bom_utf8_file.csv', FOLDER));
    expect(proposeMapping(bytes, true, codecFor, {}).columns).toHaveLength(columns!);
  });

  it('reckon_multi-line-field.csv has two records, of which one is no transaction', () => {
    const { builder } = read('reckon_multi-line-field.csv');
    expect(builder.count + builder.rejected.length).toBe(factsOf('reckon_multi-line-field.csv').rows);
    expect(builder.rejected[0]!.raw.split('\n')).toHaveLength(4);
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
    expect(Number(dialect.rowsAboveData) + Number(dialect.blankRows) + Number(dialect.continuationRows) + seen).toBe(
      dialect.rows,
    );
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
