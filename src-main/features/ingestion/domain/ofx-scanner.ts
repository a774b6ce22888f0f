import type { TextCodec } from '../../../kernel/text.ts';
import { FileRefused } from './statement-sink.ts';

/** A piece of an OFX file. Places are bytes from the start of the file. */
export type OfxToken =
  | { readonly kind: 'open' | 'close' | 'empty'; readonly name: string; readonly start: number; readonly end: number }
  | { readonly kind: 'text'; readonly text: string; readonly start: number; readonly end: number };

const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const MAX_NAME_LENGTH = 64;

const isLetter = (code: number): boolean => (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
const isNamePart = (code: number): boolean =>
  isLetter(code) || (code >= 0x30 && code <= 0x39) || code === 0x2e || code === 0x5f || code === 0x2d;
const isBlank = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d);

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** Replaces the entities OFX knows and character references; any other ampersand stands for itself, as banks write it. */
const unescapeOfx = (text: string): string =>
  text.includes('&')
    ? text.replace(
        /&(?:(amp|lt|gt|quot|apos|nbsp)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));/g,
        (whole: string, name?: string, decimal?: string, hexadecimal?: string) => {
          if (name !== undefined) return ENTITIES[name] ?? whole;
          const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
          return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
            ? String.fromCodePoint(code)
            : whole;
        },
      )
    : text;

/**
 * Splits OFX, SGML or XML, into tags and texts. Markup is found in the bytes, so that every place is exact in any
 * encoding that keeps ASCII (`<` is never part of another character there) and in UTF-16. A `<` that begins no tag is text.
 */
export class OfxScanner {
  private readonly bytes: Uint8Array;
  private readonly codec: TextCodec;
  private readonly unitBytes: 1 | 2;
  private readonly lowByte: 0 | 1;
  private at: number;
  /** Tag names are upper case in OFX; only where the root itself is not, any case is taken. So `<b>` in a memo is text. */
  private anyCase = true;

  constructor(bytes: Uint8Array, start: number, codec: TextCodec, unitBytes: 1 | 2, lowByte: 0 | 1) {
    this.bytes = bytes;
    this.at = start;
    this.codec = codec;
    this.unitBytes = unitBytes;
    this.lowByte = lowByte;
  }

  /** The next piece of the file; null at its end. Throws FileRefused 'xml.doctype' or 'ofx.truncated'. */
  next(): OfxToken | null {
    while (this.at < this.bytes.length) {
      const start = this.at;
      if (this.unit(start) === LESS) {
        const tag = this.markup(start);
        if (tag === 'skipped') continue;
        if (tag) return tag;
      }
      return this.characters(start);
    }
    return null;
  }

  /** True where markup stands anywhere in the file (upper case stands for any case). */
  includes(markup: string): boolean {
    return this.indexOf(markup, this.at) >= 0;
  }

  /** Text of the bytes, undecoded. */
  raw(start: number, end: number): string {
    return this.codec.slice(this.bytes, start, end);
  }

  private unit(at: number): number {
    if (this.unitBytes === 1) return this.bytes[at] ?? -1;
    const low = this.bytes[at + this.lowByte] ?? -1;
    return this.bytes[at + 1 - this.lowByte] === 0 ? low : -1;
  }

  private startsWith(at: number, text: string): boolean {
    for (let i = 0; i < text.length; i++) {
      const wanted = text.charCodeAt(i);
      const unit = this.unit(at + i * this.unitBytes);
      if (unit !== wanted && !(isLetter(wanted) && unit === wanted + 0x20)) return false;
    }
    return true;
  }

  /** `text` begins with a mark, not with a letter. */
  private indexOf(text: string, from: number): number {
    const first = text.charCodeAt(0);
    if (this.unitBytes === 1) {
      for (let at = this.bytes.indexOf(first, from); at >= 0; at = this.bytes.indexOf(first, at + 1))
        if (this.startsWith(at, text)) return at;
      return -1;
    }
    for (let at = from; at < this.bytes.length; at += this.unitBytes)
      if (this.unit(at) === first && this.startsWith(at, text)) return at;
    return -1;
  }

  /** A tag at `start`, 'skipped' after a comment or instruction, or null where the `<` is text. */
  private markup(start: number): OfxToken | 'skipped' | null {
    const second = this.unit(start + this.unitBytes);
    if (second === 0x21) return this.declaration(start);
    if (second === 0x3f) return this.skipTo('?>', start, 'processing instruction');
    return this.tag(start, second === SLASH);
  }

  private declaration(start: number): OfxToken | 'skipped' | null {
    if (this.startsWith(start, '<!--')) return this.skipTo('-->', start, 'comment');
    if (this.startsWith(start, '<![CDATA[')) {
      const from = start + 9 * this.unitBytes;
      const close = this.indexOf(']]>', from);
      if (close < 0) this.truncated('CDATA section', start);
      this.at = close + 3 * this.unitBytes;
      return { kind: 'text', text: this.raw(from, close), start, end: this.at };
    }
    if (this.startsWith(start, '<!DOCTYPE') || this.startsWith(start, '<!ENTITY'))
      throw new FileRefused(
        'xml.doctype',
        `The OFX file declares a DOCTYPE or an entity (byte ${start}), which statements never need and attacks use. Nothing of the file was read.`,
      );
    return null;
  }

  private skipTo(close: string, start: number, what: string): 'skipped' {
    const found = this.indexOf(close, start);
    if (found < 0) this.truncated(what, start);
    this.at = found + close.length * this.unitBytes;
    return 'skipped';
  }

  private truncated(what: string, start: number): never {
    throw new FileRefused(
      'ofx.truncated',
      `The OFX file ends inside a ${what} that begins at byte ${start}. Nothing of it was read; ask for a complete copy.`,
    );
  }

  private tag(start: number, closing: boolean): OfxToken | null {
    const step = this.unitBytes;
    let at = start + (closing ? 2 : 1) * step;
    if (!isLetter(this.unit(at))) return null;
    let name = '';
    while (isNamePart(this.unit(at)) && name.length < MAX_NAME_LENGTH) {
      name += String.fromCharCode(this.unit(at));
      at += step;
    }
    let kind: 'open' | 'close' | 'empty' = closing ? 'close' : 'open';
    if (isBlank(this.unit(at)) && !closing) at = this.attributes(at);
    while (isBlank(this.unit(at))) at += step;
    if (this.unit(at) === SLASH && !closing) {
      kind = 'empty';
      at += step;
    }
    if (this.unit(at) !== GREATER) return null;
    const upper = name.toUpperCase();
    if (upper === 'OFX') this.anyCase = name !== upper;
    else if (!this.anyCase && name !== upper) return null;
    this.at = at + step;
    return { kind, name: upper, start, end: this.at };
  }

  /** Index after XML attributes (`name="value"`), or `from` where there are none. */
  private attributes(from: number): number {
    const step = this.unitBytes;
    let after = from;
    let at = from;
    for (;;) {
      while (isBlank(this.unit(at))) at += step;
      const nameStart = at;
      while (isNamePart(this.unit(at)) || this.unit(at) === 0x3a) at += step;
      if (at === nameStart || this.unit(at) !== 0x3d) return after;
      at += step;
      const quote = this.unit(at);
      if (quote !== 0x22 && quote !== 0x27) return after;
      do at += step;
      while (at < this.bytes.length && this.unit(at) !== quote);
      at += step;
      after = at;
    }
  }

  private characters(start: number): OfxToken {
    let at = start + this.unitBytes;
    if (this.unitBytes === 1) {
      const found = this.bytes.indexOf(LESS, at);
      at = found < 0 ? this.bytes.length : found;
    } else while (at < this.bytes.length && this.unit(at) !== LESS) at += 2;
    this.at = Math.min(at, this.bytes.length);
    return { kind: 'text', text: unescapeOfx(this.raw(start, this.at)), start, end: this.at };
  }
}
