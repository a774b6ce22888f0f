import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { type Decimal, parseDecimal } from '../../../kernel/decimal.ts';
import { entryTrailOf } from './saft-entry-trail.ts';
import type { ControlField, DocumentField, DocumentLineField, DocumentSection } from './saft-fields.ts';
import { SaftInvoiceNumbers } from './saft-invoice-numbers.ts';
import { statedSum } from './saft-ledger.ts';
import type { SaftMasters } from './saft-masters.ts';
import type { RecordPlace, StatementSink } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';
import { XmlFields } from './xml-paths.ts';
import { dayAsWritten, sumText, unitsOf } from './xml-values.ts';

/** Sections whose documents are money owed or paid; the documents of any other are counted. */
export type MoneySection = Extract<DocumentSection, 'SalesInvoices' | 'PurchaseInvoices' | 'Payments'>;
export const isMoneySection = (section: DocumentSection): section is MoneySection =>
  section === 'SalesInvoices' || section === 'PurchaseInvoices' || section === 'Payments';

/** PT: states of a document in which its lines do not count (Portaria 302/2016, 4.1.4.3.1, 4.4.4.9.1). */
const WITHOUT_EFFECT: Readonly<Record<string, string>> = {
  A: 'cancelled',
  F: 'replaced by an invoice that charges it',
};

interface Totals {
  debit: bigint;
  credit: bigint;
}

/** Sums of the lines of one document, in units of 10^-9. */
interface DocumentLines extends Totals {
  count: number;
  text: string;
  accountId: string;
  customerId: string;
  supplierId: string;
}

const noLines = (): DocumentLines => ({
  debit: 0n,
  credit: 0n,
  count: 0,
  text: '',
  accountId: '',
  customerId: '',
  supplierId: '',
});

/** Reads one section of SourceDocuments at a time: one document, one transaction at its gross total. */
export class SaftDocuments {
  readonly control = new XmlFields<ControlField>();
  readonly document = new XmlFields<DocumentField>();
  readonly line = new XmlFields<DocumentLineField>();
  private readonly sink: StatementSink;
  private readonly masters: SaftMasters;
  private readonly tally: WarningTally;
  private section: DocumentSection = 'SalesInvoices';
  private statement: number | null = null;
  private currency: string | null = null;
  private documents = 0;
  private lines = noLines();
  private lineTotals: Totals = { debit: 0n, credit: 0n };
  private grossTotals: Totals = { debit: 0n, credit: 0n };
  private numbers = new SaftInvoiceNumbers();
  /** Documents by section. */
  readonly counts: Partial<Record<DocumentSection, number>> = {};

  constructor(sink: StatementSink, masters: SaftMasters, tally: WarningTally) {
    this.sink = sink;
    this.masters = masters;
    this.tally = tally;
  }

  /** `statement` is null for a section that is counted only. */
  begin(section: DocumentSection, statement: number | null, currency: string | null): void {
    this.control.clear();
    this.section = section;
    this.statement = statement;
    this.currency = currency;
    this.documents = 0;
    this.lineTotals = { debit: 0n, credit: 0n };
    this.grossTotals = { debit: 0n, credit: 0n };
    this.numbers = new SaftInvoiceNumbers();
  }

  beginDocument(): void {
    this.document.clear();
    this.lines = noLines();
  }

  endLine(): void {
    const { line, lines } = this;
    lines.count++;
    lines.text ||= line.get('description');
    lines.accountId ||= line.get('accountId');
    lines.customerId ||= line.get('customerId');
    lines.supplierId ||= line.get('supplierId');
    // LT: K (kreditas) is a credit.
    const isCredit = /^[CK]/i.test(line.get('indicator'));
    const stated = parseDecimal(line.get('amount'));
    const debit = parseDecimal(line.get('debit')) ?? (isCredit ? null : stated);
    const credit = parseDecimal(line.get('credit')) ?? (isCredit ? stated : null);
    if (debit !== null) lines.debit += unitsOf(debit);
    if (credit !== null) lines.credit += unitsOf(credit);
  }

  endDocument(place: RecordPlace, raw: () => string): void {
    const { document, lines } = this;
    this.documents++;
    this.counts[this.section] = (this.counts[this.section] ?? 0) + 1;
    const number = document.get('number');
    const effect = WITHOUT_EFFECT[document.get('status')];
    if (effect === undefined) {
      this.lineTotals.debit += lines.debit;
      this.lineTotals.credit += lines.credit;
    }
    if (this.statement === null) return;
    this.numbers.add(number, document.get('type'), place.row);
    const amount = effect === undefined ? this.amount() : { reason: this.withoutEffect(effect, place.row) };
    const written = document.get('date');
    const day = dayAsWritten(written);
    if ('reason' in amount || day === null) {
      const reason = 'reason' in amount ? amount.reason : `the date "${written}" is not a day of the calendar`;
      this.sink.reject({ place, reason: `document ${number}: ${reason}`, raw: raw() });
      return;
    }
    const units = unitsOf(amount);
    this.grossTotals[units < 0n ? 'debit' : 'credit'] += units < 0n ? -units : units;
    const isPurchase = this.section === 'PurchaseInvoices';
    const more = lines.count > 1 ? ` [${lines.count} lines]` : '';
    this.masters.send(
      {
        ...entryTrailOf(document.get('sourceId'), document.get('systemEntryDate'), place.row, this.tally),
        place,
        statement: this.statement,
        bookingDate: day,
        valueDate: UNKNOWN_DAY,
        amount,
        currency: this.currency,
        description: document.get('description') || `${lines.text}${more}`.trim(),
        counterparty: isPurchase
          ? document.first('supplierName', 'customerName')
          : document.first('customerName', 'supplierName'),
        counterpartyAccount: '',
        reference: number,
        type: document.get('type'),
        entry: document.get('transactionId'),
      },
      {
        accountId: document.get('accountId') || lines.accountId,
        customerId: document.get('customerId') || lines.customerId,
        supplierId: document.get('supplierId') || lines.supplierId,
      },
    );
  }

  end(): void {
    const stated = this.control.get('statedEntries');
    if (stated !== '' && stated !== String(this.documents))
      this.sink.warn({
        row: null,
        code: 'control.count',
        message: `${this.section} states ${stated} documents (NumberOfEntries) and holds ${this.documents}`,
      });
    this.checkTotals();
    this.numbers.warn(this.sink);
    if (this.statement === null && this.documents > 0)
      this.sink.warn({
        row: null,
        code: 'saft.not-read',
        message: `${this.documents} documents of ${this.section} are in the file and were not read: they are no invoices and no payments.`,
      });
  }

  /** PT sums up the lines, of documents in effect; others (LT, RO) the gross totals, from either side's view. */
  private checkTotals(): void {
    const debit = this.control.get('statedDebit');
    const credit = this.control.get('statedCredit');
    if (debit === '' && credit === '') return;
    const agrees = ({ debit: d, credit: c }: Totals): boolean =>
      (debit === '' || statedSum(debit) === sumText(d)) && (credit === '' || statedSum(credit) === sumText(c));
    const { lineTotals, grossTotals } = this;
    if ([lineTotals, grossTotals, { debit: grossTotals.credit, credit: grossTotals.debit }].some(agrees)) return;
    this.sink.warn({
      row: null,
      code: 'control.total',
      message: `${this.section} states TotalDebit ${debit || 'nothing'} and TotalCredit ${credit || 'nothing'}; the lines of its documents in effect make ${sumText(lineTotals.debit)} and ${sumText(lineTotals.credit)}`,
    });
  }

  private withoutEffect(effect: string, row: number): string {
    const status = this.document.get('status');
    this.tally.note(
      'saft.without-effect',
      row,
      `A document of ${this.section} is ${effect} (status ${status}): it counts in no total and is kept as a rejected record`,
    );
    return `${effect} (status ${status}), gross total ${this.document.get('gross') || 'not stated'}`;
  }

  /**
   * What the company receives is positive, what it pays negative: a sale or receipt is credited, a purchase or payment
   * debited in the document's lines, and a credit note the other way round. In PT the gross total has no sign of its
   * own; a negative one (RO, LT) turns the section's normal direction round.
   */
  private amount(): Decimal | { readonly reason: string } {
    const text = this.document.get('gross');
    if (text === '') return { reason: 'there is no gross total (GrossTotal)' };
    const gross = parseDecimal(text);
    if (gross === null || this.document.isContradicted('gross'))
      return { reason: `the gross total "${text}" is not a decimal number that can be held exactly` };
    const normal = this.section === 'PurchaseInvoices' || this.isToSupplier() ? -1 : 1;
    const net = this.lines.credit - this.lines.debit;
    const direction = gross.units < 0 || net === 0n ? normal : net < 0n ? -1 : 1;
    return { units: gross.units === 0 ? 0 : gross.units * direction, scale: gross.scale };
  }

  private isToSupplier(): boolean {
    const supplier = this.document.get('supplierId') || this.lines.supplierId;
    const customer = this.document.get('customerId') || this.lines.customerId;
    return this.section === 'Payments' && supplier !== '' && customer === '';
  }
}
