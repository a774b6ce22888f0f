import { describe, expect, test } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import { sniffFormat } from '../domain/sniff-format.ts';
import { readPdf, refusalOf } from './pdf-reading.fixture.ts';
import { type PrintedStatement, pdfOfContents, printStatement } from './pdf-statement.fixture.ts';

// The expected numbers of this file are those that the test itself prints.
const read = async (statement: PrintedStatement, overrides: Record<string, string> = {}) =>
  readPdf(await printStatement(statement), overrides);

const COLUMNS = {
  header: ['Date', 'Description', 'Paid out', 'Paid in', 'Balance'],
  widths: [60, 200, -70, -70, -70],
} as const;
const AMOUNT_AND_BALANCE = {
  header: ['Date', 'Description', 'Amount', 'Balance'],
  widths: [60, 220, -70, -70],
} as const;
const PERIOD = 'Statement period 1 March 2024 to 31 March 2024';
const running = (rows: readonly string[]) => ({ header: [], widths: [500], rows: rows.map(row => [row]) });

const UK: PrintedStatement = {
  above: [
    'Example Bank plc',
    'Sort code 20-00-00  Account number 12345678',
    PERIOD,
    'Opening balance £1,000.00   Closing balance £1,715.01',
  ],
  ...COLUMNS,
  rows: [
    ['1 Mar', 'BALANCE BROUGHT FORWARD', '', '', '1,000.00'],
    ['2 Mar', 'DIRECT DEBIT TO\nCITY COUNCIL\nREF 12.34 5566', '150.00', '', '850.00'],
    ['', 'CARD PAYMENT 415 345.60', '34.99', '', ''],
    ['', 'FASTER PAYMENT FROM ACME', '', '1,000.00', '1,815.01'],
    ['28 Mar', 'ATM 100.00 HIGH ST', '100.00', '', '1,715.01'],
    ['31 Mar', 'BALANCE CARRIED FORWARD', '', '', '1,715.01'],
  ],
  below: ['Your deposit is protected up to £85,000.00', 'Your next statement: 30 April 2024'],
};

describe('current accounts', () => {
  test('paid out, paid in and balance; a day printed once; descriptions of several lines', async () => {
    const { sink, lines, balances, dialect } = await read(UK);
    expect(lines).toEqual([
      '2024-03-02 -150.00 DIRECT DEBIT TO CITY COUNCIL REF 12.34 5566',
      '2024-03-02 -34.99 CARD PAYMENT 415 345.60',
      '2024-03-02 1000.00 FASTER PAYMENT FROM ACME',
      '2024-03-28 -100.00 ATM 100.00 HIGH ST',
    ]);
    expect(balances).toEqual([['1000.00 2024-03-01', '1715.01 2024-03-31']]);
    expect(sink.headers[0]).toMatchObject({ accountId: '12345678', currency: 'GBP' });
    expect(sink.rejected).toEqual([]);
    expect(sink.warnings).toEqual([]);
    expect(dialect).toMatchObject({ layout: 'aligned', columnsBy: 'header', balanced: ['yes'], headers: 1 });
  });

  test('German amounts with S and H; December of a statement that ends in January; the balance’s own day', async () => {
    const { sink, lines, balances } = await read({
      above: [
        'Sparkasse',
        'Kontoauszug Nr. 3/2024',
        'IBAN DE89 3704 0044 0532 0130 00',
        'vom 01.12.2023 bis 31.01.2024',
        'Alter Kontostand vom 30.11.2023   1.500,00 H',
      ],
      header: ['Buchung', 'Wert', 'Verwendungszweck', 'Betrag EUR'],
      widths: [60, 60, 220, -90],
      rows: [
        ['28.12.', '29.12.', 'MIETE WOHNUNG 12\nDauerauftrag', '800,00 S'],
        ['02.01.', '02.01.', 'GEHALT\nACME GMBH', '2.345,67 H'],
        ['15.01.', '15.01.', 'STADTWERKE', '120,50 S'],
      ],
      below: ['Neuer Kontostand vom 31.01.2024   2.925,17 H'],
    });
    expect(lines).toEqual([
      '2023-12-28 -800.00 MIETE WOHNUNG 12 Dauerauftrag',
      '2024-01-02 2345.67 GEHALT ACME GMBH',
      '2024-01-15 -120.50 STADTWERKE',
    ]);
    expect(sink.transactions.map(each => isoDate(each.valueDate))).toEqual(['2023-12-29', '2024-01-02', '2024-01-15']);
    expect(balances).toEqual([['1500.00 2023-11-30', '2925.17 2024-01-31']]);
    expect(sink.headers[0]).toMatchObject({
      accountId: 'DE89370400440532013000',
      currency: 'EUR',
      statementId: '3/2024',
    });
    expect(sink.warnings).toEqual([]);
  });

  test('French débit and crédit, blanks between thousands, a column of value dates, totals', async () => {
    const { lines, sink, balances, dialect } = await read({
      above: ['RELEVE DE COMPTE', 'Compte n° 00012345678', 'du 01/03/2024 au 31/03/2024'],
      header: ['Date', 'Libellé', 'Valeur', 'Débit', 'Crédit'],
      widths: [50, 210, 60, -80, -80],
      rows: [
        ['', 'SOLDE CREDITEUR AU 29/02/2024', '', '', '1 234,56'],
        ['04/03', 'PRLV SEPA EDF\nREF 123456789', '05/03', '85,20', ''],
        ['07/03', 'VIREMENT SALAIRE 2024', '07/03', '', '2 500,00'],
        ['12/03', 'CHEQUE 415', '12/03', '1 300,00', ''],
        ['', 'TOTAL DES OPERATIONS', '', '1 385,20', '2 500,00'],
        ['', 'NOUVEAU SOLDE CREDITEUR AU 31/03/2024', '', '', '2 349,36'],
      ],
    });
    expect(lines).toEqual([
      '2024-03-04 -85.20 PRLV SEPA EDF REF 123456789',
      '2024-03-07 2500.00 VIREMENT SALAIRE 2024',
      '2024-03-12 -1300.00 CHEQUE 415',
    ]);
    expect(sink.transactions.map(each => isoDate(each.valueDate))).toEqual(['2024-03-05', '2024-03-07', '2024-03-12']);
    expect(balances).toEqual([['1234.56 2024-02-29', '2349.36 2024-03-31']]);
    expect(dialect.checks).toEqual({ runningBalances: 0, runningBalancesFailed: 0, totals: 1, totalsFailed: 0 });
    expect(sink.warnings).toEqual([]);
  });

  test('Brazilian Valor with C and D, documents, an opening balance in the table', async () => {
    const { lines, sink, balances } = await read({
      above: ['Banco', 'Conta corrente: 12345-6', 'Período: 01/02/2024 a 29/02/2024'],
      header: ['Data', 'Histórico', 'Documento', 'Valor R$', 'Saldo'],
      widths: [60, 180, 70, -80, -80],
      rows: [
        ['31/01/2024', 'Saldo Anterior', '', '', '1.000,00 C'],
        ['05/02/2024', 'Pix - Enviado\nFulano de Tal', '123456', '250,00 D', '750,00 C'],
        ['09/02/2024', 'Recebimento de Proventos', '9988', '3.000,00 C', '3.750,00 C'],
      ],
    });
    expect(lines).toEqual([
      '2024-02-05 -250.00 Pix - Enviado Fulano de Tal',
      '2024-02-09 3000.00 Recebimento de Proventos',
    ]);
    expect(sink.transactions.map(each => each.reference)).toEqual(['123456', '9988']);
    expect(balances).toEqual([['1000.00 2024-01-31', '3750.00 2024-02-09']]);
    expect(sink.headers[0]?.currency).toBe('BRL');
  });

  test('a turned (landscape) page, an overdrawn balance, newest first', async () => {
    const { lines, balances, dialect } = await read({
      landscape: true,
      above: ['Kontonummer 1234567', '01.01.2024 - 31.01.2024'],
      header: ['Buchungstag', 'Valuta', 'Text', 'Soll', 'Haben', 'Saldo'],
      widths: [70, 70, 250, -80, -80, -80],
      rows: [
        ['03.01.2024', '03.01.2024', 'B', '', '2.000,00', '1.500,00'],
        ['02.01.2024', '02.01.2024', 'A', '1.000,00', '', '-500,00'],
      ],
    });
    expect(lines).toEqual(['2024-01-03 2000.00 B', '2024-01-02 -1000.00 A']);
    expect(balances).toEqual([['500.00 2024-01-02', '1500.00 2024-01-03']]);
    expect(dialect.checks).toMatchObject({ runningBalances: 1, runningBalancesFailed: 0 });
  });

  test('unsigned amounts take their sign from the running balance, also where several lines share one', async () => {
    const { lines, dialect } = await read({
      above: ['Account number 12345678', 'January 1, 2024 through January 31, 2024', 'Beginning Balance $500.00'],
      ...AMOUNT_AND_BALANCE,
      rows: [
        ['01/05', 'DEPOSIT', '100.00', '600.00'],
        ['01/06', 'CHECK 101', '50.00', ''],
        ['01/07', 'CHECK 102', '25.00', '525.00'],
      ],
      below: ['Ending Balance $525.00'],
    });
    expect(lines).toEqual(['2024-01-05 100.00 DEPOSIT', '2024-01-06 -50.00 CHECK 101', '2024-01-07 -25.00 CHECK 102']);
    expect(dialect).toMatchObject({ signs: ['running balance'], balanced: ['yes'], dateOrder: 'mdy' });
  });

  test('unsigned amounts under headings of deposits and withdrawals', async () => {
    const { lines, sink, dialect } = await read({
      above: [
        'Account number 11111111',
        'January 1, 2024 through January 31, 2024',
        'Beginning Balance $500.00',
        'Ending Balance $430.00',
      ],
      header: [],
      widths: [60, 250, -80],
      rows: [
        ['', 'DEPOSITS AND ADDITIONS', ''],
        ['DATE', 'DESCRIPTION', 'AMOUNT'],
        ['01/15', 'Transfer', '100.00'],
        ['', 'Total Deposits and Additions', '$100.00'],
        ['', 'CHECKS PAID', ''],
        ['DATE', 'DESCRIPTION', 'AMOUNT'],
        ['01/16', 'Check 101', '120.00'],
        ['', 'ELECTRONIC WITHDRAWALS', ''],
        ['DATE', 'DESCRIPTION', 'AMOUNT'],
        ['01/17', 'Utility', '50.00'],
      ],
    });
    expect(lines).toEqual(['2024-01-15 100.00 Transfer', '2024-01-16 -120.00 Check 101', '2024-01-17 -50.00 Utility']);
    expect(dialect).toMatchObject({ signs: ['sections'], balanced: ['yes'] });
    expect(sink.warnings).toEqual([]);
  });

  test('lines set as running text: the amounts at their ends', async () => {
    const { lines, dialect } = await read({
      above: [PERIOD, 'Opening balance 100.00'],
      ...running([
        'Date Description Amount Balance',
        '02 Mar Coffee 4.50 95.50',
        '03 Mar Salary ACME LTD 1,000.00 1,095.50',
        '04 Mar Rent for March 2024 600.00 495.50',
        '05 Mar Shop 415 95.00 400.50',
        '09 Mar Taxi 0.50 400.00',
      ]),
      below: ['Closing balance 400.00'],
    });
    expect(lines).toEqual([
      '2024-03-02 -4.50 Coffee',
      '2024-03-03 1000.00 Salary ACME LTD',
      '2024-03-04 -600.00 Rent for March 2024',
      '2024-03-05 -95.00 Shop 415',
      '2024-03-09 -0.50 Taxi',
    ]);
    expect(dialect).toMatchObject({ layout: 'trailing', balanced: ['yes'] });
  });
});

describe('pages', () => {
  const rows = (brought: boolean): string[][] =>
    Array.from({ length: 120 }, (_, i) => {
      const balance = (5000 - 10 * (i + 1)).toFixed(2);
      const date = `${String(1 + Math.floor(i / 4)).padStart(2, '0')}/01/2024`;
      const carried =
        brought && i % 40 === 39
          ? [
              ['', 'BALANCE CARRIED FORWARD', '', '', balance],
              ['', 'BALANCE BROUGHT FORWARD', '', '', balance],
            ]
          : [];
      return [[date, `PAYMENT NO ${i}\nline two`, '10.00', '', balance], ...carried];
    }).flat();
  const statement = (brought: boolean): PrintedStatement => ({
    above: ['Account No: 99887766', 'Statement period 01/01/2024 to 31/01/2024', 'Opening balance 5000.00'],
    header: ['Date', 'Details', 'Withdrawals', 'Deposits', 'Balance'],
    widths: [60, 200, -70, -70, -70],
    rows: rows(brought),
    repeatHeader: true,
    footer: 'Example Bank, page',
    below: ['Closing balance 3800.00'],
  });

  test('headers repeated, feet of pages kept out of descriptions, nothing lost at the turn', async () => {
    const { sink, lines, dialect, transcript } = await read(statement(false));
    expect(lines).toHaveLength(120);
    expect(lines[119]).toBe('2024-01-30 -10.00 PAYMENT NO 119 line two');
    expect(sink.transactions.every(({ description }, i) => description === `PAYMENT NO ${i} line two`)).toBe(true);
    expect(dialect).toMatchObject({ pages: 4, headers: 4, balanced: ['yes'] });
    expect(dialect.checks).toMatchObject({ runningBalances: 120, runningBalancesFailed: 0 });
    expect(sink.warnings).toEqual([]);
    expect(transcript.split('\n').filter(line => line.startsWith('=== page'))).toHaveLength(4);
  });

  test('balances carried and brought forward are checked and are no transactions', async () => {
    const { sink, lines, dialect } = await read(statement(true));
    expect(lines).toHaveLength(120);
    expect(dialect.checks).toEqual({ runningBalances: 120, runningBalancesFailed: 0, totals: 6, totalsFailed: 0 });
    expect(sink.warnings).toEqual([]);
  });

  test('places are lines of the transcript', async () => {
    const { sink, transcript } = await read(UK);
    const bytes = new TextEncoder().encode(transcript);
    const [first] = sink.transactions;
    const { row, byteOffset, byteLength } = first!.place;
    const text = new TextDecoder().decode(bytes.subarray(byteOffset, byteOffset + byteLength));
    expect(text).toBe('2 Mar\tDIRECT DEBIT TO\t150.00\t850.00\nCITY COUNCIL\nREF 12.34 5566');
    expect(transcript.split('\n')[row - 1]).toBe(text.split('\n')[0]);
  });
});

describe('cards', () => {
  const CARD = ['Card number 5555 XXXX XXXX 4321', 'Credit limit £5,000', 'Statement date 12 January 2024'];
  const TABLE = {
    header: ['Transaction date', 'Posting date', 'Description', 'Amount (£)'],
    widths: [80, 80, 220, -80],
  } as const;

  test('CR marks payments; what is owed is negative; the posting date is the booking date', async () => {
    const { lines, balances, sink, dialect } = await read({
      above: [...CARD, 'Previous balance £250.00', 'New balance £310.00'],
      ...TABLE,
      rows: [
        ['20 Dec', '21 Dec', 'PAYMENT RECEIVED - THANK YOU', '250.00CR'],
        ['28 Dec', '29 Dec', 'TESCO STORES 3345', '100.00'],
        ['09 Jan', '10 Jan', 'AMAZON', '210.00'],
      ],
    });
    expect(lines).toEqual([
      '2023-12-21 250.00 PAYMENT RECEIVED - THANK YOU',
      '2023-12-29 -100.00 TESCO STORES 3345',
      '2024-01-10 -210.00 AMAZON',
    ]);
    expect(balances[0]?.[1]).toBe('-310.00 2024-01-12');
    expect(dialect).toMatchObject({ signs: ['marks'], balanced: ['yes'] });
    expect(sink.transactions.map(each => isoDate(each.valueDate))).toEqual(['2023-12-20', '2023-12-28', '2024-01-09']);
  });

  test('payments with a minus: previous balance and transactions give the new balance, so charges are positive', async () => {
    const { lines, balances, dialect } = await read({
      above: [
        'Account Number: XXXX XXXX XXXX 1234',
        'Opening/Closing Date 12/09/23 - 01/08/24',
        'Previous Balance $100.00',
        'New Balance $60.00',
        'Minimum Payment Due $25.00',
      ],
      header: ['Date of Transaction', 'Merchant Name or Transaction Description', '$ Amount'],
      widths: [90, 250, -80],
      rows: [
        ['12/20', 'Payment Thank You', '-100.00'],
        ['12/28', 'AMAZON', '40.00'],
        ['01/03', 'STARBUCKS', '20.00'],
      ],
    });
    expect(lines).toEqual([
      '2023-12-20 100.00 Payment Thank You',
      '2023-12-28 -40.00 AMAZON',
      '2024-01-03 -20.00 STARBUCKS',
    ]);
    expect(balances).toEqual([['-100.00 2023-12-09', '-60.00 2024-01-08']]);
    expect(dialect).toMatchObject({ signs: ['charges are positive'], balanced: ['yes'] });
  });

  test('charges with a minus behind them are written from the holder’s side', async () => {
    const { lines, balances } = await read({
      above: ['Kreditkartenabrechnung', 'Abrechnung vom 31.01.2024', 'Alter Saldo 200,00-'],
      header: ['Belegdatum', 'Buchung', 'Verwendungszweck', 'EUR'],
      widths: [60, 60, 240, -80],
      rows: [
        ['30.12.23', '02.01.24', 'AMAZON EU', '50,00-'],
        ['05.01.24', '05.01.24', 'ZAHLUNG DANKE', '200,00+'],
        ['11.01.24', '12.01.24', 'HOTEL', '1.100,10-'],
      ],
      below: ['Neuer Saldo 1.150,10-'],
    });
    expect(lines).toEqual([
      '2024-01-02 -50.00 AMAZON EU',
      '2024-01-05 200.00 ZAHLUNG DANKE',
      '2024-01-12 -1100.10 HOTEL',
    ]);
    expect(balances[0]?.[1]).toBe('-1150.10 2024-01-31');
  });

  test('a rate and a foreign amount below a charge are its text', async () => {
    const { lines } = await read({
      above: ['Número de tarjeta: 4152 3138 0012 3456', 'Periodo: 08-ene-2026 al 07-feb-2026', 'Pago mínimo $500.00'],
      ...running([
        '10-ene-2026 11-ene-2026 OXXO TONALA JALISCO + $48.50',
        '15-ene-2026 15-ene-2026 BMOVIL.PAGO TDC - $19,810.48',
        '20-ene-2026 21-ene-2026 DEVOLUCION LIVERPOOL - $1,200.00',
        '22-ene-2026 23-ene-2026 NETFLIX.COM + $321.45',
        'USD 18.09 TIPO DE CAMBIO $17.77',
        '16-ene-2026 16-ene-2026 26 DE 36 EFECTIVO INMEDIATO 36 + $196.22',
      ]),
    });
    expect(lines).toEqual([
      '2026-01-10 -48.50 OXXO TONALA JALISCO',
      '2026-01-15 19810.48 BMOVIL.PAGO TDC',
      '2026-01-20 1200.00 DEVOLUCION LIVERPOOL',
      '2026-01-22 -321.45 NETFLIX.COM USD 18.09 TIPO DE CAMBIO $17.77',
      '2026-01-16 -196.22 26 DE 36 EFECTIVO INMEDIATO 36',
    ]);
  });
});

describe('what cannot be decided or does not add up', () => {
  const WRONG: PrintedStatement = {
    above: ['Account number 11111111', PERIOD, 'Opening balance 11.00'],
    ...AMOUNT_AND_BALANCE,
    rows: [
      ['2 Mar 2024', 'A', '-1.00', '10.00'],
      ['10 Mar 2024', 'B', '7.00', '18.00'],
      ['12 Mar 2024', 'note only', '', ''],
      ['20 Mar 2024', 'C', '-3.00', '15.00'],
    ],
    below: ['Closing balance 15.00'],
  };

  test('arithmetic that fails says by how much and where; a dated line without an amount is kept', async () => {
    const { sink, lines, dialect } = await read(WRONG);
    expect(lines).toHaveLength(3);
    expect(sink.rejected.map(each => each.raw)).toEqual(['12 Mar 2024\tnote only']);
    expect(sink.codes).toEqual(['pdf.arithmetic']);
    expect(sink.warnings.map(each => /the difference is (-?\d+\.\d+)/.exec(each.message)?.[1])).toEqual([
      '1.00',
      '1.00',
    ]);
    expect(dialect).toMatchObject({ balanced: ['no'], checks: { runningBalances: 3, runningBalancesFailed: 1 } });
  });

  test('day and month that nothing decides are a question, and the answer is used', async () => {
    const ambiguous: PrintedStatement = {
      above: ['Account number 12345678'],
      ...AMOUNT_AND_BALANCE,
      rows: [
        ['03/04/2024', 'A', '-10.00', '90.00'],
        ['05/06/2024', 'B', '20.00', '110.00'],
      ],
    };
    expect(await refusalOf(read(ambiguous))).toEqual({
      code: 'dialect.ambiguous',
      candidates: { dateOrder: ['dmy', 'mdy'] },
    });
    expect((await read(ambiguous, { dateOrder: 'dmy' })).lines).toEqual(['2024-04-03 -10.00 A', '2024-06-05 20.00 B']);
    expect((await read(ambiguous, { dateOrder: 'mdy' })).lines).toEqual(['2024-03-04 -10.00 A', '2024-05-06 20.00 B']);
  });

  test('dates without a year and no period', async () => {
    const yearless: PrintedStatement = {
      above: ['Account number 11111111'],
      ...AMOUNT_AND_BALANCE,
      rows: [['2 Jan', 'A', '-1.00', '10.00']],
    };
    expect((await refusalOf(read(yearless))).code).toBe('pdf.no-year');
    expect((await read(yearless, { year: '2023' })).lines).toEqual(['2023-01-02 -1.00 A']);
  });

  test('amounts without any sign, side or balance', async () => {
    const unsigned: PrintedStatement = {
      above: ['Account number 11111111', PERIOD],
      header: ['Date', 'Description', 'Amount'],
      widths: [60, 200, -70],
      rows: [
        ['2 Mar', 'A', '1.00'],
        ['10 Mar', 'B', '7.00'],
      ],
    };
    expect(await refusalOf(read(unsigned))).toEqual({
      code: 'dialect.ambiguous',
      candidates: { flipAmount: ['no', 'yes'] },
    });
    const { lines, sink } = await read(unsigned, { flipAmount: 'yes' });
    expect(lines).toEqual(['2024-03-02 -1.00 A', '2024-03-10 -7.00 B']);
    expect(sink.codes).toEqual(['pdf.unproven']);
  });

  test('a setting or value that means nothing', async () => {
    const bytes = await printStatement(UK);
    for (const overrides of [{ delimiter: ';' }, { dateOrder: 'ydm' }, { flipAmount: 'maybe' }, { year: '24' }])
      expect(
        (await refusalOf((async () => readPdf(bytes, overrides as unknown as Record<string, string>))())).code,
      ).toBe('dialect.unknown');
  });

  test('two digits behind a month are a year only where all lines have them', async () => {
    const rows = (first: string, second: string): PrintedStatement => ({
      above: ['Account number 11111111', PERIOD, 'Opening balance 100.00'],
      header: ['Date', 'Description', 'Amount'],
      widths: [60, 240, -70],
      rows: [
        [first, '15 MAIN ST PARKING', '-1.00'],
        [second, 'SHOP', '-7.00'],
      ],
      below: ['Closing balance 92.00'],
    });
    expect((await read(rows('10 Mar', '12 Mar'))).lines[0]).toBe('2024-03-10 -1.00 15 MAIN ST PARKING');
    expect((await read(rows('10 Mar 24', '12 Mar 24'))).lines).toEqual([
      '2024-03-10 -1.00 15 MAIN ST PARKING',
      '2024-03-12 -7.00 SHOP',
    ]);
  });

  test('two accounts in one file are two statements; one that names none and does not go on is told', async () => {
    const two = (name: string): PrintedStatement => ({
      above: ['Account number 11111111', PERIOD],
      ...COLUMNS,
      rows: [
        ['', 'Opening balance', '', '', '10.00'],
        ['2 Mar', 'A', '1.00', '', '9.00'],
        ['', 'Closing balance', '', '', '9.00'],
        ['', name, '', '', ''],
        [...COLUMNS.header],
        ['', 'Opening balance', '', '', '20.00'],
        ['3 Mar', 'B', '', '5.00', '25.00'],
        ['', 'Closing balance', '', '', '25.00'],
      ],
    });
    const named = await read(two('Account number 22222222'));
    expect(named.sink.headers.map(each => each.accountId)).toEqual(['11111111', '22222222']);
    expect(named.balances.map(([opening]) => opening)).toEqual(['10.00 2024-03-01', '20.00 2024-03-01']);
    expect(named.sink.warnings).toEqual([]);
    const unnamed = await read(two('Savings'));
    expect(unnamed.sink.headers.map(each => each.accountId)).toEqual(['11111111', null]);
    expect(unnamed.sink.codes).toEqual(['pdf.account-unclear']);
  });
});

describe('documents', () => {
  test('no transactions: the balances are a statement', async () => {
    const { sink, balances } = await read({
      above: ['Account number 12345678', PERIOD, 'Opening balance £10.00', 'Closing balance £10.00'],
      ...COLUMNS,
      rows: [],
    });
    expect(sink.transactions).toEqual([]);
    expect(sink.headers[0]?.accountId).toBe('12345678');
    expect(balances).toEqual([['10.00 2024-03-01', '10.00 2024-03-31']]);
  });

  test('a letter is no statement', async () => {
    const letter: PrintedStatement = {
      above: ['Dear customer,', 'on 3 March 2024 you owed us 100.00.'],
      header: [],
      widths: [100],
      rows: [['Yours']],
    };
    expect((await refusalOf(read(letter))).code).toBe('pdf.no-table');
  });

  test('encrypted with a password to open it', async () => {
    expect((await refusalOf(read({ ...UK, userPassword: 'secret' }))).code).toBe('pdf.encrypted');
  });

  const IMAGE = 'q 400 0 0 500 50 100 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q';
  const show = (text: string, x: number, y: number): string => `BT /F 10 Tf ${x} ${y} Td (${text}) Tj ET`;
  const PAGE = [
    show('Account number 12345678', 50, 700),
    show('Period 01.03.2024 - 31.03.2024', 50, 680),
    show('Opening balance 10.00', 50, 660),
    show('05.03.2024 SHOP -1.00', 50, 600),
    show('Closing balance 9.00', 50, 560),
  ].join('\n');

  test('images alone; nothing at all', async () => {
    expect((await refusalOf(readPdf(pdfOfContents([IMAGE, IMAGE])))).code).toBe('pdf.image-only');
    expect((await refusalOf(readPdf(pdfOfContents([''])))).code).toBe('pdf.no-text');
  });

  test('a page that is an image among others is told', async () => {
    const { sink, lines } = await readPdf(pdfOfContents([PAGE, IMAGE]));
    expect(lines).toEqual(['2024-03-05 -1.00 SHOP']);
    expect(sink.codes).toEqual(['pdf.image-only']);
  });

  test('text across the page is told and kept in the transcript', async () => {
    const across = 'BT /F 10 Tf 0 1 -1 0 590 300 Tm (FORM 06.03.2024 99.00) Tj ET';
    const { sink, lines, transcript } = await readPdf(pdfOfContents([`${PAGE}\n${across}`]));
    expect(lines).toEqual(['2024-03-05 -1.00 SHOP']);
    expect(sink.codes).toEqual(['pdf.turned-text']);
    expect(transcript).toContain('[turned] FORM 06.03.2024 99.00');
  });

  test('a whole page set across is read along its text', async () => {
    const turned = PAGE.replace(/(\d+) (\d+) Td/g, (_, x: string, y: string) => `0 1 -1 0 ${800 - Number(y)} ${x} Tm`);
    expect((await readPdf(pdfOfContents([turned]))).lines).toEqual(['2024-03-05 -1.00 SHOP']);
  });

  test('a font that cannot be read', async () => {
    const bytes = pdfOfContents([PAGE]);
    const broken = Uint8Array.from(
      Buffer.from(Buffer.from(bytes).toString('latin1').replace('/F 3 0 R', '/F 1 0 R'), 'latin1'),
    );
    const outcome = await readPdf(broken).then(
      ({ sink }) => sink.codes,
      error => [error.code],
    );
    expect(outcome.some(code => ['pdf.recovered', 'pdf.damaged', 'pdf.no-text'].includes(code))).toBe(true);
  });

  test('cut off anywhere', async () => {
    const bytes = await printStatement(UK);
    for (const share of [0.02, 0.3, 0.6, 0.9, 0.99])
      expect((await refusalOf(readPdf(bytes.subarray(0, Math.floor(bytes.length * share))))).code).toBe('pdf.damaged');
  });

  test('chunks of any size give the same', async () => {
    const bytes = await printStatement(UK);
    const whole = await readPdf(bytes);
    const pieces = await readPdf(bytes, {}, 777);
    expect(pieces.sink.transactions).toEqual(whole.sink.transactions);
    expect(pieces.transcript).toBe(whole.transcript);
  });

  test('recognized by its header, also behind other bytes, and not where text speaks of it', () => {
    const of = (text: string) => sniffFormat(new TextEncoder().encode(text), codecFor).format;
    expect(of('%PDF-1.7\n%âã')).toBe('pdf');
    expect(of(`${'\n'.repeat(900)}%PDF-1.4\n`)).toBe('pdf');
    expect(of('date;text\n2024-01-01;see %PDF-1.7\n')).toBe('csv');
  });
});
