/** CRC-32 with the reversed polynomial EDB88320, as printed in the specification (SIE 4B, 10). */
const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MARK = [...'#KSUMMA'].map(character => character.charCodeAt(0));
/** A check sum that has not begun by then is none: it stands among the first items. */
const MARK_BY_LINE = 40;

/**
 * The check sum of a SIE file (`#KSUMMA`), over its own bytes: label and field contents of every item between the two
 * `#KSUMMA`, without the blanks, tabs and braces outside quotes, the quotes themselves and the line ends.
 */
export class SieChecksum {
  private state: 'before' | 'counting' | 'closed' = 'before';
  private crc = 0xffffffff;
  private line: number[] = [];
  private lines = 0;

  /** Whether the file began a check sum. */
  get begun(): boolean {
    return this.state !== 'before';
  }

  /** Whether it was closed. */
  get closed(): boolean {
    return this.state === 'closed';
  }

  /** The check sum, unsigned. */
  get value(): number {
    return (this.crc ^ 0xffffffff) >>> 0;
  }

  write(chunk: Uint8Array): void {
    if (this.state === 'closed' || (this.state === 'before' && this.lines > MARK_BY_LINE)) return;
    for (const byte of chunk) {
      if (byte === LF || byte === CR) this.endLine();
      else this.line.push(byte);
    }
  }

  private endLine(): void {
    const bytes = this.line;
    this.line = [];
    if (MARK.every((byte, i) => bytes[i] === byte)) {
      this.state = this.state === 'before' ? 'counting' : 'closed';
      return;
    }
    if (this.state === 'before') this.lines++;
    else if (this.state === 'counting') this.add(bytes);
  }

  private add(bytes: readonly number[]): void {
    let inQuotes = false;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (byte === QUOTE) {
        inQuotes = !inQuotes;
        continue;
      }
      if (inQuotes && byte === BACKSLASH && bytes[i + 1] === QUOTE) {
        this.step(QUOTE);
        i++;
      } else if (inQuotes || (byte !== 0x20 && byte !== 0x09 && byte !== 0x7b && byte !== 0x7d)) this.step(byte);
    }
  }

  private step(byte: number): void {
    this.crc = TABLE[(this.crc ^ byte) & 0xff]! ^ (this.crc >>> 8);
  }
}
