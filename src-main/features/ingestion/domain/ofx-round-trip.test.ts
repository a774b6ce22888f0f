import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import type { CodecFor } from '../../../kernel/text.ts';
import { createOfxParser } from './ofx-parser.ts';
import { codecOf, RecordingSink } from './testing/recording-sink.ts';

const codecFor: CodecFor = encoding =>
  codecOf(encoding, bytes => new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes));

interface Written {
  readonly day: string;
  readonly amount: string;
  readonly name: string;
  readonly memo: string;
  readonly id: string;
}

/** Text as OFX can carry it: no control characters, no blank ends (values are trimmed), at least one visible character. */
const value = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map(text => text.replace(/\p{C}/gu, '').trim())
  .filter(text => text !== '');

const written: fc.Arbitrary<Written> = fc.record({
  day: fc.integer({ min: -10_000, max: 40_000 }).map(day => isoDate(day) ?? ''),
  amount: fc.tuple(fc.maxSafeInteger(), fc.nat(6)).map(([units, scale]) => formatUnits(units, scale)),
  name: value,
  memo: value,
  id: fc.stringMatching(/^[A-Za-z0-9.-]{1,20}$/),
});

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const asSgml = (list: readonly Written[]): string =>
  `OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nENCODING:UTF-8\r\nCHARSET:NONE\r\n\r\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>1</BANKACCTFROM><BANKTRANLIST>${list
    .map(
      ({ day, amount, name, memo, id }) =>
        `<STMTTRN>\r\n<TRNTYPE>OTHER\r\n<DTPOSTED>${day.replaceAll('-', '')}120000[0:GMT]\r\n<TRNAMT>${amount}\r\n<FITID>${id}\r\n<NAME>${escaped(name)}\r\n<MEMO>${escaped(memo)}\r\n</STMTTRN>`,
    )
    .join('\r\n')}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`;

const asXml = (list: readonly Written[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?><?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE"?><OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR</CURDEF><BANKACCTFROM><ACCTID>1</ACCTID></BANKACCTFROM><BANKTRANLIST>${list
    .map(
      ({ day, amount, name, memo, id }) =>
        `<STMTTRN><TRNTYPE>OTHER</TRNTYPE><DTPOSTED>${day.replaceAll('-', '')}</DTPOSTED><TRNAMT>${amount}</TRNAMT><FITID>${id}</FITID><NAME>${escaped(name)}</NAME><MEMO>${escaped(memo)}</MEMO></STMTTRN>`,
    )
    .join('')}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`;

const readInChunks = (text: string, cuts: readonly number[]): RecordingSink => {
  const bytes = new TextEncoder().encode(text);
  const sink = new RecordingSink();
  const parser = createOfxParser(sink, codecFor);
  let from = 0;
  for (const cut of [...cuts.map(share => Math.floor(share * bytes.length)), bytes.length].sort((a, b) => a - b)) {
    parser.write(bytes.subarray(from, cut));
    from = cut;
  }
  expect(parser.end()).toBeUndefined();
  return sink;
};

describe('OFX round trip', () => {
  it('gives back what was written, in SGML and in XML, however the file is cut into chunks', () => {
    fc.assert(
      fc.property(
        fc.array(written, { maxLength: 12 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
        (list, cuts) => {
          for (const text of [asSgml(list), asXml(list)]) {
            const sink = readInChunks(text, cuts);
            expect(sink.rejected).toEqual([]);
            expect(
              sink.transactions.map(each => ({
                day: isoDate(each.bookingDate),
                amount: formatUnits(each.amount.units, each.amount.scale),
                name: each.counterparty,
                memo: each.description,
                id: each.reference,
              })),
            ).toEqual(list);
            expect(sink).toEqual(readInChunks(text, []));
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
