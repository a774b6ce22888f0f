import { describe, expect, it } from 'vitest';
import { FileRefused } from './statement-sink.ts';
import { zipOf } from './testing/spreadsheet-files.ts';
import { zipEntries } from './zip-archive.ts';
import { crc32 } from './zip-crc32.ts';
import { ZipInflater } from './zip-inflate.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const codeOf = (step: () => unknown): string => {
  try {
    step();
  } catch (error) {
    if (error instanceof FileRefused) return error.code;
    throw error;
  }
  return 'read';
};
const contents = (zip: Uint8Array): Record<string, string> => {
  const inflater = new ZipInflater(zip);
  return Object.fromEntries(
    zipEntries(zip).map(entry => {
      const pieces: Uint8Array[] = [];
      inflater.read(entry, piece => pieces.push(piece.slice()));
      return [entry.name, text(Buffer.concat(pieces))];
    }),
  );
};
const FILES = { 'a.txt': 'first', 'folder/b.txt': 'x'.repeat(100_000), 'empty.txt': '' };
/** Offset of a signature, the nth from the start. */
const find = (zip: Uint8Array, signature: number, nth = 0): number => {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  for (let at = 0, seen = 0; at + 4 <= zip.length; at++)
    if (view.getUint32(at, true) === signature && seen++ === nth) return at;
  throw new Error('no such signature');
};
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const changed = (zip: Uint8Array, change: (view: DataView, bytes: Uint8Array) => void): Uint8Array => {
  const copy = zip.slice();
  change(new DataView(copy.buffer), copy);
  return copy;
};

describe('crc32', () => {
  it('gives the check value of the catalogue of CRC algorithms (CRC-32/ISO-HDLC: cbf43926)', () => {
    const bytes = new TextEncoder().encode('123456789');
    expect(crc32(0, bytes)).toBe(0xcbf43926);
    expect(crc32(crc32(0, bytes.subarray(0, 3)), bytes.subarray(3))).toBe(0xcbf43926);
  });
});

describe('zipEntries and ZipInflater', () => {
  it.each([0, 6] as const)('read what was packed at level %d', level => {
    expect(contents(zipOf(FILES, level))).toEqual(FILES);
  });

  it('take names with backslashes, trailing bytes and a comment', () => {
    const zip = zipOf({ 'xl\\workbook.xml': '<a/>' });
    expect(Object.keys(contents(zip))).toEqual(['xl/workbook.xml']);
    expect(Object.keys(contents(Buffer.concat([zip, Buffer.from('trailing')])))).toEqual(['xl/workbook.xml']);
  });

  it.each([
    ['an end that is cut off', (zip: Uint8Array) => zip.subarray(0, zip.length - 30), 'zip.truncated'],
    ['a beginning that is cut off', (zip: Uint8Array) => zip.subarray(10), 'zip.malformed'],
    [
      'an entry counted that is not there',
      (zip: Uint8Array) => changed(zip, view => view.setUint16(find(zip, END) + 10, 4, true)),
      'zip.malformed',
    ],
    [
      'an entry that is not counted',
      (zip: Uint8Array) => changed(zip, view => view.setUint16(find(zip, END) + 10, 2, true)),
      'zip.malformed',
    ],
    [
      'more entries than allowed',
      (zip: Uint8Array) => changed(zip, view => view.setUint16(find(zip, END) + 10, 20_000, true)),
      'zip.too-many-entries',
    ],
    [
      'another name in the local header',
      (zip: Uint8Array) => changed(zip, (_, bytes) => bytes.set([0x7a], find(zip, LOCAL) + 30)),
      'zip.malformed',
    ],
    [
      'two entries of one place',
      (zip: Uint8Array) =>
        changed(zip, (view, bytes) => {
          const second = find(zip, CENTRAL, 1);
          view.setUint32(second + 42, 0, true);
          bytes.set(new TextEncoder().encode('a.txt/b.txt'), second + 46);
        }),
      'zip.malformed',
    ],
    [
      'an entry that runs over the next one',
      (zip: Uint8Array) => changed(zip, view => view.setUint32(find(zip, CENTRAL) + 20, 60, true)),
      'zip.overlap',
    ],
    [
      'an entry that runs beyond its archive',
      (zip: Uint8Array) => changed(zip, view => view.setUint32(find(zip, CENTRAL) + 20, 0x7fffffff, true)),
      'zip.malformed',
    ],
    [
      'a ZIP64 size that is not given',
      (zip: Uint8Array) => changed(zip, view => view.setUint32(find(zip, CENTRAL) + 20, 0xffffffff, true)),
      'zip.malformed',
    ],
    [
      'a size that is a lie',
      (zip: Uint8Array) => changed(zip, view => view.setUint32(find(zip, CENTRAL) + 24, 6, true)),
      'zip.damaged',
    ],
    [
      'a check sum that does not match',
      (zip: Uint8Array) => changed(zip, view => view.setUint32(find(zip, CENTRAL) + 16, 1, true)),
      'zip.damaged',
    ],
    [
      'packed bytes that were changed',
      (zip: Uint8Array) =>
        changed(zip, (_, bytes) => bytes.set([0xff], find(zip, LOCAL, 1) + 30 + 'folder/b.txt'.length)),
      'zip.damaged',
    ],
    [
      'a password',
      (zip: Uint8Array) => changed(zip, view => view.setUint16(find(zip, CENTRAL) + 8, 1, true)),
      'zip.encrypted',
    ],
    [
      'an unknown method',
      (zip: Uint8Array) =>
        changed(zip, view => {
          view.setUint16(find(zip, CENTRAL) + 10, 14, true);
          view.setUint16(find(zip, LOCAL) + 8, 14, true);
        }),
      'zip.method',
    ],
    [
      'several volumes',
      (zip: Uint8Array) => changed(zip, view => view.setUint16(find(zip, END) + 4, 1, true)),
      'zip.malformed',
    ],
  ])('refuse %s', (_, change, code) => {
    expect(codeOf(() => contents(change(zipOf(FILES))))).toBe(code);
  });

  it('refuse two files of one name, whatever its case', () => {
    expect(codeOf(() => contents(zipOf({ 'a.xml': '1', 'A.XML': '2' })))).toBe('zip.duplicate');
  });

  it('refuse a bomb by what it says, and by what it does when it lies', () => {
    const bomb = zipOf({ 'bomb.xml': new Uint8Array(8 << 20) });
    expect(codeOf(() => contents(bomb))).toBe('zip.ratio');
    let received = 0;
    const [entry] = zipEntries(bomb);
    const lying = { ...entry!, plainBytes: 1000 };
    expect(codeOf(() => new ZipInflater(bomb).read(lying, piece => (received += piece.length)))).toBe('zip.ratio');
    expect(received).toBeLessThan(8 << 20);
  });

  it('read ZIP64 sizes where they are used and hold them against the short ones', () => {
    const plain = zipOf({ 'a.txt': 'first' }, 0);
    const directory = find(plain, CENTRAL);
    const length = 46 + 'a.txt'.length;
    const wide = (packed: number): Uint8Array => {
      const entry = new Uint8Array(length + 20);
      entry.set(plain.subarray(directory, directory + length));
      const view = new DataView(entry.buffer);
      view.setUint16(30, 20, true);
      view.setUint32(20, 0xffffffff, true);
      view.setUint32(24, 0xffffffff, true);
      view.setUint16(length, 1, true);
      view.setUint16(length + 2, 16, true);
      view.setUint32(length + 4, 5, true);
      view.setUint32(length + 12, packed, true);
      const end = plain.slice(find(plain, END));
      new DataView(end.buffer).setUint32(12, entry.length, true);
      return Buffer.concat([plain.subarray(0, directory), entry, end]);
    };
    expect(contents(wide(5))).toEqual({ 'a.txt': 'first' });
    expect(codeOf(() => contents(wide(500)))).toBe('zip.malformed');
  });
});
