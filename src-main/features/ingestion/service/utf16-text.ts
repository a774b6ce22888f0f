import type { FormatName } from '../domain/statement-sink.ts';

/** Readers that decode UTF-16 themselves, or read no text at all. Every other format is read by lines of UTF-8. */
const DECODES_ITSELF: ReadonlySet<FormatName> = new Set([
  'csv',
  'ofx',
  'camt.052',
  'camt.053',
  'camt.054',
  'pain.001',
  'saft',
  'xbrl-gl',
  'gnucash',
  'xlsx',
  'xls',
  'ods',
  'pdf',
]);

/** Turns UTF-16 into UTF-8 as it comes, without a byte order mark; what is no UTF-16 becomes U+FFFD. */
export class Utf16Text {
  private readonly decoder: TextDecoder;
  constructor(encoding: 'utf-16le' | 'utf-16be') {
    this.decoder = new TextDecoder(encoding);
  }
  write(bytes: Uint8Array): Uint8Array {
    return Buffer.from(this.decoder.decode(bytes, { stream: true }), 'utf8');
  }
  end(): Uint8Array {
    return Buffer.from(this.decoder.decode(), 'utf8');
  }
}

/** The converter a format's reader needs for a text in that encoding; null where it is given the bytes as they are. */
export const utf16TextFor = (format: FormatName, encoding: string): Utf16Text | null =>
  (encoding === 'utf-16le' || encoding === 'utf-16be') && !DECODES_ITSELF.has(format) ? new Utf16Text(encoding) : null;
