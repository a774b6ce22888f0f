import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { computedIban } from './norma43-account.ts';
import { currencyOfNumber } from './norma43-currency.ts';
import { createNorma43Parser } from './norma43-parser.ts';
import { isNorma43 } from './norma43-signature.ts';
import { sniffFormat } from './sniff-format.ts';
import { sumOfUnits } from './testing/recording-sink.ts';
import { hostCodec, readDocument, refusalOf } from './testing/xml-document.ts';

// Records are written after the layouts of Cuaderno 43 (AEB, June 2012), which csb43, sequra/norma43_parser and
// embatio/vscode-norma43 read alike.
const ACCOUNT = '210004180200051332';
const cents = (value: number): string => String(Math.abs(value)).padStart(14, '0');
const key = (value: number): string => (value < 0 ? '1' : '2');
const header = (opening: number, currency = '978'): string =>
  `11${ACCOUNT}240301240331${key(opening)}${cents(opening)}${currency}3EMPRESA DE PRUEBA SL`.padEnd(80);
interface Movement {
  readonly value: number;
  readonly date?: string;
  readonly valueDate?: string;
  readonly concept?: string;
  readonly references?: string;
}
const movement = ({
  value,
  date = '240305',
  valueDate = '240306',
  concept = '04015',
  references = '',
}: Movement): string => `22    0418${date}${valueDate}${concept}${key(value)}${cents(value)}${references}`.padEnd(80);
const references = (document: string, one: string, two: string): string =>
  `${document.padEnd(10)}${one.padEnd(12)}${two.padEnd(16)}`;
const total = (debits: readonly number[], credits: readonly number[], closing: number, currency = '978'): string => {
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + Math.abs(value), 0);
  const count = (values: readonly number[]): string => String(values.length).padStart(5, '0');
  return `33${ACCOUNT}${count(debits)}${cents(sum(debits))}${count(credits)}${cents(sum(credits))}${key(closing)}${cents(closing)}${currency}`.padEnd(
    80,
  );
};
const end = (records: number): string => `88${'9'.repeat(18)}${String(records).padStart(6, '0')}`.padEnd(80);
const read = (lines: readonly string[], size = 97) =>
  readDocument(createNorma43Parser, `${lines.join('\r\n')}\r\n`, size);

const FILE = [
  header(100_000),
  movement({ value: -3_560, concept: '03000', references: references('0000000000', '000000000123', 'FACTURA 7') }),
  '2301RECIBO         LUZ Y AGUA'.padEnd(80),
  '2302SEGUNDA LINEA'.padEnd(80),
  '240184000000000004123'.padEnd(80),
  movement({ value: 250_075 }),
  total([-3_560], [250_075], 346_515),
  end(7),
];

describe('createNorma43Parser', () => {
  it('reads an account that adds up without a warning', () => {
    const { sink, parser } = read(FILE);
    expect(sink.warnings).toEqual([]);
    expect(sink.rejected).toEqual([]);
    expect(sink.headers).toEqual([
      { accountId: ACCOUNT, currency: 'EUR', institution: '2100', owner: 'EMPRESA DE PRUEBA SL', statementId: null },
    ]);
    expect(
      sink.stated.map(({ opening, closing }) => [
        opening?.amount,
        isoDate(opening?.date ?? 0),
        closing?.amount,
        isoDate(closing?.date ?? 0),
      ]),
    ).toEqual([[{ units: 100_000, scale: 2 }, '2024-03-01', { units: 346_515, scale: 2 }, '2024-03-31']]);
    expect(sink.transactions).toEqual([
      expect.objectContaining({
        place: { row: 2, byteOffset: 82, byteLength: 4 * 82 - 2 },
        amount: { units: -3_560, scale: 2 },
        currency: 'EUR',
        description: 'RECIBO LUZ Y AGUA SEGUNDA LINEA ref. FACTURA 7 [original amount 41.23 USD]',
        reference: '000000000123',
        type: '03 Domiciliados, recibos, letras, pagos por su cuenta',
      }),
      expect.objectContaining({
        amount: { units: 250_075, scale: 2 },
        reference: '',
        type: '04 Giros, transferencias, traspasos, cheques (015)',
      }),
    ]);
    expect(sink.transactions.map(each => [isoDate(each.bookingDate), isoDate(each.valueDate)])).toEqual([
      ['2024-03-05', '2024-03-06'],
      ['2024-03-05', '2024-03-06'],
    ]);
    // The IBAN of the documentation of the Spanish banks: ES91 2100 0418 45 0200051332.
    expect(parser.dialect()).toEqual({
      accounts: 1,
      transactions: 2,
      informationModes: ['3'],
      computedIbans: ['ES9121000418450200051332'],
    });
  });

  it('checks counts, totals and balances of the account and the count of the file', () => {
    const { sink } = read([...FILE.slice(0, 6), total([], [250_000], 1), end(9)]);
    expect(sink.warnings.map(each => `${each.code}: ${each.message}`)).toEqual([
      'control.count: Record 33 counts "00000" debit movements, the account has 1',
      'control.total: Record 33 states a debit total of 0.00, the movements add up to 35.60',
      'control.total: Record 33 states a credit total of 2500.00, the movements add up to 2500.75',
      'control.balance: The opening balance and the movements give 3465.15, the closing balance is 0.01',
      'control.count: The end record counts "000009" records (88 not counted), the file has 7',
    ]);
  });

  it('reads overdrawn balances, several accounts and a leading record 00', () => {
    const { sink } = read([
      '00210020240401'.padEnd(80),
      header(-5_000),
      total([], [], -5_000),
      header(0),
      movement({ value: 1 }),
      total([], [1], 1),
      end(5),
    ]);
    expect(sink.warnings).toEqual([]);
    expect(sink.stated[0]?.opening?.amount.units).toBe(-5_000);
    expect(sink.transactions.map(each => each.statement)).toEqual([1]);
  });

  it('tells a currency it does not know, one with other decimals, and account or currency that change', () => {
    expect(read([header(0, '999'), total([], [], 0, '999'), end(2)]).sink.headers[0]?.currency).toBe('XXX');
    const unknown = read([header(0, '007'), total([], [], 0, '007'), end(2)]).sink;
    expect([unknown.headers[0]?.currency, unknown.codes]).toEqual([null, ['norma43.currency']]);
    expect(read([header(0, '392'), total([], [], 0, '392'), end(2)]).sink.codes).toEqual(['norma43.exponent']);
    const other = total([], [], 0, '840').replace(ACCOUNT, '210004180200051333');
    expect(read([header(0), other, end(2)]).sink.codes).toEqual([
      'norma43.account-differs',
      'norma43.currency-differs',
    ]);
  });

  it('rejects what it cannot read, in place, and keeps the rest', () => {
    const { sink } = read([
      header(0),
      '2301BEFORE ANY MOVEMENT'.padEnd(80),
      movement({ value: 100, date: '240231' }),
      '2301OF THE UNREADABLE ONE'.padEnd(80),
      movement({ value: 100 }).replace('00000000000100', '0000000000O100'),
      movement({ value: 100, valueDate: '000000' }),
      `${movement({ value: 100 })}TOO LONG`,
      '99 what is this',
      total([], [100, 100, 100], 300),
      movement({ value: 100 }),
      end(9),
    ]);
    expect(sink.transactions).toEqual([
      expect.objectContaining({ amount: { units: 100, scale: 2 }, valueDate: UNKNOWN_DAY }),
    ]);
    expect(sink.rejected.map(each => `${each.place.row}: ${each.reason}`)).toEqual([
      '2: a complement (record 23) without a movement (record 22)',
      '3: a movement cannot be read: its operation date "240231" is not a day of the calendar (YYMMDD)',
      '5: a movement cannot be read: its amount is not 1 or 2 (debit or credit) and 14 digits',
      '7: the record has 88 characters; those of Norma 43 have 80',
      '8: Norma 43 has no record "99"',
      '10: a record 22 outside an account (record 11)',
    ]);
    expect(sink.rejected[1]?.raw).toContain('OF THE UNREADABLE ONE');
    expect(sink.codes).toEqual(['norma43.value-date', 'control.count', 'control.total', 'control.balance']);
  });

  it('refuses a file that is cut short, and tells a missing end record', () => {
    const refusal = (lines: readonly string[]): string => refusalOf(createNorma43Parser, lines.join('\n')).code;
    expect(refusal(FILE.slice(0, 5))).toBe('norma43.truncated');
    expect(refusal([...FILE.slice(0, 5), ...FILE])).toBe('norma43.truncated');
    expect(refusal([...FILE.slice(0, 6), end(7)])).toBe('norma43.truncated');
    expect(refusal([end(0)])).toBe('norma43.no-account');
    expect(refusal(['\0'.repeat(20)])).toBe('norma43.no-account');
    expect(refusal([`${FILE[0]}`, 'x'.repeat(2_000_000)])).toBe('text.line-too-long');
    expect(read(FILE.slice(0, 7)).sink.codes).toEqual(['norma43.no-end']);
  });

  it('reads windows-1252 and trimmed lines', () => {
    const text = FILE.map(line => line.trimEnd())
      .join('\n')
      .replace('LUZ', 'LUZ \u00D1U');
    const bytes = Uint8Array.from([...text].map(character => character.charCodeAt(0)));
    const { sink, parser } = readDocument(createNorma43Parser, bytes);
    expect(sink.transactions[0]?.description).toContain('LUZ \u00D1U');
    expect([parser.encoding(), sink.warnings]).toEqual(['windows-1252', []]);
  });

  it('never loses an amount, whatever the bytes come in (property)', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.integer({ min: -999_999_999, max: 999_999_999 }).filter(value => value !== 0),
          { maxLength: 30 },
        ),
        fc.integer({ min: 1, max: 300 }),
        (values, size) => {
          const sum = values.reduce((all, value) => all + value, 0);
          const file = [
            header(0),
            ...values.map(value => movement({ value })),
            total(
              values.filter(value => value < 0),
              values.filter(value => value > 0),
              sum,
            ),
            end(values.length + 2),
          ];
          const { sink } = read(file, size);
          expect(sink.warnings).toEqual([]);
          expect(sumOfUnits(sink.transactions)).toBe(BigInt(sum) * 10_000_000n);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('what banks write beside the layout', () => {
  // l10n_es_account_statement_import_n43 (OCA) has the key 0 in record 33 of its samples.
  const closedWith = (keyOfBalance: string, closing: number): string => {
    const record = total([-3_560], [], closing);
    return record.slice(0, 58) + keyOfBalance + record.slice(59);
  };
  it('takes the sign of a closing balance without a key from opening balance and movements', () => {
    const account = (opening: number, last: string) =>
      read([header(opening), movement({ value: -3_560 }), last, end(3)]).sink;
    const debit = account(1_000, closedWith('0', -2_560));
    expect(debit.stated[0]?.closing?.amount.units).toBe(-2_560);
    expect(debit.warnings.map(each => each.code)).toEqual(['norma43.balance-key']);
    expect(account(10_000, closedWith('0', 6_440)).stated[0]?.closing?.amount.units).toBe(6_440);
    const unproven = account(10_000, closedWith('0', 6_441));
    expect(unproven.stated[0]?.closing).toBeNull();
    expect(unproven.warnings.map(each => each.code)).toEqual(['norma43.balance-unreadable']);
  });

  it('joins a text that runs over both references, and no others', () => {
    const of = (one: string, two: string) =>
      read([header(0), movement({ value: 1, references: references('', one, two) }), total([], [1], 1), end(3)]).sink
        .transactions[0];
    expect(of('ORDEN PAGO R', 'ECIBO LUZ')).toMatchObject({ reference: 'ORDEN PAGO RECIBO LUZ', description: '' });
    expect(of('FACTURAENERO', 'CLIENTE 7')).toMatchObject({ reference: 'FACTURAENERO', description: 'ref. CLIENTE 7' });
    expect(of('PAGO 1', 'CLIENTE 7')).toMatchObject({ reference: 'PAGO 1', description: 'ref. CLIENTE 7' });
  });
});

describe('the account and the currency', () => {
  it('computes the national check digits and the IBAN', () => {
    // Published examples: Banco de España (CCC 2085 0103 92 0300731702), SWIFT's IBAN registry (2100 0418 45 0200051332).
    expect(computedIban('210004180200051332')).toBe('ES9121000418450200051332');
    expect(computedIban('208501030300731702')?.slice(4)).toBe('20850103920300731702');
    expect(computedIban('2100041802000513X2')).toBeNull();
  });

  it('knows the numbers of ISO 4217, also of currencies that are gone', () => {
    expect(['978', '840', '826', '756', '392', '724', '276'].map(currencyOfNumber)).toEqual([
      'EUR',
      'USD',
      'GBP',
      'CHF',
      'JPY',
      'ESP',
      'DEM',
    ]);
    expect(currencyOfNumber('001')).toBeNull();
  });
});

describe('isNorma43', () => {
  it('knows an account header, also after a record 00, and takes no table', () => {
    const sniff = (text: string) => sniffFormat(new TextEncoder().encode(text), hostCodec).format;
    expect(sniff(FILE.join('\n'))).toBe('norma43');
    expect(isNorma43(`00X\r\n${FILE[0]}`)).toBe(true);
    for (const text of ['11,22,33\n22,33,44\n', '1121000418;5,00\n']) expect(sniff(text)).toBe('csv');
  });
});
