import type { CodecFor, TextCodec } from '../../../kernel/text.ts';
import { FileRefused } from './statement-sink.ts';
import { unicodeSignature } from './unicode-signature.ts';
import { invalidUtf8At } from './utf8-text.ts';

/** What the lines or processing instructions before `<OFX>` state. Null is not stated. */
export interface OfxHeader {
  /** 100 for OFX 1.x (SGML), 200 for OFX 2.x (XML). */
  readonly headerVersion: string | null;
  readonly version: string | null;
  readonly security: string | null;
  readonly encoding: string | null;
  readonly charset: string | null;
  /** Encoding named by an XML declaration. */
  readonly xmlEncoding: string | null;
}

const HEADER_CHARACTERS = 4096;

/** Reads the header of either kind from the text before `<OFX>`; its parts may stand on lines of their own or on one. */
const ofxHeader = (text: string): OfxHeader => {
  const named = (name: string): string | null =>
    new RegExp(`\\b${name}\\s*[:=]\\s*["']?([A-Za-z0-9_.-]+)`, 'i').exec(text)?.[1] ?? null;
  return {
    headerVersion: named('OFXHEADER'),
    version:
      /(?<![A-Z])VERSION:\s*([\d.]+)/.exec(text)?.[1] ??
      /<\?OFX[^>]*\bVERSION\s*=\s*["']([\d.]+)/.exec(text)?.[1] ??
      null,
    security: named('SECURITY'),
    encoding: /ENCODING:\s*([\w.-]+)/.exec(text)?.[1]?.toUpperCase() ?? null,
    charset: /CHARSET:\s*([\w.-]+)/.exec(text)?.[1]?.toUpperCase() ?? null,
    xmlEncoding: /<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)/i.exec(text)?.[1]?.toLowerCase() ?? null,
  };
};

/** How the bytes of an OFX file are read. */
export interface OfxEncoding {
  readonly codec: TextCodec;
  readonly header: OfxHeader;
  readonly markLength: number;
  /** Bytes of one code unit of the markup: 2 in UTF-16, else 1. */
  readonly unitBytes: 1 | 2;
  /** Place of the low byte in a code unit. */
  readonly lowByte: 0 | 1;
  /** What the examiner must know where the bytes and the header disagree, else null. */
  readonly remark: string | null;
}

/** The encoding that a header names (OFX 1.0 and 2.3, section 2.2), or null where it names none. */
const declaredEncoding = (header: OfxHeader): string | null => {
  if (header.xmlEncoding !== null) return header.xmlEncoding === 'us-ascii' ? 'utf-8' : header.xmlEncoding;
  const { encoding, charset } = header;
  if (encoding !== null && /^(UTF-?8|UNICODE)$/.test(encoding)) return 'utf-8';
  if (charset === null || charset === 'NONE') return null;
  if (/^(UTF-?8|65001)$/.test(charset)) return 'utf-8';
  const iso = /^(?:ISO-?)?8859-?(\d{1,2})$/.exec(charset);
  if (iso) return `iso-8859-${iso[1]}`;
  return /^125\d$/.test(charset) ? `windows-${charset}` : charset.toLowerCase();
};

const latinText = (bytes: Uint8Array, start: number, end: number): string => {
  let text = '';
  for (let i = start; i < end; i++) if (bytes[i] !== 0) text += String.fromCharCode(bytes[i]!);
  return text;
};

const isAscii = (bytes: Uint8Array): boolean => {
  for (let i = 0; i < bytes.length; i++) if (bytes[i]! > 0x7f) return false;
  return true;
};

/**
 * Decides how an OFX file is read: byte order mark or UTF-16 pattern, then the header. Many banks name code page 1252
 * and write UTF-8, or the other way round: where the bytes rule the header out they are believed and it is told.
 * Throws FileRefused 'ofx.encoding' where the host has no such encoding.
 */
export const ofxEncoding = (bytes: Uint8Array, codecFor: CodecFor): OfxEncoding => {
  const signature = unicodeSignature(bytes);
  const markLength = signature?.markLength ?? 0;
  const text = latinText(bytes, markLength, Math.min(bytes.length, HEADER_CHARACTERS));
  const root = text.search(/<OFX[\s>]/i);
  const header = ofxHeader(root < 0 ? text : text.slice(0, root));
  const declared = declaredEncoding(header);
  const wide = signature?.encoding === 'utf-16le' || signature?.encoding === 'utf-16be';
  let encoding: string;
  let remark: string | null = null;
  const valid = invalidUtf8At(bytes, 0, bytes.length) < 0;
  if (signature) encoding = signature.encoding;
  else if (valid && isAscii(bytes)) encoding = declared !== null && codecFor(declared) ? declared : 'utf-8';
  // Text with accents in another encoding is practically never well-formed UTF-8.
  else if (valid) encoding = 'utf-8';
  else encoding = declared === null || /^utf-/.test(declared) ? 'windows-1252' : declared;
  if (!signature && declared !== encoding && !isAscii(bytes)) {
    const said = declared === null ? 'names no encoding' : `names the encoding ${declared}`;
    if (declared !== null || encoding !== 'utf-8')
      remark = `The header ${said}; by its bytes the file is read as ${encoding}`;
  }
  const codec = codecFor(encoding);
  if (!codec)
    throw new FileRefused(
      'ofx.encoding',
      `The OFX file is in the encoding "${encoding}", which is not read here. Have it exported as UTF-8.`,
    );
  return {
    codec,
    header,
    markLength,
    unitBytes: wide ? 2 : 1,
    lowByte: signature?.encoding === 'utf-16be' ? 1 : 0,
    remark,
  };
};
