import type { CodecFor, TextCodec } from '../../../kernel/text.ts';
import { builtInKind, DATE, formatKind, NUMBER, type NumberKind, TIME } from './spreadsheet-number-format.ts';
import { type BiffStream, refuseXls } from './xls-stream.ts';
import { BiffText, codePage } from './xls-text.ts';

const CODEPAGE = 0x0042;
const DATEMODE = 0x0022;
const BOUNDSHEET = 0x0085;
const SST = 0x00fc;
const FORMAT_TYPES: ReadonlySet<number> = new Set([0x001e, 0x041e]);
const XF_TYPES: ReadonlySet<number> = new Set([0x0243, 0x0443, 0x00e0]);

export interface BiffSheetPlace {
  readonly name: string;
  /** Where its substream begins. */
  readonly position: number;
  readonly isHidden: boolean;
  /** 0 worksheet, 1 macro sheet, 2 chart, 6 module. */
  readonly type: number;
}

/**
 * What the sheets of a workbook share: sheet names, strings, formats, date system ([MS-XLS] 2.1.7.20.3). In BIFF2 to 4
 * these records stand in the one sheet itself, and formats are numbered by their order.
 */
export class BiffGlobals {
  readonly sheets: BiffSheetPlace[] = [];
  readonly strings: string[] = [];
  date1904 = false;
  codec: TextCodec;
  /** A code page the host does not know; texts were read as windows-1252. */
  unknownCodePage: number | null = null;
  private readonly stream: BiffStream;
  private readonly codecFor: CodecFor;
  private readonly text: BiffText;
  private readonly formats = new Map<number, NumberKind>();
  private readonly styles: number[] = [];

  constructor(stream: BiffStream, codecFor: CodecFor) {
    const western = codecFor('windows-1252');
    if (western === null) throw new Error('no codec for windows-1252');
    this.codec = western;
    this.stream = stream;
    this.codecFor = codecFor;
    this.text = new BiffText(stream);
    // The code page may stand behind the texts it is of.
    stream.walk(0, (type, at, length) => {
      if (type === CODEPAGE && length >= 2) this.setCodePage(stream.half(at));
    });
    stream.walk(0, (type, at, length) => this.record(type, at, length));
  }

  /** What a style makes of numbers. */
  kindOfStyle(style: number): NumberKind {
    return this.kindOfFormat(this.styles[style] ?? 0);
  }

  /** What a number format makes of numbers. */
  kindOfFormat(format: number): NumberKind {
    return this.formats.get(format) ?? (this.stream.version === 2 ? builtInKind2(format) : builtInKind(format));
  }

  private setCodePage(number: number): void {
    // 1200 is UTF-16, which BIFF8 always uses.
    if (number === 1200) return;
    const codec = codePage(number, this.codecFor);
    if (codec === null) this.unknownCodePage = number;
    else this.codec = codec;
  }

  private record(type: number, at: number, length: number): void {
    const { stream, text } = this;
    text.move(at, length);
    if (FORMAT_TYPES.has(type)) this.format();
    else if (XF_TYPES.has(type)) this.styles.push(type === 0x00e0 ? stream.half(at + 2) : stream.bytes[at + 1]!);
    else if (type === DATEMODE) this.date1904 = stream.half(at) === 1;
    else if (type === BOUNDSHEET) this.boundSheet(at, length);
    else if (type === SST) this.sharedStrings();
  }

  private format(): void {
    const { stream, text, codec } = this;
    const { version } = stream;
    if (version >= 5) {
      const index = text.half();
      const code = version === 8 ? text.unicode(text.half()) : text.bytes(text.byte(), codec);
      this.formats.set(index, formatKind(code));
      return;
    }
    if (version === 4) text.half();
    this.formats.set(this.formats.size, formatKind(text.bytes(text.byte(), codec)));
  }

  private boundSheet(at: number, length: number): void {
    if (length < 7) refuseXls('xls.malformed', 'The workbook has a sheet record that is too short.');
    const { stream, text } = this;
    text.move(at + 6, length - 6);
    const characters = text.byte();
    this.sheets.push({
      name: stream.version === 8 ? text.unicode(characters) : text.bytes(characters, this.codec),
      position: stream.view.getUint32(at, true),
      isHidden: (stream.bytes[at + 4]! & 3) !== 0,
      type: stream.bytes[at + 5]!,
    });
  }

  private sharedStrings(): void {
    const { text } = this;
    text.word();
    const count = text.word();
    // Each takes three bytes at least: the count cannot be a lie that fills the memory.
    if (count * 3 > this.stream.bytes.length)
      refuseXls('xls.malformed', `The workbook counts ${count} texts, more than it has room for.`);
    for (let i = 0; i < count; i++) this.strings.push(text.unicode(text.half()));
  }
}

/** Formats of Excel 2 by number, where a file does not list them. */
const builtInKind2 = (format: number): NumberKind => {
  if ((format >= 12 && format <= 15) || format === 20) return DATE;
  return format >= 16 && format <= 19 ? TIME : NUMBER;
};
