import { describe, expect, it } from 'vitest';
import { isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { createFedwireParser } from './fedwire-parser.ts';
import { sniffFormat } from './sniff-format.ts';
import { hostCodec, readDocument, refusalOf } from './testing/xml-document.ts';

// Messages are written after the Fedwire Funds Service format reference (tags {1100} to {9000}), as moov-io/wire reads it.
const TAGS: Readonly<Record<string, string>> = {
  1500: '30        P ',
  1510: '1000',
  1520: '20240304ABCDEFGH000001',
  2000: '000000012345',
  3100: '121042882WELLS FARGO*',
  3320: 'SENDER-REF*',
  3400: '231380104CITADEL*',
  3600: 'CTR   *',
  4200: 'D987654321*BENEFICIARY INC*1 MAIN STREET*',
  5000: 'D123456789*ORIGINATOR LLC*2 SIDE STREET*',
  6000: 'INVOICE 7*AND 8*',
};
const message = (changes: Readonly<Record<string, string | null>> = {}): string =>
  Object.entries({ ...TAGS, ...changes })
    .filter(([, text]) => text !== null)
    .map(([tag, text]) => `{${tag}}${text}`)
    .join('\r\n');
const read = (text: string, size = 61) => readDocument(createFedwireParser, text, size).sink;

describe('createFedwireParser', () => {
  it('reads a transfer as money out of the sender’s account', () => {
    const text = message();
    const sink = read(`${text}\r\n`);
    expect(sink.warnings).toEqual([]);
    expect(sink.headers).toEqual([
      { accountId: '121042882', currency: 'USD', institution: 'WELLS FARGO', owner: null, statementId: null },
    ]);
    expect(sink.transactions).toEqual([
      {
        place: { row: 1, byteOffset: 0, byteLength: text.length },
        statement: 0,
        bookingDate: 19_786, // 2024-03-04
        valueDate: UNKNOWN_DAY,
        amount: { units: -12_345, scale: 2 },
        currency: 'USD',
        description: 'INVOICE 7 AND 8; sender reference SENDER-REF; from ORIGINATOR LLC 123456789',
        counterparty: 'BENEFICIARY INC',
        counterpartyAccount: '987654321',
        reference: '20240304ABCDEFGH000001',
        type: 'CTR 1000',
      },
    ]);
  });

  it('opens a statement for each sender of a file', () => {
    const sink = read(
      [message(), message({ 3100: '021000021CHASE*' }), message({ 1520: '20240305ABCDEFGH000002' })].join('\n'),
    );
    expect(sink.headers.map(each => each.accountId)).toEqual(['121042882', '021000021']);
    expect(sink.transactions.map(each => [each.statement, each.place.row, isoDate(each.bookingDate)])).toEqual([
      [0, 1, '2024-03-04'],
      [1, 12, '2024-03-04'],
      [0, 23, '2024-03-05'],
    ]);
  });

  it('tells messages apart by what the Federal Reserve appends, before or behind, and by tags that stand once', () => {
    const appended = '{1110}03041530FT01\n{1120}20240304ABCDEFGH00000103041530FT01';
    const behind = read(`${message()}\n${appended}\n${message({ 1520: null })}`);
    expect(behind.transactions.map(each => isoDate(each.bookingDate))).toEqual(['2024-03-04', null]);
    const before = read(`${appended}\n${message({ 1520: null })}\n${appended}\n${message({ 1520: null })}`);
    expect(before.transactions.map(each => isoDate(each.bookingDate))).toEqual(['2024-03-04', '2024-03-04']);
    expect(before.transactions.map(each => each.place.row)).toEqual([1, 13]);
    expect(read(`${message({ 1500: null })}\n${message({ 1500: null })}`).transactions.length).toBe(2);
  });

  it('moves no money by requests and service messages', () => {
    const sink = read(
      ['1001', '1007', '1031', '1033', '1090', '1002', '1508', '1632'].map(type => message({ 1510: type })).join('\n'),
    );
    expect(sink.transactions.map(each => each.type)).toEqual([
      'CTR 1002 reversal',
      'CTR 1508 reversal of a prior day',
      'CTR 1632 honoring a request for credit',
    ]);
    expect(sink.rejected.map(each => each.reason)).toEqual([
      'a request for reversal (type 1001): no money moves by it',
      'a request for reversal of a prior day transfer (type 1007): no money moves by it',
      'a request for credit (drawdown) (type 1031): no money moves by it',
      'a refusal of a request for credit (type 1033): no money moves by it',
      'a service message (type 1090): no money moves by it',
    ]);
  });

  it('rejects what it cannot read, in place, and tells what is missing', () => {
    const sink = read(
      [
        message({ 2000: '12,345' }),
        message({ 1510: null }),
        message({ 1510: '1055' }),
        message({ 3100: 'NO NUMBER' }),
        message({ 1500: '30        TP', 1520: null, 3400: null, 3600: null, 2000: '000000000000' }),
      ].join('\n'),
    );
    expect(sink.rejected.map(each => `${each.place.row}: ${each.reason}`)).toEqual([
      '1: the amount {2000} "12,345" is not twelve digits',
      '12: the message states no type and subtype that are known ({1510} is "")',
      '22: the message\'s subtype "55" is not known',
      '33: the sender {3100} "NO NUMBER" has no routing number',
    ]);
    expect(sink.rejected[0]?.raw).toContain('{2000}12,345');
    expect(sink.transactions.map(each => [each.amount.units, each.reference])).toEqual([[0, 'SENDER-REF']]);
    expect(sink.codes).toEqual([
      'fedwire.missing-tag',
      'fedwire.test-message',
      'fedwire.possible-duplicate',
      'fedwire.no-date',
    ]);
    expect(sink.warnings[0]?.message).toBe('A message lacks the mandatory {1520}, {3400}, {3600}');
  });

  it('tells a tag that the format does not have, and keeps it in the raw record', () => {
    const sink = read(message({ 1599: 'x' }));
    expect(sink.codes).toEqual(['fedwire.unknown-tag']);
    expect(sink.transactions).toHaveLength(1);
  });

  it('reads parties at fixed width, option F, unstructured addenda and instructed amounts', () => {
    const [transfer] = read(
      message({
        4200: `D${'987654321'.padEnd(34)}${'FIXED NAME'.padEnd(35)}`,
        5000: null,
        5010: 'TXID/123-45-6789*1/OPTION F NAME*2/STREET*',
        6000: null,
        8200: '0011WHAT IT WAS',
        3710: 'EUR11000,00*',
      }),
    ).transactions;
    expect(transfer).toMatchObject({
      counterparty: 'FIXED NAME',
      counterpartyAccount: '987654321',
      description: 'WHAT IT WAS; sender reference SENDER-REF; from OPTION F NAME 123-45-6789; instructed EUR11000,00',
    });
    const [toBank] = read(message({ 4200: null })).transactions;
    expect([toBank?.counterparty, toBank?.counterpartyAccount]).toEqual(['CITADEL', '231380104']);
  });

  it('refuses what holds no message, and rejects text before the first tag', () => {
    expect(refusalOf(createFedwireParser, '').code).toBe('fedwire.no-message');
    expect(refusalOf(createFedwireParser, 'no tags\n{15x0}').code).toBe('fedwire.no-message');
    expect(refusalOf(createFedwireParser, `{1500}${'x'.repeat(70_000)}`).code).toBe('fedwire.tag-too-long');
    const sink = read(`HEADING\n${message()}`);
    expect(sink.rejected.map(each => [each.reason, each.raw])).toEqual([['text before the first tag', 'HEADING']]);
    expect(sink.transactions.map(each => each.place.row)).toEqual([2]);
    expect(read(message().slice(0, 40)).rejected.length).toBe(1);
  });

  it('reads a byte order mark and windows-1252', () => {
    expect(read(`\uFEFF${message()}`).transactions[0]?.place.byteOffset).toBe(3);
    const bytes = Uint8Array.from([...message({ 6000: 'CAF\u00C9*' })].map(character => character.charCodeAt(0)));
    const { sink, parser } = readDocument(createFedwireParser, bytes);
    expect(sink.transactions[0]?.description).toContain('CAF\u00C9');
    expect(parser.encoding()).toBe('windows-1252');
  });
});

describe('the recognition of Fedwire messages', () => {
  it('knows tags and takes no table', () => {
    const sniff = (text: string) => sniffFormat(new TextEncoder().encode(text), hostCodec).format;
    expect(sniff(message())).toBe('fedwire');
    for (const text of ['{1500};a\n{1},2\n'.replace('{1500}', '{15}'), 'tag,text\n{1510},1000\n'])
      expect(sniff(text)).toBe('csv');
  });
});
