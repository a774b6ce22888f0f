import { describe, expect, it } from 'vitest';
import { isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import { createCsvParser } from './csv-parser.ts';
import { FileRefused } from './statement-sink.ts';
import { TransactionColumnBuilder } from './transaction-column-builder.ts';
import type { ColumnSlice } from './transaction-columns.ts';

const encoder = new TextEncoder();

const read = (input: string | Uint8Array, overrides: Record<string, string> = {}, chunkBytes = 1 << 20) => {
  const bytes = typeof input === 'string' ? encoder.encode(input) : input;
  const slices: ColumnSlice[] = [];
  const builder = new TransactionColumnBuilder({ onSlice: slice => slices.push(slice) });
  const parser = createCsvParser(builder, codecFor, overrides);
  for (let at = 0; at < bytes.length; at += chunkBytes) parser.write(bytes.subarray(at, at + chunkBytes));
  void parser.end();
  builder.finish();
  const columns = builder.columns();
  const texts = slices.flatMap(slice => {
    let from = 0;
    return Array.from(slice.textEnds, end => {
      const text = new TextDecoder().decode(slice.text.subarray(from, end));
      from = end;
      return text;
    });
  });
  return {
    builder,
    parser,
    columns,
    references: texts.filter((_, i) => i % 2 === 0),
    descriptions: texts.filter((_, i) => i % 2 === 1),
    amounts: [...columns.amountUnits].map(units => formatUnits(units, builder.scale)),
    days: [...columns.bookingDay].map(isoDate),
    rows: [...columns.rowNumber],
    rejected: builder.rejected.map(({ place, reason }) => `${place.row}: ${reason}`),
    warnings: builder.warnings.map(({ row, code }) => `${row ?? '-'} ${code}`),
  };
};

const refusal = (input: string | Uint8Array, overrides: Record<string, string> = {}): FileRefused => {
  try {
    read(input, overrides);
  } catch (error) {
    if (error instanceof FileRefused) return error;
    throw error;
  }
  throw new Error('was not refused');
};

const TABLE = 'date,amount,description,reference\n2024-01-31,10.00,one,A-1\n2024-02-01,-2.50,two,A-2\n';

describe('what is refused', () => {
  it.each([
    ['an empty file', '', 'file.empty'],
    ['binary noise', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) & 0xff), 'csv.binary'],
    ['a table without dates', 'name,amount\nx,1.00\ny,2.00\n', 'csv.no-date-column'],
    ['a table without amounts', 'date,name\n2024-01-31,x\n2024-02-01,y\n', 'csv.no-amount-column'],
    ['prose', 'Dear Sir,\nplease find enclosed nothing.\n', 'csv.no-date-column'],
  ])('%s', (_, input, code) => {
    expect(refusal(input).code).toBe(code);
  });

  it('names the columns seen and the way out', () => {
    expect(refusal('date,name\n2024-01-31,x\n').message).toBe(
      'No column of amounts was found. Columns: date, name. Name it with --set amount=COLUMN (or debit=COLUMN and credit=COLUMN).',
    );
  });

  it.each([
    [{ datOrder: 'dmy' }, '"datOrder" is no setting of a table: allowed are encoding, delimiter'],
    [{ dateOrder: 'ydm' }, 'dateOrder=ydm: allowed are ymd, dmy, mdy, excel1900, excel1904.'],
    [{ decimalSign: ';' }, 'decimalSign=;: allowed are ., ,, point, comma.'],
    [{ encoding: 'ebcdic' }, 'encoding=ebcdic: allowed are utf-8'],
    [
      { amount: 'sum' },
      'amount=sum: no such column. Columns are date, amount, description, reference (or numbers 1 to 4).',
    ],
    [{ headerRow: '9' }, "headerRow=9: allowed are none, a row of the file's head (1 to 3)."],
    [{ delimiter: 'xy' }, 'delimiter=xy: allowed are one character'],
    [{ quote: 'q' }, 'quote=q: allowed are'],
  ])('the override %j', (overrides, message) => {
    const error = refusal(TABLE, overrides as Record<string, string>);
    expect(error.code).toBe('dialect.unknown');
    expect(error.message).toContain(message);
  });

  it('more unreadable rows than a table of transactions would have', () => {
    const rows = Array.from({ length: 100_005 }, () => 'x,n/a\n').join('');
    expect(refusal(`date,amount\n2024-01-31,1.00\n${'2024-01-31,1.00\n'.repeat(20_000)}${rows}`).code).toBe(
      'records.unreadable',
    );
  });
});

describe('what only the examiner can say', () => {
  it('asks for the date order when every date fits two', () => {
    const text = 'date,amount\n02/12/2009,1.50\n03/11/2009,2.50\n';
    const error = refusal(text);
    expect(error.code).toBe('dialect.ambiguous');
    expect(error.message).toBe(
      '"02/12/2009" can be read in several ways and nothing in the file decides: state --set dateOrder=… as one of dmy, mdy.',
    );
    expect(read(text, { dateOrder: 'dmy' }).days).toEqual(['2009-12-02', '2009-11-03']);
    expect(read(text, { dateOrder: 'mdy' }).days).toEqual(['2009-02-12', '2009-03-11']);
  });

  it('asks for the decimal sign when every amount fits both', () => {
    const text = 'date,amount\n2024-01-31,"1.234"\n2024-02-01,"5.678"\n';
    expect(refusal(text).message).toContain('state --set decimalSign=… as one of ., ,.');
    expect(read(text, { decimalSign: ',' }).amounts).toEqual(['1234.00', '5678.00']);
    expect(read(text, { decimalSign: '.' }).amounts).toEqual(['1.234', '5.678']);
  });

  it('asks which of two columns is the debit', () => {
    const text = '31.01.2024;a;;1,00\n01.02.2024;b;2,00;\n02.02.2024;c;;3,00\n';
    expect(refusal(text).message).toContain('state --set debit=… as one of 3, 4.');
    expect(read(text, { debit: '4' }).amounts).toEqual(['-1.00', '2.00', '-3.00']);
    expect(read(text, { credit: '4' }).amounts).toEqual(['1.00', '-2.00', '3.00']);
  });

  it('does not ask when the file tells: sorted rows, a date over 12, points, the language of the header', () => {
    expect(
      read('date,amount\n01/02/2024,1.50\n01/03/2024,1.50\n01/04/2024,1.50\n01/05/2024,1.50\n', { dateOrder: 'dmy' })
        .days[1],
    ).toBe('2024-03-01');
    expect(read('date,amount\n11/01/2014,1.50\n11/17/2014,1.50\n').days).toEqual(['2014-11-01', '2014-11-17']);
    expect(read('date,amount\n01.02.2024,1.50\n').days).toEqual(['2024-02-01']);
    expect(read('Buchungstag;Betrag\n01/02/2024;1,50\n').days).toEqual(['2024-02-01']);
  });

  it('looks further than the first 256 KiB before it asks', () => {
    const early = `2024,${'x'.repeat(80)}\n`;
    const text = `date,amount,description\n${`01/02/2024,1.50,${early}`.repeat(4000)}25/02/2024,1.50,late\n`.replaceAll(
      '2024,x',
      'x',
    );
    const result = read(text);
    expect(result.days[0]).toBe('2024-02-01');
    expect(result.days.at(-1)).toBe('2024-02-25');
    expect(result.rejected).toEqual([]);
  });
});

describe('rows that cannot be read', () => {
  it('are kept with their row, place and reason, and nothing else is touched', () => {
    const text = [
      'date,amount,description',
      '2024-01-31,10.00,fine',
      '2024-02-30,1.00,no such day',
      '2024-02-01,n/a,no number',
      '2024-02-01,12x.50,no number',
      '2024-02-01,1.2.3,no number',
      '',
      'date,amount,description',
      '2024-02-01,,no amount',
      ',7.50,Total',
      'short',
      '2024-02-02,-3.00,fine too,with,more',
    ].join('\n');
    const { rejected, builder, amounts, rows, warnings } = read(text);
    expect(amounts).toEqual(['10.00', '-3.00']);
    expect(rows).toEqual([2, 12]);
    expect(rejected).toEqual([
      '3: date "2024-02-30" in column "date" is no year-month-day date of the calendar',
      '4: amount "n/a" in column "amount" is not a number here (decimal sign ".")',
      '5: amount "12x.50" in column "amount" is not a number here (decimal sign ".")',
      '6: amount "1.2.3" in column "amount" is not a number here (decimal sign ".")',
      '8: repeated header line',
      '9: no amount in column "amount"',
      '10: subtotal line: "Total" states a total, not a transaction',
      '11: 1 fields where 3 are usual: a needed one is missing',
    ]);
    expect(warnings).toEqual(['12 csv.long-row']);
    const { place, raw } = builder.rejected[0]!;
    expect(text.slice(place.byteOffset, place.byteOffset + place.byteLength)).toBe('2024-02-30,1.00,no such day');
    expect(raw).toBe('2024-02-30,1.00,no such day');
  });

  it('tells an unreadable value date once, with its number, and keeps it unknown', () => {
    const { columns, builder } = read(
      'date,value date,amount\n2024-01-31,2024-01-31,1.00\n2024-01-31,2024-02-31,1.00\n2024-01-31,2024-02-31,1.00\n2024-01-31,2024-01-31,1.00\n2024-01-31,,1.00\n',
    );
    expect([...columns.valueDay].map(day => day === UNKNOWN_DAY)).toEqual([false, true, true, false, true]);
    expect(builder.warnings).toEqual([
      {
        row: 3,
        code: 'csv.value-date',
        message: 'the value date in column "value date" cannot be read and is kept as unknown (2 rows, first here)',
      },
    ]);
  });

  it('rejects a row with both a debit and a credit, and takes a zero beside the other', () => {
    const { amounts, rejected } = read(
      'date,debit,credit\n2024-01-31,1.00,0.00\n2024-01-31,,2.00\n2024-01-31,3.00,4.00\n2024-01-31,,\n2024-01-31,5.00,\n2024-01-31,0.00,0.00\n',
    );
    expect(amounts).toEqual(['-1.00', '2.00', '-5.00', '0.00']);
    expect(rejected).toEqual([
      '4: both column "debit" and column "credit" are filled',
      '5: no amount in column "debit" or column "credit"',
    ]);
  });

  it('rejects NUL bytes in a needed field and warns of them', () => {
    const { amounts, rejected, warnings } = read(
      'date,amount,text\n2024-01-31,1.00,a\n2024-01-31,2\0.00,b\n2024-01-31,3.00,c\0d\n',
    );
    expect(amounts).toEqual(['1.00', '3.00']);
    expect(rejected).toHaveLength(1);
    expect(warnings).toEqual(['3 csv.nul']);
  });

  it('rejects amounts that would not be exact', () => {
    const { amounts, rejected } = read(
      'date,amount\n2024-01-31,90071992547409.91\n2024-01-31,90071992547409.92\n2024-01-31,1.005\n',
    );
    expect(amounts).toEqual(['90071992547409.91']);
    // 2^53 is 9007199254740992.
    expect(rejected).toEqual([
      '3: amount "90071992547409.92" in column "amount" has more digits than can be kept exactly (at most 9 decimals and 2^53 units: 15 digits always can)',
      '4: amount 1.005 cannot be kept exactly beside the others of this file (2^53 units at the decimals of the finest): import it as a file of its own',
    ]);
  });

  it('rejects a line of 50 MB with its length and goes on', () => {
    const block = new Uint8Array(1 << 20).fill(120);
    const builder = new TransactionColumnBuilder();
    const parser = createCsvParser(builder, codecFor, {});
    parser.write(encoder.encode(`${TABLE}2024-02-02,1.00,`));
    for (let i = 0; i < 50; i++) parser.write(block);
    parser.write(encoder.encode('\n2024-02-03,4.00,after,\n'));
    void parser.end();
    expect(builder.count).toBe(3);
    expect([...builder.columns().rowNumber]).toEqual([2, 3, 5]);
    expect(builder.rejected).toHaveLength(1);
    expect(builder.rejected[0]!.reason).toBe(
      `record of ${50 * (1 << 20) + 16} bytes is longer than the 1 MiB a record may have`,
    );
    expect(builder.rejected[0]!.raw).toHaveLength(2000);
    expect(builder.rejected[0]!.place.row).toBe(4);
  });

  it('reads a record with an unclosed quote as text, warns, and loses no row behind it', () => {
    const { rows, warnings, descriptions } = read(
      'date,amount,description\n2024-01-31,1.00,"open\n2024-02-01,2.00,b\n2024-02-02,3.00,c\n',
    );
    expect(rows).toEqual([2, 3, 4]);
    expect(descriptions).toEqual(['"open', 'b', 'c']);
    expect(warnings).toEqual(['2 csv.unclosed-quote']);
  });
});

describe('dialects', () => {
  it('reads the same from one chunk and from single bytes', () => {
    const text = `${TABLE}2024-02-03,"1,234.56","quoted ""text""\nof two lines",B-7\r\n`;
    const whole = read(text);
    const bytewise = read(text, {}, 1);
    expect(bytewise.columns).toEqual(whole.columns);
    expect(bytewise.descriptions).toEqual(['one', 'two', 'quoted "text"\nof two lines']);
    expect(whole.amounts[2]).toBe('1234.56');
    expect(whole.warnings).toEqual(['- csv.mixed-line-ends']);
  });

  it('warns of mixed line ends and counts blank lines as rows', () => {
    const { rows, warnings, parser } = read('date,amount\r\n\r\n2024-01-31,1.00\n2024-01-31,2.00\r2024-01-31,3.00');
    expect(rows).toEqual([3, 4, 5]);
    expect(warnings).toEqual(['- csv.mixed-line-ends']);
    expect(parser.dialect()).toMatchObject({ lineEnd: 'mixed', blankRows: 1 });
  });

  it.each(['utf-16le', 'utf-16be'])(
    'reads %s with and without a byte order mark, offsets in the original',
    encoding => {
      const text = 'date;amount;counterparty\r\n2024-01-31;-1.234,56;Žofie 🌳\r\n2024-02-01;2,00;x\r\nbad;1,00;y\r\n';
      for (const bom of ['', '\ufeff']) {
        const original = bom + text;
        const units = Uint16Array.from({ length: original.length }, (_, i) => original.charCodeAt(i));
        const bytes = new Uint8Array(units.buffer.slice(0));
        if (encoding === 'utf-16be')
          for (let i = 0; i < bytes.length; i += 2) [bytes[i], bytes[i + 1]] = [bytes[i + 1]!, bytes[i]!];
        for (const chunkBytes of [1 << 20, 3]) {
          const { amounts, builder, parser, columns } = read(bytes, {}, chunkBytes);
          expect(amounts).toEqual(['-1234.56', '2.00']);
          expect(builder.values('counterparty')).toEqual(['Žofie 🌳', 'x']);
          expect(parser.encoding()).toBe(encoding);
          const place = builder.rejected[0]!.place;
          const start = (bom + text).indexOf('bad;');
          expect([place.byteOffset, place.byteLength]).toEqual([2 * start, 2 * 'bad;1,00;y'.length]);
          expect(columns.byteOffset[0]).toBe(2 * (bom + text).indexOf('2024-01-31'));
        }
      }
    },
  );

  it('decides for windows-1252 at the first byte that is not UTF-8, even far behind an ASCII head', () => {
    const ascii = `date,amount,counterparty\n${'2024-01-31,1.00,plain text to fill the head with\n'.repeat(8000)}`;
    const late = Uint8Array.from([...encoder.encode('2024-02-01,2.00,M'), 0xfc, ...encoder.encode('ller '), 0x80, 10]);
    const bytes = new Uint8Array(ascii.length + late.length);
    bytes.set(encoder.encode(ascii));
    bytes.set(late, ascii.length);
    const { builder, parser } = read(bytes);
    expect(builder.values('counterparty')).toEqual(['plain text to fill the head with', 'Müller €']);
    expect(parser.encoding()).toBe('windows-1252');
  });

  it('shows bytes that break UTF-8 as U+FFFD and says so', () => {
    const head = encoder.encode(`date,amount,description\n${'2024-01-31,1.00,Müller\n'.repeat(20_001)}`);
    const whole = new Uint8Array(head.length + 20);
    whole.set(head);
    whole.set([...encoder.encode('2024-01-31,2.00,M'), 0xfc, 0x6c, 10], head.length);
    const { warnings, descriptions } = read(whole);
    expect(warnings).toEqual(['20003 csv.invalid-utf8']);
    expect(descriptions.at(-1)).toBe('M\ufffdl');
  });

  it('never takes a line of words below the data for the header', () => {
    const { rows, rejected } = read(
      '2024-01-31;1,00;x\n2024-02-01;2,00;y\nDatum;Betrag;Verwendungszweck\n2024-02-02;3,00;z\n',
    );
    expect(rows).toEqual([1, 2, 4]);
    expect(rejected).toHaveLength(1);
  });

  it('warns of a line above the header that looks like a transaction', () => {
    const { warnings } = read(
      'Stand;31.01.2024;1,00;a;b\nBuchungstag;Betrag;Verwendungszweck\n31.01.2024;1,50;x\n31.01.2024;1,50;x\n',
    );
    expect(warnings).toEqual(['1 csv.preamble']);
  });

  it('reads a table of 200 columns', () => {
    const names = Array.from({ length: 198 }, (_, i) => `c${i}`);
    const cells = names.map((_, i) => `v${i}`);
    const text = `${['date', ...names, 'amount'].join(',')}\n${['2024-01-31', ...cells, '5.00'].join(',')}\n${['2024-02-01', ...cells, '-6.00'].join(',')}\n`;
    expect(read(text).amounts).toEqual(['5.00', '-6.00']);
  });

  it('takes the sign from an indicator only when the amounts have none of their own', () => {
    expect(read('date,amount,D/C\n2024-01-31,1.00,D\n2024-01-31,2.00,C\n').amounts).toEqual(['-1.00', '2.00']);
    expect(read('Datum;Betrag;Soll/Haben\n31.01.2024;1,00;S\n31.01.2024;2,00;H\n31.01.2024;3,00;?\n').rejected).toEqual(
      ['4: column "Soll/Haben" says neither debit nor credit: "?"'],
    );
    expect(read('date,amount,type\n2024-01-31,-1.00,DEBIT\n2024-01-31,2.00,CREDIT\n').amounts).toEqual([
      '-1.00',
      '2.00',
    ]);
  });

  it('proves opening and closing balance from a running balance in either order of rows, and only when it holds', () => {
    const balances = (text: string) => {
      const { opening, closing } = read(text).builder.statements()[0]!.balances;
      return [opening, closing].map(b => (b === null ? null : formatUnits(b.amount.units, b.amount.scale)));
    };
    expect(balances('date,amount,balance\n2024-01-30,10.00,110.00\n2024-01-31,-5.00,105.00\n')).toEqual([
      '100.00',
      '105.00',
    ]);
    expect(balances('date,amount,balance\n2024-01-31,-5.00,105.00\n2024-01-30,10.00,110.00\n')).toEqual([
      '100.00',
      '105.00',
    ]);
    expect(balances('date,amount,balance\n2024-01-30,10.00,110.00\n2024-01-31,-5.00,104.00\n')).toEqual([null, null]);
    expect(
      balances('date,amount,balance\n2024-01-30,10.00,110.00\nbad,1.00,111.00\n2024-01-31,-5.00,106.00\n'),
    ).toEqual([null, null]);
  });

  it('opens a statement for each account and currency in order of appearance', () => {
    const { builder, columns } = read(
      'account,date,amount,currency\nB,2024-01-31,1.00,EUR\nA,2024-01-31,2.00,EUR\nB,2024-01-31,-3.00,USD\nB,2024-01-31,-4.00,eur\n',
    );
    expect(
      builder.statements().map(s => [s.header.accountId, s.header.currency, s.count, s.credits, s.debits]),
    ).toEqual([
      ['B', 'EUR', 2, 100n, 400n],
      ['A', 'EUR', 1, 200n, 0n],
      ['B', 'USD', 1, 0n, 300n],
    ]);
    expect([...columns.statement]).toEqual([0, 1, 2, 0]);
  });

  it('takes account and currency from the lines around the table', () => {
    const { builder } = read(
      'Kontoauszug;IBAN DE44 2004 0000 0538 9176 00\n\nBuchungstag;Betrag (EUR);Verwendungszweck\n31.01.2024;1,50;x\n',
    );
    expect(builder.statements()[0]!.header).toMatchObject({ accountId: 'DE44200400000538917600', currency: 'EUR' });
  });

  it('reports a dialect that survives JSON', () => {
    const { parser } = read(TABLE);
    const dialect = parser.dialect();
    expect(JSON.parse(JSON.stringify(dialect))).toEqual(dialect);
    expect(dialect).toMatchObject({
      delimiter: ',',
      quote: '"',
      encoding: 'utf-8',
      lineEnd: 'LF',
      headerRow: 1,
      dateOrder: 'ymd',
      decimalSign: '.',
    });
    expect(dialect.columns).toEqual([
      'bookingDate: date',
      'amount: amount',
      'reference: reference',
      'description: description',
    ]);
  });

  it('lets each part be overridden by itself', () => {
    const text = `a|b|c\n${'2024-01-31|1.00|x\n'.repeat(3)}`;
    expect(read(text, { headerRow: 'none' }).rejected).toHaveLength(1);
    expect(read('x,y,z\n2024-01-31,1.00,2.00\n2024-01-31,3.00,4.00\n', { amount: 'z' }).amounts).toEqual([
      '2.00',
      '4.00',
    ]);
    expect(read('x,y,z\n2024-01-31,1.00,2.00\n2024-01-31,3.00,4.00\n', { amount: '2' }).amounts).toEqual([
      '1.00',
      '3.00',
    ]);
    expect(read(TABLE, { description: 'description+reference', reference: 'none' }).descriptions).toEqual([
      'one A-1',
      'two A-2',
    ]);
  });
});

describe('references', () => {
  it('are split into series and number', () => {
    const { builder, columns } = read(
      'date,amount,reference\n2024-01-31,1.00,INV-00042\n2024-01-31,1.00,INV-43\n2024-01-31,1.00,00044\n2024-01-31,1.00,none\n2024-01-31,1.00,\n',
    );
    expect(builder.values('series')).toEqual(['INV-', '']);
    expect([...columns.series]).toEqual([0, 0, 1, -1, -1]);
    expect([...columns.seriesNumber]).toEqual([42, 43, 44, Number.NaN, Number.NaN]);
    expect(columns.referenceHash[4]).toBe(0);
  });
});
