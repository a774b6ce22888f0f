import { PdfText, PdfTextError } from '../../../platform/pdf-text.ts';
import type { CreateParser, ParserContext } from '../domain/parser-context.ts';
import { PdfReader } from '../domain/pdf-reader.ts';
import { type PdfSettings, settingsOf } from '../domain/pdf-settings.ts';
import { type Dialect, FileRefused, type StatementParser } from '../domain/statement-sink.ts';

const MAX_FILE_BYTES = 256 * 2 ** 20;

const refusalOf = (error: PdfTextError): FileRefused => {
  const where = error.page === null ? '' : ` on page ${error.page}`;
  if (error.code === 'encrypted')
    return new FileRefused(
      'pdf.encrypted',
      'The PDF is encrypted and needs a password. Open it with the password, print or save it as a PDF without one, and keep both files.',
    );
  if (error.code === 'too-large')
    return new FileRefused('file.too-large', `The PDF is too large: ${error.message}. Split it.`);
  return new FileRefused(
    'pdf.damaged',
    `The PDF is damaged or incomplete${where} and cannot be read (${error.message}). Ask for another copy.`,
  );
};

/**
 * A reader of bank statements in PDF with a text layer. The document is held whole and read at `end()`; places are
 * places in its transcript. Throws FileRefused: see docs/specs/format-pdf.md.
 */
export const createPdfParser: CreateParser = context => new PdfParser(context);

class PdfParser implements StatementParser {
  readonly format = 'pdf';
  private readonly context: ParserContext;
  private readonly settings: PdfSettings;
  private chunks: Uint8Array[] = [];
  private length = 0;
  private facts: Dialect = {};

  constructor(context: ParserContext) {
    this.context = context;
    this.settings = settingsOf(context.overrides);
  }

  write(chunk: Uint8Array): void {
    this.length += chunk.length;
    if (this.length > MAX_FILE_BYTES)
      throw new FileRefused('file.too-large', `The PDF is larger than ${MAX_FILE_BYTES / 2 ** 20} MiB. Split it.`);
    this.chunks.push(chunk.slice());
  }

  async end(): Promise<void> {
    const bytes = new Uint8Array(this.length);
    let at = 0;
    for (const chunk of this.chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    this.chunks = [];
    try {
      await this.read(bytes);
    } catch (error) {
      throw error instanceof PdfTextError ? refusalOf(error) : error;
    }
  }

  encoding(): string {
    return 'utf-8';
  }

  dialect(): Dialect {
    return this.facts;
  }

  private async read(bytes: Uint8Array): Promise<void> {
    const text = await PdfText.open(bytes);
    try {
      const { facts } = text;
      const reader = new PdfReader(this.context.sink, this.settings, facts.pages);
      const utf8 = new TextEncoder();
      for (let number = 1; number <= facts.pages; number++)
        this.context.transcript(utf8.encode(reader.page(await text.page(number))));
      reader.end();
      this.warn(facts.hasScripts, facts.attachments, await text.damage());
      this.facts = { ...facts, ...reader.dialect() };
    } finally {
      await text.close();
    }
  }

  private warn(hasScripts: boolean, attachments: number, damage: readonly string[]): void {
    const { sink } = this.context;
    if (damage.length > 0)
      sink.warn({
        row: null,
        code: 'pdf.recovered',
        message: `The PDF is damaged and was mended as far as possible (${damage[0]}). Pages or lines may be missing; compare with the original.`,
      });
    if (hasScripts) sink.warn({ row: null, code: 'pdf.scripts', message: 'The PDF holds JavaScript. It was not run.' });
    if (attachments > 0)
      sink.warn({
        row: null,
        code: 'pdf.attachments',
        message: `The PDF holds ${attachments} attached files, which were not read. Save and import them by themselves.`,
      });
  }
}
