import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatUnits } from '../../../kernel/decimal.ts';
import { AmountReader, parseAmount } from './csv-amount.ts';

const shown = (text: string, decimal: '.' | ',', grouping: string | null = null): string | null => {
  const value = parseAmount(text, decimal, grouping);
  return value === null ? null : formatUnits(value.units, value.scale);
};

// The value of each text is what a person reads in it; the texts are the forms named in the issue.
const READ: readonly [string, '.' | ',', string][] = [
  ['1.234,56', ',', '1234.56'],
  ['1,234.56', '.', '1234.56'],
  ['1 234,56', ',', '1234.56'],
  ['1\u00a0234,56', ',', '1234.56'],
  ['1\u202f234,56', ',', '1234.56'],
  ["1'234.56", '.', '1234.56'],
  ['1234,56-', ',', '-1234.56'],
  ['1.234,56-', ',', '-1234.56'],
  ['(1,234.56)', '.', '-1234.56'],
  ['($85.00)', '.', '-85.00'],
  ['-$76.00', '.', '-76.00'],
  ['- $21.59', '.', '-21.59'],
  ['$-76.00', '.', '-76.00'],
  ['+$327.49', '.', '327.49'],
  ['+ £1,100.00', '.', '1100.00'],
  ['€ 12,50', ',', '12.50'],
  ['12,50 €', ',', '12.50'],
  ['1234,37 EUR', ',', '1234.37'],
  ['EUR 5,00', ',', '5.00'],
  ['EUR-5,00', ',', '-5.00'],
  ['12,50EUR', ',', '12.50'],
  ['\u22125.00', '.', '-5.00'],
  ['+50,00', ',', '50.00'],
  ['100.00CR', '.', '100.00'],
  ['100.00 DR', '.', '-100.00'],
  ['.23', '.', '0.23'],
  ['1,23,456.78', '.', '123456.78'],
  ['29.000', '.', '29.000'],
  ['1.234', ',', '1234'],
  ['1e+05', '.', '100000'],
  ['1.5E-02', '.', '0.015'],
  ['-0.00', '.', '0.00'],
];

const REFUSED: readonly [string, '.' | ','][] = [
  ['n/a', '.'],
  ['12x.50', '.'],
  ['1.2.3', '.'],
  ['1.2.3', ','],
  ['12.50', ','],
  ['1,50', '.'],
  ['1,234,56', '.'],
  ['1.234,56', '.'],
  ['1,234.56', ','],
  ['--5.00', '.'],
  ['-5.00-', '.'],
  ['(5.00', '.'],
  ['', '.'],
  ['€', '.'],
  ['12 34', '.'],
  ['9007199254740993', '.'],
  ['1.0000000001', '.'],
  ['0x10', '.'],
  ['Infinity', '.'],
  ['1 2.50 3', '.'],
];

describe('parseAmount', () => {
  it.each(READ)('reads %j with decimal sign %j as %s', (text, decimal, expected) => {
    expect(shown(text, decimal)).toBe(expected);
  });
  it.each(REFUSED)('does not read %j with decimal sign %j', (text, decimal) => {
    expect(parseAmount(text, decimal, null)).toBeNull();
  });
  it('accepts only the stated grouping sign', () => {
    expect(shown('1.234,56', ',', '.')).toBe('1234.56');
    expect(shown('1 234,56', ',', ' ')).toBe('1234.56');
  });
});

describe('AmountReader', () => {
  it('reads from bytes what parseAmount reads from text, or leaves it to parseAmount', () => {
    const text = fc.oneof(
      fc.string({ unit: fc.constantFrom('0', '1', '9', '.', ',', '-', '+', ' ', "'"), maxLength: 14 }),
      fc
        .tuple(fc.integer({ min: -999_999_999_999, max: 999_999_999_999 }), fc.constantFrom('.', ','))
        .map(([units, decimal]) => formatUnits(units, 2).replace('.', decimal)),
    );
    fc.assert(
      fc.property(text, fc.constantFrom<'.' | ','>('.', ','), (raw, decimal) => {
        const reader = new AmountReader(decimal, null);
        const bytes = new TextEncoder().encode(raw);
        if (!reader.read(bytes, 0, bytes.length)) return;
        const value = parseAmount(raw, decimal, null);
        expect(value).not.toBeNull();
        expect({ units: reader.units, scale: reader.scale }).toEqual({ units: value!.units, scale: value!.scale });
      }),
      { numRuns: 5000 },
    );
  });
  it('reads the plain forms itself', () => {
    const reader = new AmountReader(',', null);
    const bytes = new TextEncoder().encode('-1.234.567,89');
    expect(reader.read(bytes, 0, bytes.length)).toBe(true);
    expect([reader.units, reader.scale]).toEqual([-123456789, 2]);
  });
});
