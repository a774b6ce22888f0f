import type { CodecFor } from '../../../kernel/text.ts';
import { FileRefused } from './statement-sink.ts';
import { type XmlHandler, XmlReader } from './xml-reader.ts';
import { type ZipEntry, zipEntries } from './zip-archive.ts';
import { ZipInflater } from './zip-inflate.ts';

/** The parts of a package (ECMA-376 part 2): XML files in a ZIP container, their names without case. */
export class XmlPackage {
  private readonly parts: ReadonlyMap<string, ZipEntry>;
  private readonly inflater: ZipInflater;
  private readonly codecFor: CodecFor;

  /** Throws FileRefused `zip.*` where the container cannot be trusted. */
  constructor(bytes: Uint8Array, codecFor: CodecFor) {
    this.parts = new Map(zipEntries(bytes).map(entry => [entry.name.toLowerCase(), entry]));
    this.inflater = new ZipInflater(bytes);
    this.codecFor = codecFor;
  }

  /** Names of all parts, in lower case. */
  get names(): readonly string[] {
    return [...this.parts.keys()];
  }

  has(name: string): boolean {
    return this.parts.has(name.toLowerCase());
  }

  /** Reads a part. Throws FileRefused `workbook.incomplete` where there is none; refusals name the part. */
  read(name: string, handler: XmlHandler): void {
    const entry = this.parts.get(name.toLowerCase());
    if (entry === undefined)
      throw new FileRefused('workbook.incomplete', `The workbook lacks its part "${name}". Ask for an unaltered copy.`);
    const reader = new XmlReader(handler, this.codecFor);
    try {
      this.inflater.read(entry, bytes => reader.write(bytes));
      reader.end();
    } catch (error) {
      throw error instanceof FileRefused && error.code.startsWith('xml.')
        ? new FileRefused(error.code, `In the part "${name}": ${error.message}`, error.row, error.candidates)
        : error;
    }
  }
}

/** An element's attribute by its local name, whatever the prefix. */
export const attributeOf = (attributes: Readonly<Record<string, string>>, name: string): string | undefined => {
  const plain = attributes[name];
  if (plain !== undefined) return plain;
  for (const key of Object.keys(attributes)) if (key.endsWith(`:${name}`)) return attributes[key];
  return undefined;
};

/** An XML Schema boolean. */
export const isTrue = (text: string | undefined): boolean => text === '1' || text === 'true';
