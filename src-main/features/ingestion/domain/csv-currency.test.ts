import { describe, expect, it } from 'vitest';
import { codecFor } from '../../../platform/text-codec.ts';
import { currencyStatus } from '../../standardization/domain/index.ts';
import { statedCurrency } from './csv-currency.ts';
import { createCsvParser } from './csv-parser.ts';
import { TransactionColumnBuilder } from './transaction-column-builder.ts';

describe('the currency that a cell states', () => {
  // Codes and names: ISO 4217 list one (“US Dollar”, “Pound Sterling”, “Swiss Franc”, “Yuan Renminbi”, “Zloty” …).
  it.each([
    ['usd', 'USD'],
    ['US Dollar', 'USD'],
    ['US dollars', 'USD'],
    ['U.S. Dollar', 'USD'],
    ['US$', 'USD'],
    ['United States Dollar', 'USD'],
    ['USD - US Dollar', 'USD'],
    ['US Dollar (USD)', 'USD'],
    ['Euro', 'EUR'],
    ['EUROS', 'EUR'],
    ['€', 'EUR'],
    ['EUR (€)', 'EUR'],
    ['USD $', 'USD'],
    ['iso4217:USD', 'USD'],
    ['Pound sterling', 'GBP'],
    ['Pounds Sterling', 'GBP'],
    ['Swiss francs', 'CHF'],
    ['Schweizer Franken', 'CHF'],
    ['Francs suisses', 'CHF'],
    ['Yen', 'JPY'],
    ['RMB', 'CNY'],
    ['Yuan Renminbi', 'CNY'],
    ['Złoty', 'PLN'],
    ['Česká koruna', 'CZK'],
    ['Türk lirası', 'TRY'],
    ['Российский рубль', 'RUB'],
  ])('%s is %s', (text, code) => {
    expect(statedCurrency(text)).toBe(code);
    expect(currencyStatus(code).status).toBe('in-force');
  });

  it.each([
    'Dollar',
    '$',
    'dollars',
    'pound',
    'franc',
    'krone',
    'peso',
    'EUR USD',
    'EUR ($',
    'USD - Euro',
    'USDT',
    '840',
  ])('%s is no one currency', text => {
    expect(statedCurrency(text)).toBeNull();
  });
});

const read = (lines: readonly string[], overrides: Record<string, string> = {}) => {
  const builder = new TransactionColumnBuilder();
  const parser = createCsvParser(builder, codecFor, overrides);
  parser.write(new TextEncoder().encode(`${lines.join('\n')}\n`));
  void parser.end();
  builder.finish();
  return {
    currencies: [...builder.columns().currency].map(code => builder.values('currency')[code] ?? null),
    roles: parser.dialect().columns as string[],
    warnings: builder.warnings.map(({ row, code, message }) => `${row ?? '-'} ${code}: ${message}`),
  };
};
const HEAD = 'Date,Description,Amount,Currency';
const rows = (...currencies: string[]): string[] => [
  HEAD,
  ...currencies.map((currency, i) => `2024-01-0${i + 2},payment ${i},-${100 + i}.50,${currency}`),
];

describe('a column named for the currency', () => {
  it('keeps its part whatever words it holds, and a known name is its code', () => {
    const { currencies, roles, warnings } = read(rows('US Dollar', 'US Dollar', 'US Dollar'));
    expect(roles).toContain('currency: Currency');
    expect(currencies).toEqual(['USD', 'USD', 'USD']);
    expect(warnings).toEqual([]);
  });

  it('keeps what it does not know as written, and tells each with its first row, number of rows and the way out', () => {
    const { currencies, warnings } = read(rows('Dollars (account)', 'EUR', 'Dollars (account)', 'Pesos of account'));
    expect(currencies).toEqual(['Dollars (account)', 'EUR', 'Dollars (account)', 'Pesos of account']);
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatch(
      /^2 csv\.currency-unknown: "Dollars \(account\)" in column "Currency" .*currency==CODE.*\(2 rows, first here\)$/,
    );
    expect(warnings[1]).toMatch(/^5 csv\.currency-unknown: "Pesos of account" .*\(1 row, first here\)$/);
  });

  it('tells codes that ISO 4217 never listed, and not withdrawn ones', () => {
    const { currencies, warnings } = read(rows('BTC', 'DEM', 'XAU', 'Dollar'));
    expect(currencies).toEqual(['BTC', 'DEM', 'XAU', 'Dollar']);
    expect(warnings.map(text => text.split(' in column')[0])).toEqual([
      '2 csv.currency-unknown: "BTC"',
      '5 csv.currency-unknown: "Dollar"',
    ]);
  });

  it('keeps codes by number as written', () => {
    const { currencies, warnings } = read(rows('978', '840', '978'));
    expect(currencies).toEqual(['978', '840', '978']);
    expect(warnings).toHaveLength(2);
  });

  it('tells at most five one by one and counts the others', () => {
    const { warnings } = read(rows('qq one', 'qq two', 'qq three', 'qq four', 'qq five', 'qq six', 'qq seven'));
    expect(warnings).toHaveLength(6);
    expect(warnings[5]).toBe(
      '7 csv.currency-unknown: 2 more such currencies in column "Currency" (2 rows, first here)',
    );
  });

  it('gives way to a column whose content is known', () => {
    const lines = ['Date,Description,Amount,Currency,Currency code', '2024-01-02,x,-1.00,Dollar,CAD'];
    expect(read(lines).currencies).toEqual(['CAD']);
  });

  it('that is empty in the rows looked at is read where it is filled, and else what stands around counts', () => {
    const many = Array.from({ length: 400 }, (_, i) => `2024-01-02,payment ${i},-${i + 1}.50,`);
    const { currencies, roles } = read([HEAD.replace('Amount', 'Amount EUR'), ...many, '2024-01-03,last,-7.00,USD']);
    expect(roles).toContain('currency: Currency');
    expect(new Set(currencies.slice(0, 400))).toEqual(new Set(['EUR']));
    expect(currencies[400]).toBe('USD');
  });

  it('is replaced by a stated currency', () => {
    const { currencies, warnings } = read(rows('Dollars (account)'), { currency: '=CAD' });
    expect(currencies).toEqual(['CAD']);
    expect(warnings).toEqual([]);
  });

  it('is not one of money: content forbids the part', () => {
    const lines = ['Date,Description,Amount,Currency rate', '2024-01-02,x,-1.00,1.0823', '2024-01-03,y,-2.00,1.0811'];
    expect(read(lines).roles.join()).not.toContain('currency');
  });
});

it('tells a sign that several currencies share where it is all that amounts carry', () => {
  const lines = ['Date,Description,Amount', '2024-01-02,x,-$1.00', '2024-01-03,y,$2.00'];
  const { currencies, warnings } = read(lines);
  expect(currencies).toEqual([null, null]);
  expect(warnings).toEqual([expect.stringMatching(/^- csv\.currency-shared-sign: .*"\$".*currency==CODE/)]);
  expect(read(lines, { currency: '=USD' })).toMatchObject({ currencies: ['USD', 'USD'], warnings: [] });
});
