import type { ByteRange } from './byte-range.ts';
import { refused } from './source-file.ts';
import { codecFor } from './text-codec.ts';

/** One member of a ZIP archive as its central directory states it, checked against its local header. */
export interface ArchiveEntry {
  /** Its path inside the archive, parts separated by `/`. */
  readonly name: string;
  /** 0 stored, 8 deflated (APPNOTE 4.4.5). */
  readonly method: 0 | 8;
  readonly crc32: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where its packed bytes begin. */
  readonly dataOffset: number;
  readonly isFolder: boolean;
}

/** What an archive may still hold: shared by an archive and the archives in it. */
export interface ArchiveBudget {
  entries: number;
  bytes: number;
}
export const archiveBudget = (): ArchiveBudget => ({ entries: MAX_ENTRIES, bytes: MAX_ARCHIVE_BYTES });

const MAX_ENTRIES = 10_000;
export const MAX_ARCHIVE_BYTES = 2 * 1024 ** 3;
/** A member may unpack to this many times its packed size, once it is larger than the floor. */
const MAX_RATIO = 100;
const RATIO_FLOOR = 1 << 20;
/** A central directory of 10,000 entries with long names is far smaller. */
const MAX_DIRECTORY_BYTES = 64 << 20;

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const MAX_COMMENT = 0xffff;
const ZIP64_LOCATOR = 0x07064b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const CENTRAL_BYTES = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
const DESCRIPTOR_SIGNATURE = 0x08074b50;

const ENCRYPTED_FLAGS = 0x2041;
const DESCRIPTOR_FLAG = 0x0008;
const UTF8_FLAG = 0x0800;
/** Hosts whose external attributes hold a Unix file mode: Unix, OS X (APPNOTE 4.4.2.2). */
const UNIX_HOSTS = new Set([3, 19]);
const FILE_TYPE = 0xf000;
const REGULAR_FILE = 0x8000;
const FOLDER = 0x4000;
const DOS_FOLDER = 0x10;

type Refuse = (code: string, message: string, remedy?: string) => Error;

const UNPACK = 'Unpack it yourself and import the files you need.';

const buffered = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

interface End {
  readonly at: number;
  readonly entries: number;
  readonly directoryAt: number;
  readonly directoryBytes: number;
  readonly disks: boolean;
  readonly zip64: boolean;
}

/** The end record whose comment reaches exactly to the end of the archive; null where there is none. */
const endOf = (range: ByteRange): End | null => {
  const from = Math.max(0, range.length - END_BYTES - MAX_COMMENT);
  const tail = buffered(range.read(from, range.length - from));
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END_SIGNATURE) continue;
    if (at + END_BYTES + tail.readUInt16LE(at + 20) !== tail.length) continue;
    const entries = tail.readUInt16LE(at + 10);
    const directoryBytes = tail.readUInt32LE(at + 12);
    const directoryAt = tail.readUInt32LE(at + 16);
    const before = from + at >= 20 ? buffered(range.read(from + at - 20, 4)).readUInt32LE(0) : 0;
    return {
      at: from + at,
      entries,
      directoryAt,
      directoryBytes,
      disks:
        tail.readUInt16LE(at + 4) !== 0 || tail.readUInt16LE(at + 6) !== 0 || tail.readUInt16LE(at + 8) !== entries,
      zip64:
        before === ZIP64_LOCATOR || entries === 0xffff || directoryBytes === 0xffffffff || directoryAt === 0xffffffff,
    };
  }
  return null;
};

/** Names as they are written in the central directory, unchecked; null where there is none. To tell what an archive is. */
export const namesIn = (range: ByteRange): string[] | null => {
  const end = endOf(range);
  if (end === null || end.directoryBytes > MAX_DIRECTORY_BYTES) return null;
  const directory = buffered(range.read(end.directoryAt, end.directoryBytes));
  const names: string[] = [];
  for (let at = 0; at + CENTRAL_BYTES <= directory.length && names.length < MAX_ENTRIES; ) {
    if (directory.readUInt32LE(at) !== CENTRAL_SIGNATURE) break;
    const nameBytes = directory.readUInt16LE(at + 28);
    names.push(directory.toString('latin1', at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameBytes));
    at += CENTRAL_BYTES + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return names;
};

const nameOf = (bytes: Buffer, flags: number): string => {
  const utf8 = bytes.toString('utf8');
  // Many writers put UTF-8 without saying so; what is no UTF-8 is in the code page the format was born with (APPNOTE D.1).
  if ((flags & UTF8_FLAG) !== 0 || !utf8.includes('\uFFFD')) return utf8;
  return codecFor('cp437')?.slice(bytes, 0, bytes.length) ?? utf8;
};

/** A member's path, safe to show and to compare. */
const checkedName = (raw: string, refuse: Refuse): string => {
  const name = raw.replaceAll('\\', '/');
  const parts = name.split('/');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters in a name are what is refused here
  const unsafe = name === '' || name.startsWith('/') || /^[A-Za-z]:/.test(name) || /[\u0000-\u001f\u007f]/.test(name);
  if (unsafe || parts.includes('..'))
    throw refuse('archive.path', `the member name “${raw}” leads out of the archive or is none`);
  return parts.filter(part => part !== '.' && part !== '').join('/') + (name.endsWith('/') ? '/' : '');
};

interface Stated extends Omit<ArchiveEntry, 'dataOffset'> {
  readonly flags: number;
  readonly rawName: Buffer;
  readonly localAt: number;
}

const stated = (directory: Buffer, at: number, refuse: Refuse): { readonly entry: Stated; readonly next: number } => {
  if (at + CENTRAL_BYTES > directory.length || directory.readUInt32LE(at) !== CENTRAL_SIGNATURE)
    throw refuse('archive.damaged', 'its central directory is cut or damaged');
  const host = directory.readUInt8(at + 5);
  const flags = directory.readUInt16LE(at + 8);
  const method = directory.readUInt16LE(at + 10);
  const packedBytes = directory.readUInt32LE(at + 20);
  const bytes = directory.readUInt32LE(at + 24);
  const nameBytes = directory.readUInt16LE(at + 28);
  const localAt = directory.readUInt32LE(at + 42);
  const attributes = directory.readUInt32LE(at + 38);
  const next = at + CENTRAL_BYTES + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  if (next > directory.length) throw refuse('archive.damaged', 'its central directory is cut or damaged');
  const rawName = directory.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameBytes);
  const name = checkedName(nameOf(rawName, flags), refuse);
  if ((flags & ENCRYPTED_FLAGS) !== 0)
    throw refuse('archive.encrypted', `“${name}” is encrypted`, 'Unpack it with its password and import the files.');
  if (packedBytes === 0xffffffff || bytes === 0xffffffff || localAt === 0xffffffff)
    throw refuse('archive.zip64', `“${name}” is stored in the ZIP64 form`, UNPACK);
  if (method !== 0 && method !== 8)
    throw refuse('archive.method', `“${name}” is packed by method ${method}, not stored or deflated`, UNPACK);
  const mode = UNIX_HOSTS.has(host) ? (attributes >>> 16) & FILE_TYPE : 0;
  if (mode !== 0 && mode !== REGULAR_FILE && mode !== FOLDER)
    throw refuse('archive.symlink', `“${name}” is a link or a device, not a file`, UNPACK);
  const isFolder = name.endsWith('/') || mode === FOLDER || ((attributes & DOS_FOLDER) !== 0 && bytes === 0);
  if (isFolder && bytes > 0) throw refuse('archive.damaged', `“${name}” is a folder and holds bytes`);
  if (method === 0 && bytes !== packedBytes)
    throw refuse('archive.header-mismatch', `“${name}” is stored, and its two sizes differ`);
  if (bytes > RATIO_FLOOR && bytes > packedBytes * MAX_RATIO)
    throw refuse('archive.ratio', `“${name}” unpacks to more than ${MAX_RATIO} times its size`, UNPACK);
  const crc32 = directory.readUInt32LE(at + 16);
  return { entry: { name, method, crc32, packedBytes, bytes, isFolder, flags, rawName, localAt }, next };
};

/** Where a member's record ends, once its local header and, where there is one, its data descriptor say the same. */
const extentOf = (
  range: ByteRange,
  entry: Stated,
  refuse: Refuse,
): { readonly dataOffset: number; readonly end: number } => {
  const lie = (): Error =>
    refuse('archive.header-mismatch', `“${entry.name}”: its local header and the central directory disagree`);
  const header = buffered(range.read(entry.localAt, LOCAL_BYTES));
  if (header.length < LOCAL_BYTES || header.readUInt32LE(0) !== LOCAL_SIGNATURE) throw lie();
  const flags = header.readUInt16LE(6);
  const nameBytes = header.readUInt16LE(26);
  const name = range.read(entry.localAt + LOCAL_BYTES, nameBytes);
  if (flags !== entry.flags || header.readUInt16LE(8) !== entry.method || !entry.rawName.equals(name)) throw lie();
  const sizes = [header.readUInt32LE(14), header.readUInt32LE(18), header.readUInt32LE(22)];
  const wanted = [entry.crc32, entry.packedBytes, entry.bytes];
  const agree = (values: readonly number[]): boolean => values.every((value, i) => value === wanted[i]);
  const described = (flags & DESCRIPTOR_FLAG) !== 0;
  // Before a descriptor the three may be zero each, or already known (APPNOTE 4.4.4).
  const mayStand = described ? sizes.every((value, i) => value === 0 || value === wanted[i]) : agree(sizes);
  if (!mayStand) throw lie();
  const dataOffset = entry.localAt + LOCAL_BYTES + nameBytes + header.readUInt16LE(28);
  const dataEnd = dataOffset + entry.packedBytes;
  if (!described) return { dataOffset, end: dataEnd };
  const descriptor = buffered(range.read(dataEnd, 16));
  const values = (at: number): number[] =>
    descriptor.length >= at + 12 ? [0, 4, 8].map(step => descriptor.readUInt32LE(at + step)) : [];
  const marked = descriptor.length === 16 && descriptor.readUInt32LE(0) === DESCRIPTOR_SIGNATURE;
  if (marked && agree(values(4))) return { dataOffset, end: dataEnd + 16 };
  if (values(0).length === 3 && agree(values(0))) return { dataOffset, end: dataEnd + 12 };
  throw lie();
};

/**
 * The members of a ZIP archive (PKWARE APPNOTE 6.3.10) by its central directory, each checked against its local header,
 * before anything is unpacked. Takes what it holds from the budget. Throws NexusError `archive.*`: damaged, split, zip64,
 * too-many-entries, too-large, ratio, encrypted, method, path, duplicate-name, symlink, header-mismatch, overlap.
 */
export const readArchiveDirectory = (range: ByteRange, file: string, budget: ArchiveBudget): ArchiveEntry[] => {
  const refuse: Refuse = (code, message, remedy = 'Ask for the archive again, or for its files by themselves.') =>
    refused(file, code, `${file}: ${message}.`, remedy);
  const end = endOf(range);
  if (end === null)
    throw refuse('archive.damaged', 'it is a damaged or cut ZIP archive: it does not end with an end record');
  if (end.zip64) throw refuse('archive.zip64', 'it is an archive in the ZIP64 form', UNPACK);
  if (end.disks) throw refuse('archive.split', 'it is one part of a split archive', 'Join its parts and unpack them.');
  if (end.entries > budget.entries)
    throw refuse('archive.too-many-entries', `it holds more than ${MAX_ENTRIES} members`, UNPACK);
  if (end.directoryAt + end.directoryBytes !== end.at || end.directoryBytes > MAX_DIRECTORY_BYTES)
    throw refuse('archive.damaged', 'its central directory does not end where its end record begins');
  const directory = buffered(range.read(end.directoryAt, end.directoryBytes));
  const all: Stated[] = [];
  for (let at = 0; at < directory.length; ) {
    const { entry, next } = stated(directory, at, refuse);
    all.push(entry);
    at = next;
    if (all.length > end.entries) break;
  }
  if (all.length !== end.entries)
    throw refuse('archive.damaged', 'its end record counts other members than its central directory holds');
  const names = new Set(all.map(entry => entry.name));
  if (names.size !== all.length)
    throw refuse('archive.duplicate-name', 'two of its members have the same name: which one is meant cannot be known');
  const bytes = all.reduce((sum, entry) => sum + entry.bytes, 0);
  if (bytes > budget.bytes) throw refuse('archive.too-large', 'its members unpack to more than 2 GiB', UNPACK);
  if (bytes > RATIO_FLOOR && bytes > range.length * MAX_RATIO)
    throw refuse('archive.ratio', `it unpacks to more than ${MAX_RATIO} times its size`, UNPACK);

  const entries: ArchiveEntry[] = [];
  const extents: { readonly from: number; readonly to: number }[] = [];
  for (const entry of all) {
    const { dataOffset, end: to } = extentOf(range, entry, refuse);
    extents.push({ from: entry.localAt, to });
    const { name, method, crc32, packedBytes, bytes: unpacked, isFolder } = entry;
    entries.push({ name, method, crc32, packedBytes, bytes: unpacked, isFolder, dataOffset });
  }
  extents.sort((a, b) => a.from - b.from);
  extents.forEach(({ to }, i) => {
    if (to > (extents[i + 1]?.from ?? end.directoryAt))
      throw refuse('archive.overlap', 'members of it overlap each other');
  });
  budget.entries -= all.length;
  budget.bytes -= bytes;
  return entries;
};
