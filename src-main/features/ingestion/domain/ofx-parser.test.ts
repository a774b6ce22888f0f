import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import type { CodecFor } from '../../../kernel/text.ts';
import { createOfxParser, OFX_MAX_BYTES } from './ofx-parser.ts';
import { ofxAmount, ofxDay } from './ofx-values.ts';
import { FileRefused } from './statement-sink.ts';
import { codecOf, feed, RecordingSink } from './testing/recording-sink.ts';

const codecFor: CodecFor = encoding => {
  try {
    const decoder = new TextDecoder(encoding, { ignoreBOM: true });
    return codecOf(encoding, bytes => decoder.decode(bytes));
  } catch {
    return null;
  }
};

const HEADER = 'OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\n\n';
const bank = (transactions: string, balance = ''): string =>
  `<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>BANK1<ACCTID> 12-34 <ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20240101<DTEND>20240131${transactions}</BANKTRANLIST>${balance}</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`;
const plain = (amount: string, more = ''): string =>
  `<STMTTRN><TRNTYPE>OTHER<DTPOSTED>20240115<TRNAMT>${amount}${more}</STMTTRN>`;

const readBytes = (bytes: Uint8Array, size?: number): RecordingSink => {
  const sink = new RecordingSink();
  feed(createOfxParser(sink, codecFor), bytes, size);
  return sink;
};
const read = (text: string): RecordingSink => readBytes(new TextEncoder().encode(text));
const refusal = (text: string): FileRefused => {
  try {
    read(text);
  } catch (error) {
    if (error instanceof FileRefused) return error;
    throw error;
  }
  return expect.fail('the file was not refused');
};
const utf16 = (text: string, bigEndian: boolean, mark: boolean): Uint8Array => {
  const units = mark ? `\uFEFF${text}` : text;
  const bytes = new Uint8Array(units.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < units.length; i++) view.setUint16(2 * i, units.charCodeAt(i), !bigEndian);
  return bytes;
};

describe('OFX amounts (OFX 2.3, 3.2.9.1)', () => {
  it.each([
    ['-5,00', '-5.00'],
    ['+00000000000115.8331', '115.8331'],
    ['-1778.3952', '-1778.3952'],
    ['.5', '0.5'],
    ['-140', '-140'],
    ['1,234.56', '1234.56'],
    ['-1.234.567,8', '-1234567.8'],
    ['1,2345', '1.2345'],
    ['0,123', '0.123'],
    ['1.234', '1.234'],
  ])('%s is %s', (text, value) => {
    const amount = ofxAmount(text, 'EUR');
    if ('reason' in amount) expect.fail(amount.reason);
    else expect(formatUnits(amount.units, amount.scale)).toBe(value);
  });

  it.each([
    '',
    '$120',
    '5.00-',
    '(5.00)',
    '1e3',
    '1 000,00',
    'NaN',
    '12.3.4',
    '1,23,456.0',
    '−5.00',
    '99999999999999999',
    '0.0000000001',
  ])('%s is no amount', text => {
    expect(ofxAmount(text, 'EUR')).toHaveProperty('reason');
  });

  it('refuses to guess between decimals and thousands, and reads three decimals where the currency has them', () => {
    expect(ofxAmount('1,234', 'EUR')).toHaveProperty('reason', expect.stringContaining('two ways'));
    expect(ofxAmount('1,234', null)).toHaveProperty('reason');
    expect(ofxAmount('1,234', 'KWD')).toEqual({ units: 1234, scale: 3 });
  });
});

describe('OFX dates', () => {
  it.each([
    ['20240229', '2024-02-29'],
    ['20120910104100', '2012-09-10'],
    ['20140717235900.000[-5:EST]', '2014-07-17'],
    ['201407172359[+12:NZST]', '2014-07-17'],
    ['20091217162416.000[-:EST]', '2009-12-17'],
    ['20180804093914:014', '2018-08-04'],
  ])('%s is the civil day %s as written', (text, day) => {
    expect(isoDate(ofxDay(text) ?? 0)).toBe(day);
  });

  it.each(['', '20240230', '20230229', '201120000000', '2024011', '202401150', '15/01/2024', '00000000'])(
    '%s is no day',
    text => {
      expect(ofxDay(text)).toBeNull();
    },
  );
});

describe('createOfxParser', () => {
  it('reads the same from unclosed, closed and CDATA elements, on one line or many', () => {
    const fields = [
      ['TRNTYPE', 'DEBIT'],
      ['DTPOSTED', '20240115'],
      ['DTAVAIL', '20240117'],
      ['TRNAMT', '-12.50'],
      ['FITID', 'F1'],
      ['NAME', 'Shop'],
      ['MEMO', 'Tea'],
    ] as const;
    const variants = [
      fields.map(([name, value]) => `<${name}>${value}`).join(''),
      fields.map(([name, value]) => `\r\n\t<${name}>${value}  `).join(''),
      fields.map(([name, value]) => `<${name}>${value}</${name}>`).join('\n'),
      fields.map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`).join(''),
      fields.map(([name, value], i) => `<${name}>${value}${i % 2 ? `</${name}>` : '\n'}`).join('<!-- note -->'),
    ];
    const all = variants.map(body => read(HEADER + bank(`<STMTTRN>${body}</STMTTRN>`)));
    for (const sink of all) {
      expect(sink.warnings).toEqual([]);
      expect({ ...sink.transactions[0], place: null }).toEqual({ ...all[0]?.transactions[0], place: null });
    }
    expect(all[0]?.transactions[0]).toMatchObject({
      amount: { units: -1250, scale: 2 },
      currency: 'EUR',
      counterparty: 'Shop',
      description: 'Tea',
      reference: 'F1',
      type: 'DEBIT',
    });
    expect(isoDate(all[0]?.transactions[0]?.valueDate ?? 0)).toBe('2024-01-17');
    expect(all[0]?.headers).toEqual([
      { accountId: '12-34', currency: 'EUR', institution: 'BANK1', owner: null, statementId: null },
    ]);
  });

  it('does not let an empty element swallow the ones after it', () => {
    const sink = read(bank(plain('1.00', '<CHECKNUM><REFNUM>R7<NAME>\n<MEMO>m')));
    expect(sink.transactions[0]).toMatchObject({ reference: 'R7', counterparty: '', description: 'm' });
    expect(sink.warnings).toEqual([]);
  });

  it('keeps bare ampersands, decodes entities once, and takes a < that begins no tag as text', () => {
    const memo = 'A & B &amp;amp; C&lt;D &#233;&#xe9; 3 < 4 <b>x</b> &bogus; R&D;';
    expect(read(bank(plain('1.00', `<MEMO>${memo}`))).transactions[0]?.description).toBe(
      'A & B &amp; C<D éé 3 < 4 <b>x</b> &bogus; R&D;',
    );
  });

  it('takes lower-case tags where the root is lower-case', () => {
    expect(
      read(bank(plain('1.00', '<NAME>x')).replace(/<\/?[A-Z0-9]+>/g, tag => tag.toLowerCase())).transactions,
    ).toHaveLength(1);
  });

  it('falls back as documented: FITID, CHECKNUM, REFNUM; PAYEE/NAME; MEMO, NAME; BANKACCTTO', () => {
    const sink = read(
      bank(
        plain(
          '1',
          '<CHECKNUM>1001<REFNUM>R<PAYEE><NAME>Payee Ltd<ADDR1>Street</PAYEE><BANKACCTTO><BANKID>B<ACCTID>99-9<ACCTTYPE>CHECKING</BANKACCTTO>',
        ) + plain('2', '<FITID>F<CHECKNUM>1002<NAME>Short<EXTDNAME>Short but whole'),
      ),
    );
    expect(sink.transactions[0]).toMatchObject({
      reference: '1001',
      counterparty: 'Payee Ltd',
      description: 'Payee Ltd',
      counterpartyAccount: '99-9',
    });
    expect(sink.transactions[1]).toMatchObject({
      reference: 'F',
      counterparty: 'Short but whole',
      counterpartyAccount: '',
    });
  });

  it('gives no closing balance where LEDGERBAL has no date, and tells its amount', () => {
    const sink = read(bank(plain('1.00'), '<LEDGERBAL><BALAMT>-77.10</LEDGERBAL>'));
    expect(sink.stated).toMatchObject([{ closing: null }]);
    expect(sink.warnings).toMatchObject([{ code: 'ofx.balance-date', message: expect.stringContaining('"-77.10"') }]);
  });

  it('takes LEDGERBAL as closing balance, never AVAILBAL', () => {
    const sink = read(
      bank(
        '',
        '<AVAILBAL><BALAMT>1.00<DTASOF>20240131</AVAILBAL><LEDGERBAL><BALAMT>-77,10<DTASOF>20240131120000</LEDGERBAL>',
      ),
    );
    expect(sink.stated).toEqual([{ opening: null, closing: { amount: { units: -7710, scale: 2 }, date: 19753 } }]);
    expect(read(bank('', '<AVAILBAL><BALAMT>1.00<DTASOF>20240131</AVAILBAL>')).stated).toEqual([
      { opening: null, closing: null },
    ]);
  });

  it('keeps a record that it cannot read, with place, raw text and reason, and the ones around it', () => {
    const text = bank(plain('1.00') + plain('abc', '<NAME>é') + plain('2.00'));
    const sink = read(text);
    expect(sink.transactions.map(each => [each.place.row, each.amount.units])).toEqual([
      [1, 100],
      [3, 200],
    ]);
    expect(sink.rejected).toEqual([
      {
        place: expect.objectContaining({ row: 2 }),
        reason: 'the amount "abc" is not a number',
        raw: plain('abc', '<NAME>é'),
      },
    ]);
    const { byteOffset, byteLength } = sink.rejected[0]?.place ?? expect.fail();
    expect(new TextDecoder().decode(new TextEncoder().encode(text).subarray(byteOffset, byteOffset + byteLength))).toBe(
      plain('abc', '<NAME>é'),
    );
  });

  it('rejects a record with two different amounts, and one that lost its end', () => {
    const sink = read(bank(`${plain('1.00', '<TRNAMT>2.00')}<STMTTRN><DTPOSTED>20240101<TRNAMT>5${plain('3.00')}`));
    expect(sink.rejected.map(each => each.reason)).toEqual([
      'TRNAMT is stated twice, differently',
      expect.stringContaining('no end tag'),
    ]);
    expect(sink.transactions.map(each => each.amount.units)).toEqual([300]);
  });

  it('keeps pending transactions out, and tells of them', () => {
    const sink = read(
      bank(plain('1.00')).replace(
        '</BANKTRANLIST>',
        '</BANKTRANLIST><BANKTRANLISTP><STMTTRNP><DTTRAN>20240120<TRNAMT>-9.99</STMTTRNP></BANKTRANLISTP>',
      ),
    );
    expect(sink.transactions).toHaveLength(1);
    expect(sink.rejected[0]?.reason).toContain('pending');
    expect(sink.codes).toEqual(['ofx.not-booked']);
  });

  it('tells of repeated FITIDs within a statement and merges nothing', () => {
    const sink = read(bank(plain('1', '<FITID>A') + plain('2', '<FITID>B') + plain('3', '<FITID>A')));
    expect(sink.transactions).toHaveLength(3);
    expect(sink.warnings).toEqual([
      { row: 3, code: 'ofx.repeated-fitid', message: expect.stringContaining('records 3') },
    ]);
  });

  it('takes the amount in CURRENCY where it stands, in CURDEF where only ORIGCURRENCY does', () => {
    const sink = read(
      bank(
        plain('1', '<CURRENCY><CURRATE>1.1<CURSYM>USD</CURRENCY>') +
          plain('2', '<ORIGCURRENCY><CURRATE>1.1<CURSYM>USD</ORIGCURRENCY>'),
      ),
    );
    expect(sink.transactions.map(each => each.currency)).toEqual(['USD', 'EUR']);
    expect(sink.codes).toEqual(['ofx.other-currency']);
  });

  const invest = (transactions: string, more = ''): string =>
    `<OFX><INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS><CURDEF>USD<INVACCTFROM><BROKERID>broker<ACCTID>I1</INVACCTFROM><INVTRANLIST><DTSTART><DTEND>
${transactions}</INVTRANLIST>${more}</INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1>
<SECLISTMSGSRSV1><SECLIST><STOCKINFO><SECINFO><SECID><UNIQUEID>S1<UNIQUEIDTYPE>CUSIP</SECID><SECNAME>Acme & Co</SECINFO></STOCKINFO></SECLIST></SECLISTMSGSRSV1></OFX>`;
  const investTransaction = (fitId: string, date = '20240115', memo = ''): string =>
    `<INVTRAN><FITID>${fitId}<DTTRADE>${date}<DTSETTLE>20240117${memo}</INVTRAN>`;
  const SECURITY = '<SECID><UNIQUEID>S1<UNIQUEIDTYPE>CUSIP</SECID>';

  it('reads investment transactions as movements of cash on the trade date, with the security in the description', () => {
    const sink = read(
      invest(
        `<BUYSTOCK><INVBUY>${investTransaction('1', undefined, '<MEMO>bought')}${SECURITY}<UNITS>+0100.00<UNITPRICE>2.50<COMMISSION>1<TOTAL>-251.00<SUBACCTSEC>CASH</INVBUY><BUYTYPE>BUY</BUYSTOCK>
<SELLSTOCK><INVSELL>${investTransaction('2')}${SECURITY}<UNITS>-5<TOTAL>20<CURRENCY><CURRATE>1.1<CURSYM>EUR</CURRENCY></INVSELL><SELLTYPE>SELLSHORT</SELLSTOCK>
<INCOME>${investTransaction('3')}${SECURITY}<INCOMETYPE>DIV<TOTAL>7.25<SUBACCTSEC>CASH</INCOME>
<REINVEST>${investTransaction('4')}${SECURITY}<INCOMETYPE>DIV<TOTAL>-7.25<UNITS>2<UNITPRICE>3.625</REINVEST>
<INVBANKTRAN>${plain('7.5')}<SUBACCTFUND>CASH</INVBANKTRAN>`,
      ),
    );
    expect(
      sink.transactions.map(each => [
        each.type,
        formatUnits(each.amount.units, each.amount.scale),
        each.currency,
        each.description,
        isoDate(each.bookingDate),
        isoDate(each.valueDate),
      ]),
    ).toEqual([
      ['BUYSTOCK', '-251.00', 'USD', 'bought 100 of Acme & Co (CUSIP S1) at 2.5', '2024-01-15', '2024-01-17'],
      ['SELLSTOCK', '20', 'EUR', 'SELLSHORT -5 of Acme & Co (CUSIP S1)', '2024-01-15', '2024-01-17'],
      ['INCOME', '7.25', 'USD', 'DIV Acme & Co (CUSIP S1)', '2024-01-15', '2024-01-17'],
      ['REINVEST', '-7.25', 'USD', 'DIV 2 of Acme & Co (CUSIP S1) at 3.625', '2024-01-15', '2024-01-17'],
      ['OTHER', '7.5', 'USD', '', '2024-01-15', null],
    ]);
    expect(sink.headers[0]).toMatchObject({ accountId: 'I1', institution: 'broker' });
    expect(sink.codes).toEqual(['ofx.other-currency']);
  });

  it('keeps what moves no cash, or cannot be read, as rejected records; tells positions and what it does not read', () => {
    const sink = read(
      invest(
        `<TRANSFER>${investTransaction('1')}${SECURITY}<UNITS>-2<TFERACTION>OUT</TRANSFER><JRNLFUND>${investTransaction('2')}<TOTAL>3</JRNLFUND>
<BUYMF><INVBUY>${investTransaction('3', '20240230')}<TOTAL>-1</INVBUY></BUYMF><BUYMF><INVBUY>${investTransaction('4')}</INVBUY></BUYMF><BUYMF></BUYMF>
<SELLMF><INVSELL>${investTransaction('5')}<TOTAL>-9</INVSELL></SELLMF><NOVELTY><TOTAL>1</NOVELTY>`,
        '<INVPOSLIST><POSSTOCK><INVPOS><SECID><UNIQUEID>S1</SECID><UNITS>3</INVPOS></POSSTOCK></INVPOSLIST><INVBAL><AVAILCASH>5<BALLIST><BAL><NAME>Net<DESC>x<VALUE>6</BAL></BALLIST></INVBAL>',
      ).replace(
        '</OFX>',
        '<BILLPAYMSGSRSV1><PMTTRNRS><TRNUID>1<PMTRS><TRNAMT>9</PMTRS></PMTTRNRS></BILLPAYMSGSRSV1></OFX>',
      ),
    );
    expect(sink.transactions.map(each => each.amount.units)).toEqual([-9]);
    expect(sink.rejected.map(each => [each.place.row, each.reason])).toEqual([
      [1, 'TRANSFER of 20240115 moves securities and no cash: OUT -2 of Acme & Co (CUSIP S1)'],
      [2, 'JRNLFUND of 20240115 moves cash between sub-accounts of the account'],
      [3, 'the trade date "20240230" is not a day of the calendar'],
      [4, 'there is no total (TOTAL)'],
      [5, 'there is no trade date (DTTRADE)'],
    ]);
    expect(sink.codes).toEqual(['ofx.no-cash', 'ofx.direction', 'ofx.not-read', 'ofx.positions']);
    expect(
      sink.warnings.filter(each => each.code === 'ofx.not-read').map(each => each.message.replace(/ are in.*/, '')),
    ).toEqual(['1 investment transactions of kind NOVELTY', '1 responses of kind PMTTRNRS']);
  });

  it('applies corrections within the file: what is replaced or deleted is no movement', () => {
    const of = (fitId: string, amount: string, more = ''): string => plain(amount, `<FITID>${fitId}${more}`);
    const sink = read(
      bank(
        of('A', '1') +
          of('B', '2') +
          of('C', '3', '<CORRECTFITID>A<CORRECTACTION>REPLACE') +
          of('D', '2', '<CORRECTFITID>B<CORRECTACTION>DELETE') +
          of('E', '5', '<CORRECTFITID>OLD<CORRECTACTION>REPLACE'),
      ),
    );
    expect(sink.transactions.map(each => [each.reference, each.amount.units])).toEqual([
      ['C', 3],
      ['E', 5],
    ]);
    expect(sink.rejected.map(each => each.reason)).toEqual([
      'it is replaced by the transaction with FITID C',
      'it is deleted by the transaction with FITID D',
      'it deletes the transaction with FITID B and moves nothing itself',
    ]);
    expect(sink.codes).toEqual(['ofx.correction']);
  });

  it('reads the merchant category, and says the cheque’s number and what was converted', () => {
    const sink = read(
      bank(
        plain('1', '<FITID>A<SIC>5812<MEMO>m<ORIGCURRENCY><CURRATE>1.25<CURSYM>USD</ORIGCURRENCY>') +
          plain('2', '<FITID>B<CHECKNUM>0107<NAME>Rent').replace('OTHER', 'CHECK'),
      ),
    );
    expect(sink.transactions.map(each => [each.category, each.description, each.reference])).toEqual([
      ['5812', 'm [converted from USD at 1.25]', 'A'],
      [undefined, 'Rent [check 0107]', 'B'],
    ]);
  });

  it('reads several statements in one file, and several documents in one file', () => {
    const two = bank(plain('1')).replace(
      '</BANKMSGSRSV1>',
      `</BANKMSGSRSV1><CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>USD<CCACCTFROM><ACCTID>4111</CCACCTFROM><BANKTRANLIST>${plain('-2')}</BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1>`,
    );
    const sink = read(`${HEADER}${two}\n${HEADER}${bank(plain('3'))}`);
    expect(sink.headers.map(each => each.accountId)).toEqual(['12-34', '4111', '12-34']);
    expect(sink.transactions.map(each => [each.statement, each.amount.units, each.place.row])).toEqual([
      [0, 1, 1],
      [1, -2, 2],
      [2, 3, 3],
    ]);
    expect(sink.codes).toEqual(['ofx.documents']);
  });

  it.each([
    ['windows-1252 bytes under CHARSET:1252', HEADER, 'latin1', []],
    ['ISO-8859-1 under CHARSET:ISO-8859-1', HEADER.replace('1252', 'ISO-8859-1'), 'latin1', []],
    ['UTF-8 under ENCODING:UTF-8', HEADER.replace('USASCII', 'UTF-8').replace('1252', 'NONE'), 'utf-8', []],
    ['UTF-8 under ENCODING:UNICODE', HEADER.replace('USASCII', 'UNICODE').replace('1252', 'NONE'), 'utf-8', []],
    ['UTF-8 under CHARSET:1252', HEADER, 'utf-8', ['ofx.encoding']],
    ['windows-1252 under ENCODING:UTF-8', HEADER.replace('USASCII', 'UTF-8'), 'latin1', ['ofx.encoding']],
    ['no header, UTF-8', '', 'utf-8', []],
    ['no header, windows-1252', '', 'latin1', ['ofx.encoding']],
    ['OFX 2.x', '<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="211"?>\n', 'utf-8', []],
    ['OFX 2.x in ISO-8859-1', '<?xml version="1.0" encoding="iso-8859-1"?>\n<?OFX OFXHEADER="200"?>\n', 'latin1', []],
  ])('reads accents and exact places: %s', (_, header, encoding, codes) => {
    const text = header + bank(plain('1', '<NAME>Café Zürich') + plain('2', '<NAME>Ålesund'));
    const bytes =
      encoding === 'latin1'
        ? Uint8Array.from(text, character => character.charCodeAt(0))
        : new TextEncoder().encode(text);
    const sink = readBytes(bytes, 7);
    expect(sink.transactions.map(each => each.counterparty)).toEqual(['Café Zürich', 'Ålesund']);
    expect(sink.codes).toEqual(codes);
    const { byteOffset, byteLength } = sink.transactions[1]?.place ?? expect.fail();
    expect(new TextDecoder(encoding).decode(bytes.subarray(byteOffset, byteOffset + byteLength))).toBe(
      plain('2', '<NAME>Ålesund'),
    );
  });

  it.each([
    [false, true],
    [true, true],
    [false, false],
    [true, false],
  ])('reads UTF-16 (big endian %s, mark %s) with exact places', (bigEndian, mark) => {
    const bytes = utf16(HEADER + bank(plain('1', '<NAME>Ж') + plain('2', '<NAME>Київ < €')), bigEndian, mark);
    const sink = readBytes(bytes, 333);
    expect(sink.transactions[1]?.counterparty).toBe('Київ < €');
    const { byteOffset, byteLength } = sink.transactions[1]?.place ?? expect.fail();
    const decoder = new TextDecoder(bigEndian ? 'utf-16be' : 'utf-16le');
    expect(decoder.decode(bytes.subarray(byteOffset, byteOffset + byteLength))).toBe(plain('2', '<NAME>Київ < €'));
  });

  it('refuses what cannot be trusted, naming the place', () => {
    expect(refusal(HEADER + bank(plain('1')).slice(0, -6))).toMatchObject({
      code: 'ofx.truncated',
      message: expect.stringContaining('<OFX>, which begins on line 8'),
    });
    expect(refusal(bank('<STMTTRN><DTPOSTED>20240101').replace(/<\/BANKTRANLIST>.*$/s, ''))).toMatchObject({
      code: 'ofx.truncated',
      message: expect.stringContaining('<STMTTRN>'),
    });
    expect(refusal(`<OFX><BANKMSGSRSV1>${bank(plain('1'))}`).code).toBe('ofx.truncated');
    expect(refusal(HEADER).code).toBe('ofx.no-root');
    expect(refusal('').code).toBe('file.empty');
    expect(refusal(`<!DOCTYPE OFX [<!ENTITY x "y">]>${bank('')}`).code).toBe('xml.doctype');
    expect(refusal(`<OFX>${'<A>'.repeat(300)}</OFX>`).code).toBe('ofx.too-deep');
    expect(
      refusal(
        bank('')
          .replace('</STMTRS>', `<BANKACCTFROM><ACCTID>other</BANKACCTFROM></STMTRS>`)
          .replace('<DTEND>20240131', `<DTEND>20240131${plain('1')}`),
      ).code,
    ).toBe('ofx.account-after-transactions');
  });

  it('refuses a file that is too large to be held, as soon as that is known', () => {
    const parser = createOfxParser(new RecordingSink(), codecFor);
    expect(() => parser.write(new Uint8Array(OFX_MAX_BYTES + 1))).toThrow(
      expect.objectContaining({ code: 'file.too-large' }),
    );
  });

  it('tells of aggregates without end, ends without start and stray text', () => {
    expect(read(bank(plain('1')).replace('</BANKTRANLIST>', '')).codes).toEqual(['ofx.unclosed']);
    expect(read(bank(`${plain('1')}</STMTTRN>`)).codes).toEqual(['ofx.end-tag']);
    expect(read(bank(`${plain('1')} lost text `)).codes).toEqual(['ofx.stray-text']);
  });
});
