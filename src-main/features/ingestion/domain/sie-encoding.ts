import type { CodecFor, TextCodec } from '../../../kernel/text.ts';

const PC8 = 'cp437';
const WINDOWS_1252 = 'windows-1252';
/** å ä ö é ü Å Ä Ö É Ü in code page 437. */
const PC8_LETTERS = new Set([0x86, 0x84, 0x94, 0x82, 0x81, 0x8f, 0x8e, 0x99, 0x90, 0x9a]);
/** The same letters in ISO 8859-1 and windows-1252, where code page 437 has box drawing and Greek. */
const LATIN_LETTERS = new Set([0xe5, 0xe4, 0xf6, 0xe9, 0xfc, 0xc5, 0xc4, 0xd6, 0xc9, 0xdc]);

/**
 * Text of SIE lines that are no UTF-8. The format allows code page 437 alone (`#FORMAT PC8`, SIE 4B 5.7); files in
 * windows-1252 under the same label are met. A line is read as what most of its Swedish letters are in; one without
 * any as what the lines before it were.
 */
export class SieCodec implements TextCodec {
  private readonly pc8: TextCodec;
  private readonly latin: TextCodec;
  pc8Lines = 0;
  latinLines = 0;

  constructor(codecFor: CodecFor) {
    const pc8 = codecFor(PC8);
    const latin = codecFor(WINDOWS_1252);
    if (pc8 === null || latin === null) throw new Error(`no codec for ${PC8} or ${WINDOWS_1252}`);
    this.pc8 = pc8;
    this.latin = latin;
  }

  get encoding(): string {
    return this.latinLines > this.pc8Lines ? WINDOWS_1252 : PC8;
  }

  slice(bytes: Uint8Array, start: number, end: number): string {
    let votes = 0;
    for (let i = start; i < end; i++) {
      if (PC8_LETTERS.has(bytes[i]!)) votes++;
      else if (LATIN_LETTERS.has(bytes[i]!)) votes--;
    }
    const isLatin = votes === 0 ? this.latinLines > this.pc8Lines : votes < 0;
    if (isLatin) this.latinLines++;
    else this.pc8Lines++;
    return (isLatin ? this.latin : this.pc8).slice(bytes, start, end);
  }
}
