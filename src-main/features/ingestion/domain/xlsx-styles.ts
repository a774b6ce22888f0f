import { builtInKind, formatKind, type NumberKind } from './spreadsheet-number-format.ts';
import type { XmlHandler } from './xml-reader.ts';

/** What the number format of each cell style makes of a number (ECMA-376 part 1, 18.8.10, 18.8.30, 18.8.45). */
export class XlsxStyles implements XmlHandler {
  private readonly custom = new Map<number, NumberKind>();
  private readonly formats: number[] = [];
  private inCellFormats = false;
  /** Differential formats (`dxf`) have elements `numFmt` too. */
  private inNumberFormats = false;

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'numFmts') this.inNumberFormats = true;
    else if (name === 'numFmt' && this.inNumberFormats)
      this.custom.set(Number(attributes.numFmtId), formatKind(attributes.formatCode ?? ''));
    else if (name === 'cellXfs') this.inCellFormats = true;
    else if (name === 'xf' && this.inCellFormats) this.formats.push(Number(attributes.numFmtId ?? '0'));
  }

  close(name: string): void {
    if (name === 'cellXfs') this.inCellFormats = false;
    else if (name === 'numFmts') this.inNumberFormats = false;
  }

  text(): void {}

  /** Kind of number by style index. */
  kinds(): readonly NumberKind[] {
    return this.formats.map(id => this.custom.get(id) ?? builtInKind(id));
  }
}
