const AT = 0x40;
const CR = 0x0d;
const LF = 0x0a;
const COLON = 0x3a;
const UTF8_MARK = [0xef, 0xbb, 0xbf];
/** Bytes that show whether a file begins in this way: a byte order mark and `@@:`. */
const HEAD_LENGTH = UTF8_MARK.length + 3;

/** Whether bytes begin with `@@:`, a byte order mark aside. */
const beginsWithAtSigns = (bytes: Uint8Array): boolean => {
  const at = UTF8_MARK.every((byte, i) => bytes[i] === byte) ? UTF8_MARK.length : 0;
  return bytes[at] === AT && bytes[at + 1] === AT && bytes[at + 2] === COLON;
};

/**
 * German banks write `@@` where SWIFT has CR LF (Deutsche Kreditwirtschaft, DFÜ-Abkommen, Anlage 3, chapter 8: "@@" as
 * separator). A file that begins with `@@:` is given on with CR LF in its place, two bytes for two, so that places in the
 * file stay what they are; any other is given on as it is.
 */
export class AtLineBreaks {
  private readonly next: (chunk: Uint8Array) => void;
  private head: Uint8Array | null = new Uint8Array(0);
  private replaces = false;
  /** The last byte of the chunk before was an @ whose meaning the next byte settles. */
  private pending = false;

  constructor(next: (chunk: Uint8Array) => void) {
    this.next = next;
  }

  write(chunk: Uint8Array): void {
    const bytes = this.head === null ? chunk : this.begin(this.head, chunk);
    if (bytes !== null) this.give(bytes);
  }

  end(): void {
    if (this.head !== null) {
      const { head } = this;
      this.head = null;
      this.next(head);
    }
    if (this.pending) this.next(new Uint8Array([AT]));
  }

  /** Holds the first bytes back until they show how the file begins. */
  private begin(head: Uint8Array, chunk: Uint8Array): Uint8Array | null {
    const bytes = new Uint8Array(head.length + chunk.length);
    bytes.set(head);
    bytes.set(chunk, head.length);
    if (bytes.length < HEAD_LENGTH) {
      this.head = bytes;
      return null;
    }
    this.head = null;
    this.replaces = beginsWithAtSigns(bytes);
    return bytes;
  }

  private give(chunk: Uint8Array): void {
    if (!this.replaces) {
      this.next(chunk);
      return;
    }
    const bytes = new Uint8Array(chunk.length + (this.pending ? 1 : 0));
    if (this.pending) bytes[0] = AT;
    bytes.set(chunk, bytes.length - chunk.length);
    let end = bytes.length;
    for (let p = 0; p < bytes.length; p++) {
      if (bytes[p] !== AT) continue;
      if (p + 1 === bytes.length) end = p;
      else if (bytes[p + 1] === AT) {
        bytes[p] = CR;
        bytes[++p] = LF;
      }
    }
    this.pending = end < bytes.length;
    this.next(bytes.subarray(0, end));
  }
}
