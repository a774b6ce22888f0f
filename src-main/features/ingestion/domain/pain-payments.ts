import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { isCurrencyCode } from '../../../kernel/currency.ts';
import { PainControl } from './pain-control.ts';
import { JOINED_FIELDS, type PainAggregate, type PainField } from './pain-fields.ts';
import { executionDay, readTransfer, transferAmount } from './pain-transfer.ts';
import { FileRefused, type StatementSink } from './statement-sink.ts';
import { WarningTally } from './warning-tally.ts';
import { XmlFields, type XmlPathListener } from './xml-paths.ts';

/** Marks where a transfer lies in the file: implemented by XmlReader. */
interface RecordMarks {
  beginRecord(): number;
  endRecord(): { byteLength: number; raw: () => string };
}

/** Fields by which a payment's statement is known: its schema puts them before the transfers. */
const IDENTIFYING: ReadonlySet<PainField> = new Set<PainField>(['account', 'currency', 'executionDate', 'name']);

/** Turns payments (`PmtInf`) into statements and transfers (`CdtTrfTxInf`) into transactions. */
export class PainPayments implements XmlPathListener<PainAggregate, PainField> {
  readonly tally = new WarningTally();
  messages = 0;
  payments = 0;
  transfers = 0;
  readonly messageIds: string[] = [];
  private readonly sink: StatementSink;
  private readonly marks: () => RecordMarks;
  private readonly group = new XmlFields<PainField>(JOINED_FIELDS);
  private readonly payment = new XmlFields<PainField>(JOINED_FIELDS);
  private readonly transfer = new XmlFields<PainField>(JOINED_FIELDS);
  private messageControl = new PainControl();
  private paymentControl = new PainControl();
  private statement: number | null = null;
  private day: CivilDay = UNKNOWN_DAY;
  private transferOffset = 0;

  constructor(sink: StatementSink, marks: () => RecordMarks) {
    this.sink = sink;
    this.marks = marks;
  }

  begin(aggregate: PainAggregate): boolean {
    if (aggregate === 'message') {
      this.messages++;
      this.group.clear();
      this.messageControl = new PainControl();
    } else if (aggregate === 'payment') {
      this.payments++;
      this.payment.clear();
      this.paymentControl = new PainControl();
      this.statement = null;
    } else if (aggregate === 'transfer') {
      this.transfer.clear();
      this.transferOffset = this.marks().beginRecord();
    }
    return true;
  }

  field(owner: PainAggregate, field: PainField, text: string): void {
    if (owner === 'group') this.group.add(field, text);
    else if (owner === 'transfer') this.transfer.add(field, text);
    else {
      if (this.statement !== null && IDENTIFYING.has(field))
        throw new FileRefused(
          'pain.account-after-transfers',
          `Payment ${this.payments} names its account or date after its transfers, against the schema of pain.001. Ask for a valid file.`,
          this.transfers,
        );
      this.payment.add(field, text);
    }
  }

  end(aggregate: PainAggregate): void {
    if (aggregate === 'transfer') this.endTransfer();
    else if (aggregate === 'payment') this.endPayment();
    else if (aggregate === 'message') this.endMessage();
  }

  private endMessage(): void {
    const { group } = this;
    this.messageIds.push(group.get('id'));
    this.messageControl.check(group.get('count'), group.get('controlSum'), 'The message (GrpHdr)', null, this.tally);
  }

  private open(): number {
    if (this.statement !== null) return this.statement;
    const { payment } = this;
    const text = (field: PainField): string | null => payment.get(field) || null;
    const stated = payment.get('executionDate');
    const day = executionDay(stated);
    if (day === null)
      this.tally.note(
        'pain.execution-date',
        null,
        stated === ''
          ? 'A payment states no requested execution date (ReqdExctnDt)'
          : `The requested execution date "${stated}" is not a day of the calendar and counts as not stated`,
      );
    this.day = day ?? UNKNOWN_DAY;
    if (text('account') === null) this.tally.note('pain.account', null, 'A payment names no debtor account');
    const currency = payment.get('currency');
    this.statement = this.sink.statement({
      accountId: text('account'),
      currency: isCurrencyCode(currency) ? currency : null,
      institution: text('agentName') ?? text('agentBic') ?? text('agentMember'),
      owner: text('name'),
      statementId: text('id'),
    });
    return this.statement;
  }

  private endPayment(): void {
    this.open();
    const { payment } = this;
    const id = payment.get('id');
    this.paymentControl.check(
      payment.get('count'),
      payment.get('controlSum'),
      `Payment ${id === '' ? this.payments : `"${id}"`} (PmtInf)`,
      null,
      this.tally,
    );
    if (this.paymentControl.count === 0)
      this.tally.note('pain.no-transfer', null, 'A payment (PmtInf) holds no transfer, which the schema forbids');
  }

  private endTransfer(): void {
    const statement = this.open();
    const { byteLength, raw } = this.marks().endRecord();
    const place = { row: ++this.transfers, byteOffset: this.transferOffset, byteLength };
    const { text } = transferAmount(this.transfer);
    this.messageControl.add(text);
    this.paymentControl.add(text);
    const read = readTransfer(this.transfer, this.payment, statement, this.day, place);
    if ('reason' in read) this.sink.reject({ place, reason: read.reason, raw: raw() });
    else this.sink.transaction(read);
  }
}
