import type { CodecFor, TextCodec } from '../../../kernel/text.ts';
import { FileRefused } from './statement-sink.ts';
import { invalidUtf8At } from './utf8-text.ts';

/** A tag with its text, line ends taken out; `tag` is '' for text before the first tag. */
export interface FedwireTag {
  readonly tag: string;
  readonly text: string;
  /** 1-based line on which the tag begins. */
  readonly row: number;
  readonly byteOffset: number;
  readonly byteLength: number;
}

/** The longest element, unstructured addenda {8200}, has about 9,000 characters. */
const MAX_TAG_BYTES = 1 << 16;
const TAG_BYTES = 6;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const LF = 0x0a;
const UTF8_MARK_LENGTH = 3;

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** `{1510}` at bytes[at]. */
const isTagAt = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === OPEN &&
  isDigit(bytes[at + 1]) &&
  isDigit(bytes[at + 2]) &&
  isDigit(bytes[at + 3]) &&
  isDigit(bytes[at + 4]) &&
  bytes[at + 5] === CLOSE;

const isMark = (bytes: Uint8Array): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

/** Cuts a stream of bytes at the tags `{nnnn}` of the Fedwire Funds format, with or without line ends between them. */
export class FedwireTags {
  private readonly utf8: TextCodec;
  private readonly legacy: TextCodec;
  private readonly onTag: (tag: FedwireTag) => void;
  private rest: Uint8Array = new Uint8Array(0);
  private searched = 0;
  private offset = 0;
  private row = 1;
  private legacyTags = 0;

  constructor(codecFor: CodecFor, onTag: (tag: FedwireTag) => void) {
    const utf8 = codecFor('utf-8');
    const legacy = codecFor('windows-1252');
    if (utf8 === null || legacy === null) throw new Error('no codec for utf-8 or windows-1252');
    this.utf8 = utf8;
    this.legacy = legacy;
    this.onTag = onTag;
  }

  get encoding(): string {
    return (this.legacyTags === 0 ? this.utf8 : this.legacy).encoding;
  }

  write(chunk: Uint8Array): void {
    let bytes = chunk;
    if (this.rest.length > 0) {
      bytes = new Uint8Array(this.rest.length + chunk.length);
      bytes.set(this.rest);
      bytes.set(chunk, this.rest.length);
    }
    let start = 0;
    // A tag may lie across the edge of two chunks.
    let p = Math.max(0, this.searched);
    for (; p + TAG_BYTES <= bytes.length; p++) {
      if (!isTagAt(bytes, p)) continue;
      this.send(bytes, start, p);
      start = p;
    }
    if (bytes.length - start > MAX_TAG_BYTES)
      throw new FileRefused(
        'fedwire.tag-too-long',
        `The text that begins on line ${this.row} runs on for more than 64 KiB without a tag: this is no Fedwire message. Check that it is the right file.`,
        this.row,
      );
    this.offset += start;
    this.rest = bytes.slice(start);
    this.searched = Math.max(1, p - start);
  }

  end(): void {
    this.send(this.rest, 0, this.rest.length);
    this.rest = new Uint8Array(0);
  }

  private send(bytes: Uint8Array, from: number, end: number): void {
    const start = this.offset + from === 0 && isMark(bytes) ? UTF8_MARK_LENGTH : from;
    if (end <= start) return;
    const isUtf8 = invalidUtf8At(bytes, start, end) < 0;
    if (!isUtf8) this.legacyTags++;
    const text = (isUtf8 ? this.utf8 : this.legacy).slice(bytes, start, end);
    const isTag = isTagAt(bytes, start);
    // Line ends belong to the file, not to the text; those at its end are no part of the record.
    let byteEnd = end;
    while (byteEnd > start && (bytes[byteEnd - 1] ?? 0) <= 0x20) byteEnd--;
    this.onTag({
      tag: isTag ? text.slice(1, 5) : '',
      text: (isTag ? text.slice(TAG_BYTES) : text).replace(/[\r\n]+/g, ''),
      row: this.row,
      byteOffset: this.offset + start,
      byteLength: byteEnd - start,
    });
    for (let i = start; i < end; i++) if (bytes[i] === LF) this.row++;
  }
}
