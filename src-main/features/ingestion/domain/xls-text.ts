import type { CodecFor, TextCodec } from '../../../kernel/text.ts';
import { type BiffStream, CONTINUE, refuseXls } from './xls-stream.ts';

const WIDE = 0x01;
const HAS_EXTENSION = 0x04;
const HAS_RUNS = 0x08;
/** Characters made into text in one step. */
const STEP = 4096;

/** Code pages by their number ([MS-XLS] 2.4.52) where their name is not made of it. */
const CODE_PAGES: Readonly<Record<number, string>> = {
  367: 'utf-8',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'cp949',
  950: 'big5',
  10000: 'macintosh',
  32768: 'macintosh',
  32769: 'windows-1252',
};

/** The codec of a code page; null where the host has none. */
export const codePage = (number: number, codecFor: CodecFor): TextCodec | null =>
  codecFor(CODE_PAGES[number] ?? (number >= 1250 && number <= 1258 ? `windows-${number}` : `cp${number}`));

/**
 * Reads texts of a BIFF stream that may run on in CONTINUE records. Before BIFF8 they are bytes of the workbook's code
 * page; from then on UTF-16 or its lower bytes alone, and a continued text states anew which ([MS-XLS] 2.5.293).
 */
export class BiffText {
  private readonly stream: BiffStream;
  private at = 0;
  private end = 0;

  constructor(stream: BiffStream) {
    this.stream = stream;
  }

  /** Moves to data of a record: [at, at + length). */
  move(at: number, length: number): void {
    this.at = at;
    this.end = at + length;
  }

  byte(): number {
    if (this.at >= this.end) this.goOn();
    return this.stream.bytes[this.at++]!;
  }

  half(): number {
    return this.byte() | (this.byte() << 8);
  }

  word(): number {
    return this.half() + this.half() * 0x10000;
  }

  /** Bytes in a code page. */
  bytes(length: number, codec: TextCodec): string {
    if (this.at + length > this.end) refuseXls('xls.malformed', `A text at byte ${this.at} is longer than its record.`);
    this.at += length;
    return codec.slice(this.stream.bytes, this.at - length, this.at);
  }

  /** A text of BIFF8 of a known number of characters, from its flags on; formatting and reading aids are passed over. */
  unicode(characters: number): string {
    const flags = this.byte();
    const runs = (flags & HAS_RUNS) === 0 ? 0 : this.half();
    const extension = (flags & HAS_EXTENSION) === 0 ? 0 : this.word();
    const text = this.characters(characters, (flags & WIDE) !== 0);
    this.skip(4 * runs + extension);
    return text;
  }

  private characters(count: number, isWide: boolean): string {
    const { bytes } = this.stream;
    let wide = isWide;
    let text = '';
    for (let left = count; left > 0; ) {
      if (this.at >= this.end) {
        this.goOn();
        wide = (this.byte() & WIDE) !== 0;
      }
      const size = wide ? 2 : 1;
      const here = Math.min(left, STEP, Math.floor((this.end - this.at) / size));
      if (here === 0) refuseXls('xls.malformed', `A character at byte ${this.at} is cut in two.`);
      const codes = new Uint16Array(here);
      for (let i = 0; i < here; i++)
        codes[i] = wide ? bytes[this.at + 2 * i]! | (bytes[this.at + 2 * i + 1]! << 8) : bytes[this.at + i]!;
      text += String.fromCharCode(...codes);
      this.at += here * size;
      left -= here;
    }
    return text;
  }

  private skip(count: number): void {
    for (let left = count; left > 0; ) {
      if (this.at >= this.end) this.goOn();
      const here = Math.min(left, this.end - this.at);
      this.at += here;
      left -= here;
    }
  }

  /** Goes on in the CONTINUE record that follows, empty ones passed over. */
  private goOn(): void {
    const { stream } = this;
    while (this.at >= this.end) {
      const next = this.end;
      const length = next + 4 <= stream.bytes.length && stream.half(next) === CONTINUE ? stream.half(next + 2) : -1;
      if (length < 0 || next + 4 + length > stream.bytes.length)
        refuseXls('xls.malformed', `A text at byte ${next} runs on and is not continued.`);
      this.move(next + 4, length);
    }
  }
}
