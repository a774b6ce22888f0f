import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { formatUnits, parseDecimal } from '../../../kernel/decimal.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import { createCsvParser } from './csv-parser.ts';
import { FileRefused } from './statement-sink.ts';
import { feed } from './testing/recording-sink.ts';
import { TransactionColumnBuilder } from './transaction-column-builder.ts';

// Real tables that are no bank statements. Right answers: <file>.expected.json beside each (R 4.2.2, pandas, Python csv).
const DATA = new URL('../../../../../shared/data/', import.meta.url);

const bytesOf = (path: string): Uint8Array => {
  const bytes = readFileSync(new URL(path, DATA));
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
};

const factsOf = (path: string): Record<string, unknown> => {
  const { facts } = JSON.parse(readFileSync(new URL(`${path}.expected.json`, DATA), 'utf8')) as {
    facts: { expected: Record<string, unknown> }[];
  };
  return Object.assign({}, ...facts.map(({ expected }) => expected).reverse()) as Record<string, unknown>;
};

const read = (path: string, overrides: Record<string, string> = {}) => {
  const builder = new TransactionColumnBuilder();
  const parser = createCsvParser(builder, codecFor, overrides);
  feed(parser, bytesOf(path), 1 << 16);
  builder.finish();
  const statements = builder.statements();
  const total = statements.reduce((sum, { credits, debits }) => sum + credits - debits, 0n);
  const units = builder.columns().amountUnits;
  const days = [...builder.columns().bookingDay];
  return {
    builder,
    dialect: parser.dialect(),
    encoding: parser.encoding(),
    count: builder.count,
    rejected: builder.rejected.length,
    sum: formatUnits(total, builder.scale, 0),
    negative: units.filter(each => each < 0).length,
    zero: units.filter(each => each === 0).length,
    max: formatUnits(
      units.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
      builder.scale,
      0,
    ),
    first: isoDate(days.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)),
    last: isoDate(days.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)),
  };
};

const plain = (amount: unknown): string => {
  const { units, scale } = parseDecimal(String(amount))!;
  return formatUnits(units, scale, 0);
};

describe('government spending', () => {
  it.each([
    ['spend/oxford_jan-mar-2014.csv.gz', {}],
    ['spend/oxford_jan-mar-2018.csv.gz', {}],
    ['spend/oxford_jul-sep-2015.csv.gz', {}],
    ['spend/oxford_oct-dec-2016.csv.gz', {}],
    ['spend/oxford_oct-dec-2017.csv.gz', {}],
    // All its dates were lost (00:00:00): the examiner says that the rows have none.
    ['spend/oxford_apr-jun-2014.csv.gz', { bookingDate: 'none' }],
    // Two columns of costs: the person who counted took this one.
    ['spend/ks_1033_data.csv', { amount: 'acquisition_cost' }],
  ])('%s', (path, overrides) => {
    const facts = factsOf(path);
    const found = read(path, overrides);
    expect([found.count + found.rejected, found.count]).toEqual([facts.data_rows, facts.amounts]);
    expect([found.sum, found.negative, found.max]).toEqual([plain(facts.sum), facts.negative, plain(facts.max)]);
    expect(found.dialect.header).toEqual(facts.header);
    expect(found.dialect.preambleRows).toBe(facts.preamble_rows);
    expect(found.encoding).toBe('utf-8');
  });

  it('knows supplier, category and number of a council’s payments', () => {
    const { dialect } = read('spend/oxford_jul-sep-2015.csv.gz');
    expect(dialect.columns).toEqual([
      'bookingDate: Paid Date',
      'amount: Amount',
      'counterparty: Supplier Name',
      'reference: Trans No',
      'type: Capital or Revenue',
      'category: Expenditure Category',
    ]);
  });

  it.each([
    ['spend/oxford_apr-jun-2014.csv.gz', 'csv.no-date-column', 'bookingDate'],
    ['spend/ks_1033_data.csv', 'dialect.ambiguous', 'amount'],
  ])('%s is not read without an answer', (path, code, key) => {
    try {
      read(path);
    } catch (error) {
      expect(error).toBeInstanceOf(FileRefused);
      expect((error as FileRefused).code).toBe(code);
      expect(Object.keys((error as FileRefused).candidates ?? {})).toEqual([key]);
      return;
    }
    expect.fail('was read');
  });

  it('asks which of two costs is meant', () => {
    expect(() => read('spend/ks_1033_data.csv')).toThrow(
      expect.objectContaining({ candidates: { amount: ['acquisition_cost', 'total_cost'] } }) as Error,
    );
    expect(read('spend/ks_1033_data.csv', { amount: 'total_cost' }).sum).toBe('4126824.62');
  });
});

describe('payments, labels and lists', () => {
  it('corporate payments', () => {
    const path = 'benford/corporate.payment.csv.gz';
    const facts = factsOf(path);
    const { count, rejected, sum, negative, zero, first, last, builder } = read(path);
    expect({ rows: count, rejected, sum, negative, zero, first_date: first, last_date: last }).toEqual({
      rows: facts.rows,
      rejected: 0,
      sum: facts.sum,
      negative: facts.negative,
      zero: facts.zero,
      first_date: facts.first_date,
      last_date: facts.last_date,
    });
    expect(builder.values('counterparty')).toHaveLength(facts.vendors as number);
  });

  it('labelled bank descriptions: every row, every label of the rows that can be read', () => {
    const path = 'categories/yassir_transactions.csv';
    const facts = factsOf(path);
    const { count, rejected, builder, encoding, dialect } = read(path);
    expect([count + rejected, encoding, dialect.header]).toEqual([facts.rows, facts.encoding, facts.columns]);
    const labels: Record<string, number> = {};
    for (const code of builder.columns().category) {
      const label = builder.values('category')[code] ?? '';
      labels[label] = (labels[label] ?? 0) + 1;
    }
    // Three rows whose cells slipped by one column have no amount; they are kept as rejected.
    for (const { raw } of builder.rejected) {
      const label = raw.split(',')[2]!;
      labels[label] = (labels[label] ?? 0) + 1;
    }
    expect(labels).toEqual(facts.labels);
  });

  it('synthetic transfers', () => {
    const path = 'fraud/visionlang_aml_5000.csv.gz';
    const facts = factsOf(path);
    const { count, first, last, rejected } = read(path);
    expect([count, first, last, rejected]).toEqual([facts.rows, facts.first, facts.last, 0]);
  });
});

describe('tables without dates', () => {
  it.each([
    ['benford/census.2009.csv.gz', { amount: 'pop.2009' }, 'rows', 'sum', 0],
    ['benford/sino.forest.csv.gz', { amount: 'value' }, 'rows', 'sum', 0],
    ['audit_sampling/jfa_BuildIt.csv', { amount: 'bookValue' }, 'rows', 'book_total', 0],
    ['audit_sampling/jfa_BuildIt.csv', { amount: 'auditValue' }, 'rows', 'audit_total', 0],
    // Reports without a value are rejected: there is nothing to add up.
    ['fraud/dmwr2_sales.csv.gz', { amount: 'Val' }, 'rows', 'sum_Val', 1182],
    ['fraud/dmwr2_sales.csv.gz', { amount: 'Quant' }, 'rows', 'sum_Quant', 13_842],
  ])('%s with %j are read when told so', (path, overrides, rows, sum, rejected) => {
    const facts = factsOf(path);
    const found = read(path, { ...overrides, date: 'none' });
    expect(found.count + found.rejected).toBe(facts[rows]);
    expect(found.rejected).toBe(rejected);
    expect(found.sum).toBe(plain(facts[sum]));
    expect(found.first).toBeNull();
  });

  it.each([
    'benford/census.2009.csv.gz',
    'benford/sino.forest.csv.gz',
    'audit_sampling/jfa_BuildIt.csv',
    'audit_sampling/jfa_retailer.csv',
    'fraud/dmwr2_sales.csv.gz',
    'fraud/uci_audit_risk.csv',
    'fraud/amlsim_params/accounts.csv',
    'fraud/amlsim_params/alertPatterns.csv',
    'fraud/amlsim_params/degree.csv',
    'fraud/amlsim_params/normalModels.csv',
    'fraud/amlsim_params/transactionType.csv',
    'reference/country-codes.csv',
    'reference/iso4217_codes-all.csv',
    'reference/mcc_codes.csv',
  ])('%s is refused otherwise', path => {
    expect(() => read(path)).toThrow(expect.objectContaining({ code: 'csv.no-date-column' }) as Error);
  });
});
