import type { CodecFor, TextCodec } from '../../../kernel/text.ts';
import { invalidUtf8At } from './utf8-text.ts';

/** Length of every record of an ACH file (Nacha Operating Rules, appendix three). */
export const NACHA_RECORD_LENGTH = 94;

/** One record; `text` is padded with blanks to 94 characters. */
export interface NachaRecord {
  /** 1-based ordinal of the record: its line, where each record has one. */
  readonly row: number;
  readonly text: string;
  /** Characters that the file has of it. */
  readonly length: number;
  readonly byteOffset: number;
  readonly byteLength: number;
}

/** A line that grows beyond this many records is cut while it is read. */
const LONG_LINE_BYTES = NACHA_RECORD_LENGTH * 4096;
const LF = 0x0a;
const CR = 0x0d;
const UTF8_MARK = [0xef, 0xbb, 0xbf];

/**
 * Cuts a stream of bytes into records of 94 characters, whether each stands on a line (of which trailing blanks may be
 * missing) or all run together without line ends. Blank lines count as rows and are left out.
 */
export class NachaRecords {
  private readonly utf8: TextCodec;
  private readonly legacy: TextCodec;
  private readonly onRecord: (record: NachaRecord) => void;
  private rest: Uint8Array = new Uint8Array(0);
  private offset = 0;
  private row = 0;
  private begun = false;
  private afterReturn = false;
  private isCutting = false;
  private legacyRecords = 0;

  constructor(codecFor: CodecFor, onRecord: (record: NachaRecord) => void) {
    const utf8 = codecFor('utf-8');
    const legacy = codecFor('windows-1252');
    if (utf8 === null || legacy === null) throw new Error('no codec for utf-8 or windows-1252');
    this.utf8 = utf8;
    this.legacy = legacy;
    this.onRecord = onRecord;
  }

  get encoding(): string {
    return (this.legacyRecords === 0 ? this.utf8 : this.legacy).encoding;
  }

  write(chunk: Uint8Array): void {
    let bytes = chunk;
    // Nothing of what was kept is a line end: only what is new has to be searched.
    const searched = this.rest.length;
    if (searched > 0) {
      bytes = new Uint8Array(searched + chunk.length);
      bytes.set(this.rest);
      bytes.set(chunk, searched);
    }
    if (!this.begun && bytes.length < UTF8_MARK.length) this.rest = bytes.slice();
    else this.consume(bytes, this.begun ? searched : 0);
  }

  end(): void {
    if (!this.begun) this.consume(this.rest, 0);
    if (this.rest.length > 0) this.line(this.rest, 0, this.rest.length);
    this.rest = new Uint8Array(0);
  }

  private consume(bytes: Uint8Array, searchFrom: number): void {
    let start = 0;
    let p = searchFrom;
    if (!this.begun) {
      this.begun = true;
      if (UTF8_MARK.every((byte, i) => bytes[i] === byte)) start = p = UTF8_MARK.length;
    }
    for (; p < bytes.length; p++) {
      const byte = bytes[p];
      if (this.afterReturn && byte === LF) {
        this.afterReturn = false;
        start = p + 1;
        continue;
      }
      this.afterReturn = byte === CR;
      if (byte !== LF && byte !== CR) continue;
      this.line(bytes, start, p);
      this.isCutting = false;
      start = p + 1;
    }
    const left = bytes.length - start;
    if (left >= LONG_LINE_BYTES) {
      const whole = left - (left % NACHA_RECORD_LENGTH);
      this.cut(bytes, start, start + whole);
      this.isCutting = true;
      start += whole;
    }
    this.offset += start;
    this.rest = bytes.slice(start);
  }

  private line(bytes: Uint8Array, start: number, end: number): void {
    if (start === end) {
      if (!this.isCutting) this.row++;
      return;
    }
    const text = this.decode(bytes, start, end);
    // A record whose names hold letters of several bytes is longer than 94 bytes.
    if (this.isCutting || text.trimEnd().length > NACHA_RECORD_LENGTH) this.cut(bytes, start, end);
    else this.send(text, start, end);
  }

  private cut(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end; at += NACHA_RECORD_LENGTH) {
      const to = Math.min(at + NACHA_RECORD_LENGTH, end);
      this.send(this.decode(bytes, at, to), at, to);
    }
  }

  private decode(bytes: Uint8Array, start: number, end: number): string {
    if (invalidUtf8At(bytes, start, end) < 0) return this.utf8.slice(bytes, start, end);
    this.legacyRecords++;
    return this.legacy.slice(bytes, start, end);
  }

  private send(text: string, start: number, end: number): void {
    this.row++;
    const trimmed = text.trimEnd();
    if (trimmed === '' || trimmed === '\u001a') return;
    this.onRecord({
      row: this.row,
      text: trimmed.padEnd(NACHA_RECORD_LENGTH),
      length: text.length,
      byteOffset: this.offset + start,
      byteLength: end - start,
    });
  }
}

/** Positions as the rules count them: from 1, both ends included. */
export const at = (record: NachaRecord, from: number, to: number): string => record.text.slice(from - 1, to);

/** An unsigned number of exactly these digits; null for anything else. */
export const digitsOf = (text: string): number | null => (/^\d+$/.test(text) ? Number(text) : null);
