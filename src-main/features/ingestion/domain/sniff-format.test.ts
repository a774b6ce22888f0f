import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CodecFor } from '../../../kernel/text.ts';
import { sniffFormat } from './sniff-format.ts';
import { codecOf } from './testing/recording-sink.ts';

const shared = new URL('../../../../../shared/data/', import.meta.url);
const codecFor: CodecFor = encoding =>
  codecOf(encoding, bytes => new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes));
const sniff = (content: string | Uint8Array) =>
  sniffFormat(typeof content === 'string' ? new TextEncoder().encode(content) : content, codecFor);
const utf16 = (text: string, bigEndian: boolean): Uint8Array => {
  const bytes = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i++) new DataView(bytes.buffer).setUint16(2 * i, text.charCodeAt(i), !bigEndian);
  return bytes;
};
const heads = (folder: string): readonly (readonly [string, Uint8Array])[] =>
  readdirSync(new URL(folder, shared))
    .filter(name => !name.includes('expected'))
    .map(name => [name, new Uint8Array(readFileSync(new URL(folder + name, shared))).subarray(0, 65_536)] as const);

describe('sniffFormat', () => {
  it.each([
    ['OFX 1.x header', 'OFXHEADER:100\r\nDATA:OFXSGML\r\n\r\n<OFX>', 'ofx'],
    ['blank lines before the header', '\n\n \nOFXHEADER:100\n', 'ofx'],
    ['SGML without header', '\r\n\r\n<OFX>\r\n<SIGNONMSGSRSV1>', 'ofx'],
    ['OFX 2.x', '<?xml version="1.0"?>\n<?OFX OFXHEADER="200"?>\n<!-- x -->\n<OFX>', 'ofx'],
    ['OFX with attributes', '<?xml version="1.0"?><OFX xmlns:x="y">', 'ofx'],
    [
      'camt.053 by namespace and message',
      '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.13"><BkToCstmrStmt>',
      'camt.053',
    ],
    [
      'camt.053 by namespace alone',
      `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><!--${'x'.repeat(99)}`,
      'camt.053',
    ],
    [
      'camt.052 with prefix',
      '<n:Document xmlns:n="urn:iso:std:iso:20022:tech:xsd:camt.052.001.06"><n:BkToCstmrAcctRpt>',
      'camt.052',
    ],
    ['camt.054 without namespace', '<Document><BkToCstmrDbtCdtNtfctn>', 'camt.054'],
    ['camt.053 without Document', '<BkToCstmrStmt><GrpHdr/>', 'camt.053'],
    ['camt.052 version 001.01', '<Document><BkToCstmrAcctRptV01>', 'camt.052'],
    [
      'camt in an envelope',
      '<?xml version="1.0"?><Saa:DataPDU xmlns:Saa="x"><Body><Document><BkToCstmrStmt>',
      'camt.053',
    ],
    ['MT940', '\n:20:STARTUMS\n:25:12345678/99\n:60F:C240101EUR1,\n', 'mt940'],
    ['MT942', ':20:R\n:25:A\n:34F:EURC0,\n', 'mt942'],
    ['QIF', '!Type:Bank\nD1/1/2024\n', 'qif'],
    ['BAI2', '01,A,B,240105,0900,1,80,1,2/\n02,', 'bai2'],
    ['a table', 'date;amount\n2024-01-01;5,00\n', 'csv'],
    ['a table that starts with <', '<5,abc\n<6,def\n', 'csv'],
    ['a table with a NUL', 'a,b,c\n\u0000,2,3\n', 'csv'],
    ['a table that names OFX in a cell', 'id,name\n1,<OFX> import\n', 'csv'],
  ])('knows %s', (_, text, format) => {
    expect(sniff(text)).toMatchObject({ format, encoding: 'utf-8' });
    expect(sniff(`\uFEFF${text}`).format).toBe(format);
    for (const bigEndian of [false, true]) {
      expect(sniff(utf16(`\uFEFF${text}`, bigEndian))).toMatchObject({
        format,
        encoding: bigEndian ? 'utf-16be' : 'utf-16le',
      });
      expect(sniff(utf16(text, bigEndian)).format).toBe(format);
    }
  });

  it.each([
    ['an empty file', '', 'file.empty', 'empty'],
    ['blanks', ' \r\n\t\n', 'file.empty', 'blanks'],
    ['gzip', Uint8Array.of(0x1f, 0x8b, 8, 0), 'format.unsupported', 'gzip'],
    ['zip', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0), 'format.unsupported', 'ZIP'],
    ['HTML', '<!DOCTYPE html><html>', 'format.unsupported', 'HTML'],
    [
      'other XML',
      '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.008.001.02"><CstmrDrctDbtInitn>',
      'format.unsupported',
      '"Document" in the namespace "urn:iso:std:iso:20022:tech:xsd:pain.008.001.02"',
    ],
    ['other XML with prefix', '<x:Order xmlns:x="u">', 'format.unsupported', '"Order"'],
    ['a DOCTYPE', '<?xml version="1.0"?><!DOCTYPE Document [<!ENTITY a "b">]><Document>', 'xml.doctype', 'DOCTYPE'],
    ['UTF-32', Uint8Array.of(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0), 'format.unsupported', 'UTF-32'],
    ['NULs', new Uint8Array(100), 'file.empty', 'blanks'],
  ])('refuses %s plainly', (_, content, code, word) => {
    const sniffed = sniff(content);
    expect(sniffed.format).toBeNull();
    expect(sniffed.refusal?.code).toBe(code);
    expect(sniffed.refusal?.message).toContain(word);
  });

  it('tells random bytes from text, from 64 bytes on', () => {
    let state = 1;
    const random = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes, seeded: the same bytes each run
      return state >>> 24;
    };
    for (let i = 0; i < 300; i++)
      expect(sniff(Uint8Array.from({ length: 64 + i * 8 }, random)).refusal?.code ?? 'text').toBe('file.binary');
  });

  it('takes other encodings as text', () => {
    expect(sniff(Uint8Array.from('Größe;Zürich\n', character => character.charCodeAt(0)))).toMatchObject({
      format: 'csv',
      encoding: 'windows-1252',
    });
    expect(sniff(new TextEncoder().encode('a;é').subarray(0, 3))).toMatchObject({ format: 'csv', encoding: 'utf-8' });
  });

  it('gives every real bank table to the table reader', () => {
    // One of them is no table: a journal of ledger that its peer made of one.
    for (const [name, head] of heads('statements/csv/'))
      expect([name, sniff(head).format]).toEqual([name, name.endsWith('.ledger') ? 'hledger' : 'csv']);
  });

  it('names workbooks, PDFs, QIF and MT940 for what they are', () => {
    for (const [name, head] of heads('statements/xlsx/')) expect([name, sniff(head).format]).toEqual([name, 'xlsx']);
    for (const [name, head] of heads('statements/pdf/')) expect([name, sniff(head).format]).toEqual([name, 'pdf']);
    for (const [name, head] of heads('statements/qif/').filter(([file]) => !file.includes('not_a_QIF')))
      expect([name, sniff(head).reason.includes('QIF')]).toEqual([name, true]);
    const mt940 = heads('statements/mt940/').filter(([, head]) => sniff(head).reason.includes('MT940'));
    expect(mt940.length).toBeGreaterThan(30);
  });
});
