import type { CodecFor, TextCodec } from '../../../kernel/text.ts';
import { FileRefused } from './statement-sink.ts';
import { unicodeSignature } from './unicode-signature.ts';

/** The encoding an XML file is read in. */
export interface XmlEncoding {
  readonly codec: TextCodec;
  /** Bytes of the byte order mark, before the text. */
  readonly markLength: number;
  /** Bytes of one UTF-16 code unit of the text: 1 single-byte encoding, 2 UTF-16, 0 UTF-8 (varies). */
  readonly unitBytes: 0 | 1 | 2;
  /** What the XML declaration names where the bytes say otherwise, else null. */
  readonly contradicted: string | null;
}

/** Only encodings in which each character's bytes can be found again; UTF-7, EBCDIC and the like have been used to hide markup. */
const SINGLE_BYTE = /^(iso-8859-\d{1,2}|windows-(125\d|874)|koi8-[ru])$/;
const ALIASES: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  latin1: 'iso-8859-1',
  'iso8859-1': 'iso-8859-1',
  'iso_8859-1': 'iso-8859-1',
  cp1252: 'windows-1252',
  cp1250: 'windows-1250',
  cp1251: 'windows-1251',
};

const asciiText = (bytes: Uint8Array, end: number): string => {
  let text = '';
  for (let i = 0; i < end; i++) text += String.fromCharCode(bytes[i]!);
  return text;
};

const codecOrRefuse = (encoding: string, codecFor: CodecFor): TextCodec => {
  const codec = codecFor(encoding);
  if (codec) return codec;
  throw new FileRefused(
    'xml.encoding',
    `The XML is in the encoding "${encoding}", which is not read here. Have the file exported as UTF-8.`,
  );
};

/**
 * Decides the encoding from the file's first bytes (XML 1.0, appendix F): byte order mark or UTF-16 pattern first, then
 * the XML declaration, then UTF-8. Where the bytes contradict the declaration the bytes are believed and the
 * contradiction is told. `head` holds the whole XML declaration. Throws FileRefused 'xml.encoding'.
 */
export const xmlEncoding = (head: Uint8Array, codecFor: CodecFor): XmlEncoding => {
  const signature = unicodeSignature(head);
  if (signature?.encoding === 'utf-32')
    throw new FileRefused(
      'xml.encoding',
      'The XML is in UTF-32, which is not read here. Have the file exported as UTF-8.',
    );
  const limit = Math.min(head.length, 1024);
  const declaration = asciiText(head, limit).replaceAll('\0', '');
  const declared =
    /^[^<]*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][\w.-]*)["']/.exec(declaration)?.[1]?.toLowerCase() ?? null;
  const named = declared === null ? null : (ALIASES[declared] ?? declared);
  if (signature) {
    const { encoding, markLength } = signature;
    const agrees =
      named === null || named === encoding || (named.startsWith('utf-16') && encoding.startsWith('utf-16'));
    const codec = codecOrRefuse(encoding, codecFor);
    return { codec, markLength, unitBytes: encoding === 'utf-8' ? 0 : 2, contradicted: agrees ? null : declared };
  }
  if (named !== null && SINGLE_BYTE.test(named))
    return { codec: codecOrRefuse(named, codecFor), markLength: 0, unitBytes: 1, contradicted: null };
  // The declaration was legible as single bytes, so the text cannot be UTF-16: written by a program, then saved anew.
  const mislabelled = named !== null && /^(utf-16|ucs-2|iso-10646-ucs-2)/.test(named);
  if (named !== null && named !== 'utf-8' && !mislabelled)
    throw new FileRefused(
      'xml.encoding',
      `The XML declares the encoding "${declared}", which is not read here. Have the file exported as UTF-8.`,
    );
  return {
    codec: codecOrRefuse('utf-8', codecFor),
    markLength: 0,
    unitBytes: 0,
    contradicted: mislabelled ? declared : null,
  };
};
