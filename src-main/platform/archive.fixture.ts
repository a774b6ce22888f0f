import { crc32, deflateRawSync } from 'node:zlib';

/** A member to write, and what to write otherwise than the format asks: every lie a test needs is one of these. */
export interface Written {
  readonly name: string;
  readonly content?: Uint8Array | string;
  readonly stored?: boolean;
  readonly flags?: number;
  readonly method?: number;
  readonly attributes?: number;
  readonly host?: number;
  /** With a data descriptor after the bytes, marked by its signature or not; sizes in the local header are 0 then. */
  readonly descriptor?: 'marked' | 'bare';
  /** What the local header says instead. */
  readonly local?: {
    readonly name?: string;
    readonly bytes?: number;
    readonly packed?: number;
    readonly flags?: number;
  };
  /** What the central directory says instead. */
  readonly central?: {
    readonly bytes?: number;
    readonly packed?: number;
    readonly crc?: number;
    readonly localAt?: number;
  };
  /** Bytes put after the packed ones, counted as packed. */
  readonly after?: Uint8Array;
}

interface End {
  readonly entries?: number;
  readonly comment?: string;
  readonly disk?: number;
  readonly directoryAt?: number;
  /** Bytes between the central directory and the end record. */
  readonly before?: Uint8Array;
}

const record = (size: number, fields: readonly (readonly [at: number, bytes: 2 | 4, value: number])[]): Buffer => {
  const bytes = Buffer.alloc(size);
  for (const [at, width, value] of fields)
    if (width === 2) bytes.writeUInt16LE(value, at);
    else bytes.writeUInt32LE(value, at);
  return bytes;
};

/** Writes a ZIP archive (APPNOTE 6.3.10) by hand, so that a test can write what no packer would. */
export const zipOf = (members: readonly Written[], end: End = {}): Buffer => {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const member of members) {
    const content = Buffer.from(member.content ?? '');
    const deflated = member.stored === true ? content : deflateRawSync(content);
    const packed = Buffer.concat([deflated, member.after ?? new Uint8Array()]);
    const method = member.method ?? (member.stored === true ? 0 : 8);
    const name = Buffer.from(member.name);
    const localName = Buffer.from(member.local?.name ?? member.name);
    const described = member.descriptor !== undefined;
    const flags = (member.flags ?? 0x800) | (described ? 8 : 0);
    const crc = crc32(content);
    const local = record(30, [
      [0, 4, 0x04034b50],
      [4, 2, 20],
      [6, 2, member.local?.flags ?? flags],
      [8, 2, method],
      [14, 4, described ? 0 : crc],
      [18, 4, member.local?.packed ?? (described ? 0 : packed.length)],
      [22, 4, member.local?.bytes ?? (described ? 0 : content.length)],
      [26, 2, localName.length],
    ]);
    const values: [number, 4, number][] = [
      [0, 4, crc],
      [4, 4, packed.length],
      [8, 4, content.length],
    ];
    const descriptor = !described
      ? Buffer.alloc(0)
      : Buffer.concat([
          member.descriptor === 'marked' ? record(4, [[0, 4, 0x08074b50]]) : Buffer.alloc(0),
          record(12, values),
        ]);
    const central = record(46, [
      [0, 4, 0x02014b50],
      [4, 2, ((member.host ?? 3) << 8) | 20],
      [6, 2, 20],
      [8, 2, flags],
      [10, 2, method],
      [16, 4, member.central?.crc ?? crc],
      [20, 4, member.central?.packed ?? packed.length],
      [24, 4, member.central?.bytes ?? content.length],
      [28, 2, name.length],
      [38, 4, member.attributes ?? 0],
      [42, 4, member.central?.localAt ?? at],
    ]);
    directory.push(central, name);
    const written = [local, localName, packed, descriptor];
    parts.push(...written);
    at += written.reduce((sum, part) => sum + part.length, 0);
  }
  const listing = Buffer.concat(directory);
  const comment = Buffer.from(end.comment ?? '');
  const count = end.entries ?? members.length;
  const last = record(22, [
    [0, 4, 0x06054b50],
    [4, 2, end.disk ?? 0],
    [8, 2, count],
    [10, 2, count],
    [12, 4, listing.length],
    [16, 4, end.directoryAt ?? at],
    [20, 2, comment.length],
  ]);
  return Buffer.concat([...parts, listing, end.before ?? Buffer.alloc(0), last, comment]);
};
