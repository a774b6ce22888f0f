import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import { createCsvParser } from './csv-parser.ts';
import { FileRefused } from './statement-sink.ts';
import { feed } from './testing/recording-sink.ts';
import { TransactionColumnBuilder } from './transaction-column-builder.ts';
import type { ColumnSlice } from './transaction-columns.ts';

// Small tables made for one rule each of docs/specs/format-csv.md; expected figures are read off the lines above them.

const read = (lines: string | readonly string[], overrides: Record<string, string> = {}, encoding = 'utf-8') => {
  const slices: ColumnSlice[] = [];
  const builder = new TransactionColumnBuilder({ onSlice: slice => slices.push(slice) });
  const parser = createCsvParser(builder, codecFor, overrides);
  feed(parser, iconv.encode(typeof lines === 'string' ? lines : `${lines.join('\n')}\n`, encoding));
  builder.finish();
  const columns = builder.columns();
  const coded = (
    name: 'counterparty' | 'counterpartyAccount' | 'type' | 'category' | 'ledgerAccount' | 'entry' | 'currency',
  ) => [...columns[name]].map(code => builder.values(name)[code] ?? '');
  return {
    builder,
    dialect: parser.dialect(),
    encoding: parser.encoding(),
    amounts: [...columns.amountUnits].map(units => formatUnits(units, builder.scale)),
    days: [...columns.bookingDay].map(isoDate),
    rows: [...columns.rowNumber],
    coded,
    descriptions: slices.flatMap(slice =>
      Array.from({ length: slice.count }, (_, i) =>
        new TextDecoder().decode(slice.text.subarray(slice.textEnds[2 * i]!, slice.textEnds[2 * i + 1]!)),
      ),
    ),
    statements: builder.statements().map(({ header, balances, count }) => ({
      ...header,
      count,
      opening:
        balances.opening &&
        `${formatUnits(balances.opening.amount.units, balances.opening.amount.scale)} ${isoDate(balances.opening.date)}`,
      closing:
        balances.closing &&
        `${formatUnits(balances.closing.amount.units, balances.closing.amount.scale)} ${isoDate(balances.closing.date)}`,
    })),
    rejected: builder.rejected.map(({ place, reason }) => `${place.row}: ${reason}`),
    warnings: builder.warnings.map(({ row, code }) => `${row ?? '-'} ${code}`),
    messages: builder.warnings.map(({ message }) => message),
  };
};

const refusal = (lines: string | readonly string[], overrides: Record<string, string> = {}): FileRefused => {
  try {
    read(lines, overrides);
  } catch (error) {
    if (error instanceof FileRefused) return error;
    throw error;
  }
  throw new Error('was not refused');
};

describe('layout', () => {
  it('takes the delimiter that a sep= line states, and neither header nor data from it', () => {
    const text = ['sep=;', 'Date;Amount;Description', '2024-01-31;1.50;a, b', '2024-02-01;2.50;c, d'];
    expect(read(text)).toMatchObject({ amounts: ['1.50', '2.50'], descriptions: ['a, b', 'c, d'] });
    expect(read(text).dialect).toMatchObject({ delimiter: ';', headerRow: 2, preambleRows: 1 });
    expect(read(['"sep=|"', '2024-01-31|1.50|a', '2024-02-01|2.50|b'])).toMatchObject({ rows: [2, 3], rejected: [] });
  });

  it.each(['^', '~', '|', '\t'])('finds the delimiter %j', delimiter => {
    const text = ['Date#Amount#Description', '2024-01-31#1.50#a', '2024-02-01#2.50#b'];
    expect(read(text.map(line => line.replaceAll('#', delimiter))).dialect.delimiter).toBe(delimiter);
  });

  it('finds the header below lines of names and values, totals included', () => {
    const { dialect, amounts } = read([
      'Account;12345678;',
      'Period;01.01.2024;31.01.2024',
      'Transactions;2;',
      '',
      'Datum;Betrag;Text',
      '30.01.2024;1,50;a',
      '31.01.2024;-2,50;b',
    ]);
    expect(dialect.headerRow).toBe(5);
    expect(amounts).toEqual(['1.50', '-2.50']);
  });

  it('takes the words right above the data for a header in a language it does not know', () => {
    const { dialect } = read(['Utdrag', '', 'Foo,Bar,Baz,Qux', '2024-01-31,a b c,x,1.50', '2024-02-01,d e f,y,-2.50']);
    expect(dialect).toMatchObject({ headerRow: 3, header: ['Foo', 'Bar', 'Baz', 'Qux'] });
  });

  it('rejects repeated headers, also with other letters, as what they are', () => {
    const { rejected, amounts } = read([
      'Date,Amount,Text',
      '2024-01-31,1.50,a',
      'DATE,AMOUNT,TEXT',
      '2024-02-01,2.50,b',
    ]);
    expect(rejected).toEqual(['3: repeated header line']);
    expect(amounts).toEqual(['1.50', '2.50']);
  });

  it('begins a statement where a repeated header stands below another account', () => {
    const { statements, rejected } = read([
      'Konto: DE02120300000000202051',
      'Datum;Betrag;Text',
      '31.01.2024;1,50;a',
      'Endsaldo;11,50;',
      '',
      'Konto: DE02500105170137075030',
      'Datum;Betrag;Text',
      '31.01.2024;-2,50;b',
    ]);
    expect(statements).toMatchObject([
      { accountId: 'DE02120300000000202051', count: 1, closing: '11.50 2024-01-31' },
      { accountId: 'DE02500105170137075030', count: 1, closing: null },
    ]);
    expect(rejected).toHaveLength(3);
  });

  it('keeps the rows of another table out, and says where it begins', () => {
    const { amounts, rejected, warnings } = read([
      'Date,Description,Amount,Balance',
      '2024-01-31,a,1.50,11.50',
      '2024-02-01,b,2.50,14.00',
      'Date,Amount,Fee,Currency',
      '2024-02-01,9.00,1.00,EUR',
    ]);
    expect(amounts).toEqual(['1.50', '2.50']);
    expect(rejected).toEqual([
      '4: header line of another table',
      '5: belongs to another table, whose header stands in row 4',
    ]);
    expect(warnings).toEqual(['4 csv.second-table']);
  });

  it('reads a field that lost its opening quote without the closing one, and says so', () => {
    const { statements, warnings } = read([
      '"Account","Date","Amount"',
      '"NL01","2024-01-31","1.50"',
      'NL01","2024-02-01","2.50"',
    ]);
    expect(statements).toMatchObject([{ accountId: 'NL01', count: 2 }]);
    expect(warnings).toEqual(['3 csv.lost-quote']);
    expect(read(['Date,Amount,Text', '2024-01-31,1.50,Monitor 24"', '2024-01-31,1.50,x']).descriptions[0]).toBe(
      'Monitor 24"',
    );
  });

  it('does not take apostrophes that mark text for quotes', () => {
    const { coded } = read(['Date,Amount,Account,To account', "2024-01-31,1.50,'11,'22", "2024-02-01,-2.50,'11,'33"]);
    expect(coded('counterpartyAccount')).toEqual(["'22", "'33"]);
  });

  it('joins lines that only go on with the description of the row above', () => {
    const { descriptions, rejected, dialect, builder } = read([
      'Date,Description,Amount',
      '2024-01-30,CARD PAYMENT,-1.50',
      ',SHOP ONE,',
      '2024-01-31,CARD PAYMENT,-2.50',
      ',SHOP TWO,',
      ',BERLIN,',
      '2024-02-01,SALARY,100.00',
    ]);
    expect(descriptions).toEqual(['CARD PAYMENT SHOP ONE', 'CARD PAYMENT SHOP TWO BERLIN', 'SALARY']);
    expect(rejected).toEqual([]);
    expect(dialect.continuationRows).toBe(3);
    const { byteOffset, byteLength } = builder.columns();
    expect(byteOffset[1]! - byteOffset[0]!).toBe(byteLength[0]! + 1);
  });
});

describe('encodings', () => {
  it.each([
    ['windows-1252', 'Empfänger', 'Überweisung für Müller'],
    ['windows-1250', 'Název protistrany', 'příjemce žluťoučký kůň'],
    ['windows-1251', 'Контрагент', 'Перевод средств за услуги'],
    ['windows-1254', 'İşyeri', 'ödeme yapıldı şubesi'],
    ['windows-1257', 'Gavėjas mokėtojas', 'mokėjimas už šildymą'],
    ['windows-1253', 'Αιτιολογία', 'πληρωμή λογαριασμού κοινοχρήστων'],
    ['cp852', 'Název protistrany', 'příjemce žluťoučký kůň'],
    ['cp850', 'Empfänger', 'Überweisung für Müller'],
    ['mac-roman', 'Bénéficiaire', 'prélèvement à l’échéance'],
    ['koi8-r', 'Контрагент', 'Перевод средств за услуги'],
  ])('guesses %s by its letters', (encoding, header, text) => {
    const lines = ['Date;Amount;X', '2024-01-31;1.50;x'];
    const {
      encoding: found,
      descriptions,
      coded,
    } = read([lines[0]!.replace('X', header), `2024-01-31;1.50;${text}`, `2024-02-01;2.50;${text}`], {}, encoding);
    expect(found).toBe(encoding);
    expect([...descriptions, ...coded('counterparty')]).toContain(text);
  });

  it('says which page it assumed where another reads differently, and takes the stated one', () => {
    const lines = ['Date,Amount,Text', '2024-01-31,1.50,initiërende'];
    const assumed = read(lines, {}, 'windows-1252');
    expect(assumed.descriptions).toEqual(['initiërende']);
    expect(assumed.warnings).toEqual(['- csv.encoding-guessed']);
    expect(assumed.messages[0]).toContain('were read as windows-1252');
    expect(read(lines, { encoding: 'windows-1252' }, 'windows-1252').warnings).toEqual([]);
  });

  it('lets the names of the columns decide between pages that are near', () => {
    const { encoding, warnings } = read(['Datum;Částka', '31.01.2024;1,50'], {}, 'windows-1250');
    expect([encoding, warnings]).toEqual(['windows-1250', []]);
  });

  it('takes single broken bytes in a file of UTF-8 for damage, not for another encoding', () => {
    const good = Array.from({ length: 12 }, (_, i) => `2024-01-${10 + i},1.50,Müller`).join('\n');
    const bytes = Buffer.concat([
      Buffer.from(`Date,Amount,Text\n${good}\n2024-01-31,2.50,M`),
      Buffer.from([0xfc]),
      Buffer.from('ller\n'),
    ]);
    const builder = new TransactionColumnBuilder();
    const parser = createCsvParser(builder, codecFor, {});
    feed(parser, bytes);
    expect(parser.encoding()).toBe('utf-8');
    expect(builder.warnings.map(({ row, code }) => [row, code])).toEqual([[14, 'csv.invalid-utf8']]);
  });
});

describe('dates', () => {
  it('asks whether numbers are days of a spreadsheet, and reads them as stated', () => {
    const lines = ['Date,Amount', '45322,1.50', '45323.5,2.50'];
    const { code, candidates } = refusal(lines);
    expect([code, candidates]).toEqual(['dialect.ambiguous', { dateOrder: ['excel1900', 'excel1904'] }]);
    // 2024-01-31 is day 45322 of the system of 1900 and day 43860 of that of 1904 (ECMA-376 part 1, 18.17.4.1).
    expect(read(lines, { dateOrder: 'excel1900' }).days).toEqual(['2024-01-31', '2024-02-01']);
    expect(read(['Date,Amount', '43860,1.50'], { dateOrder: 'excel1904' }).days).toEqual(['2024-01-31']);
    expect(
      read(['Date,Amount', '60,1.50', '59,1.50', '61,1.50'], { bookingDate: '1', dateOrder: 'excel1900' }),
    ).toMatchObject({
      days: ['1900-02-28', '1900-03-01'],
      rejected: ['2: date "60" in column "Date" is no number of a day since 1900 of the calendar'],
    });
  });

  it.each([
    ['the form that the header states', ['Date (MM/DD/YYYY),Amount', '02/03/2024,1.50'], '2024-02-03'],
    [
      'dates above the table',
      ['Statement,,', 'From 01/02/2024 to 28/02/2024,,', 'Date,Amount,Text', '02/03/2024,1.50,x'],
      '2024-03-02',
    ],
    ['the other column of dates', ['Date,Value Date,Amount', '02/03/2024,25/03/2024,1.50'], '2024-03-02'],
    [
      'six rows that only one order sorts',
      [
        'Date,Amount',
        ...['01', '02', '03', '04', '05', '06', '07'].map(
          (d, i) => `${d}/${['05', '01', '07', '03', '09', '02', '08'][i]!}/2024,1.50`,
        ),
      ],
      '2024-01-05',
    ],
    ['points', ['Date,Amount', '02.03.2024,1.50'], '2024-03-02'],
    ['years of two digits that lie close together', ['Date,Amount', '30/01/24,1.50', '31/01/24,1.50'], '2024-01-30'],
  ])('are settled by %s', (_, lines, first) => {
    expect(read(lines).days[0]).toBe(first);
  });

  it('are asked about where three rows in one order would be chance', () => {
    expect(refusal(['Date,Amount', '01/05/2024,1', '02/04/2024,1', '03/06/2024,1', '04/07/2024,1']).candidates).toEqual(
      {
        dateOrder: ['dmy', 'mdy'],
      },
    );
  });

  it('of a file that lost them can be left out', () => {
    const lines = ['Paid Date,Supplier,Amount', '00:00:00,ACME,1.50', '00:00:00,ACME,-2.50'];
    expect(refusal(lines)).toMatchObject({
      code: 'csv.no-date-column',
      candidates: { bookingDate: ['Paid Date', 'Supplier', 'Amount', 'none'] },
    });
    const { amounts, days, statements } = read(lines, { date: 'none' });
    expect([amounts, days]).toEqual([
      ['1.50', '-2.50'],
      [null, null],
    ]);
    expect(statements).toMatchObject([{ count: 2, opening: null, closing: null }]);
  });
});

describe('amounts and signs', () => {
  it.each([
    ['a sign behind', ['1.234,56-', '10,00'], ['-1234.56', '10.00']],
    ['brackets', ['(1.234,56)', '10,00'], ['-1234.56', '10.00']],
    ['H and S', ['1.234,56 S', '10,00 H'], ['-1234.56', '10.00']],
    ['blanks and no-break spaces between groups', ['-1 234,56', '1\u00a0234,56'], ['-1234.56', '1234.56']],
    ['apostrophes between groups', ["-1'234,56", '1’234,56'], ['-1234.56', '1234.56']],
    ['underscores between groups', ['-1_234,56', '10,00'], ['-1234.56', '10.00']],
    ['currency signs and codes', ['-1.234,56 €', 'EUR 10,00'], ['-1234.56', '10.00']],
  ])('are read with %s', (_, amounts, expected) => {
    const lines = ['Datum;Betrag', ...amounts.map((amount, i) => `3${i}.01.2024;${amount}`)];
    expect(read(lines).amounts).toEqual(expected);
  });

  it('take what carries no mark for charges where others carry a plus or CR', () => {
    const { amounts, dialect } = read(['Date,Amount', '2024-01-30,67.40', '2024-01-31,"1,100.00 CR"']);
    expect(amounts).toEqual(['-67.40', '1100.00']);
    expect(dialect.signs).toBe('credit marks');
  });

  it('tell of credit marks that only come after the head', () => {
    const many = Array.from({ length: 30_000 }, () => '2024-01-30,1.00');
    expect(read(['Date,Amount', ...many, '2024-01-31,5.00 CR']).warnings).toEqual(['- csv.late-credit-marks']);
  });

  it('tell of types that contradict every sign, and turn it round when told to', () => {
    const lines = ['Date,Type,Amount', '2024-01-30,DEBIT,30.00', '2024-01-31,CREDIT,-500.00'];
    expect(read(lines)).toMatchObject({ amounts: ['30.00', '-500.00'], warnings: ['- csv.sign-contradicts'] });
    expect(read(lines, { flipAmount: 'yes' }).amounts).toEqual(['-30.00', '500.00']);
  });

  it.each([
    ['D and K', 'D', 'K'],
    ['T and J', 'T', 'J'],
    ['B and A', 'B', 'A'],
    ['Af and Bij', 'Af', 'Bij'],
    ['Lastschrift and Gutschrift', 'Lastschrift', 'Gutschrift'],
    ['Дебет and Кредит', 'Дебет', 'Кредит'],
    ['DR and CR', 'DR', 'CR'],
  ])('take their sign from %s', (_, debit, credit) => {
    expect(read(['Date,Amount,Debit/Credit', `2024-01-30,1.50,${debit}`, `2024-01-31,2.50,${credit}`]).amounts).toEqual(
      ['-1.50', '2.50'],
    );
  });

  it('take their sign from marks that the examiner explains', () => {
    const lines = ['Date,Amount,Art', '2024-01-30,1.50,weg', '2024-01-31,2.50,her', '2024-01-31,3.50,?'];
    expect(read(lines, { indicator: 'Art', indicatorDebit: 'weg', indicatorCredit: 'her' })).toMatchObject({
      amounts: ['-1.50', '2.50'],
      rejected: ['4: column "Art" says neither debit nor credit: "?"'],
    });
    expect(read(lines, { indicator: 'Art', indicatorDebit: 'weg' }).amounts).toEqual(['-1.50', '2.50', '3.50']);
  });

  it('are asked about where two columns of one rank differ, unless a running balance follows one', () => {
    const lines = ['Date,Net,Gross', '2024-01-30,96.80,100.00', '2024-01-31,48.25,50.00', '2024-02-01,-5.00,-5.00'];
    expect(refusal(lines).candidates).toEqual({ amount: ['Net', 'Gross'] });
    expect(read(lines, { amount: 'Gross' }).amounts[0]).toBe('100.00');
    const balances = ['Balance', '196.80', '245.05', '240.05'];
    const followed = read(lines.map((line, i) => `${line},${balances[i]!}`));
    expect(followed.amounts).toEqual(['96.80', '48.25', '-5.00']);
    expect(read(['Date,Amount,Amount in EUR', '2024-01-30,1.50,1.50']).amounts).toEqual(['1.50']);
  });

  it('name the columns by number where two are called the same', () => {
    expect(refusal(['Date,Amount,Amount', '2024-01-30,1.50,2.50']).candidates).toEqual({ amount: ['2', '3'] });
  });

  it('carry their currency row by row where no column does', () => {
    const { coded, statements } = read(['Date,Amount', '2024-01-30,1.50 EUR', '2024-01-31,-2.50 USD']);
    expect(coded('currency')).toEqual(['EUR', 'USD']);
    expect(statements.map(({ currency }) => currency)).toEqual(['EUR', 'USD']);
  });

  it('of three decimals are read by their currency', () => {
    expect(read(['Date,Amount,Currency', '2024-01-30,1.234,KWD', '2024-01-31,5.678,KWD']).amounts).toEqual([
      '1.234',
      '5.678',
    ]);
  });

  it('do not hold fees, which are told', () => {
    const { amounts, warnings, messages } = read([
      'Date,Amount,Fee',
      '2024-01-30,-10.00,0.50',
      '2024-01-31,-20.00,0.25',
    ]);
    expect([amounts, warnings]).toEqual([['-10.00', '-20.00'], ['2 csv.fee']]);
    expect(messages[0]).toContain('2 rows state fees of 0.75 together');
  });
});

describe('totals and balances', () => {
  it('of lines beside the transactions are kept apart and used', () => {
    const { amounts, rejected, statements, warnings } = read([
      'Opening balance,,100.00',
      'Date,Description,Amount',
      '2024-01-30,a,10.00',
      '2024-01-31,b,-5.00',
      ',Total,5.00',
      'Closing balance,,105.00',
    ]);
    expect(amounts).toEqual(['10.00', '-5.00']);
    expect(rejected).toEqual([
      '5: subtotal line: "Total" states a total, not a transaction',
      '6: balance line: "Closing balance" states a balance, not a transaction',
    ]);
    expect(statements).toMatchObject([{ opening: '100.00 2024-01-30', closing: '105.00 2024-01-31' }]);
    expect(warnings).toEqual([]);
  });

  it.each([
    ['Saldo inicial', 'Saldo final'],
    ['Anfangssaldo', 'Endsaldo'],
    ['Solde précédent', 'Nouveau solde'],
    ['Saldo iniziale', 'Saldo finale'],
    ['Beginsaldo', 'Eindsaldo'],
    ['Ingående saldo', 'Utgående saldo'],
    ['Saldo początkowe', 'Saldo końcowe'],
    ['Počáteční zůstatek', 'Konečný zůstatek'],
    ['Nyitó egyenleg', 'Záró egyenleg'],
    ['Входящий остаток', 'Исходящий остаток'],
    ['Açılış Bakiyesi', 'Kapanış Bakiyesi'],
    ['Alkusaldo', 'Loppusaldo'],
  ])('are understood as %s and %s', (opening, closing) => {
    const { statements } = read([
      `${opening};;100,00`,
      'Datum;Text;Betrag',
      '31.01.2024;a;10,00',
      `${closing};;110,00`,
    ]);
    expect(statements).toMatchObject([{ opening: '100.00 2024-01-31', closing: '110.00 2024-01-31' }]);
  });

  it('by their day: the balance of a day before, and of the last day', () => {
    const { statements } = read([
      'Kontostand vom 29.01.2024:;100,00 EUR;',
      'Kontostand vom 31.01.2024:;110,00 EUR;',
      'Datum;Text;Betrag',
      '30.01.2024;a;10,00',
    ]);
    expect(statements).toMatchObject([{ opening: '100.00 2024-01-29', closing: '110.00 2024-01-31' }]);
  });

  it('that do not add up are told', () => {
    const { warnings, messages } = read([
      'Opening balance,,100.00',
      'Date,Description,Amount',
      '2024-01-30,a,10.00',
      'Closing balance,,111.00',
    ]);
    expect(warnings).toEqual(['- control.balance']);
    expect(messages[0]).toContain('1.00 apart');
  });

  it('are taken for payments where the word may be a name and no sum agrees', () => {
    const lines = ['Date,Description,Amount', '2024-01-30,a,-10.00', '2024-01-31,TOTAL,-63.20', '2024-02-01,b,-5.00'];
    expect(read(lines)).toMatchObject({ amounts: ['-10.00', '-63.20', '-5.00'], warnings: ['3 csv.label-kept'] });
    expect(read([...lines.slice(0, 2), '2024-01-31,Total,-10.00']).rejected).toEqual([
      '3: subtotal line: "Total" states a total, not a transaction',
    ]);
    expect(read(['Date,Description,Amount', '2024-01-30,TOTAL ENERGIES,-10.00']).amounts).toEqual(['-10.00']);
  });

  it('follow each account of a file by itself', () => {
    const { statements } = read([
      'Account,Date,Amount,Balance',
      'A,2024-01-30,10.00,110.00',
      'B,2024-01-30,1.00,6.00',
      'A,2024-01-31,-5.00,105.00',
    ]);
    expect(statements).toMatchObject([
      { accountId: 'A', opening: '100.00 2024-01-30', closing: '105.00 2024-01-31' },
      { accountId: 'B', opening: '5.00 2024-01-30', closing: '6.00 2024-01-30' },
    ]);
  });
});

describe('what is not booked', () => {
  it('is kept apart by its state', () => {
    const { amounts, rejected, warnings } = read([
      'Date,Amount,Status',
      '2024-01-30,1.50,Completed',
      '2024-01-31,2.50,Pending',
      '2024-01-31,3.50,Declined',
    ]);
    expect(amounts).toEqual(['1.50']);
    expect(rejected).toEqual([
      '3: not booked: column "Status" says "Pending"',
      '4: not booked: column "Status" says "Declined"',
    ]);
    expect(warnings).toEqual(['3 csv.not-booked']);
    expect(read(['Date,Amount,Status', '2024-01-30,1.50,Pending'], { status: 'none' }).amounts).toEqual(['1.50']);
  });
});

describe('ledgers', () => {
  const journal = [
    'Date,Voucher,Account,Account name,Text,Debit,Credit,Category',
    '2024-01-31,V1,6000,Rent,Rent January,500.00,,Premises',
    '2024-01-31,V1,1000,Bank,Rent January,,500.00,',
    '2024-02-01,V2,1000,Bank,Sale,100.00,,',
    '2024-02-01,V2,4000,Sales,Sale,,99.00,',
  ];

  it('have positive debits, accounts, entries, and entries that do not balance are told', () => {
    const { amounts, coded, builder, statements, warnings, messages } = read(journal);
    expect(amounts).toEqual(['500.00', '-500.00', '100.00', '-99.00']);
    expect(coded('ledgerAccount')).toEqual(['6000 Rent', '1000 Bank', '1000 Bank', '4000 Sales']);
    expect(coded('entry')).toEqual(['V1', 'V1', 'V2', 'V2']);
    expect(coded('category')).toEqual(['Premises', '', '', '']);
    expect(statements).toMatchObject([{ accountId: null, count: 4 }]);
    expect(builder.statements()[0]!.entries).toBe(2);
    expect(warnings).toEqual(['- ledger.entry-unbalanced']);
    expect(messages[0]).toContain('1 of 2 journal entries do not balance');
  });

  it('are bank tables where the examiner says so', () => {
    const { amounts, coded, statements } = read(journal, { ledgerAccount: 'none', entry: 'none', account: 'Account' });
    expect(amounts).toEqual(['-500.00', '500.00', '-100.00', '99.00']);
    expect(coded('ledgerAccount')).toEqual(['', '', '', '']);
    expect(statements.map(({ accountId }) => accountId)).toEqual(['6000', '1000', '4000']);
  });

  it.each([
    ['DE02120300000000202051', 'DE02500105170137075030'],
    ['12345678', '87654321'],
  ])('are not seen in statements of the accounts %s and %s with a transfer between them', (one, other) => {
    const { amounts, statements } = read([
      'Account Number,Account Name,Date,Description,Debit,Credit,Balance',
      `${one},Current,2024-01-31,a,5.00,,95.00`,
      `${other},Savings,2024-01-31,b,,5.00,105.00`,
    ]);
    expect(amounts).toEqual(['-5.00', '5.00']);
    expect(statements).toHaveLength(2);
  });
});

describe('overrides', () => {
  const table = ['Date,Amount,Text,Other', '2024-01-30,1.50,a,-9.00', '2024-01-31,-2.50,b,8.00'];

  it('state account and currency as such', () => {
    expect(read(table, { account: '=DE02 1203', currency: '=EUR' }).statements).toMatchObject([
      { accountId: 'DE02 1203', currency: 'EUR' },
    ]);
  });

  it('take date for bookingDate, and not both', () => {
    expect(read(table, { date: '1' }).days).toEqual(['2024-01-30', '2024-01-31']);
    expect(refusal(table, { date: '1', bookingDate: '1' }).code).toBe('dialect.unknown');
  });

  it('take columns by name or number, and name all of them for one that is not there', () => {
    expect(read(table, { amount: 'other' }).amounts).toEqual(['-9.00', '8.00']);
    expect(read(table, { amount: '4' }).amounts).toEqual(['-9.00', '8.00']);
    expect(refusal(table, { amount: 'Sum' }).candidates).toEqual({ amount: ['Date', 'Amount', 'Text', 'Other'] });
    expect(refusal(table, { amount: 'Amount+Other' }).message).toContain('at most 1 columns');
  });

  it('turn the sign of every amount round', () => {
    expect(read(table, { flipAmount: 'yes' }).amounts).toEqual(['-1.50', '2.50']);
    expect(read(table, { flipAmount: 'no' }).amounts).toEqual(['1.50', '-2.50']);
    expect(refusal(table, { flipAmount: 'maybe' }).candidates).toEqual({ flipAmount: ['yes', 'no', 'true', 'false'] });
  });
});
