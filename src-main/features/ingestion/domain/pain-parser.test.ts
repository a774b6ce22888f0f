import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { createPainParser } from './pain-parser.ts';
import { sniffFormat } from './sniff-format.ts';
import { shortest, sumOf } from './testing/recording-sink.ts';
import { hostCodec, readDocument, refusalOf } from './testing/xml-document.ts';

// Messages are written after the ISO 20022 message definition reports of pain.001.
const transfer = (amount: string, more = '', id = 'E2E-1'): string =>
  `<CdtTrfTxInf><PmtId><EndToEndId>${id}</EndToEndId></PmtId>${amount}<Cdtr><Nm>Creditor</Nm></Cdtr><CdtrAcct><Id><IBAN>BE68539007547034</IBAN></Id></CdtrAcct>${more}</CdtTrfTxInf>`;
const instructed = (amount: string, currency = 'EUR'): string =>
  `<Amt><InstdAmt Ccy="${currency}">${amount}</InstdAmt></Amt>`;
const payment = (transfers: string, control = '', date = '<ReqdExctnDt><Dt>2024-03-04</Dt></ReqdExctnDt>'): string =>
  `<PmtInf><PmtInfId>P1</PmtInfId><PmtMtd>TRF</PmtMtd>${control}<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf>${date}<Dbtr><Nm>Debtor</Nm></Dbtr><DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></DbtrAcct><DbtrAgt><FinInstnId><BICFI>COBADEFF</BICFI></FinInstnId></DbtrAgt>${transfers}</PmtInf>`;
const message = (payments: string, control = '', version = '09'): string =>
  `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.${version}"><CstmrCdtTrfInitn><GrpHdr><MsgId>M1</MsgId>${control}</GrpHdr>${payments}</CstmrCdtTrfInitn></Document>`;
const read = (text: string, size = 97) => readDocument(createPainParser, text, size);
const sniff = (text: string) => sniffFormat(new TextEncoder().encode(text), hostCodec).format;

describe('createPainParser', () => {
  it('reads a payment as a statement of money out, with its controls', () => {
    const control = '<NbOfTxs>2</NbOfTxs><CtrlSum>12.50</CtrlSum>';
    const text = message(
      payment(
        transfer(
          instructed('10.5'),
          '<Purp><Cd>SALA</Cd></Purp><RmtInf><Ustrd>Invoice 1</Ustrd><Ustrd>and 2</Ustrd></RmtInf>',
        ) +
          transfer(
            instructed('2.000'),
            '<RmtInf><Strd><RfrdDocInf><Nb>D7</Nb></RfrdDocInf><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf>',
            'NOTPROVIDED',
          ),
        control,
      ),
      control,
    );
    const { sink, parser } = read(text);
    expect(sink.warnings).toEqual([]);
    expect(sink.headers).toEqual([
      {
        accountId: 'DE89370400440532013000',
        currency: 'EUR',
        institution: 'COBADEFF',
        owner: 'Debtor',
        statementId: 'P1',
      },
    ]);
    expect(sink.transactions).toEqual([
      expect.objectContaining({
        amount: { units: -105, scale: 1 },
        currency: 'EUR',
        counterparty: 'Creditor',
        counterpartyAccount: 'BE68539007547034',
        reference: 'E2E-1',
        type: 'TRF SEPA',
        category: 'SALA',
        description: 'Invoice 1 and 2',
        valueDate: UNKNOWN_DAY,
      }),
      expect.objectContaining({
        amount: { units: -2_000, scale: 3 },
        reference: '',
        description: 'RF18539007547034 D7',
      }),
    ]);
    expect(sink.transactions.map(each => isoDate(each.bookingDate))).toEqual(['2024-03-04', '2024-03-04']);
    expect(parser.dialect()).toMatchObject({
      version: '001.09',
      messages: 1,
      payments: 1,
      transfers: 2,
      messageIds: ['M1'],
    });
  });

  it('checks the controls of message and payment', () => {
    const { sink } = read(
      message(
        payment(transfer(instructed('1')), '<NbOfTxs>2</NbOfTxs><CtrlSum>1.01</CtrlSum>') +
          payment(transfer(instructed('2', 'USD'))),
        '<NbOfTxs>3</NbOfTxs><CtrlSum>x</CtrlSum>',
      ),
    );
    expect(sink.warnings.map(each => `${each.code}: ${each.message}`)).toEqual([
      'control.count: Payment "P1" (PmtInf) states 2 transfers (NbOfTxs) and has 1',
      'control.total: Payment "P1" (PmtInf) states the control sum 1.01 (CtrlSum), its transfers add up to 1',
      'control.count: The message (GrpHdr) states 3 transfers (NbOfTxs) and has 2',
      'control.total: The message (GrpHdr) states the control sum x (CtrlSum), its transfers add up to 3',
    ]);
    // The control sum adds up irrespective of currencies, and trailing zeros say nothing.
    const right = message(
      payment(transfer(instructed('1')) + transfer(instructed('2', 'USD')), '<CtrlSum>3.000000000000</CtrlSum>'),
    );
    expect(read(right).sink.warnings).toEqual([]);
  });

  it('reads every version, with prefixes, in an envelope, and the message elements of versions 1 and 2', () => {
    for (const version of ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12']) {
      const date =
        Number(version) < 8
          ? '<ReqdExctnDt>2024-03-04</ReqdExctnDt>'
          : '<ReqdExctnDt><DtTm>2024-03-04T10:00:00Z</DtTm></ReqdExctnDt>';
      let text = message(payment(transfer(instructed('1')), '', date), '', version);
      if (Number(version) < 3) text = text.replaceAll('CstmrCdtTrfInitn', `pain.001.001.${version}`);
      expect(sniff(text)).toBe('pain.001');
      const { sink, parser } = read(text);
      expect([
        sink.transactions.length,
        isoDate(sink.transactions[0]?.bookingDate ?? 0),
        parser.dialect().version,
      ]).toEqual([1, '2024-03-04', `001.${version}`]);
      const prefixed = text.replaceAll(/<(\/?)([A-Za-z])/g, '<$1n:$2').replace('xmlns=', 'xmlns:n=');
      expect(sniff(prefixed)).toBe('pain.001');
      expect(read(prefixed).sink.transactions.length).toBe(1);
    }
    const bare = `<Envelope>${message(payment(transfer(instructed('1'))))
      .replace(/<\?.*?\?>/, '')
      .replace(/ xmlns="[^"]*"/, '')}</Envelope>`;
    expect(sniff(bare)).toBe('pain.001');
    expect(read(bare).parser.dialect()).toMatchObject({ version: null, namespace: null, transfers: 1 });
  });

  it('takes the equivalent amount where the transfer is in another currency', () => {
    const equivalent = '<Amt><EqvtAmt><Amt Ccy="EUR">100.00</Amt><CcyOfTrf>USD</CcyOfTrf></EqvtAmt></Amt>';
    expect(read(message(payment(transfer(equivalent)))).sink.transactions[0]).toMatchObject({
      amount: { units: -10_000, scale: 2 },
      currency: 'EUR',
      description: '[to be transferred in USD]',
    });
  });

  it('rejects what it cannot read, in place, and keeps the rest', () => {
    const { sink } = read(
      message(
        payment(
          [
            transfer(''),
            transfer(instructed('-1')),
            transfer(instructed('1,00')),
            transfer(instructed('1', 'euro')),
            transfer('<Amt><InstdAmt Ccy="EUR">1</InstdAmt><InstdAmt Ccy="EUR">2</InstdAmt></Amt>'),
            transfer(instructed('99999999999999999')),
            transfer(instructed('7')),
          ].join(''),
        ),
      ),
    );
    expect(sink.transactions.map(each => [each.place.row, each.amount.units])).toEqual([[7, -7]]);
    expect(sink.rejected.map(each => `${each.place.row}: ${each.reason}`)).toEqual([
      '1: the transfer states no amount',
      '2: the amount "-1" is not an unsigned decimal number that can be held exactly',
      '3: the amount "1,00" is not an unsigned decimal number that can be held exactly',
      '4: the amount\'s currency "euro" is not a currency code',
      '5: the transfer states its amount twice, differently',
      '6: the amount "99999999999999999" is not an unsigned decimal number that can be held exactly',
    ]);
    expect(sink.rejected[1]?.raw).toMatch(/^<CdtTrfTxInf>.*<\/CdtTrfTxInf>$/);
  });

  it('invents no date and no account', () => {
    const { sink } = read(
      message(
        payment(transfer(instructed('1')), '', '') +
          payment(transfer(instructed('1')), '', '<ReqdExctnDt>2024-02-31</ReqdExctnDt>').replace(
            /<DbtrAcct>.*?<\/DbtrAcct>/,
            '',
          ) +
          payment(''),
      ),
    );
    expect(sink.transactions.map(each => each.bookingDate)).toEqual([UNKNOWN_DAY, UNKNOWN_DAY]);
    expect(sink.headers.map(each => [each.accountId, each.currency])).toEqual([
      ['DE89370400440532013000', 'EUR'],
      [null, null],
      ['DE89370400440532013000', 'EUR'],
    ]);
    expect(sink.codes).toEqual(['pain.execution-date', 'pain.account', 'pain.no-transfer']);
  });

  it('refuses what is no message, has no payment, is cut short or hides entities', () => {
    const code = (text: string): string => refusalOf(createPainParser, text).code;
    const whole = message(payment(transfer(instructed('1'))));
    expect(code('<Document><Other/></Document>')).toBe('pain.no-message');
    expect(code(message(''))).toBe('pain.no-payment');
    expect(code(whole.slice(0, -40))).toBe('xml.truncated');
    expect(code(whole.replace('<Document', '<!DOCTYPE d [<!ENTITY e "x">]><Document'))).toBe('xml.doctype');
    expect(code(message(payment(`${transfer(instructed('1'))}<DbtrAcct><Id><IBAN>XX</IBAN></Id></DbtrAcct>`)))).toBe(
      'pain.account-after-transfers',
    );
    expect(sniff(whole.replaceAll('CstmrCdtTrfInitn', 'CstmrDrctDbtInitn'))).not.toBe('pain.001');
  });

  it('adds up exactly, whatever the bytes come in (property)', () => {
    const amounts = fc.array(fc.tuple(fc.integer({ min: 0, max: 99_999_999 }), fc.integer({ min: 0, max: 99 })), {
      minLength: 1,
      maxLength: 15,
    });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 500 }), (values, size) => {
        const texts = values.map(([whole, cents]) => `${whole}.${String(cents).padStart(2, '0')}`);
        const sum = values.reduce((all, [whole, cents]) => all + whole * 100 + cents, 0);
        const total = `${Math.floor(sum / 100)}.${String(sum % 100).padStart(2, '0')}`;
        const control = `<NbOfTxs>${values.length}</NbOfTxs><CtrlSum>${total}</CtrlSum>`;
        const { sink } = read(
          message(payment(texts.map(text => transfer(instructed(text))).join(''), control), control),
          size,
        );
        expect(sink.warnings).toEqual([]);
        expect(sumOf(sink.transactions)).toBe(sum === 0 ? '0' : shortest(`-${total}`));
      }),
      { numRuns: 40 },
    );
  });
});
