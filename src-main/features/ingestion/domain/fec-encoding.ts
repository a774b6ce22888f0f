import type { CodecFor, TextCodec } from '../../../kernel/text.ts';

const ISO_8859_15 = 'iso-8859-15';
const WINDOWS_1252 = 'windows-1252';

/**
 * Text of FEC lines that are no UTF-8. The law names ISO 8859-15 (LPF art. A47 A-1, XII 1°); software on Windows writes
 * windows-1252 under that name. The two differ in eight characters and in 80–9F, which only windows-1252 gives letters:
 * a line with such a byte is read as windows-1252.
 */
export class FecCodec implements TextCodec {
  private readonly iso: TextCodec;
  private readonly windows: TextCodec;
  private windowsLines = 0;

  constructor(codecFor: CodecFor) {
    const iso = codecFor(ISO_8859_15);
    const windows = codecFor(WINDOWS_1252);
    if (iso === null || windows === null) throw new Error(`no codec for ${ISO_8859_15} or ${WINDOWS_1252}`);
    this.iso = iso;
    this.windows = windows;
  }

  get encoding(): string {
    return this.windowsLines > 0 ? WINDOWS_1252 : ISO_8859_15;
  }

  slice(bytes: Uint8Array, start: number, end: number): string {
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!;
      if (byte < 0x80 || byte > 0x9f) continue;
      this.windowsLines++;
      return this.windows.slice(bytes, start, end);
    }
    return this.iso.slice(bytes, start, end);
  }
}
