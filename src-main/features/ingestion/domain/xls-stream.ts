import { FileRefused } from './statement-sink.ts';

/** Versions of BIFF: Excel 2, 3, 4, 5 (and 95), 8 (97 to 2003). */
export type BiffVersion = 2 | 3 | 4 | 5 | 8;

export const CONTINUE = 0x003c;
const BOF_TYPES: ReadonlySet<number> = new Set([0x0009, 0x0209, 0x0409, 0x0809]);
const EOF = 0x000a;
const FILEPASS = 0x002f;

export const refuseXls = (code: string, what: string): never => {
  throw new FileRefused(code, `${what} Nothing of the file was read; ask for an unaltered copy.`);
};

/** The records of a BIFF stream: type, length, data ([MS-XLS] 2.1.4). */
export class BiffStream {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly version: BiffVersion;

  /** Throws FileRefused `xls.malformed` for a stream that does not begin as a workbook. */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.length < 8 || !this.beginsAt(0)) refuseXls('xls.malformed', 'The workbook does not begin as one.');
    const type = this.half(0);
    this.version = type === 0x0009 ? 2 : type === 0x0209 ? 3 : type === 0x0409 ? 4 : this.half(4) === 0x0600 ? 8 : 5;
  }

  half(at: number): number {
    return this.view.getUint16(at, true);
  }

  /** Whether a substream begins here. */
  beginsAt(at: number): boolean {
    return at + 8 <= this.bytes.length && BOF_TYPES.has(this.half(at));
  }

  /** What the substream that begins here is: 5 globals, 0x10 worksheet, 0x20 chart, 0x40 macro sheet, 0x100 workspace. */
  kindAt(at: number): number {
    return this.half(at + 6);
  }

  /**
   * Calls back for each record of a substream from its beginning to its end, nested ones (charts) left out. Throws
   * FileRefused `xls.truncated` where it does not end, `workbook.encrypted` where its records cannot be read.
   */
  walk(start: number, onRecord: (type: number, at: number, length: number) => void): void {
    let depth = 0;
    let at = start;
    while (at + 4 <= this.bytes.length) {
      const type = this.half(at);
      const length = this.half(at + 2);
      const data = at + 4;
      if (data + length > this.bytes.length) break;
      if (BOF_TYPES.has(type)) depth++;
      else if (type === EOF) {
        if (--depth <= 0) return;
      } else if (type === FILEPASS)
        throw new FileRefused(
          'workbook.encrypted',
          'The workbook is encrypted with a password. Open it in Excel, save it without a password and try again.',
        );
      else if (depth === 1) onRecord(type, data, length);
      at = data + length;
    }
    refuseXls('xls.truncated', `The workbook ends at byte ${this.bytes.length} inside a sheet: it is incomplete.`);
  }
}
