import type * as PdfJsModule from 'unpdf/pdfjs';
import type { PDFDocumentProxy, PDFPageProxy } from 'unpdf/pdfjs';
import type { PdfDocumentFacts, PdfPage, PdfTextItem } from '../kernel/pdf-page.ts';

/** Why a PDF cannot be read. */
export class PdfTextError extends Error {
  readonly code: 'encrypted' | 'damaged' | 'too-large';
  readonly page: number | null;
  constructor(code: PdfTextError['code'], message: string, page: number | null = null) {
    super(message);
    this.name = 'PdfTextError';
    this.code = code;
    this.page = page;
  }
}

const MAX_PAGES = 5_000;
const MAX_ITEMS = 2_000_000;
/** Pages without text that are looked at for images. */
const MAX_IMAGE_PAGES = 20;
/** Text whose baseline leans less than this (radians) is upright. */
const UPRIGHT = 0.05;

type PdfJs = typeof PdfJsModule;
let library: Promise<PdfJs> | null = null;
/** PDF.js is a megabyte and a half: loaded with the first PDF. */
const pdfJs = (): Promise<PdfJs> => {
  library ??= import('unpdf/pdfjs');
  return library;
};

/** Nothing is fetched, drawn or run; images are never unpacked. */
const OPTIONS = {
  verbosity: 0,
  enableXfa: false,
  disableFontFace: true,
  useSystemFonts: false,
  useWorkerFetch: false,
  isOffscreenCanvasSupported: false,
  isImageDecoderSupported: false,
  useWasm: false,
  maxImageSize: 1 << 20,
} as const;

const END_MARK = [0x25, 0x25, 0x45, 0x4f, 0x46] as const;
/** The end mark stands in the last 1,024 bytes (ISO 32000-1, annex H.3); more is granted to what mail programs append. */
const END_BYTES = 4096;

/** False where the file has no `%%EOF` near its end: PDF.js would read what is left of it and pages would be missing. */
const endsAsPdf = (bytes: Uint8Array): boolean => {
  for (let at = bytes.length - END_MARK.length; at >= Math.max(0, bytes.length - END_BYTES); at--)
    if (END_MARK.every((byte, i) => bytes[at + i] === byte)) return true;
  return false;
};

/**
 * Errors that PDF.js drops on the way: on damaged files it leaves promises rejected that nobody awaits, which would end
 * the thread. While a document is open they are gathered here instead.
 */
class StrayErrors {
  readonly messages: string[] = [];
  private others: NodeJS.UnhandledRejectionListener[] = [];
  private readonly listener = (reason: unknown): void => {
    if (this.messages.length < 10) this.messages.push(String(reason).slice(0, 200));
  };

  start(): void {
    this.others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', this.listener);
  }

  /** Rejections are told of once the promises of a turn are done. */
  async settle(): Promise<void> {
    await new Promise(resolve => setImmediate(resolve));
  }

  async stop(): Promise<void> {
    await this.settle();
    process.removeListener('unhandledRejection', this.listener);
    for (const other of this.others) process.on('unhandledRejection', other);
  }
}

/** PDF.js names its errors; whatever else it throws on a broken file is damage as well. */
const errorOf = (error: unknown, page: number | null = null): PdfTextError => {
  if (error instanceof PdfTextError) return error;
  const name = error instanceof Error ? error.name : '';
  const text = (error instanceof Error ? error.message : String(error)).slice(0, 200);
  if (name === 'PasswordException') return new PdfTextError('encrypted', text);
  return new PdfTextError('damaged', text, page);
};

/**
 * The text of a PDF, page by page, with PDF.js (docs/specs/format-pdf.md). Nothing of the document is run, fetched or
 * drawn: no scripts, no fonts, no network. Rejects with PdfTextError.
 */
export class PdfText {
  readonly facts: PdfDocumentFacts;
  private readonly document: PDFDocumentProxy;
  private readonly js: PdfJs;
  private readonly bytes: Uint8Array;
  private readonly stray: StrayErrors;
  /** The document again, opened so that damage is passed over; only where there is some. */
  private lenient: PDFDocumentProxy | null = null;
  private items = 0;
  private imagePages = 0;

  private constructor(
    js: PdfJs,
    document: PDFDocumentProxy,
    facts: PdfDocumentFacts,
    bytes: Uint8Array,
    stray: StrayErrors,
  ) {
    this.js = js;
    this.document = document;
    this.facts = facts;
    this.bytes = bytes;
    this.stray = stray;
  }

  /** Opens a document, whose bytes must not change until `close`. One document is open at a time. */
  static async open(bytes: Uint8Array): Promise<PdfText> {
    if (!endsAsPdf(bytes)) throw new PdfTextError('damaged', 'it has no end mark: its last part is missing');
    const js = await pdfJs();
    const stray = new StrayErrors();
    stray.start();
    try {
      const document = await js.getDocument({ ...OPTIONS, data: new Uint8Array(bytes), stopAtErrors: true }).promise;
      if (document.numPages > MAX_PAGES) {
        await document.loadingTask.destroy();
        throw new PdfTextError('too-large', `it has ${document.numPages} pages; at most ${MAX_PAGES} are read`);
      }
      return new PdfText(js, document, await factsOf(document), bytes, stray);
    } catch (error) {
      await stray.stop();
      throw errorOf(error);
    }
  }

  /** What was damaged in the document besides its pages, as far as PDF.js could mend it. */
  async damage(): Promise<readonly string[]> {
    await this.stray.settle();
    return this.stray.messages;
  }

  /** The text of a page (1-based). A damaged page is read as far as it goes and says so. */
  async page(number: number): Promise<PdfPage> {
    try {
      return await this.read(this.document, number, false);
    } catch (error) {
      if (error instanceof PdfTextError) throw error;
    }
    try {
      this.lenient ??= await this.js.getDocument({ ...OPTIONS, data: new Uint8Array(this.bytes) }).promise;
      return await this.read(this.lenient, number, true);
    } catch (error) {
      throw errorOf(error, number);
    }
  }

  async close(): Promise<void> {
    await this.document.loadingTask.destroy();
    await this.lenient?.loadingTask.destroy();
    await this.stray.stop();
  }

  private async read(document: PDFDocumentProxy, number: number, recovered: boolean): Promise<PdfPage> {
    const page = await document.getPage(number);
    const { upright, turned } = await this.textOf(page);
    const hasImages = upright.length === 0 && turned.length === 0 ? await this.hasImages(page) : null;
    page.cleanup();
    return { number, items: upright, turned, hasImages, recovered };
  }

  private async textOf(page: PDFPageProxy): Promise<{ upright: PdfTextItem[]; turned: PdfTextItem[] }> {
    const { items } = await page.getTextContent();
    this.items += items.length;
    if (this.items > MAX_ITEMS)
      throw new PdfTextError('too-large', `it has more than ${MAX_ITEMS} pieces of text`, page.pageNumber);
    const view = page.getViewport({ scale: 1 });
    const byQuarter: PdfTextItem[][] = [[], [], [], []];
    const leaning: PdfTextItem[] = [];
    const characters = [0, 0, 0, 0];
    for (const item of items) {
      if (!('str' in item) || item.str.trim() === '') continue;
      const [a, b, c, d, e, f] = this.js.Util.transform(view.transform, item.transform) as unknown as Matrix;
      const angle = Math.atan2(b, a);
      const quarter = ((Math.round(angle / (Math.PI / 2)) % 4) + 4) % 4;
      const run = {
        text: item.str,
        width: Math.abs(item.width * view.scale),
        fontSize: Math.hypot(c, d) || Math.hypot(a, b) || 1,
        ...uprightPoint(quarter, e, f, view.width, view.height),
      };
      if (!Number.isFinite(run.x + run.y + run.width + run.fontSize)) continue;
      if (Math.abs(angle - Math.round(angle / (Math.PI / 2)) * (Math.PI / 2)) > UPRIGHT) leaning.push(run);
      else {
        byQuarter[quarter]!.push(run);
        characters[quarter] = characters[quarter]! + item.str.length;
      }
    }
    // A landscape page that was not declared as turned is read along most of its text.
    const main = characters.indexOf(Math.max(...characters));
    return {
      upright: byQuarter[main]!,
      turned: [...byQuarter.flatMap((runs, quarter) => (quarter === main ? [] : runs)), ...leaning],
    };
  }

  private async hasImages(page: PDFPageProxy): Promise<boolean | null> {
    if (this.imagePages++ >= MAX_IMAGE_PAGES) return null;
    const { OPS } = this.js;
    const { fnArray } = await page.getOperatorList();
    const painting = new Set<number>([
      OPS.paintImageXObject,
      OPS.paintInlineImageXObject,
      OPS.paintImageMaskXObject,
      OPS.paintImageXObjectRepeat,
      OPS.paintImageMaskXObjectRepeat,
      OPS.paintInlineImageXObjectGroup,
      OPS.paintImageMaskXObjectGroup,
      OPS.beginInlineImage,
      OPS.constructPath,
    ]);
    return fnArray.some(operation => painting.has(operation));
  }
}

type Matrix = readonly [number, number, number, number, number, number];

/** A point of the page seen with text of that quarter turn (clockwise on the screen) upright. */
const uprightPoint = (
  quarter: number,
  x: number,
  y: number,
  width: number,
  height: number,
): { x: number; y: number } => {
  if (quarter === 1) return { x: y, y: width - x };
  if (quarter === 2) return { x: width - x, y: height - y };
  return quarter === 3 ? { x: height - y, y: x } : { x, y };
};

const textIn = (info: object, name: string): string | null => {
  const value: unknown = (info as Record<string, unknown>)[name];
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : null;
};

const factsOf = async (document: PDFDocumentProxy): Promise<PdfDocumentFacts> => {
  const { info } = await document.getMetadata();
  const attachments: unknown = await document.getAttachments();
  return {
    pages: document.numPages,
    version: textIn(info, 'PDFFormatVersion'),
    producer: textIn(info, 'Producer') ?? textIn(info, 'Creator'),
    hasScripts: await document.hasJSActions(),
    attachments:
      attachments instanceof Map
        ? attachments.size
        : typeof attachments === 'object' && attachments !== null
          ? Object.keys(attachments).length
          : 0,
    hasForm: (info as Record<string, unknown>).IsAcroFormPresent === true,
    encrypted: textIn(info, 'EncryptFilterName') !== null,
  };
};
