import { SaxesParser } from 'saxes';
import type { CodecFor } from '../../../kernel/text.ts';
import { FileRefused } from './statement-sink.ts';
import { invalidUtf8At } from './utf8-text.ts';
import { type XmlEncoding, xmlEncoding } from './xml-encoding.ts';

/** Deepest nesting of elements that is read. ISO 20022 needs about 20. */
export const XML_MAX_DEPTH = 256;
/** Longest single piece of markup or text, in UTF-16 code units. */
export const XML_MAX_TOKEN_LENGTH = 1_048_576;
const XML_MAX_ATTRIBUTES = 256;
const PIECE_BYTES = 65_536;
const DECLARATION_BYTES = 1024;
const RAW_CHARACTERS = 2000;

/** Receives elements in document order, names without their namespace prefix. Text may come in several calls. */
export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close(name: string): void;
  text(text: string): void;
}

/** Index after the last byte of bytes[start, end) that ends a whole character. */
const wholeCharacters = (bytes: Uint8Array, start: number, end: number, source: XmlEncoding): number => {
  if (source.unitBytes === 1) return end;
  if (source.unitBytes === 2) {
    const even = end - ((end - start) % 2);
    const high = bytes[even - (source.codec.encoding === 'utf-16be' ? 2 : 1)] ?? 0;
    const isHighSurrogate = even > start && high >= 0xd8 && high <= 0xdb;
    return isHighSurrogate ? even - 2 : even;
  }
  for (let back = 1; back <= 3 && end - back >= start; back++) {
    const byte = bytes[end - back]!;
    if (byte < 0x80) return end;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? end - back : end;
  }
  return end;
};

/**
 * A streaming XML reader that a hostile file cannot use: no DOCTYPE, no entities but the five of XML, bounded depth,
 * token length and attribute count; memory does not grow with the file. It knows where in the bytes a record lies.
 * Throws FileRefused `xml.malformed`, `xml.truncated`, `xml.doctype`, `xml.entity`, `xml.too-deep`, `xml.too-large`
 * or `xml.encoding`, with line and column.
 */
export class XmlReader {
  private readonly handler: XmlHandler;
  private readonly codecFor: CodecFor;
  private readonly parser = new SaxesParser({ xmlns: false as const, position: false });
  private source: XmlEncoding | null = null;
  /** Bytes received and not yet parsed: the head until the encoding is known, later the cut end of a character. */
  private held = new Uint8Array(0);
  private ending = false;
  private closing = false;
  private depth = 0;
  private attributes = 0;
  private lastEventAt = 0;
  private replaced = false;
  private piece = '';
  private pieceCharacter = 0;
  private pieceByte = 0;
  private pieceIsAscii = true;
  /** A point of the piece whose place in bytes is known; asked places move forward. */
  private knownCharacter = 0;
  private knownByte = 0;
  /** The last `<` of earlier pieces: where a tag that runs over the piece's edge begins. */
  private openTagText = '';
  private openTagByte = 0;
  private recording = false;
  private recordEarlier = '';
  private recordFrom = 0;
  private recordByte = 0;

  constructor(handler: XmlHandler, codecFor: CodecFor) {
    this.handler = handler;
    this.codecFor = codecFor;
    this.listen();
  }

  /** The encoding in use; 'utf-8' until the first bytes have come. */
  get encoding(): string {
    return this.source?.codec.encoding ?? 'utf-8';
  }

  /** The encoding the XML declaration names, where the bytes contradict it. */
  get contradictedEncoding(): string | null {
    return this.source?.contradicted ?? null;
  }

  /** Whether some bytes had no meaning in the encoding and stand as U+FFFD. */
  get hasReplacedCharacters(): boolean {
    return this.replaced;
  }

  write(chunk: Uint8Array): void {
    let bytes = chunk;
    if (this.held.length > 0) {
      bytes = new Uint8Array(this.held.length + chunk.length);
      bytes.set(this.held);
      bytes.set(chunk, this.held.length);
    }
    let at = 0;
    if (this.source === null) {
      if (bytes.length < DECLARATION_BYTES && !this.ending) {
        this.held = bytes.slice();
        return;
      }
      this.source = xmlEncoding(bytes, this.codecFor);
      at = this.source.markLength;
      this.pieceByte = at;
    }
    while (at < bytes.length) {
      const wanted = Math.min(at + PIECE_BYTES, bytes.length);
      const last = this.ending && wanted === bytes.length;
      const end = last ? wanted : wholeCharacters(bytes, at, wanted, this.source);
      if (end === at) break;
      this.parse(this.source, bytes, at, end);
      at = end;
    }
    this.held = bytes.slice(at);
  }

  /** Completes the document. */
  end(): void {
    this.ending = true;
    this.write(new Uint8Array(0));
    this.closing = true;
    this.parser.close();
  }

  /** Called in `open`: the record begins at this element's tag. Returns the byte offset of its `<`. */
  beginRecord(): number {
    const start = this.piece.lastIndexOf('<', this.parser.position - this.pieceCharacter - 1);
    this.recording = true;
    this.recordFrom = Math.max(start, 0);
    this.recordEarlier = start < 0 ? this.openTagText : '';
    this.recordByte = start < 0 ? this.openTagByte : this.byteAt(start);
    return this.recordByte;
  }

  /** Called in `close`: the record ends with this tag. Returns its length in bytes and its text, cut to 2,000 characters. */
  endRecord(): { byteLength: number; raw: () => string } {
    const end = this.parser.position - this.pieceCharacter;
    const earlier = this.recordEarlier;
    const from = this.recordFrom;
    const piece = this.piece;
    this.recording = false;
    return {
      byteLength: this.byteAt(end) - this.recordByte,
      raw: () => (earlier + piece.slice(from, end)).slice(0, RAW_CHARACTERS),
    };
  }

  private refuse(code: string, what: string): never {
    throw new FileRefused(
      code,
      `${what} (line ${this.parser.line}, column ${this.parser.column}). Nothing of the file was read; ask for an unaltered copy.`,
    );
  }

  /**
   * Seven handlers and no more: with an eighth the parser object outgrows the engine's fast properties and all reading
   * takes four times as long (measured, Node 24). Comments and instructions count towards the token after them.
   */
  private listen(): void {
    const { parser, handler } = this;
    const local = (name: string): string => {
      const colon = name.indexOf(':');
      return colon < 0 ? name : name.slice(colon + 1);
    };
    parser.on('error', error => {
      const reason = error.message;
      if (this.closing) this.refuse('xml.truncated', `The XML ends before it is complete: ${reason}`);
      if (reason.includes('entity'))
        this.refuse('xml.entity', `The XML uses an entity that XML does not define: ${reason}`);
      // What saxes says where a second document follows the first: files that were joined, not damaged.
      const isJoined = /must be at the start of the document|one root|outside of root/.test(reason);
      this.refuse(
        'xml.malformed',
        `The XML is not well formed: ${reason}${isJoined ? ' Something follows the end of the document: should it be several documents in one file, import each on its own.' : ''}`,
      );
    });
    parser.on('doctype', () =>
      this.refuse('xml.doctype', 'The XML has a DOCTYPE, which statements never need and attacks use'),
    );
    parser.on('attribute', () => {
      this.token();
      if (++this.attributes > XML_MAX_ATTRIBUTES)
        this.refuse('xml.too-large', 'An XML element has too many attributes');
    });
    parser.on('opentag', tag => {
      this.token();
      this.attributes = 0;
      if (++this.depth > XML_MAX_DEPTH)
        this.refuse('xml.too-deep', `The XML is nested deeper than ${XML_MAX_DEPTH} elements`);
      handler.open(local(tag.name), tag.attributes);
    });
    parser.on('closetag', tag => {
      this.token();
      this.depth--;
      handler.close(local(tag.name));
    });
    const text = (value: string): void => {
      this.token();
      handler.text(value);
    };
    parser.on('text', text);
    parser.on('cdata', text);
  }

  /** A token ended here; its length since the one before is bounded. */
  private token(): void {
    const at = this.parser.position;
    if (at - this.lastEventAt > XML_MAX_TOKEN_LENGTH) this.tooLong();
    this.lastEventAt = at;
  }

  private tooLong(): never {
    this.refuse(
      'xml.too-large',
      `A text, attribute or tag in the XML is longer than ${XML_MAX_TOKEN_LENGTH} characters`,
    );
  }

  private parse(source: XmlEncoding, bytes: Uint8Array, start: number, end: number): void {
    const text = source.codec.slice(bytes, start, end);
    if (text.includes('\uFFFD')) this.checkCharacters(source, bytes, start, end);
    this.piece = text;
    this.pieceIsAscii = text.length === end - start;
    this.knownCharacter = 0;
    this.knownByte = this.pieceByte;
    this.parser.write(text);
    if (this.pieceCharacter + text.length - this.lastEventAt > XML_MAX_TOKEN_LENGTH) this.tooLong();
    if (this.recording) {
      const part = text.slice(this.recordFrom, this.recordFrom + RAW_CHARACTERS);
      this.recordEarlier = (this.recordEarlier + part).slice(0, RAW_CHARACTERS);
      this.recordFrom = 0;
    }
    const openTag = text.lastIndexOf('<');
    if (openTag >= 0) {
      this.openTagByte = this.byteAt(openTag);
      this.openTagText = text.slice(openTag, openTag + RAW_CHARACTERS);
    } else if (this.openTagText.length < RAW_CHARACTERS) this.openTagText += text.slice(0, RAW_CHARACTERS);
    this.pieceCharacter += text.length;
    this.pieceByte += end - start;
  }

  private checkCharacters(source: XmlEncoding, bytes: Uint8Array, start: number, end: number): void {
    if (source.unitBytes !== 0) {
      this.replaced = true;
      return;
    }
    // A character cut off by the file's end is a truncated file, which the parser will tell.
    const bad = invalidUtf8At(bytes, start, end, this.ending);
    if (bad < 0) return;
    throw new FileRefused(
      'xml.encoding',
      `The XML is not valid UTF-8 at byte ${this.pieceByte + bad - start} (after line ${this.parser.line}), so its text cannot be read for certain. Ask for a copy in the encoding that it declares.`,
    );
  }

  /** Place in the file's bytes of a character (UTF-16 index) of the current piece. */
  private byteAt(character: number): number {
    const unitBytes = this.source?.unitBytes ?? 0;
    if (unitBytes !== 0) return this.pieceByte + character * unitBytes;
    if (this.pieceIsAscii) return this.pieceByte + character;
    let at = this.knownCharacter;
    let byte = this.knownByte;
    if (character < at) {
      at = 0;
      byte = this.pieceByte;
    }
    const text = this.piece;
    for (; at < character; at++) {
      const code = text.charCodeAt(at);
      // A surrogate pair is four bytes in UTF-8: two for each half.
      byte += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3;
    }
    this.knownCharacter = at;
    this.knownByte = byte;
    return byte;
  }
}
