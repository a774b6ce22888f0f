import { OdsContent } from './ods-content.ts';
import type { CreateParser, ParserContext } from './parser-context.ts';
import { WholeFile } from './spreadsheet-file.ts';
import { attributeOf, XmlPackage } from './spreadsheet-package.ts';
import { Workbook } from './spreadsheet-workbook.ts';
import { type Dialect, FileRefused, type StatementParser } from './statement-sink.ts';
import { type XmlHandler, XmlReader } from './xml-reader.ts';

const MAX_FILE_BYTES = 512 * 2 ** 20;
const MANIFEST = 'META-INF/manifest.xml';
const META = 'meta.xml';

/**
 * A reader of OpenDocument spreadsheets (.ods, and .fods in one flat file; ODF 1.0 to 1.4). Memory does not grow with
 * the sheets. Throws FileRefused: see docs/specs/format-spreadsheet.md.
 */
export const createOdsParser: CreateParser = context => new OdsParser(context);

class OdsParser implements StatementParser {
  readonly format = 'ods';
  private readonly context: ParserContext;
  private readonly workbook: Workbook;
  private readonly content: OdsContent;
  private readonly file = new WholeFile(MAX_FILE_BYTES);
  private container: 'ods' | 'fods' = 'ods';
  private version: string | null = null;
  private producer = '';

  constructor(context: ParserContext) {
    this.context = context;
    this.workbook = new Workbook(context);
    this.content = new OdsContent(this.workbook);
  }

  write(chunk: Uint8Array): void {
    this.file.write(chunk);
  }

  end(): void {
    const bytes = this.file.take();
    this.workbook.read(bytes.length, () => {
      if (bytes[0] === 0x50 && bytes[1] === 0x4b) this.readPackage(new XmlPackage(bytes, this.context.codecFor));
      else this.readFlat(bytes);
      if (!this.content.isSpreadsheet)
        throw new FileRefused(
          'format.unsupported',
          'The file is an OpenDocument text or drawing, not a spreadsheet. Save its table as a spreadsheet or as CSV.',
        );
    });
  }

  encoding(): string {
    return 'utf-8';
  }

  dialect(): Dialect {
    return {
      container: this.container,
      version: this.version,
      producer: this.producer === '' ? null : this.producer.slice(0, 100),
      formulas: this.content.formulas,
      ...this.workbook.dialect(),
    };
  }

  private readPackage(parts: XmlPackage): void {
    let encrypted = parts.has('encrypted-package');
    const manifest: XmlHandler = {
      open: name => {
        encrypted ||= name === 'encryption-data';
      },
      close: () => {},
      text: () => {},
    };
    if (parts.has(MANIFEST)) parts.read(MANIFEST, manifest);
    if (encrypted)
      throw new FileRefused(
        'workbook.encrypted',
        'The workbook is encrypted with a password. Open it in LibreOffice, save it without a password and try again.',
      );
    if (parts.has(META)) parts.read(META, this.watching({ open: () => {}, close: () => {}, text: () => {} }));
    parts.read('content.xml', this.watching(this.content));
  }

  private readFlat(bytes: Uint8Array): void {
    this.container = 'fods';
    const reader = new XmlReader(this.watching(this.content), this.context.codecFor);
    reader.write(bytes);
    reader.end();
  }

  /** Hands everything on and takes note of version and producer. */
  private watching(handler: XmlHandler): XmlHandler {
    let inGenerator = false;
    return {
      open: (name, attributes) => {
        if (name === 'document-content' || name === 'document')
          this.version = attributeOf(attributes, 'version') ?? this.version;
        if (name === 'generator') inGenerator = true;
        handler.open(name, attributes);
      },
      close: name => {
        if (name === 'generator') inGenerator = false;
        handler.close(name);
      },
      text: text => {
        if (inGenerator) this.producer += text;
        handler.text(text);
      },
    };
  }
}
