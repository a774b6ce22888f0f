import { currencyExponent } from '../../../kernel/currency.ts';
import type { PdfPage } from '../../../kernel/pdf-page.ts';
import type {} from './pdf-events.ts';
import { factsOf } from './pdf-facts.ts';
import type { PdfLine } from './pdf-lines.ts';
import { type MoneyForm, settleMoneyForm } from './pdf-money.ts';
import { type PdfTable, PdfTableReader } from './pdf-records.ts';
import type { PdfSettings } from './pdf-settings.ts';
import { type ReadStatement, readStatement } from './pdf-statement.ts';
import { PdfTranscript } from './pdf-transcript.ts';
import { type Dialect, FileRefused, type StatementSink } from './statement-sink.ts';
import { WarningTally } from './warning-tally.ts';

const noTable = (why: string): FileRefused =>
  new FileRefused(
    'pdf.no-table',
    `The PDF holds text and no table of transactions was found in it: ${why}. If it is a statement, ask for it as CSV, OFX, MT940 or CAMT.`,
  );

/** A statement without transactions is one by its balances or by the header of its table. */
const isEmptyStatement = (table: PdfTable): boolean => {
  const labels = table.sections.flatMap(section =>
    section.events.filter(event => event.kind === 'stated').map(event => event.label),
  );
  const balances = labels.some(label => label === 'opening' || label === 'closing' || label === 'carried');
  return (table.hasDateColumn && balances) || (labels.includes('opening') && labels.includes('closing'));
};

/** Share of characters without a meaning from which on it is told. */
const MUCH_UNMAPPED = 0.1;

/** Share of characters that are none: of private use, controls, or replaced. */
const unmappedShare = (lines: readonly PdfLine[]): number => {
  let all = 0;
  let unmapped = 0;
  for (const { words } of lines)
    for (const { text } of words) {
      all += text.length;
      unmapped += text.replace(/[^\p{Co}\p{Cn}\ufffd]/gu, '').length;
    }
  return all === 0 ? 0 : unmapped / all;
};

/**
 * Reads the pages of a PDF as statements of account. Pages come in order by `page`; `end` reads the whole and sends
 * statements, transactions, rejects and warnings. Method: docs/specs/format-pdf.md.
 */
export class PdfReader {
  private readonly sink: StatementSink;
  private readonly settings: PdfSettings;
  private readonly transcript: PdfTranscript;
  private readonly tally = new WarningTally();
  private readonly pages: number;
  private readonly imagePages: number[] = [];
  private readonly emptyPages: number[] = [];
  private readonly recoveredPages: number[] = [];
  private turned = 0;
  private facts: Dialect = {};

  constructor(sink: StatementSink, settings: PdfSettings, pages: number) {
    this.sink = sink;
    this.settings = settings;
    this.pages = pages;
    this.transcript = new PdfTranscript(pages);
  }

  /** Takes a page and answers its text for the transcript. */
  page(page: PdfPage): string {
    if (page.items.length + page.turned.length === 0)
      (page.hasImages === false ? this.emptyPages : this.imagePages).push(page.number);
    if (page.recovered) this.recoveredPages.push(page.number);
    this.turned += page.turned.length;
    return this.transcript.page(page);
  }

  /** Throws FileRefused `pdf.image-only`, `pdf.no-text`, `pdf.no-table`, `pdf.no-year`, `dialect.ambiguous`. */
  end(): void {
    this.refuseWithoutText();
    const { lines } = this.transcript;
    const form = this.moneyForm();
    const table = new PdfTableReader(lines, form).read();
    const events = table.sections.flatMap(section => section.events);
    const records = events.filter(event => event.kind === 'record');
    if (records.length === 0 && !isEmptyStatement(table))
      throw noTable('no line begins with a date and ends with an amount');
    if (records.length > 0 && records.every(record => record.date === null))
      throw noTable('lines with amounts have no dates');
    const around = table.sections.flatMap(section => section.around);
    const { sink, tally, transcript, settings } = this;
    const reading = { sink, tally, transcript, table, form, settings, around };
    const statements: ReadStatement[] = [];
    for (const section of table.sections) statements.push(readStatement(reading, section, statements.at(-1) ?? null));
    this.warnPages();
    tally.send(sink);
    this.facts = this.describe(table, form, statements);
  }

  dialect(): Dialect {
    return this.facts;
  }

  private refuseWithoutText(): void {
    if (this.transcript.lines.length > 0) return;
    if (this.imagePages.length > 0)
      throw new FileRefused(
        'pdf.image-only',
        `The ${this.pages === 1 ? 'page of the PDF is an image' : `${this.pages} pages of the PDF are images`} without text: it needs OCR, which NEXUS does not do. Ask the bank for the original PDF or for CSV, OFX, MT940 or CAMT.`,
      );
    throw new FileRefused('pdf.no-text', 'The PDF shows no text at all. Check that it is the right file.');
  }

  private moneyForm(): MoneyForm {
    const { lines } = this.transcript;
    const { currency } = factsOf(lines);
    const texts = lines.flatMap(line => line.words.map(word => word.text));
    return settleMoneyForm(texts, currencyExponent(currency), this.settings.decimalSign);
  }

  private warnPages(): void {
    const list = (pages: readonly number[]): string =>
      pages.length > 12 ? `${pages.slice(0, 12).join(', ')} and ${pages.length - 12} more` : pages.join(', ');
    if (this.imagePages.length > 0)
      this.sink.warn({
        row: null,
        code: 'pdf.image-only',
        message: `Page ${list(this.imagePages)}: an image without text, which needs OCR, which NEXUS does not do. Transactions on it were not read.`,
      });
    if (this.recoveredPages.length > 0)
      this.sink.warn({
        row: null,
        code: 'pdf.recovered',
        message: `Page ${list(this.recoveredPages)}: damaged, or its fonts cannot be read. What could be made out was read; lines may be missing. Compare with the page.`,
      });
    const unmapped = unmappedShare(this.transcript.lines);
    if (unmapped >= MUCH_UNMAPPED)
      this.sink.warn({
        row: null,
        code: 'pdf.unmapped-text',
        message: `${Math.round(unmapped * 100)} of 100 characters have no meaning in the PDF (a font without a table of characters). What was read may be wrong; compare with the pages.`,
      });
    if (this.turned > 0)
      this.sink.warn({
        row: null,
        code: 'pdf.turned-text',
        message: `${this.turned} pieces of text stand across the page or aslant; they are in the transcript and were not read as transactions.`,
      });
  }

  private describe(table: PdfTable, form: MoneyForm, statements: readonly ReadStatement[]): Dialect {
    const [first] = statements;
    const checks = statements.map(statement => statement.checks);
    const count = (pick: (check: (typeof checks)[number]) => number): number =>
      checks.reduce((sum, check) => sum + pick(check), 0);
    return {
      lines: this.transcript.lines.length,
      textlessPages: this.imagePages.length + this.emptyPages.length,
      statements: statements.length,
      headers: table.headers,
      repeatedLines: table.furniture,
      layout: table.layout.mode,
      columnsBy: table.layout.by,
      columns: table.layout.columns.map(column => `${column.role} ${Math.round(column.x0)}–${Math.round(column.x1)}`),
      decimalSign: form.decimalSign,
      fractionDigits: form.fractionDigits,
      dateOrder: first?.dateOrder ?? null,
      dateOrderReason: first?.dateOrderReason ?? null,
      periods: statements.map(statement => statement.period ?? 'not stated'),
      signs: [...new Set(statements.map(statement => statement.signs))],
      balanced: statements.map(({ checks: { balanced } }) =>
        balanced === null ? 'not stated' : balanced ? 'yes' : 'no',
      ),
      checks: {
        runningBalances: count(check => check.balancesChecked),
        runningBalancesFailed: count(check => check.balancesFailed),
        totals: count(check => check.totalsChecked),
        totalsFailed: count(check => check.totalsFailed),
      },
    };
  }
}
