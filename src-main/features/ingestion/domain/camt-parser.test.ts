import { describe, expect, it } from 'vitest';
import { isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import type { CodecFor } from '../../../kernel/text.ts';
import { createCamtParser } from './camt-parser.ts';
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

const ACCOUNT =
  '<Acct><Id><IBAN>DE00123</IBAN></Id><Ccy>EUR</Ccy><Ownr><Nm>Owner Ltd</Nm></Ownr><Svcr><FinInstnId><BICFI>BANKDEFF</BICFI></FinInstnId></Svcr></Acct>';
const statement = (body: string, account = ACCOUNT): string =>
  `<Stmt><Id>S1</Id><CreDtTm>2024-03-08T20:00:00</CreDtTm>${account}${body}</Stmt>`;
const message = (statements: string, version = '08'): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr>${statements}</BkToCstmrStmt></Document>`;
const entry = (
  direction: string,
  amount: string,
  more = '',
  status = '<Sts><Cd>BOOK</Cd></Sts>',
  date = '<BookgDt><Dt>2024-03-08</Dt></BookgDt>',
): string => `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd>${status}${date}${more}</Ntry>`;
const balance = (kind: string, amount: string, direction: string, day: string): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${kind}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`;
const details = (inner: string): string => `<NtryDtls><TxDtls>${inner}</TxDtls></NtryDtls>`;

const readBytes = (bytes: Uint8Array, size?: number): RecordingSink => {
  const sink = new RecordingSink();
  feed(createCamtParser(sink, codecFor), bytes, size);
  return sink;
};
const read = (text: string, size?: number): RecordingSink => readBytes(new TextEncoder().encode(text), size);
const refusal = (text: string): FileRefused => {
  try {
    read(text);
  } catch (error) {
    if (error instanceof FileRefused) return error;
    throw error;
  }
  return expect.fail('the file was not refused');
};

describe('createCamtParser', () => {
  it('takes the sign from CdtDbtInd, also of a reversal (ISO 20022: the indicator states the entry itself)', () => {
    const sink = read(
      message(
        statement(
          entry('CRDT', '10.00') +
            entry('DBIT', '4.5') +
            entry('CRDT', '4.5', '<RvslInd>true</RvslInd>') +
            entry('DBIT', '0.00001'),
        ),
      ),
    );
    expect(sink.transactions.map(each => each.amount)).toEqual([
      { units: 1000, scale: 2 },
      { units: -45, scale: 1 },
      { units: 45, scale: 1 },
      { units: -1, scale: 5 },
    ]);
    expect(sink.transactions.map(each => each.description)).toEqual(['', '', '[reversal]', '']);
    expect(sink.headers).toEqual([
      { accountId: 'DE00123', currency: 'EUR', institution: 'BANKDEFF', owner: 'Owner Ltd', statementId: 'S1' },
    ]);
    expect(sink.warnings).toEqual([]);
  });

  it('names the other party: who paid of money in, who was paid of money out, swapped for a reversal, never the account itself', () => {
    const parties =
      '<RltdPties><Dbtr><Pty><Nm>Payer</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>FR1</IBAN></Id></DbtrAcct><UltmtDbtr><Nm>Ultimate payer</Nm></UltmtDbtr><Cdtr><Nm>Payee</Nm></Cdtr><CdtrAcct><Id><Othr><Id>44</Id></Othr></Id></CdtrAcct></RltdPties>';
    const ownPayer =
      '<RltdPties><Dbtr><Nm>Owner Ltd</Nm></Dbtr><DbtrAcct><Id><IBAN>DE00123</IBAN></Id></DbtrAcct><Cdtr><Nm>Shop</Nm></Cdtr></RltdPties>';
    const ultimate = '<RltdPties><UltmtCdtr><Pty><Nm>Last payee</Nm></Pty></UltmtCdtr></RltdPties>';
    const sink = read(
      message(
        statement(
          entry('CRDT', '1', details(parties)) +
            entry('DBIT', '1', details(parties)) +
            entry('CRDT', '1', `<RvslInd>true</RvslInd>${details(parties)}`) +
            entry('CRDT', '1', details(ownPayer)) +
            entry('DBIT', '1', details(ultimate)),
        ),
      ),
    );
    expect(sink.transactions.map(each => [each.counterparty, each.counterpartyAccount])).toEqual([
      ['Payer', 'FR1'],
      ['Payee', '44'],
      ['Payee', '44'],
      ['Shop', ''],
      ['Last payee', ''],
    ]);
  });

  it('takes reference, description and type in the documented order', () => {
    const refs = '<Refs><EndToEndId>E2E</EndToEndId><TxId>TX</TxId></Refs>';
    const none = '<Refs><EndToEndId>NOTPROVIDED</EndToEndId><TxId>TX</TxId></Refs>';
    const remittance =
      '<RmtInf><Ustrd>Invoice 1</Ustrd><Ustrd>and 2</Ustrd><Strd><CdtrRefInf><Ref>RF18</Ref></CdtrRefInf></Strd></RmtInf>';
    const code =
      '<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn><Prtry><Cd>166</Cd></Prtry></BkTxCd>';
    const sink = read(
      message(
        statement(
          entry('CRDT', '1', `<NtryRef>N</NtryRef><AcctSvcrRef>A</AcctSvcrRef>${code}${details(refs + remittance)}`) +
            entry(
              'CRDT',
              '1',
              `<NtryRef>N</NtryRef><BkTxCd><Prtry><Cd>166</Cd></Prtry></BkTxCd>${details(`${refs}<AddtlTxInf>more</AddtlTxInf>`)}`,
            ) +
            entry('CRDT', '1', details(refs)) +
            entry('CRDT', '1', `${details(none)}<AddtlNtryInf>note</AddtlNtryInf>`),
        ),
      ),
    );
    expect(sink.transactions.map(each => [each.reference, each.description, each.type])).toEqual([
      ['A', 'Invoice 1 and 2 RF18', 'PMNT-RCDT-ESCT'],
      ['N', 'more', '166'],
      ['E2E', '', ''],
      ['TX', 'note', ''],
    ]);
  });

  it('makes one transaction of an entry that sums up several, with the amount that was booked, and tells', () => {
    const two =
      '<NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch><TxDtls><Amt Ccy="EUR">3</Amt><RltdPties><Dbtr><Nm>A</Nm></Dbtr></RltdPties></TxDtls><TxDtls><Amt Ccy="EUR">4</Amt><RltdPties><Dbtr><Nm>B</Nm></Dbtr></RltdPties></TxDtls></NtryDtls>';
    const sink = read(message(statement(entry('CRDT', '7', `${two}<AddtlNtryInf>Collection</AddtlNtryInf>`))));
    expect(sink.transactions).toEqual([
      expect.objectContaining({
        amount: { units: 7, scale: 0 },
        counterparty: '',
        description: 'Collection [batch of 2 transactions: A 3 EUR; B 4 EUR]',
      }),
    ]);
    expect(sink.codes).toEqual(['camt.batch']);
    const detail = (amount: string, direction: string): string =>
      `<TxDtls><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd></TxDtls>`;
    const net = read(
      message(statement(entry('CRDT', '7', `<NtryDtls>${detail('10', 'CRDT')}${detail('3', 'DBIT')}</NtryDtls>`))),
    );
    expect(net.transactions[0]?.description).toBe('[batch of 2 transactions: 10 EUR; -3 EUR]');
  });

  it('keeps entries that are not booked as rejected records, and tells their number and sum', () => {
    const sink = read(
      message(
        statement(
          entry('CRDT', '5.00', '', '<Sts>BOOK</Sts>') +
            entry('CRDT', '7.25', '', '<Sts>PDNG</Sts>') +
            entry('DBIT', '1.5', '', '<Sts><Cd>PDNG</Cd></Sts>') +
            entry('DBIT', '2', '', '<Sts><Cd>INFO</Cd></Sts>') +
            entry('DBIT', '3', '', '<Sts><Prtry>HOLD</Prtry></Sts>'),
        ),
      ),
    );
    expect(sink.transactions.map(each => each.amount.units)).toEqual([500]);
    expect(sink.rejected.map(each => [each.place.row, each.reason])).toEqual([
      [2, 'pending, not booked (status PDNG): 7.25 EUR CRDT'],
      [3, 'pending, not booked (status PDNG): 1.5 EUR DBIT'],
      [4, 'for information only, not booked (status INFO): 2 EUR DBIT'],
      [5, 'its status is no known booking status, not booked (status HOLD): 3 EUR DBIT'],
    ]);
    expect(sink.warnings.map(each => each.message)).toEqual([
      expect.stringMatching(/^2 entries have status PDNG .*: 5\.75 EUR together/),
      expect.stringMatching(/^1 entries have status INFO .*: -2\.00 EUR/),
      expect.stringMatching(/^1 entries have status HOLD .*: -3\.00 EUR/),
    ]);
  });

  it('reads days as written, and falls back from booking date to value date to the statement’s one day', () => {
    const value = '<ValDt><Dt>2024-03-11</Dt></ValDt>';
    const dates = [
      '<BookgDt><DtTm>2024-03-08T23:30:00-05:00</DtTm></BookgDt>',
      '<BookgDt><Dt>2024-03-08+01:00</Dt></BookgDt><ValDt><DtTm>2024-03-09T00:00:00Z</DtTm></ValDt>',
      value,
      '',
    ];
    const sink = read(
      message(
        statement(
          balance('CLBD', '1', 'CRDT', '2024-03-07') +
            dates.map(date => entry('CRDT', '1', '', undefined, date)).join(''),
        ),
      ),
    );
    expect(sink.transactions.map(each => [isoDate(each.bookingDate), isoDate(each.valueDate)])).toEqual([
      ['2024-03-08', null],
      ['2024-03-08', '2024-03-09'],
      ['2024-03-11', '2024-03-11'],
      ['2024-03-07', null],
    ]);
    expect(sink.transactions[0]?.valueDate).toBe(UNKNOWN_DAY);
    expect(sink.codes).toEqual(['camt.date-from-value-date', 'camt.date-from-statement']);
  });

  it.each([
    ['<FrToDt><FrDtTm>2024-03-07T00:00:00</FrDtTm><ToDtTm>2024-03-08T00:00:00</ToDtTm></FrToDt>', '', '2024-03-07'],
    ['<FrToDt><FrDtTm>2024-03-07T08:00:00</FrDtTm><ToDtTm>2024-03-07T18:00:00</ToDtTm></FrToDt>', '', '2024-03-07'],
    ['<FrToDt><FrDtTm>2024-03-01T00:00:00</FrDtTm><ToDtTm>2024-03-31T23:59:59</ToDtTm></FrToDt>', '', null],
    ['', balance('PRCD', '1', 'CRDT', '2024-03-06') + balance('CLBD', '1', 'CRDT', '2024-03-07'), '2024-03-07'],
    ['', balance('OPBD', '1', 'CRDT', '2024-03-01') + balance('CLBD', '1', 'CRDT', '2024-03-31'), null],
    ['', '', '2024-03-08'],
  ])('dates an entry without dates by its statement only where that covers one day: %s%s', (period, balances, day) => {
    const sink = read(
      message(
        `<Stmt><Id>S</Id><CreDtTm>2024-03-08T09:00:00</CreDtTm>${period}${ACCOUNT}${balances}${entry('CRDT', '1', '', undefined, '')}</Stmt>`,
      ),
    );
    if (day === null)
      expect(sink.rejected[0]?.reason).toMatch(/^the entry has no booking and no value date, and the statement/);
    else expect(isoDate(sink.transactions[0]?.bookingDate ?? 0)).toBe(day);
  });

  it.each([
    ['', entry('CRDT', 'x'), 'the amount "x" is not an unsigned decimal'],
    ['negative amount', entry('CRDT', '-5'), 'the amount "-5" is not an unsigned decimal'],
    ['no amount', '<Ntry><CdtDbtInd>CRDT</CdtDbtInd></Ntry>', 'no amount'],
    ['no direction', '<Ntry><Amt Ccy="EUR">1</Amt></Ntry>', 'CdtDbtInd'],
    [
      'impossible day',
      entry('CRDT', '1', '', undefined, '<BookgDt><Dt>2024-02-30</Dt></BookgDt>'),
      '"2024-02-30" is not a day',
    ],
    ['two amounts', entry('CRDT', '1', '<Amt Ccy="EUR">2</Amt>'), 'its amount twice'],
    ['too many digits', entry('CRDT', '12345678901234567.89'), 'held exactly'],
  ])('rejects an entry and keeps the others: %s', (_, bad, reason) => {
    const sink = read(message(statement(entry('CRDT', '1') + bad + entry('CRDT', '2'))));
    expect(sink.transactions.map(each => [each.place.row, each.amount.units])).toEqual([
      [1, 1],
      [3, 2],
    ]);
    expect(sink.rejected).toEqual([
      { place: expect.objectContaining({ row: 2 }), reason: expect.stringContaining(reason), raw: bad },
    ]);
  });

  it('picks OPBD, else PRCD, and CLBD; ITBD closes a report only', () => {
    const balances = (...kinds: readonly string[]): string =>
      kinds.map((kind, i) => balance(kind, `${i + 1}.00`, i % 2 ? 'DBIT' : 'CRDT', '2024-03-08')).join('');
    const units = (text: string): (number | undefined)[] => {
      const { opening, closing } = read(text).stated[0] ?? expect.fail();
      return [opening?.amount.units, closing?.amount.units];
    };
    expect(units(message(statement(balances('PRCD', 'CLBD', 'CLAV', 'OPBD'))))).toEqual([-400, -200]);
    expect(units(message(statement(balances('PRCD', 'CLAV', 'ITBD'))))).toEqual([100, undefined]);
    const report = message(statement(balances('OPBD', 'ITBD', 'ITBD')))
      .replaceAll('BkToCstmrStmt', 'BkToCstmrAcctRpt')
      .replaceAll('Stmt>', 'Rpt>')
      .replaceAll('BkToCstmrAcctRptV', '');
    expect(units(report.replaceAll('BkToCstmrRpt', 'BkToCstmrAcctRpt'))).toEqual([100, 300]);
  });

  it('reads prefixes, no namespace, version 001.01 names and an envelope around the message', () => {
    const plain = message(statement(entry('CRDT', '1')));
    const variants = [
      plain.replace(/ xmlns="[^"]*"/, ''),
      plain.replace('xmlns=', 'xmlns:n=').replace(/<(\/?)([A-Z])/g, '<$1n:$2'),
      plain.replaceAll('BkToCstmrStmt', 'BkToCstmrStmtV01'),
      plain
        .replace('<Document', '<Envelope><AppHdr><Id>x</Id></AppHdr><Document')
        .replace('</Document>', '</Document></Envelope>'),
      plain.replaceAll(/<(\w+)>/g, '<$1\n >'),
    ];
    for (const text of variants)
      expect(
        read(text).transactions.map(each => each.amount.units),
        text,
      ).toEqual([1]);
  });

  it('reads nothing out of supplementary data', () => {
    const sink = read(
      message(
        statement(`${entry('CRDT', '1')}<SplmtryData><Envlp><Ntry><Amt Ccy="EUR">9</Amt></Ntry></Envlp></SplmtryData>`),
      ),
    );
    expect(sink.transactions).toHaveLength(1);
  });

  it('gives the same however the file is cut into chunks, and the exact place of each entry in bytes', () => {
    const name = (text: string): string => details(`<RltdPties><Dbtr><Nm>${text}</Nm></Dbtr></RltdPties>`);
    const text = message(
      statement(
        entry('CRDT', '1', name('Łódź & Söhne €')).replace('& ', '&amp; ') +
          entry('CRDT', '2', name('😀 Київ')).replace('<Ntry>', '<Ntry\n  >') +
          entry('CRDT', 'bad', name('日本')),
      ),
    );
    const units = [...`\uFEFF${text.replace('UTF-8', 'UTF-16')}`.replace(/[\s\S]/gu, '$&')].join('');
    const wide = new Uint8Array(units.length * 2);
    for (let i = 0; i < units.length; i++) new DataView(wide.buffer).setUint16(2 * i, units.charCodeAt(i), false);
    const latin = text.replace('UTF-8', 'ISO-8859-15').replace(/[^\0-\u00ff]/gu, '?');
    const files: readonly (readonly [string, Uint8Array])[] = [
      ['utf-8', new TextEncoder().encode(text)],
      ['utf-8', new TextEncoder().encode(`\uFEFF${text}`)],
      ['utf-16be', wide],
      ['iso-8859-15', Uint8Array.from(latin, character => character.charCodeAt(0))],
    ];
    for (const [encoding, bytes] of files) {
      const whole = readBytes(bytes);
      expect(whole.transactions).toHaveLength(2);
      for (const size of [1, 2, 3, 7, 64, 1025]) expect(readBytes(bytes, size)).toEqual(whole);
      const cut = (each: { readonly place: { readonly byteOffset: number; readonly byteLength: number } }): string =>
        new TextDecoder(encoding).decode(
          bytes.subarray(each.place.byteOffset, each.place.byteOffset + each.place.byteLength),
        );
      const records = /<Ntry[\s\S]*?<\/Ntry>/g;
      const source = encoding === 'iso-8859-15' ? latin : text;
      expect([...whole.transactions, ...whole.rejected].map(cut)).toEqual(source.match(records));
      expect(whole.rejected[0]?.raw).toBe(source.match(records)?.[2]);
    }
  });

  it('tells what a file leaves out or gets wrong', () => {
    const codes = (text: string): readonly string[] => read(message(text)).codes;
    expect(codes(statement(entry('CRDT', '1', '', '')))).toEqual(['camt.status']);
    expect(codes(statement(entry('CRDT', '1').replace(' Ccy="EUR"', '')))).toEqual(['camt.currency']);
    expect(codes(statement('', ''))).toEqual(['camt.account']);
    expect(
      codes(statement(`<TxsSummry><TtlNtries><NbOfNtries>3</NbOfNtries></TtlNtries></TxsSummry>${entry('CRDT', '1')}`)),
    ).toEqual(['control.count']);
    expect(codes(statement(balance('OPBD', '1', '', '2024-03-08')))).toEqual(['camt.balance-direction']);
    expect(codes(statement(balance('OPBD', 'one', 'CRDT', '2024-03-08')))).toEqual(['camt.balance-unreadable']);
    expect(codes(statement(entry('CRDT', '1', '<ValDt><Dt>2024-13-01</Dt></ValDt>')))).toEqual(['camt.value-date']);
  });

  it('compares the details of a batch with it: their number, and their sum in its currency', () => {
    const two = (first: string, second: string, stated = '2'): string =>
      `<NtryDtls><Btch><NbOfTxs>${stated}</NbOfTxs></Btch><TxDtls>${first}</TxDtls><TxDtls>${second}</TxDtls></NtryDtls>`;
    const amount = (text: string, direction = ''): string => `<Amt Ccy="EUR">${text}</Amt>${direction}`;
    const codes = (more: string): readonly string[] =>
      read(message(statement(entry('DBIT', '7.00', more)))).codes.filter(code => code.startsWith('control.'));
    expect(codes(two(amount('3'), amount('4.0')))).toEqual([]);
    expect(codes(two(amount('9', '<CdtDbtInd>DBIT</CdtDbtInd>'), amount('2', '<CdtDbtInd>CRDT</CdtDbtInd>')))).toEqual(
      [],
    );
    expect(codes(two(amount('3'), amount('3.99')))).toEqual(['control.details']);
    expect(codes(two(amount('3'), amount('4'), '5'))).toEqual(['control.count']);
    expect(codes(two(amount('3'), '<Amt Ccy="USD">9</Amt>'))).toEqual([]);
    expect(codes(two(amount('3'), ''))).toEqual([]);
  });

  it('compares entries with the summary of the statement, with or without those that are not booked', () => {
    const summary = (total: string, credits: string, debits: string): string =>
      `<TxsSummry><TtlNtries><NbOfNtries>${total}</NbOfNtries><Sum>10</Sum></TtlNtries><TtlCdtNtries>${credits}</TtlCdtNtries><TtlDbtNtries>${debits}</TtlDbtNtries></TxsSummry>`;
    const entries = entry('CRDT', '7.00') + entry('DBIT', '3.00') + entry('DBIT', '1', '', '<Sts>PDNG</Sts>');
    const controls = (text: string): readonly string[] =>
      read(message(statement(text + entries)))
        .warnings.filter(each => each.code.startsWith('control.'))
        .map(each => each.message);
    expect(
      controls(summary('2', '<NbOfNtries>1</NbOfNtries><Sum>7</Sum>', '<NbOfNtries>2</NbOfNtries><Sum>4.0</Sum>')),
    ).toEqual([]);
    expect(controls(summary('9', '<Sum>6.99</Sum>', '<NbOfNtries>7</NbOfNtries>'))).toEqual([
      'Statement S1 states 9 entries (TxsSummry) and has 3',
      'Statement S1 states 7 debit entries (TxsSummry) and has 2',
      'Statement S1 states a sum of credit entries of 6.99 (TxsSummry) and has 7.00',
    ]);
  });

  it('keeps entries of several currencies in statements of their own, whose sums add up', () => {
    const usd = entry('CRDT', '5').replace('"EUR"', '"USD"');
    const sink = read(message(statement(entry('CRDT', '1') + usd + entry('DBIT', '2') + usd)));
    expect(sink.headers.map(each => [each.accountId, each.currency])).toEqual([
      ['DE00123', 'EUR'],
      ['DE00123', 'USD'],
    ]);
    expect(sink.transactions.map(each => [each.statement, each.currency])).toEqual([
      [0, 'EUR'],
      [1, 'USD'],
      [0, 'EUR'],
      [1, 'USD'],
    ]);
    expect(sink.codes).toEqual(['camt.entry-currency']);
    const all = read(message(statement(usd + usd)));
    expect([all.headers.length, all.codes]).toEqual([1, ['camt.entry-currency']]);
  });

  it('takes the balances of a page from its interim ones, and tells that it is one page of several', () => {
    const page = (number: string, last: string, balances: string): readonly unknown[] => {
      const sink = read(
        message(
          `<Stmt><Id>S</Id><StmtPgntn><PgNb>${number}</PgNb><LastPgInd>${last}</LastPgInd></StmtPgntn>${ACCOUNT}${balances}</Stmt>`,
        ),
      );
      const { opening, closing } = sink.stated[0] ?? expect.fail();
      return [opening?.amount.units, closing?.amount.units, ...sink.codes];
    };
    const of = (kind: string, amount: string, sub = ''): string =>
      balance(kind, amount, 'CRDT', '2024-03-08').replace('</Tp>', `${sub}</Tp>`);
    const interim = '<SubTp><Cd>INTM</Cd></SubTp>';
    expect(page('1', 'true', of('OPBD', '1') + of('CLBD', '4'))).toEqual([1, 4]);
    expect(page('1', 'false', of('OPBD', '1') + of('ITBD', '2'))).toEqual([1, 2, 'camt.interim-balance', 'camt.page']);
    expect(page('2', 'false', of('ITBD', '2') + of('ITBD', '3'))).toEqual([2, 3, 'camt.interim-balance', 'camt.page']);
    expect(page('3', 'true', of('ITBD', '3') + of('CLBD', '4'))).toEqual([3, 4, 'camt.interim-balance', 'camt.page']);
    expect(page('2', 'false', of('OPBD', '1') + of('OPBD', '2', interim) + of('CLBD', '3', interim))).toEqual([
      2,
      3,
      'camt.page',
    ]);
    expect(page('1', 'true', of('OPBD', '2', interim) + of('OPBD', '1'))).toEqual([1, undefined]);
  });

  it('takes balances that are no booked ones as stated, and never for opening or closing', () => {
    const sink = new RecordingSink();
    const parser = createCamtParser(sink, codecFor);
    feed(
      parser,
      new TextEncoder().encode(
        message(
          statement(['OPAV', 'CLAV', 'FWAV', 'INFO'].map(kind => balance(kind, '5.00', 'DBIT', '2024-03-08')).join('')),
        ),
      ),
    );
    expect(sink.stated).toEqual([{ opening: null, closing: null }]);
    expect(parser.dialect().otherBalances).toEqual(
      ['OPAV', 'CLAV', 'FWAV', 'INFO'].map(kind => `${kind} DBIT 5.00 EUR 2024-03-08`),
    );
  });

  it('says what was instructed in another currency, charged, or returned', () => {
    const notes = (inner: string, more = ''): string | undefined =>
      read(message(statement(entry('DBIT', '12', more + details(inner))))).transactions[0]?.description;
    expect(
      notes('<AmtDtls><InstdAmt><Amt Ccy="USD">13.05</Amt></InstdAmt></AmtDtls><RmtInf><Ustrd>x</Ustrd></RmtInf>'),
    ).toBe('x [instructed 13.05 USD]');
    expect(notes('<AmtDtls><InstdAmt><Amt Ccy="EUR">12</Amt></InstdAmt></AmtDtls>')).toBe('');
    expect(notes('', '<Chrgs><TtlChrgsAndTaxAmt Ccy="EUR">0.35</TtlChrgsAndTaxAmt></Chrgs>')).toBe(
      '[charges 0.35 EUR]',
    );
    expect(notes('<RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>closed</AddtlInf></RtrInf>')).toBe(
      '[returned: AC04 closed]',
    );
    expect(
      notes(
        '<RmtInf><Strd><RfrdDocInf><Nb>INV 7</Nb></RfrdDocInf><CdtrRefInf><Ref>RF18</Ref></CdtrRefInf></Strd></RmtInf>',
      ),
    ).toBe('INV 7 RF18');
  });

  it('falls back to the references of later versions, and takes the version from the application header', () => {
    const uetr = details(
      '<Refs><EndToEndId>NOTPROVIDED</EndToEndId><UETR>8a562c67-ca16-48ba-b074-65581be6f001</UETR></Refs>',
    );
    const text = message(statement(entry('CRDT', '1', uetr))).replace(/ xmlns="[^"]*"/, '');
    const sink = new RecordingSink();
    const parser = createCamtParser(sink, codecFor);
    const wrapped = text
      .replace(
        '<Document',
        '<BizMsgEnvlp xmlns="urn:x"><AppHdr xmlns="urn:iso:std:iso:20022:tech:xsd:head.001.001.02"><MsgDefIdr>camt.053.001.08</MsgDefIdr></AppHdr><Document',
      )
      .replace('</Document>', '</Document></BizMsgEnvlp>');
    feed(parser, new TextEncoder().encode(wrapped));
    expect(sink.transactions[0]?.reference).toBe('8a562c67-ca16-48ba-b074-65581be6f001');
    expect(parser.dialect()).toMatchObject({ message: 'camt.053', version: '001.08', messageId: 'M' });
  });

  it('tells a copy or a duplicate', () => {
    const text = message(statement('').replace(ACCOUNT, `<CpyDplctInd>DUPL</CpyDplctInd>${ACCOUNT}`));
    expect(read(text).codes).toEqual(['camt.copy']);
  });

  it('refuses what cannot be trusted', () => {
    expect(refusal('<html><body/></html>')).toMatchObject({
      code: 'camt.no-message',
      message: expect.stringContaining('"html"'),
    });
    expect(refusal(message('')).code).toBe('camt.no-statement');
    expect(refusal(message(`<Stmt><Id>S</Id>${entry('CRDT', '1')}${ACCOUNT}</Stmt>`)).code).toBe(
      'camt.account-after-entries',
    );
    expect(refusal(message(statement(entry('CRDT', '&bank;')))).code).toBe('xml.entity');
  });

  it('reads 100,000 entries as a stream, with an exact sum', () => {
    let count = 0;
    let units = 0n;
    const sink = new RecordingSink();
    const parser = createCamtParser(
      {
        statement: header => sink.statement(header),
        balances: () => undefined,
        entries: () => expect.fail(),
        reject: () => expect.fail(),
        warn: () => expect.fail(),
        transaction: each => {
          count++;
          units += BigInt(each.amount.units);
        },
      },
      codecFor,
    );
    const encoder = new TextEncoder();
    const [head = '', tail = ''] = message(statement('@')).split('@');
    parser.write(encoder.encode(head));
    for (let i = 0; i < 1000; i++)
      parser.write(
        encoder.encode(
          Array.from({ length: 100 }, (_, k) => entry(k % 2 ? 'CRDT' : 'DBIT', `${i}.${k % 10}${k % 7}`)).join('\n'),
        ),
      );
    parser.write(encoder.encode(tail));
    expect(parser.end()).toBeUndefined();
    let expected = 0n;
    for (let i = 0; i < 1000; i++)
      for (let k = 0; k < 100; k++) expected += BigInt(i * 100 + (k % 10) * 10 + (k % 7)) * (k % 2 ? 1n : -1n);
    expect(count).toBe(100_000);
    expect(units).toBe(expected);
  });
});
