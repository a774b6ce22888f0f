import type { CodecFor } from '../../../kernel/text.ts';
import {
  type AppHeaderField,
  CAMT_ROOT,
  type CamtAggregate,
  type CamtField,
  type CamtFormat,
  type DetailField,
  type GroupHeaderField,
  isCamtFormat,
  type StatementField,
} from './camt-fields.ts';
import { CamtStatements } from './camt-statements.ts';
import {
  type Dialect,
  FileRefused,
  type FormatName,
  type StatementParser,
  type StatementSink,
} from './statement-sink.ts';
import { noteEncoding } from './xml-encoding-remarks.ts';
import { XmlFields, type XmlPathListener, XmlPathWalker } from './xml-paths.ts';
import { XmlReader } from './xml-reader.ts';

class CamtParser implements StatementParser {
  private readonly statements: CamtStatements;
  private readonly walker: XmlPathWalker<CamtAggregate, CamtField>;
  private readonly reader: XmlReader;
  private readonly appHeader = new XmlFields<AppHeaderField>();
  private readonly groupHeader = new XmlFields<GroupHeaderField>();
  private readonly fields: Readonly<Partial<Record<CamtAggregate, XmlFields<CamtField>>>>;
  private message: CamtFormat | null = null;
  private entryOffset = 0;

  constructor(sink: StatementSink, codecFor: CodecFor) {
    const statements = new CamtStatements(sink);
    this.statements = statements;
    this.fields = {
      appHeader: this.appHeader,
      groupHeader: this.groupHeader,
      balance: statements.balance,
      entry: statements.entry,
    };
    const listener: XmlPathListener<CamtAggregate, CamtField> = {
      begin: aggregate => this.beginAggregate(aggregate),
      field: (aggregate, field, text) => this.field(aggregate, field, text),
      end: aggregate => this.endAggregate(aggregate),
    };
    this.walker = new XmlPathWalker(CAMT_ROOT, listener);
    this.reader = new XmlReader(this.walker, codecFor);
  }

  /** camt.053 until the message element has been read. */
  get format(): FormatName {
    return this.message ?? 'camt.053';
  }

  write(chunk: Uint8Array): void {
    this.reader.write(chunk);
  }

  end(): void {
    this.reader.end();
    const { statements, reader } = this;
    if (this.message === null)
      throw new FileRefused(
        'camt.no-message',
        `The XML holds no camt.052, camt.053 or camt.054 message; its root element is "${this.walker.rootName}". Check that it is the right file.`,
      );
    if (statements.statements === 0)
      throw new FileRefused(
        'camt.no-statement',
        'The message has a header and no statement, which its schema forbids: the file is incomplete. Ask the bank for a complete copy.',
      );
    noteEncoding(reader, statements.tally);
    statements.sendWarnings();
  }

  encoding(): string {
    return this.reader.encoding;
  }

  dialect(): Dialect {
    const { statements, entries, booked, transactionDetails, otherBalances } = this.statements;
    const namespace = this.walker.namespaces.findLast(each => /camt\.05[234]\./.test(each)) ?? null;
    const definition = namespace ?? this.appHeader.get('definition');
    return {
      message: this.message,
      version: /camt\.05[234]\.(\d{3}\.\d{2})/.exec(definition)?.[1] ?? null,
      namespace,
      messageId: this.groupHeader.get('messageId') || null,
      created: this.groupHeader.get('created') || null,
      statements,
      entries,
      booked,
      transactionDetails,
      otherBalances,
    };
  }

  private beginAggregate(aggregate: CamtAggregate): boolean {
    const { statements } = this;
    if (isCamtFormat(aggregate)) this.beginMessage(aggregate);
    else if (aggregate === 'statement') statements.beginStatement();
    else if (aggregate === 'details') statements.details.current.clear();
    else this.fields[aggregate]?.clear();
    if (aggregate === 'entry') {
      statements.details.clear();
      this.entryOffset = this.reader.beginRecord();
    }
    return true;
  }

  private beginMessage(format: CamtFormat): void {
    this.statements.beginMessage(format);
    if (this.message !== null && this.message !== format)
      this.statements.tally.note(
        'camt.mixed-messages',
        null,
        `The file holds messages of different kinds: ${this.message} and ${format}`,
      );
    this.message ??= format;
  }

  private field(aggregate: CamtAggregate, field: CamtField, text: string): void {
    const { statements } = this;
    // Each aggregate's tree gives fields of that aggregate only.
    if (aggregate === 'statement') statements.statementField(field as StatementField, text);
    else if (aggregate === 'details') statements.details.current.add(field as DetailField, text);
    else this.fields[aggregate]?.add(field, text);
  }

  private endAggregate(aggregate: CamtAggregate): void {
    const { statements } = this;
    if (aggregate === 'entry') {
      const { byteLength, raw } = this.reader.endRecord();
      statements.endEntry(this.entryOffset, byteLength, raw);
    } else if (aggregate === 'details') statements.details.end();
    else if (aggregate === 'balance') statements.endBalance();
    else if (aggregate === 'statement') statements.endStatement();
  }
}

/**
 * A streaming reader of ISO 20022 camt.052, .053 and .054, versions 001.01 to 001.13. Memory does not grow with the file.
 * Throws FileRefused: the codes of XmlReader, `camt.no-message`, `camt.no-statement`, `camt.account-after-entries`.
 * What becomes of each element: docs/specs/format-camt.md.
 */
export const createCamtParser = (sink: StatementSink, codecFor: CodecFor): StatementParser =>
  new CamtParser(sink, codecFor);
