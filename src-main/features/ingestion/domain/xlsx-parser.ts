import type { CreateParser, ParserContext } from './parser-context.ts';
import { SerialDates } from './spreadsheet-date.ts';
import { WholeFile } from './spreadsheet-file.ts';
import { SheetNotes } from './spreadsheet-notes.ts';
import { XmlPackage } from './spreadsheet-package.ts';
import { Workbook } from './spreadsheet-workbook.ts';
import type { Dialect, StatementParser } from './statement-sink.ts';
import { XlsxSheet } from './xlsx-sheet.ts';
import { SharedStrings } from './xlsx-strings.ts';
import { type XlsxSheetPart, type XlsxStructure, xlsxStructure } from './xlsx-structure.ts';
import { XlsxStyles } from './xlsx-styles.ts';

const MAX_FILE_BYTES = 512 * 2 ** 20;

/**
 * A reader of Office Open XML workbooks (.xlsx, .xlsm; ECMA-376, transitional and strict). The packed file is held
 * whole, for its table of contents stands at its end; its parts are unpacked and read piece by piece, so that memory
 * does not grow with the sheets. Throws FileRefused: see docs/specs/format-spreadsheet.md.
 */
export const createXlsxParser: CreateParser = context => new XlsxParser(context);

class XlsxParser implements StatementParser {
  readonly format = 'xlsx';
  private readonly context: ParserContext;
  private readonly workbook: Workbook;
  private readonly file = new WholeFile(MAX_FILE_BYTES);
  private structure: XlsxStructure | null = null;
  private formulas = 0;
  private macros = false;

  constructor(context: ParserContext) {
    this.context = context;
    this.workbook = new Workbook(context);
  }

  write(chunk: Uint8Array): void {
    this.file.write(chunk);
  }

  end(): void {
    const bytes = this.file.take();
    this.workbook.read(bytes.length, () => this.readParts(new XmlPackage(bytes, this.context.codecFor)));
  }

  encoding(): string {
    return 'utf-8';
  }

  dialect(): Dialect {
    const { structure } = this;
    if (structure === null) return {};
    return {
      container: structure.container,
      producer: structure.producer,
      dateSystem: structure.date1904 ? '1904' : '1900',
      formulas: this.formulas,
      macros: this.macros,
      ...this.workbook.dialect(),
    };
  }

  private readParts(parts: XmlPackage): void {
    const structure = xlsxStructure(parts);
    this.structure = structure;
    const strings = new SharedStrings();
    if (structure.sharedStrings !== null) parts.read(structure.sharedStrings, strings);
    const styles = new XlsxStyles();
    if (structure.styles !== null) parts.read(structure.styles, styles);
    const { workbook } = this;
    const notes = new SheetNotes(workbook.note.bind(workbook));
    const shared = {
      strings,
      kinds: styles.kinds(),
      dates: new SerialDates(structure.date1904),
      notes,
    };
    this.tellOthers(parts);
    for (const sheet of structure.sheets) {
      if (!workbook.wants(sheet.name)) continue;
      if (sheet.kind !== 'worksheet') {
        this.tellKind(sheet);
        continue;
      }
      const text = workbook.beginSheet(sheet.name);
      if (sheet.state !== 'visible') notes.hiddenSheet();
      const reader = new XlsxSheet(shared, text);
      parts.read(sheet.part, reader);
      reader.end();
      this.formulas += reader.formulas;
      workbook.endSheet();
    }
  }

  private tellKind({ name, kind }: XlsxSheetPart): void {
    this.workbook.note('sheet.not-read', null, `Sheet "${name}" is a ${kind}, which holds no table, and was not read`);
  }

  private tellOthers(parts: XmlPackage): void {
    const { names } = parts;
    this.macros = names.some(name => name.endsWith('vbaproject.bin'));
    const comments = names.filter(name => /\/(?:threaded)?comments?[^/]*\.xml$/.test(name)).length;
    if (comments > 0)
      this.workbook.note('workbook.comments', null, 'The workbook holds comments to cells, which were not read');
  }
}
