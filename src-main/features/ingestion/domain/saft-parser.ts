import type { CreateParser, ParserContext } from './parser-context.ts';
import { isMoneySection, SaftDocuments } from './saft-documents.ts';
import {
  type AccountField,
  DOCUMENT_SECTIONS,
  type DocumentSection,
  type HeaderField,
  type PartyField,
  SAFT_ROOT,
  type SaftAggregate,
  type SaftField,
} from './saft-fields.ts';
import { missingElements, saftFamily, saftStatement } from './saft-header.ts';
import { SaftJpk } from './saft-jpk.ts';
import { SaftLedger } from './saft-ledger.ts';
import { SaftMasters } from './saft-masters.ts';
import {
  type Dialect,
  FileRefused,
  type FormatName,
  type RecordPlace,
  type StatementParser,
  type StatementSink,
} from './statement-sink.ts';
import { WarningTally } from './warning-tally.ts';
import { noteEncoding } from './xml-encoding-remarks.ts';
import { XmlFields, type XmlPathListener, XmlPathWalker } from './xml-paths.ts';
import { XmlReader } from './xml-reader.ts';

const isSection = (aggregate: SaftAggregate): aggregate is DocumentSection => aggregate in DOCUMENT_SECTIONS;
const RECORDS: ReadonlySet<SaftAggregate> = new Set<SaftAggregate>(['line', 'document', 'jpkLine']);

class SaftParser implements StatementParser {
  readonly format: FormatName = 'saft';
  private readonly sink: StatementSink;
  private readonly tally = new WarningTally();
  private readonly walker: XmlPathWalker<SaftAggregate, SaftField>;
  private readonly reader: XmlReader;
  private readonly header = new XmlFields<HeaderField>();
  private readonly account = new XmlFields<AccountField>();
  private readonly party = new XmlFields<PartyField>();
  private readonly masters: SaftMasters;
  private readonly ledger: SaftLedger;
  private readonly documents: SaftDocuments;
  private readonly jpk: SaftJpk;
  /** Where the fields of each aggregate are gathered. */
  private readonly fields: Readonly<Partial<Record<SaftAggregate, XmlFields<SaftField>>>>;
  private kind: 'audit-file' | 'jpk' | null = null;
  private statements = 0;
  private records = 0;
  private recordOffset = 0;

  constructor({ sink, codecFor }: ParserContext) {
    this.sink = sink;
    this.masters = new SaftMasters(sink, this.tally);
    const ledger = new SaftLedger(sink, this.masters, this.tally);
    const documents = new SaftDocuments(sink, this.masters, this.tally);
    const jpk = new SaftJpk(sink, this.tally);
    this.ledger = ledger;
    this.documents = documents;
    this.jpk = jpk;
    const sections = Object.keys(DOCUMENT_SECTIONS).map(name => [name, documents.control] as const);
    this.fields = {
      ...Object.fromEntries(sections),
      header: this.header,
      account: this.account,
      customer: this.party,
      supplier: this.party,
      ledger: ledger.control,
      journal: ledger.journal,
      transaction: ledger.transaction,
      line: ledger.line,
      document: documents.document,
      documentLine: documents.line,
      jpk: jpk.header,
      jpkAccount: jpk.account,
      jpkParty: jpk.party,
      jpkJournal: jpk.journal,
      jpkLine: jpk.line,
      jpkControl: jpk.control,
    };
    const listener: XmlPathListener<SaftAggregate, SaftField> = {
      begin: aggregate => this.beginAggregate(aggregate),
      field: (aggregate, field, text) => this.fields[aggregate]?.add(field, text),
      end: aggregate => this.endAggregate(aggregate),
    };
    this.walker = new XmlPathWalker(SAFT_ROOT, listener);
    this.reader = new XmlReader(this.walker, codecFor);
  }

  write(chunk: Uint8Array): void {
    this.reader.write(chunk);
  }

  end(): void {
    this.reader.end();
    if (this.kind === null)
      throw new FileRefused(
        'saft.no-audit-file',
        `The XML holds no SAF-T audit file (AuditFile or JPK); its root element is "${this.walker.rootName}". Check that it is the right file.`,
      );
    if (this.kind === 'jpk') this.jpk.end();
    else this.endAuditFile();
    noteEncoding(this.reader, this.tally);
    this.tally.send(this.sink);
  }

  encoding(): string {
    return this.reader.encoding;
  }

  dialect(): Dialect {
    const { header, masters, jpk, ledger } = this;
    const isJpk = this.kind === 'jpk';
    const first = (...fields: readonly HeaderField[]): string | null => header.first(...fields) || null;
    return {
      schema: isJpk
        ? jpk.header.first('formVersion', 'form') || 'JPK'
        : `OECD ${saftFamily(header, this.walker.namespaces)}.0 family`,
      namespace: this.walker.namespaces.find(each => /audit|saf-?t|jpk/i.test(each)) ?? null,
      version: first('version'),
      country: first('country'),
      companyId: first('companyId', 'registrationNumber'),
      taxRegistrationNumber: isJpk ? jpk.header.get('taxNumber') || null : first('taxNumber'),
      fiscalYear: first('fiscalYear'),
      startDate: isJpk ? jpk.header.get('startDate') || null : first('startDate'),
      endDate: isJpk ? jpk.header.get('endDate') || null : first('endDate'),
      currency: isJpk ? jpk.header.get('currency') || null : first('defaultCurrency', 'currency'),
      producer: [header.get('software'), header.get('softwareVersion')].filter(Boolean).join(' ') || null,
      entries: isJpk ? jpk.counts.entries : ledger.entries,
      documents: this.documents.counts,
      accounts: isJpk ? jpk.counts.accounts : masters.counts.accounts,
      customers: masters.counts.customers,
      suppliers: masters.counts.suppliers,
    };
  }

  private beginAggregate(aggregate: SaftAggregate): boolean {
    if (aggregate === 'file') this.kind = 'audit-file';
    else if (aggregate === 'jpk') this.kind = 'jpk';
    else if (aggregate === 'ledger' || isSection(aggregate)) this.beginSection(aggregate);
    else {
      // The counts and sums of a Polish file stand in several elements.
      if (aggregate !== 'jpkControl') this.fields[aggregate]?.clear();
      if (RECORDS.has(aggregate)) this.recordOffset = this.reader.beginRecord();
      if (aggregate === 'transaction') this.ledger.beginTransaction();
      else if (aggregate === 'document') this.documents.beginDocument();
      else if (aggregate === 'jpkJournal') this.jpk.beginJournal();
    }
    return true;
  }

  private beginSection(section: 'ledger' | DocumentSection): void {
    const header = saftStatement(this.header, section === 'ledger' ? '' : section);
    const open = (): number => {
      this.statements++;
      return this.sink.statement(header);
    };
    if (section === 'ledger') this.ledger.begin(open(), header.currency);
    else this.documents.begin(section, isMoneySection(section) ? open() : null, header.currency);
  }

  private endAggregate(aggregate: SaftAggregate): void {
    const { ledger, documents, masters, jpk } = this;
    if (RECORDS.has(aggregate)) this.endRecord(aggregate);
    else if (aggregate === 'transaction') ledger.endTransaction();
    else if (aggregate === 'documentLine') documents.endLine();
    else if (aggregate === 'ledger') ledger.end();
    else if (isSection(aggregate)) documents.end();
    else if (aggregate === 'account') masters.account(this.account);
    else if (aggregate === 'customer' || aggregate === 'supplier') masters.party(aggregate, this.party);
    else if (aggregate === 'masters') masters.complete();
    else if (aggregate === 'jpkAccount') jpk.endAccount();
    else if (aggregate === 'jpkParty') jpk.endParty();
    else if (aggregate === 'jpkJournal') jpk.endJournal();
  }

  private endRecord(aggregate: SaftAggregate): void {
    const { byteLength, raw } = this.reader.endRecord();
    const place: RecordPlace = { row: ++this.records, byteOffset: this.recordOffset, byteLength };
    if (aggregate === 'line') this.ledger.endLine(place, raw);
    else if (aggregate === 'document') this.documents.endDocument(place, raw);
    else this.jpk.endLine(place, raw);
  }

  private endAuditFile(): void {
    this.masters.end();
    const missing = missingElements(this.header, saftFamily(this.header, this.walker.namespaces));
    if (missing.length > 0)
      this.sink.warn({
        row: null,
        code: 'saft.schema',
        message: `The header lacks what its schema requires: ${missing.join(', ')}. The file was not made to the schema, or was altered.`,
      });
    if (this.statements === 0)
      this.sink.warn({
        row: null,
        code: 'saft.no-records',
        message:
          'The file is whole and holds neither ledger entries nor invoices nor payments: there is nothing to import from it.',
      });
  }
}

/**
 * A streaming reader of SAF-T: OECD 1.0 and 2.0, the national schemas made from them, and the Polish JPK_KR. Memory grows
 * with the master files, not with the entries. Throws FileRefused: the codes of XmlReader, `saft.no-audit-file`,
 * `saft.too-many-entries`. What becomes of each element: docs/specs/format-saft.md.
 */
export const createSaftParser: CreateParser = context => new SaftParser(context);
