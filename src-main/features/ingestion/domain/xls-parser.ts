import type { CreateParser, ParserContext } from './parser-context.ts';
import { WholeFile } from './spreadsheet-file.ts';
import { Workbook } from './spreadsheet-workbook.ts';
import { type Dialect, FileRefused, type StatementParser } from './statement-sink.ts';
import { type BiffFacts, readBiff } from './xls-biff.ts';
import { OleFile } from './xls-container.ts';
import { htmlText, readHtml } from './xls-html.ts';
import { SpreadsheetXml } from './xls-xml.ts';
import { XmlReader } from './xml-reader.ts';

const MAX_FILE_BYTES = 64 * 2 ** 20;
/** First bytes of the two binary kinds; all others are text. */
const OLE = 0xd0;
const BIFF = 0x09;

/** Documents in OLE2 containers that are no workbooks, by a stream each of them has. */
const OTHER_DOCUMENTS: Readonly<Record<string, string>> = {
  worddocument: 'a Word document',
  'powerpoint document': 'a PowerPoint presentation',
  '__properties_version1.0': 'an Outlook message',
  visiodocument: 'a Visio drawing',
  '\u0005summaryinformation': 'a document of another program',
};

/**
 * A reader of what is called .xls: BIFF workbooks of Excel 2 to 2003, and HTML pages and SpreadsheetML 2003 that banks
 * save under that name. The file is held whole. Throws FileRefused: see docs/specs/format-spreadsheet.md.
 */
export const createXlsParser: CreateParser = context => new XlsParser(context);

class XlsParser implements StatementParser {
  readonly format = 'xls';
  private readonly context: ParserContext;
  private readonly workbook: Workbook;
  private readonly file = new WholeFile(MAX_FILE_BYTES);
  private facts: Dialect = {};

  constructor(context: ParserContext) {
    this.context = context;
    this.workbook = new Workbook(context);
  }

  write(chunk: Uint8Array): void {
    this.file.write(chunk);
  }

  end(): void {
    const bytes = this.file.take();
    const { workbook, context } = this;
    workbook.read(bytes.length, () => {
      if (bytes[0] === OLE) this.facts = biffFacts(readBiff(this.workbookStream(bytes), workbook, context.codecFor));
      else if (bytes[0] === BIFF) this.facts = biffFacts(readBiff(bytes, workbook, context.codecFor));
      else this.readMarkup(bytes);
    });
  }

  encoding(): string {
    return 'utf-8';
  }

  dialect(): Dialect {
    return { ...this.facts, ...this.workbook.dialect() };
  }

  private readMarkup(bytes: Uint8Array): void {
    const { workbook, context } = this;
    const { text, encoding } = htmlText(bytes, context.codecFor);
    if (/<(?:\w+:)?Workbook[\s>]/.test(text.slice(0, 4096))) {
      const handler = new SpreadsheetXml(workbook);
      const reader = new XmlReader(handler, context.codecFor);
      reader.write(bytes);
      reader.end();
      this.facts = { container: 'xml-2003', formulas: handler.formulas, textEncoding: reader.encoding };
      return;
    }
    const name = 'HTML';
    if (workbook.wants(name)) {
      const sheet = workbook.beginSheet(name, null);
      if (readHtml(text, sheet))
        workbook.note('html.unclosed', null, 'the HTML page lacks end tags; compare its last rows with the original');
      workbook.endSheet();
    }
    this.facts = { container: 'html', textEncoding: encoding };
  }

  /** The stream of the workbook in its container; throws FileRefused where there is none. */
  private workbookStream(bytes: Uint8Array): Uint8Array {
    const container = new OleFile(bytes);
    const { names } = container;
    if (names.includes('encryptedpackage'))
      throw new FileRefused(
        'workbook.encrypted',
        'The document is encrypted with a password. Open it in the program that wrote it, save it without a password and try again.',
      );
    const stream = container.stream('workbook') ?? container.stream('book');
    if (stream === null) {
      const other = Object.keys(OTHER_DOCUMENTS).find(name => names.includes(name));
      throw new FileRefused(
        'format.unsupported',
        `The file is ${other === undefined ? 'an OLE2 compound file' : OTHER_DOCUMENTS[other]} without a workbook. Save its table as a workbook or as CSV.`,
      );
    }
    return stream;
  }
}

const biffFacts = ({ version, date1904, formulas }: BiffFacts): Dialect => ({
  container: 'biff',
  biff: version,
  dateSystem: date1904 ? '1904' : '1900',
  formulas,
});
