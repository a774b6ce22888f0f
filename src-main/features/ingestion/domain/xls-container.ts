import { FileRefused } from './statement-sink.ts';

const HEADER_BYTES = 512;
const ENTRY_BYTES = 128;
const HEADER_DIFAT = 109;
/** Sector numbers from here on are marks (free, end of chain …). */
const FIRST_MARK = 0xfffffffa;
const NO_STREAM = 0xffffffff;
const STREAM = 2;
const ROOT = 5;

const malformed = (what: string): never => {
  throw new FileRefused(
    'ole.malformed',
    `The OLE2 compound file contradicts itself: ${what}. Nothing of it was read; ask for an unaltered copy.`,
  );
};
const truncated = (what: string): never => {
  throw new FileRefused(
    'ole.truncated',
    `The OLE2 compound file is incomplete: ${what}. Nothing of it was read; ask for a complete copy.`,
  );
};

interface Entry {
  readonly name: string;
  readonly type: number;
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly start: number;
  readonly length: number;
}

/**
 * The streams at the root of an OLE2 compound file ([MS-CFB]), the container of documents of Office 97 to 2003 and of
 * encrypted newer ones. Throws FileRefused `ole.truncated`, `ole.malformed`.
 */
export class OleFile {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly sectorShift: number;
  private readonly fat: Uint32Array;
  private readonly entries: readonly Entry[];
  /** Streams and storages at the root, by name in lower case. */
  private readonly root: ReadonlyMap<string, Entry>;

  constructor(bytes: Uint8Array) {
    if (bytes.length < HEADER_BYTES) truncated(`it has ${bytes.length} bytes, less than its header`);
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const major = this.half(26);
    this.sectorShift = this.half(30);
    if (!((major === 3 && this.sectorShift === 9) || (major === 4 && this.sectorShift === 12)))
      malformed(`version ${major} with sectors of 2^${this.sectorShift} bytes`);
    this.fat = this.readFat();
    this.entries = this.readDirectory();
    this.root = this.readRoot();
  }

  /** Names of the streams and storages at the root, in lower case. */
  get names(): readonly string[] {
    return [...this.root.keys()];
  }

  /** The bytes of a stream at the root (name in lower case), null where there is none. */
  stream(name: string): Uint8Array | null {
    const entry = this.root.get(name);
    if (entry === undefined || entry.type !== STREAM) return null;
    if (entry.length >= this.word(56)) return this.chain(entry.start, entry.length, `stream "${entry.name}"`);
    return this.miniChain(entry);
  }

  private half(at: number): number {
    return this.view.getUint16(at, true);
  }

  private word(at: number): number {
    return this.view.getUint32(at, true);
  }

  private get sectorBytes(): number {
    return 1 << this.sectorShift;
  }

  private sectorStart(sector: number): number {
    return (sector + 1) * this.sectorBytes;
  }

  /** Offset of a whole sector that holds part of the container's own tables. */
  private tableSector(sector: number, what: string): number {
    const start = this.sectorStart(sector);
    if (start + this.sectorBytes > this.bytes.length) truncated(`sector ${sector} of its ${what} is missing`);
    return start;
  }

  private readFat(): Uint32Array {
    const words = this.sectorBytes / 4;
    const count = this.word(44);
    if (count * this.sectorBytes > this.bytes.length) truncated(`it counts ${count} sectors of allocation table`);
    const sectors: number[] = [];
    for (let i = 0; i < HEADER_DIFAT && sectors.length < count; i++) sectors.push(this.word(76 + 4 * i));
    let next = this.word(68);
    for (let i = 0; sectors.length < count; i++) {
      if (next >= FIRST_MARK || i > count) malformed('its allocation table is not all there');
      const start = this.tableSector(next, 'allocation table');
      for (let w = 0; w < words - 1 && sectors.length < count; w++) sectors.push(this.word(start + 4 * w));
      next = this.word(start + 4 * (words - 1));
    }
    const fat = new Uint32Array(count * words);
    for (const [i, sector] of sectors.entries()) {
      const start = this.tableSector(sector, 'allocation table');
      for (let w = 0; w < words; w++) fat[i * words + w] = this.word(start + 4 * w);
    }
    return fat;
  }

  /** Sectors of a chain; `least`: no fewer than these. */
  private sectors(start: number, least: number, what: string): number[] {
    const sectors: number[] = [];
    for (let sector = start; sector < FIRST_MARK; sector = this.fat[sector]!) {
      if (sector >= this.fat.length) malformed(`${what} leads out of the allocation table`);
      if (sectors.length > this.fat.length) malformed(`${what} runs in a circle`);
      sectors.push(sector);
    }
    if (sectors.length < least) truncated(`${what} has ${sectors.length} sectors of ${least}`);
    return sectors;
  }

  private chain(start: number, length: number, what: string): Uint8Array {
    if (length > this.bytes.length) truncated(`${what} is longer than the file`);
    const sectors = this.sectors(start, Math.ceil(length / this.sectorBytes), what);
    const stream = new Uint8Array(length);
    for (let i = 0; i * this.sectorBytes < length; i++) {
      const from = this.sectorStart(sectors[i]!);
      const needed = Math.min(this.sectorBytes, length - i * this.sectorBytes);
      if (from + needed > this.bytes.length) truncated(`${what} runs beyond its end`);
      stream.set(this.bytes.subarray(from, from + needed), i * this.sectorBytes);
    }
    return stream;
  }

  private miniChain({ name, start, length }: Entry): Uint8Array {
    const what = `stream "${name}"`;
    const root = this.entries[0]!;
    const mini = this.chain(root.start, root.length, 'the stream of small streams');
    const shift = this.half(32);
    const miniBytes = 1 << shift;
    const table = this.sectors(this.word(60), 0, 'the table of small streams');
    const words = this.sectorBytes / 4;
    const stream = new Uint8Array(length);
    let sector = start;
    for (let at = 0; at < length; at += miniBytes) {
      const needed = Math.min(miniBytes, length - at);
      const from = sector * miniBytes;
      if (sector >= FIRST_MARK || from + needed > mini.length) truncated(`${what} runs beyond its end`);
      stream.set(mini.subarray(from, from + needed), at);
      const tableSector = table[Math.floor(sector / words)];
      if (tableSector === undefined) malformed(`${what} leads out of its table`);
      sector = this.word(this.tableSector(tableSector!, 'table of small streams') + 4 * (sector % words));
    }
    return stream;
  }

  private readDirectory(): readonly Entry[] {
    const entries: Entry[] = [];
    const wide = this.half(26) === 4;
    for (const sector of this.sectors(this.word(48), 1, 'the directory')) {
      const start = this.tableSector(sector, 'directory');
      for (let at = start; at < start + this.sectorBytes; at += ENTRY_BYTES) {
        const units = Math.min(Math.max(this.half(at + 64) / 2 - 1, 0), 31);
        let name = '';
        for (let i = 0; i < units; i++) name += String.fromCharCode(this.half(at + 2 * i));
        entries.push({
          name,
          type: this.bytes[at + 66]!,
          left: this.word(at + 68),
          right: this.word(at + 72),
          child: this.word(at + 76),
          start: this.word(at + 116),
          // In version 3 the upper half may hold anything ([MS-CFB] 2.6.1).
          length: this.word(at + 120) + (wide ? this.word(at + 124) * 2 ** 32 : 0),
        });
      }
    }
    if (entries[0]?.type !== ROOT) malformed('its directory does not begin with the root');
    return entries;
  }

  private readRoot(): ReadonlyMap<string, Entry> {
    const found = new Map<string, Entry>();
    const open = [this.entries[0]!.child];
    const seen = new Set<number>();
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (id === NO_STREAM) continue;
      const entry = this.entries[id];
      if (entry === undefined || seen.has(id)) malformed('its directory leads astray');
      seen.add(id);
      found.set(entry!.name.toLowerCase(), entry!);
      open.push(entry!.left, entry!.right);
    }
    return found;
  }
}
