import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { civilDay, isoDate } from '../../../kernel/civil-date.ts';
import { dateAt, dayOf } from './pdf-date.ts';
import { accountIn } from './pdf-facts.ts';
import { pdfLabel } from './pdf-labels.ts';
import { linesOf, type PdfWord } from './pdf-lines.ts';
import { moneyOf, settleMoneyForm } from './pdf-money.ts';

/** Words ten points apart in type of ten points. */
const wordsOf = (text: string, gap = 3): PdfWord[] => {
  let x = 0;
  return text.split(' ').map(word => {
    const x0 = x;
    x += word.length * 5 + gap;
    return { text: word, x0, x1: x0 + word.length * 5 };
  });
};

describe('amounts in a line', () => {
  const points = { decimalSign: '.', fractionDigits: 2, blankGroups: true } as const;
  const commas = { ...points, decimalSign: ',' } as const;
  const units = (text: string, form: typeof points | typeof commas) =>
    moneyOf(wordsOf(text), 10, form).map(money => money.units);

  test.each([
    ['SHOP 12.50', points, [1250]],
    ['SUC 415 345.60', points, [34560]],
    ['- £ 5.00', points, [-500]],
    ['$1,234.56 CR', points, [123456]],
    ['1,234.56 OD', points, [-123456]],
    ['(12.00) 7.00-', points, [-1200, -700]],
    ['TC:17.77 version 1.2', points, []],
    ['1 234,56', commas, [123456]],
    ['1.234,56 S', commas, [-123456]],
    ['80,00 H', commas, [8000]],
    ['12.03.2024', commas, []],
  ] as const)('%s', (text, form, expected) => {
    expect(units(text, form)).toEqual(expected);
  });

  test('blanks do not group where the file groups otherwise', () => {
    const form = settleMoneyForm(['1.234,56', '12,00'], 2);
    expect(form).toEqual({ decimalSign: ',', fractionDigits: 2, blankGroups: false });
    expect(moneyOf(wordsOf('CHEQUE 415 345,60'), 10, form).map(money => money.units)).toEqual([34560]);
  });

  test('currencies without decimals', () => {
    expect(settleMoneyForm(['1,234', '12'], 0)).toMatchObject({ decimalSign: '.', fractionDigits: 0 });
    expect(settleMoneyForm(['1.234', '12'], 0)).toMatchObject({ decimalSign: ',', fractionDigits: 0 });
  });
});

describe('dates', () => {
  const december = { from: civilDay(2025, 12, 9), to: civilDay(2026, 1, 8)! };
  test.each([
    ['10 deDiciembre OXXO', '2025-12-10'],
    ['8 deEnero CUOTA', '2026-01-08'],
    ['28.12. MIETE', '2025-12-28'],
    ['02/01 EDF', '2026-01-02'],
    ['10DEC25 SHOP', '2025-12-10'],
    ['January 5, 2026 SHOP', '2026-01-05'],
    ['Mon 5 Jan 2026', '2026-01-05'],
    ['08-Ene-2026', '2026-01-08'],
    ['2025-12-31 A', '2025-12-31'],
    ['20 Dec 21 Dec PAYMENT', '2025-12-20'],
  ])('%s', (text, expected) => {
    const date = dateAt(wordsOf(text), 0);
    expect(date).not.toBeNull();
    expect(isoDate(dayOf(date!, 'dmy', december)!)).toBe(expected);
  });

  test.each(['to 5', 'vom Konto', '415 345.60', '12 05 10 REF', 'MAYOR 5', '30.02. X', '1/2/3/4'])(
    '%s is none',
    text => {
      expect(dateAt(wordsOf(text), 0)).toBeNull();
    },
  );

  test('every day within half a year of the period is given its own year', () => {
    fc.assert(
      fc.property(fc.integer({ min: -150, max: 150 }), offset => {
        const day = december.to + offset;
        const [, month, date] = isoDate(day)!.split('-');
        expect(dayOf(dateAt(wordsOf(`${date}.${month}.`), 0)!, 'dmy', december)).toBe(day);
      }),
    );
  });
});

test('accounts: an IBAN only with right check digits, else a labelled number', () => {
  expect(accountIn('IBAN DE89 3704 0044 0532 0130 00 BIC COBADEFF')).toBe('DE89370400440532013000');
  expect(accountIn('IBAN DE88 3704 0044 0532 0130 00')).toBeNull();
  expect(accountIn('Account number: 12345678  Sort code 20-00-00')).toBe('12345678');
  expect(accountIn('Numero de Cuenta 3717-123456-12345')).toBe('3717-123456-12345');
  expect(accountIn('Paid from account last week')).toBeNull();
});

test.each([
  ['BALANCE BROUGHT FORWARD', 'carried'],
  ['Saldo anterior', 'opening'],
  ['Neuer Kontostand vom', 'closing'],
  ['NOUVEAU SOLDE CREDITEUR AU', 'closing'],
  ['Übertrag auf Blatt 2', 'carried'],
  ['Total de las transacciones en $ de PEDRO', 'turnover'],
  ['New Balance', 'closing'],
  ['TESCO STORES', null],
  ['Transfer to savings', null],
] as const)('label of %s', (text, label) => {
  expect(pdfLabel(text)).toBe(label);
});

test('whatever order the runs come in, the lines are the same', () => {
  const items = ['A 1.00', 'B 2.00', 'C 3.00'].flatMap((text, i) => [
    { text, x: 10, y: 100 + 12 * i, width: 40, fontSize: 10 },
    { text: `${i}`, x: 200, y: 100.5 + 12 * i, width: 5, fontSize: 10 },
  ]);
  const page = (runs: typeof items) => ({ number: 1, items: runs, turned: [], hasImages: null, recovered: false });
  const expected = linesOf(page(items), 2).map(line => line.text);
  expect(expected).toEqual(['A 1.00\t0', 'B 2.00\t1', 'C 3.00\t2']);
  fc.assert(
    fc.property(fc.shuffledSubarray(items, { minLength: items.length }), shuffled => {
      expect(linesOf(page(shuffled), 2).map(line => line.text)).toEqual(expected);
    }),
  );
});
