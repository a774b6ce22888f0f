import type { CodecFor } from '../../../kernel/text.ts';
import { isBai2 } from './bai2-signature.ts';
import { camtFormatOf } from './camt-fields.ts';
import { isCoda } from './coda-signature.ts';
import { isFedwire } from './fedwire-signature.ts';
import { isSqlite } from './gnucash-signature.ts';
import { swiftStatement } from './mt940-signature.ts';
import { isNacha } from './nacha-signature.ts';
import { isNorma43 } from './norma43-signature.ts';
import { isPainMessage } from './pain-signature.ts';
import { isPdf } from './pdf-signature.ts';
import { textLedger } from './plaintext-ledger-signature.ts';
import { isQif } from './qif-signature.ts';
import { binaryWorkbook, textWorkbook } from './spreadsheet-signature.ts';
import type { FormatName } from './statement-sink.ts';
import { unicodeSignature } from './unicode-signature.ts';
import { invalidUtf8At } from './utf8-text.ts';
import { xmlLedgerFormat } from './xml-ledger-signature.ts';

/** What a file is, by its first bytes. `format` is null exactly where `refusal` says why it is not read. */
export interface SniffedFormat {
  readonly format: FormatName | null;
  readonly encoding: string;
  /** What the decision rests on, in plain words. */
  readonly reason: string;
  readonly refusal?: { readonly code: string; readonly message: string };
}

/** Containers and documents known by their first bytes (file signatures as listed by IANA and the formats' own specifications). */
const SIGNATURES: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['a gzip archive', [0x1f, 0x8b]],
  ['an empty ZIP archive', [0x50, 0x4b, 0x05, 0x06]],
  ['a 7-Zip archive', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['a RAR archive', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ['an xz archive', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['a bzip2 archive', [0x42, 0x5a, 0x68]],
  ['a Zstandard archive', [0x28, 0xb5, 0x2f, 0xfd]],
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG image', [0xff, 0xd8, 0xff]],
  ['a TIFF image', [0x49, 0x49, 0x2a, 0x00]],
  ['a TIFF image', [0x4d, 0x4d, 0x00, 0x2a]],
  ['an RTF document', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
];

/** Text formats that show what they are by their first characters. None may take a table (CSV) for its own. */
const RECOGNIZERS: readonly ((text: string) => { readonly format: FormatName; readonly reason: string } | null)[] = [
  textWorkbook,
  swiftStatement,
  text => (isQif(text) ? { format: 'qif', reason: 'begins with a header of QIF' } : null),
  text => (isBai2(text) ? { format: 'bai2', reason: 'begins with a file header of BAI2' } : null),
  text => (isCoda(text) ? { format: 'coda', reason: 'begins with a header record of CODA' } : null),
  text => (isNorma43(text) ? { format: 'norma43', reason: 'begins with an account header of Norma 43' } : null),
  text => (isNacha(text) ? { format: 'nacha', reason: 'begins with an ACH file header' } : null),
  text => (isFedwire(text) ? { format: 'fedwire', reason: 'begins with tags of a Fedwire message' } : null),
  textLedger,
];

/** Text formats that are not read; as a table they would give nonsense. */
const TEXT_FORMATS: readonly (readonly [name: string, isOne: (text: string) => boolean])[] = [
  ['an HTML page', text => /^\s*(?:<!DOCTYPE\s+html|<html[\s>])/i.test(text)],
];

const startsWith = (head: Uint8Array, bytes: readonly number[]): boolean => bytes.every((byte, i) => head[i] === byte);

const refused = (code: string, encoding: string, message: string): SniffedFormat => ({
  format: null,
  encoding,
  reason: message,
  refusal: { code, message },
});

const unsupported = (what: string, encoding = 'binary'): SniffedFormat =>
  refused(
    'format.unsupported',
    encoding,
    `The file is ${what}, which is not read yet. Export it as CSV, OFX or CAMT.053.`,
  );

const ZIP = 'a ZIP archive';
const ARCHIVE_AS_FILE =
  'The file is a ZIP archive. An archive is read by `nexus inspect`, `nexus examine` and imports, file by file; inside another one, as one table or as one side of a reconciliation it is not: unpack it and name the file that is meant.';

const zipKind = (head: Uint8Array): string => {
  let names = '';
  for (let i = 0; i < Math.min(head.length, 8192); i++) names += String.fromCharCode(head[i]!);
  if (/xl\/(?:workbook|worksheets|styles|sharedStrings|theme)/.test(names)) return 'an Excel workbook (.xlsx)';
  if (names.includes('opendocument.spreadsheet')) return 'an OpenDocument spreadsheet (.ods)';
  if (names.includes('[Content_Types].xml')) return 'a Microsoft Office document (such as .xlsx)';
  return ZIP;
};

/** Text has hardly any control characters; a few stray ones and NULs occur in real exports. Random bytes have one in eight. */
const isBinary = (text: string): boolean => {
  let controls = 0;
  let nuls = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0) nuls++;
    else if (
      code < 0x09 ||
      (code > 0x0d && code < 0x20 && code !== 0x1a && code !== 0x1b) ||
      (code >= 0x7f && code < 0xa0)
    )
      controls++;
  }
  return controls > Math.max(1, text.length * 0.02) || nuls > text.length * 0.3;
};

const isBlankText = (text: string): boolean => /^[\s\0\uFEFF]*$/.test(text);

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The namespace of the root names the message (`…:pain.008.001.02`) where its element says only `Document`. */
const namespaceNote = (attributes: string): string => {
  const namespace = /xmlns(?::[\w.-]+)?\s*=\s*["']([^"']{1,200})["']/.exec(attributes)?.[1];
  return namespace === undefined ? '' : ` in the namespace "${namespace}"`;
};

/** The format of a text that begins with an XML element, or null where it does not. */
const sniffXml = (text: string, encoding: string): SniffedFormat | null => {
  const prolog = /^\s*(?:<\?[\s\S]*?\?>\s*|<!--[\s\S]*?-->\s*)*/.exec(text)?.[0] ?? '';
  const body = text.slice(prolog.length);
  if (/^<!DOCTYPE/i.test(body))
    return refused(
      'xml.doctype',
      encoding,
      'The XML has a DOCTYPE, which statements never need and attacks use. Ask for a copy without it.',
    );
  const root =
    /^<([A-Za-z_][\w.:-]*)(\s[^<>]*)?\/?>/.exec(body) ??
    (prolog.includes('<?xml') ? /^<([A-Za-z_][\w.:-]*)([\s\S]*)/.exec(body) : null);
  if (!root) {
    if (!/<\?xml\s/.test(prolog)) return null;
    return refused(
      'format.unsupported',
      encoding,
      'The file begins as XML and has no element in its first part. It may be incomplete.',
    );
  }
  const rootName = localName(root[1] ?? '');
  const ledger = xmlLedgerFormat(rootName, body);
  if (ledger) return { ...ledger, encoding };
  for (const [, name] of body.matchAll(/<([A-Za-z_][\w.:-]*)/g)) {
    const format = camtFormatOf(localName(name ?? ''));
    if (format !== null) return { format, encoding, reason: `XML with the message element ${localName(name ?? '')}` };
    if (isPainMessage(localName(name ?? '')))
      return { format: 'pain.001', encoding, reason: `XML with the message element ${localName(name ?? '')}` };
  }
  const namespace = /xmlns(?::[\w.-]+)?\s*=\s*["']([^"']*\b(camt\.05[234])\.[^"']*)["']/.exec(root[2] ?? '');
  if (namespace)
    return { format: namespace[2] as FormatName, encoding, reason: `XML in the namespace ${namespace[1]}` };
  return refused(
    'format.unsupported',
    encoding,
    `The file is XML with the root element "${rootName}"${namespaceNote(root[2] ?? '')}, which is none of the formats that are read: OFX, CAMT.052, .053 and .054, pain.001, SAF-T, JPK_KR, XBRL GL, GnuCash. Ask for one of them, or for a table (CSV).`,
  );
};

const sniffText = (text: string, encoding: string): SniffedFormat => {
  const ofxHeader = /^\s*OFXHEADER\s*[:=]/i.test(text);
  const firstTag = /<([A-Za-z_][\w.:-]*)/.exec(text);
  const beforeTag = firstTag ? text.slice(0, firstTag.index) : text;
  if (ofxHeader) return { format: 'ofx', encoding, reason: 'begins with an OFX header' };
  if (
    firstTag?.[1]?.toUpperCase() === 'OFX' &&
    (beforeTag.trim() === '' || /^\s*<[?!]/.test(beforeTag) || /OFXHEADER/i.test(beforeTag))
  )
    return {
      format: 'ofx',
      encoding,
      reason: /<\?(xml|OFX)/i.test(beforeTag) ? 'OFX 2.x: XML with the root OFX' : 'its root element is OFX',
    };
  for (const recognize of RECOGNIZERS) {
    const found = recognize(text);
    if (found !== null) return { ...found, encoding };
  }
  for (const [name, isOne] of TEXT_FORMATS) if (isOne(text)) return unsupported(name, encoding);
  if (/^\s*</.test(text)) {
    const xml = sniffXml(text, encoding);
    if (xml) return xml;
  }
  return { format: 'csv', encoding, reason: 'text that is none of the marked-up formats: taken as a table' };
};

/**
 * Says what a file is from its first bytes (64 KiB are plenty; the whole of a smaller file), never from its name.
 * Refusal codes: `file.empty`, `file.binary`, `format.unsupported`, `xml.doctype`.
 */
export const sniffFormat = (head: Uint8Array, codecFor: CodecFor): SniffedFormat => {
  if (head.length === 0)
    return refused('file.empty', 'utf-8', 'The file is empty. Check that it was copied completely.');
  const workbook = binaryWorkbook(head);
  if (workbook !== null) return { ...workbook, encoding: 'utf-8' };
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04])) {
    const kind = zipKind(head);
    return kind === ZIP ? refused('format.unsupported', 'binary', ARCHIVE_AS_FILE) : unsupported(kind);
  }
  if (isPdf(head)) return { format: 'pdf', encoding: 'utf-8', reason: 'begins with the header of a PDF document' };
  if (isSqlite(head))
    return { format: 'gnucash', encoding: 'utf-8', reason: 'a SQLite database, as GnuCash keeps its books' };
  for (const [name, bytes] of SIGNATURES) if (startsWith(head, bytes)) return unsupported(name);
  const signature = unicodeSignature(head);
  if (signature?.encoding === 'utf-32') return unsupported('text in UTF-32', 'utf-32');
  const markLength = signature?.markLength ?? 0;
  const encoding = signature?.encoding ?? (invalidUtf8At(head, 0, head.length, true) < 0 ? 'utf-8' : 'windows-1252');
  const codec = codecFor(encoding);
  if (!codec) return unsupported(`text in ${encoding}`, encoding);
  const wide = encoding.startsWith('utf-16');
  const text = codec.slice(head, markLength, head.length - (wide ? (head.length - markLength) % 2 : 0));
  if (isBlankText(text))
    return refused('file.empty', encoding, 'The file holds nothing but blanks. Check that it was copied completely.');
  if (isBinary(text))
    return refused(
      'file.binary',
      'binary',
      'The file is binary data of no known kind, not text. Check that it is the right file and not encrypted.',
    );
  return sniffText(text, encoding);
};
