import type { CreateParser, ParserContext } from './parser-context.ts';
import {
  type Dialect,
  FileRefused,
  type FormatName,
  type RecordPlace,
  type StatementParser,
  type StatementSink,
} from './statement-sink.ts';
import { WarningTally } from './warning-tally.ts';
import { currencyOf, XbrlGlEntries } from './xbrl-gl-entries.ts';
import { type UnitField, XBRL_GL_ROOT, type XbrlGlAggregate, type XbrlGlField } from './xbrl-gl-fields.ts';
import { noteEncoding } from './xml-encoding-remarks.ts';
import { XmlFields, type XmlPathListener, XmlPathWalker } from './xml-paths.ts';
import { XmlReader } from './xml-reader.ts';

class XbrlGlParser implements StatementParser {
  readonly format: FormatName = 'xbrl-gl';
  private readonly sink: StatementSink;
  private readonly tally = new WarningTally();
  private readonly walker: XmlPathWalker<XbrlGlAggregate, XbrlGlField>;
  private readonly reader: XmlReader;
  private readonly unit = new XmlFields<UnitField>();
  private readonly entries: XbrlGlEntries;
  /** Where the fields of each aggregate are gathered. */
  private readonly fields: Readonly<Partial<Record<XbrlGlAggregate, XmlFields<XbrlGlField>>>>;
  private details = 0;
  private detailOffset = 0;

  constructor({ sink, codecFor }: ParserContext) {
    this.sink = sink;
    const entries = new XbrlGlEntries(sink, this.tally);
    this.entries = entries;
    this.fields = {
      unit: this.unit,
      entries: entries.fields,
      organization: entries.organization,
      entry: entries.entry,
      detail: entries.detail,
    };
    const listener: XmlPathListener<XbrlGlAggregate, XbrlGlField> = {
      begin: aggregate => this.beginAggregate(aggregate),
      field: (aggregate, field, text) => this.fields[aggregate]?.add(field, text),
      end: aggregate => this.endAggregate(aggregate),
    };
    this.walker = new XmlPathWalker(XBRL_GL_ROOT, listener);
    this.reader = new XmlReader(this.walker, codecFor);
  }

  write(chunk: Uint8Array): void {
    this.reader.write(chunk);
  }

  end(): void {
    this.reader.end();
    if (this.entries.counts.ledgers === 0)
      throw new FileRefused(
        'xbrl-gl.no-entries',
        `The XBRL holds no accounting entries of the Global Ledger taxonomy; its root element is "${this.walker.rootName}". Check that it is the right file.`,
      );
    this.entries.warn();
    noteEncoding(this.reader, this.tally);
    this.tally.send(this.sink);
  }

  encoding(): string {
    return this.reader.encoding;
  }

  dialect(): Dialect {
    const { fields, counts } = this.entries;
    return {
      taxonomy: this.walker.namespaces.find(each => /\/int\/gl\/cor\//.test(each)) ?? null,
      entriesType: fields.get('entriesType') || null,
      producer: fields.get('software') || null,
      comment: fields.get('comment') || null,
      periodStart: fields.get('periodStart') || null,
      periodEnd: fields.get('periodEnd') || null,
      ledgers: counts.ledgers,
      entryHeaders: counts.entries,
      entryDetails: this.details,
    };
  }

  private beginAggregate(aggregate: XbrlGlAggregate): boolean {
    this.fields[aggregate]?.clear();
    if (aggregate === 'entries') this.entries.begin();
    else if (aggregate === 'entry') this.entries.beginEntry();
    else if (aggregate === 'detail') this.detailOffset = this.reader.beginRecord();
    return true;
  }

  private endAggregate(aggregate: XbrlGlAggregate): void {
    const { entries, unit } = this;
    if (aggregate === 'detail') {
      const { byteLength, raw } = this.reader.endRecord();
      const place: RecordPlace = { row: ++this.details, byteOffset: this.detailOffset, byteLength };
      entries.endDetail(place, raw);
    } else if (aggregate === 'entry') entries.endEntry();
    else if (aggregate === 'entries') entries.end();
    else if (aggregate === 'organization') entries.endOrganization();
    else if (aggregate === 'unit') entries.units.set(unit.get('unitId'), currencyOf(unit.get('measure')));
  }
}

/**
 * A streaming reader of XBRL Global Ledger instances. Memory grows with the accounts, not with the entries. Throws
 * FileRefused: the codes of XmlReader, `xbrl-gl.no-entries`. What becomes of each element: docs/specs/format-xbrl-gl.md.
 */
export const createXbrlGlParser: CreateParser = context => new XbrlGlParser(context);
