import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { formatUnits, UnitSum } from '../../../kernel/decimal.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import { readTable, type TableColumns, type TableMapping } from './csv-table.ts';

const DATA = new URL('../../../../../shared/data/', import.meta.url);

const file = (path: string): Uint8Array => {
  const bytes = readFileSync(new URL(path, DATA));
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
};

const table = (path: string, mapping: TableMapping): TableColumns => readTable([file(path)], codecFor, mapping);
const text = (content: string, mapping: TableMapping, overrides = {}): TableColumns =>
  readTable([new TextEncoder().encode(content)], codecFor, mapping, overrides);

const figures = (columns: TableColumns) => {
  const sum = new UnitSum();
  let amounts = 0;
  let negative = 0;
  let zero = 0;
  for (const units of columns.amountUnits!) {
    if (Number.isNaN(units)) continue;
    amounts++;
    sum.add(units);
    if (units < 0) negative++;
    if (units === 0) zero++;
  }
  return { rows: columns.rowCount, amounts, negative, zero, sum: formatUnits(sum.value, columns.amountScale, 0) };
};

// Counts and sums: the .expected.json beside each file (R 4.2.2 for benford, Python csv for spend, pandas for the rest).
describe('readTable on real tables', () => {
  it.each([
    [
      'benford/census.2009.csv.gz',
      { amount: 'pop.2009', party: 'town' },
      { rows: 19509, amounts: 19509, negative: 0, zero: 0, sum: '192213590' },
    ],
    [
      'benford/corporate.payment.csv.gz',
      { amount: 'Amount', date: 'Date', party: 'VendorNum', reference: 'InvNum' },
      { rows: 189470, amounts: 189470, negative: 4264, zero: 123, sum: '490277624.9' },
    ],
    [
      'benford/sino.forest.csv.gz',
      { amount: 'value' },
      { rows: 772, amounts: 772, negative: 0, zero: 0, sum: '53007133328.6793' },
    ],
    [
      'spend/ks_1033_data.csv',
      { amount: 'acquisition_cost', date: 'ship_date' },
      { rows: 1575, amounts: 1575, negative: 0, sum: '4009658.36' },
    ],
    [
      'spend/oxford_apr-jun-2014.csv.gz',
      { amount: 'Amount', party: 'Supplier Name' },
      { rows: 3836, amounts: 3836, negative: 13, sum: '14165887.28' },
    ],
    [
      'spend/oxford_jan-mar-2014.csv.gz',
      { amount: 'amount', date: 'paid_date' },
      { rows: 3860, amounts: 3859, negative: 6, sum: '13413467.98' },
    ],
    [
      'spend/oxford_jan-mar-2018.csv.gz',
      { amount: 'Amount', date: 'Paid Date' },
      { rows: 1220, amounts: 1220, negative: 0, sum: '4339765.85' },
    ],
    [
      'spend/oxford_jul-sep-2015.csv.gz',
      { amount: 'Amount', date: 'Paid Date' },
      { rows: 3461, amounts: 3461, negative: 2, sum: '11227481.07' },
    ],
    [
      'spend/oxford_oct-dec-2016.csv.gz',
      { amount: 'Amount', date: 'Paid Date' },
      { rows: 3847, amounts: 3847, negative: 3, sum: '18748991.21' },
    ],
    [
      'spend/oxford_oct-dec-2017.csv.gz',
      { amount: 'Amount', date: 'Paid Date' },
      { rows: 3855, amounts: 3855, negative: 5, sum: '17382055.9' },
    ],
    [
      'audit_sampling/jfa_BuildIt.csv',
      { amount: 'bookValue', id: 'ID' },
      { rows: 3500, amounts: 3500, sum: '1403220.82' },
    ],
    [
      'audit_sampling/jfa_BuildIt.csv',
      { amount: 'auditValue', id: 'ID' },
      { rows: 3500, amounts: 3500, sum: '1387701.04' },
    ],
    ['audit_sampling/jfa_retailer.csv', { amount: 'items' }, { sum: '144000' }],
    ['audit_sampling/jfa_retailer.csv', { amount: '4' }, { sum: '115' }],
    [
      'fraud/dmwr2_sales.csv.gz',
      { amount: 'Val', party: 'ID', reference: 'Prod' },
      { rows: 401146, amounts: 401146 - 1182, sum: '5846303510' },
    ],
    ['fraud/dmwr2_sales.csv.gz', { amount: 'Quant' }, { rows: 401146, amounts: 401146 - 13842, sum: '3269618658' }],
    [
      'fraud/visionlang_aml_5000.csv.gz',
      { amount: 'Amount', date: 'Date', account: 'Sender_account' },
      { rows: 5000, amounts: 5000 },
    ],
    ['fraud/uci_audit_risk.csv', { amount: 'TOTAL' }, { rows: 776, amounts: 776 }],
  ] as const)('%s %j', (path, mapping, expected) => {
    expect(figures(table(path, mapping))).toMatchObject(expected);
  });

  it('counts parties and dates as others do', () => {
    const sales = table('fraud/dmwr2_sales.csv.gz', { party: 'ID', reference: 'Prod' });
    expect(sales.party!.values).toHaveLength(6016);
    expect(new Set(sales.referenceHash).size).toBe(4548);
    const aml = table('fraud/visionlang_aml_5000.csv.gz', { date: 'Date' });
    const days = [...aml.bookingDay!];
    expect([isoDate(Math.min(...days)), isoDate(Math.max(...days))]).toEqual(['2023-01-01', '2023-12-31']);
  });

  it('keeps rows whose date cannot be read, and counts them', () => {
    const oxford = table('spend/oxford_apr-jun-2014.csv.gz', { date: 'Paid Date', amount: 'Amount' });
    expect(oxford.unreadable).toEqual({ amount: 0, date: 3836, missingAmount: 0, missingDate: 0, tooLong: 0 });
    expect(oxford.bookingDay!.every(day => day === UNKNOWN_DAY)).toBe(true);
  });

  it('gives fully identical rows equal record hashes', () => {
    const repeated = (columns: TableColumns): number => {
      const counts = new Map<string, number>();
      for (let i = 0; i < columns.rowCount; i++) {
        const key = `${columns.recordHashHigh[i]} ${columns.recordHashLow[i]}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      return [...counts.values()].filter(count => count > 1).reduce((a, b) => a + b, 0);
    };
    expect(repeated(table('spend/oxford_oct-dec-2016.csv.gz', {}))).toBe(0);
    expect(repeated(table('spend/oxford_jul-sep-2015.csv.gz', {}))).toBeGreaterThan(0);
  });
});

describe('tables of odd encodings, quoting and line ends', () => {
  // Record counts and field counts: csvkit's files and Python's csv (.expected.json).
  it.each([
    ['csvkit_mac_newlines.csv', 2, ['a', 'b', 'c']],
    ['csvkit_optional_quote_characters.csv', 1, ['a', 'b', 'c']],
    ['csvkit_test_latin1.csv', 2, ['a', 'b', 'c']],
    ['csvkit_test_utf16_big.csv', 2, ['a', 'b', 'c']],
    ['csvkit_test_utf16_little.csv', 2, ['a', 'b', 'c']],
    ['csvkit_test_utf8_bom.csv', 2, ['foo', 'bar', 'baz']],
    ['csvkit_test_skip_lines.csv', 1, ['a', 'b', 'c']],
    ['csvkit_null_byte.csv', 1, ['a', 'b', 'c']],
    ['csvkit_test_locale.csv', 1, null],
    ['csvkit_bad.csv', 3, ['column_a', 'column_b', 'column_c']],
    ['csvkit_blanks.csv', 1, null],
    ['csvkit_date_like_number.csv', 1, ['a']],
    ['csvkit_test_numeric_date_format.csv', 2, ['a']],
  ])('%s', (name, rows, names) => {
    const columns = readTable(
      [file(`tabular/encodings/${name}`)],
      codecFor,
      {},
      { headerRow: name.includes('skip') ? '4' : '1' },
    );
    expect(columns.rowCount).toBe(rows);
    if (names !== null) expect(columns.names).toEqual(names);
  });

  it('reads UTF-16 and latin-1 text into the same keys', () => {
    for (const name of ['csvkit_test_utf16_big.csv', 'csvkit_test_utf16_little.csv'])
      expect(
        readTable([file(`tabular/encodings/${name}`)], codecFor, { id: '3' }, { headerRow: '1' }).id!.values,
      ).toEqual(['3', 'ʤ']);
    expect(
      readTable([file('tabular/encodings/csvkit_test_latin1.csv')], codecFor, { id: '3' }, { headerRow: '1' }).id!
        .values,
    ).toEqual(['3', '©']);
  });
});

describe('readTable', () => {
  it('keeps the digits of a number that 2^53 units cannot hold, and takes it for no amount', () => {
    const power = String(2n ** 1000n);
    const columns = text(`n,value\n1,12.50\n2,${power}\n3,-90071992547409930\n4,${'9'.repeat(1001)}\n`, {
      amount: 'value',
    });
    expect([...columns.amountUnits!]).toEqual([1250, Number.NaN, Number.NaN, Number.NaN]);
    expect([...columns.offScaleAmounts]).toEqual([
      [1, power],
      [2, '-90071992547409930'],
    ]);
    expect(columns.unreadable.amount).toBe(1);
  });

  it('keeps the text of an amount that has no exact units beside a finer one, from one column or two', () => {
    // 9,008,200.50 at 9 decimals is 9008200500000000 units; 2^53 is 9007199254740992.
    const one = text('n,value\n1,0.123456789\n2,"9,008,200.50"\n3,n/a\n', { amount: 'value' });
    expect([one.amountScale, ...one.amountUnits!]).toEqual([9, 123456789, Number.NaN, Number.NaN]);
    expect([...one.offScaleAmounts]).toEqual([[1, '9008200.50']]);
    expect(one.unreadable.amount).toBe(1);
    const two = text('in,out\n0.123456789,\n,"9,008,200.50"\n9008200.50,0.5\n1.00,x\n2.00,3.50\n', {
      debit: 'in',
      credit: 'out',
    });
    expect([...two.amountUnits!]).toEqual([123456789, Number.NaN, Number.NaN, Number.NaN, -1500000000]);
    expect([...two.offScaleAmounts]).toEqual([
      [1, '-9008200.50'],
      [2, '9008200.00'],
    ]);
    expect(two.unreadable.amount).toBe(1);
  });

  it('codes parties by their key, splits references and keeps unknown apart from zero', () => {
    const columns = text(
      'who,what,ref,when\n acme  ltd ,10.00,A-1,2024-01-31\nACME LTD,n/a,A-3,2024-02-30\n,,x,\nÄrger,0.00,,2024-02-01\n',
      { party: 'who', amount: 'what', reference: 'ref', date: 'when' },
    );
    expect(columns.party).toEqual({ codes: Int32Array.of(0, 0, -1, 1), values: ['ACME LTD', 'ÄRGER'] });
    expect(columns.amountUnits).toEqual(Float64Array.of(1000, Number.NaN, Number.NaN, 0));
    expect(columns.series).toEqual({ codes: Int32Array.of(0, 0, -1, -1), values: ['A-'] });
    expect(columns.seriesNumber).toEqual(Float64Array.of(1, 3, Number.NaN, Number.NaN));
    expect([...columns.rowNumber]).toEqual([2, 3, 4, 5]);
    expect(columns.unreadable).toEqual({ amount: 1, date: 1, missingAmount: 1, missingDate: 1, tooLong: 0 });
    expect(columns.account).toBeNull();
  });

  it('raises the scale of the whole column when a row needs it', () => {
    expect(text('v\n1.5\n2\n3.125\n4.10000\n', { amount: 'v' })).toMatchObject({
      amountScale: 3,
      amountUnits: Float64Array.of(1500, 2000, 3125, 4100),
    });
  });

  it('refuses a column that is not there, naming those that are', () => {
    expect(() => text('a,b\n1,2\n', { amount: 'c' })).toThrow(
      'amount=c: no such column. Columns are a, b (or numbers 1 to 2).',
    );
  });

  it('is the same from single bytes', () => {
    const content = 'who,what\n"a ""b"" c",1.00\n'.repeat(1) + 'd,"2,000.00"\n'.repeat(3000);
    const bytes = new TextEncoder().encode(content);
    const mapping = { party: 'who', amount: 'what' };
    const bytewise = readTable(
      Array.from(bytes, byte => Uint8Array.of(byte)),
      codecFor,
      mapping,
    );
    expect(bytewise).toEqual(text(content, mapping));
    expect(bytewise.party!.values).toEqual(['A "B" C', 'D']);
  });
});
