import { FileRefused } from './statement-sink.ts';

/** One file in a ZIP archive. */
export interface ZipEntry {
  /** As stored, `\` turned into `/`; bytes beyond ASCII stand as the characters of their numbers. */
  readonly name: string;
  /** 0 stored, 8 deflated; others are not read. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc32: number;
  readonly packedBytes: number;
  readonly plainBytes: number;
  /** Offset of the packed bytes. */
  readonly dataStart: number;
}

const ZIP_MAX_ENTRIES = 10_000;

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const END_BYTES = 22;
const LOCATOR_BYTES = 20;
const MAX_COMMENT_BYTES = 0xffff;
const IN_ZIP64 = 0xffffffff;

const refuse = (code: string, what: string): never => {
  throw new FileRefused(code, `${what} Nothing of the file was read; ask for an unaltered copy.`);
};
const malformed = (what: string): never => refuse('zip.malformed', `The ZIP container contradicts itself: ${what}.`);

interface End {
  readonly position: number;
  readonly entries: number;
  readonly directoryBytes: number;
  readonly directoryStart: number;
}

/**
 * The table of contents of a ZIP archive held in memory (PKWARE APPNOTE 6.3.10, ZIP64 included), believed only where
 * the archive agrees with itself: entries that overlap, run beyond the file, occur twice or have another name in their
 * local header are refused, for different readers would see different files. Throws FileRefused `zip.truncated`,
 * `zip.malformed`, `zip.overlap`, `zip.duplicate`, `zip.too-many-entries`.
 */
export const zipEntries = (bytes: Uint8Array): readonly ZipEntry[] => new Directory(bytes).entries();

class Directory {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  entries(): readonly ZipEntry[] {
    const end = this.end();
    if (end.entries > ZIP_MAX_ENTRIES)
      refuse('zip.too-many-entries', `The ZIP container holds ${end.entries} files, more than ${ZIP_MAX_ENTRIES}.`);
    if (end.directoryStart + end.directoryBytes > end.position) malformed('its directory runs over its end');
    const entries: ZipEntry[] = [];
    const spans: (readonly [start: number, end: number])[] = [];
    const names = new Set<string>();
    const last = end.directoryStart + end.directoryBytes;
    let at = end.directoryStart;
    for (let i = 0; i < end.entries; i++) {
      if (at + 46 > last || this.word(at) !== CENTRAL) malformed(`directory entry ${i + 1} is not where it should be`);
      const length = 46 + this.half(at + 28) + this.half(at + 30) + this.half(at + 32);
      if (at + length > last) malformed(`directory entry ${i + 1} runs over the directory`);
      const { entry, localStart } = this.entry(at, end.directoryStart);
      const folded = entry.name.toLowerCase();
      if (names.has(folded)) refuse('zip.duplicate', `The ZIP container holds two files named "${entry.name}".`);
      names.add(folded);
      entries.push(entry);
      spans.push([localStart, entry.dataStart + entry.packedBytes]);
      at += length;
    }
    if (at !== last) malformed('its directory holds more than the entries it counts');
    spans.sort((a, b) => a[0] - b[0]);
    for (let i = 1; i < spans.length; i++)
      if (spans[i]![0] < spans[i - 1]![1])
        refuse('zip.overlap', 'Two files in the ZIP container share bytes, as decompression bombs do.');
    return entries;
  }

  private half(at: number): number {
    return this.view.getUint16(at, true);
  }

  private word(at: number): number {
    return this.view.getUint32(at, true);
  }

  /** A 64-bit number that must lie within the file, as every size and offset does that is not a lie. */
  private long(at: number): number {
    const value = this.word(at) + this.word(at + 4) * 2 ** 32;
    return Number.isSafeInteger(value) ? value : malformed('a 64-bit number is larger than any file');
  }

  private end(): End {
    const { bytes } = this;
    const lowest = Math.max(0, bytes.length - END_BYTES - MAX_COMMENT_BYTES);
    for (let at = bytes.length - END_BYTES; at >= lowest; at--) {
      if (bytes[at] !== 0x50 || this.word(at) !== END || at + END_BYTES + this.half(at + 20) > bytes.length) continue;
      return this.endAt(at);
    }
    return refuse('zip.truncated', 'The ZIP container has no directory at its end: the file is incomplete.');
  }

  private endAt(at: number): End {
    if (this.half(at + 4) !== this.half(at + 6)) malformed('it is one part of several');
    const plain: End = {
      position: at,
      entries: this.half(at + 10),
      directoryBytes: this.word(at + 12),
      directoryStart: this.word(at + 16),
    };
    const locator = at - LOCATOR_BYTES;
    if (locator < 0 || this.word(locator) !== LOCATOR_64) return plain;
    const position = this.long(locator + 8);
    if (position + 56 > locator || this.word(position) !== END_64) malformed('its ZIP64 end is not where it says');
    const wide: End = {
      position,
      entries: this.long(position + 32),
      directoryBytes: this.long(position + 40),
      directoryStart: this.long(position + 48),
    };
    const agrees = (short: number, long: number, mark: number): boolean => short === mark || short === long;
    if (
      !agrees(plain.entries, wide.entries, 0xffff) ||
      !agrees(plain.directoryBytes, wide.directoryBytes, IN_ZIP64) ||
      !agrees(plain.directoryStart, wide.directoryStart, IN_ZIP64)
    )
      malformed('its two directories differ');
    return wide;
  }

  private entry(at: number, directoryStart: number): { entry: ZipEntry; localStart: number } {
    const nameLength = this.half(at + 28);
    const nameStart = at + 46;
    const name = this.name(nameStart, nameLength);
    const wide = this.wide(at, name);
    const { localStart, packedBytes } = wide;
    const method = this.half(at + 10);
    if (localStart + 30 > directoryStart || this.word(localStart) !== LOCAL)
      malformed(`"${name}" is not where its directory says`);
    const localName = this.half(localStart + 26);
    const dataStart = localStart + 30 + localName + this.half(localStart + 28);
    if (dataStart + packedBytes > directoryStart) malformed(`"${name}" is longer than its place`);
    if (this.half(localStart + 8) !== method || this.name(localStart + 30, localName) !== name)
      malformed(`"${name}" calls itself "${this.name(localStart + 30, localName)}" or is packed in another way`);
    const entry: ZipEntry = {
      name,
      method,
      encrypted: (this.half(at + 8) & 1) !== 0,
      crc32: this.word(at + 16),
      packedBytes,
      plainBytes: wide.plainBytes,
      dataStart,
    };
    return { entry, localStart };
  }

  /** Sizes and place of an entry, from its ZIP64 extra field where the short fields say so (APPNOTE 4.5.3). */
  private wide(at: number, name: string): { packedBytes: number; plainBytes: number; localStart: number } {
    let packedBytes = this.word(at + 20);
    let plainBytes = this.word(at + 24);
    let localStart = this.word(at + 42);
    if (packedBytes !== IN_ZIP64 && plainBytes !== IN_ZIP64 && localStart !== IN_ZIP64)
      return { packedBytes, plainBytes, localStart };
    let p = at + 46 + this.half(at + 28);
    const end = p + this.half(at + 30);
    while (p + 4 <= end && this.half(p) !== 1) p += 4 + this.half(p + 2);
    const fieldEnd = p + 4 <= end ? Math.min(end, p + 4 + this.half(p + 2)) : p;
    p += 4;
    const next = (): number => {
      if (p + 8 > fieldEnd) malformed(`the ZIP64 sizes of "${name}" are missing`);
      p += 8;
      return this.long(p - 8);
    };
    if (plainBytes === IN_ZIP64) plainBytes = next();
    if (packedBytes === IN_ZIP64) packedBytes = next();
    if (localStart === IN_ZIP64) localStart = next();
    return { packedBytes, plainBytes, localStart };
  }

  private name(start: number, length: number): string {
    if (start + length > this.bytes.length) malformed('a name runs beyond the file');
    let name = '';
    for (let i = 0; i < length; i++) name += String.fromCharCode(this.bytes[start + i]!);
    return name.replaceAll('\\', '/');
  }
}
