import type { CivilDay } from '../../../kernel/civil-date.ts';
import { isNachaAddendaType } from './nacha-addenda.ts';
import { NachaBatch } from './nacha-batch.ts';
import { at, digitsOf, type NachaRecord } from './nacha-records.ts';
import { NachaTotals } from './nacha-totals.ts';
import { dayOfYymmdd } from './short-date.ts';
import { FileRefused, type StatementSink } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';

const PADDING = /^9+ *$/;
/** Records are blocked by ten; the file control counts the blocks. */
const BLOCKING_FACTOR = 10;

/** One logical file: header 1, batches, control 9. */
export class NachaFile {
  readonly header: NachaRecord;
  readonly entryClasses = new Set<string>();
  isComplete = false;
  batches = 0;
  private readonly sink: StatementSink;
  private readonly tally: WarningTally;
  private readonly created: CivilDay | null;
  private readonly totals = new NachaTotals();
  private batch: NachaBatch | null = null;
  private records = 1;

  constructor(header: NachaRecord, sink: StatementSink, tally: WarningTally) {
    this.header = header;
    this.sink = sink;
    this.tally = tally;
    if (at(header, 2, 3) !== '01' || at(header, 35, 37) !== '094')
      throw new FileRefused(
        'nacha.header',
        `Record ${header.row} is a file header with the priority code "${at(header, 2, 3)}" and the record size "${at(header, 35, 37)}", which must be 01 and 094: characters were lost or added. Ask for an unaltered copy.`,
        header.row,
      );
    this.created = dayOfYymmdd(at(header, 24, 29));
    for (const [name, from, to] of [
      ['destination', 4, 13],
      ['origin', 14, 23],
    ] as const) {
      const routing = at(header, from, to).trim();
      if (!/^\d{9,10}$/.test(routing))
        tally.note(
          'nacha.routing',
          header.row,
          `The file header's immediate ${name} "${routing}" is no routing or company number of nine or ten digits`,
        );
    }
  }

  get createdText(): string {
    return at(this.header, 24, 29).trim();
  }

  /** Reads a record behind the header; the reason where it has no place in the file. */
  record(record: NachaRecord): string | null {
    const type = at(record, 1, 1);
    if (type === '9' && PADDING.test(record.text)) return this.isComplete ? null : 'padding before the file control';
    if (this.isComplete) return 'a record after the file control';
    this.records++;
    switch (type) {
      case '5':
        if (this.batch !== null) this.incomplete(record.row);
        this.batch = new NachaBatch(record, this.created, this.totals, this.sink, this.tally);
        this.entryClasses.add(this.batch.entryClass);
        this.batches++;
        return null;
      case '6':
        if (this.batch === null) return 'an entry outside a batch';
        this.batch.addEntry(record);
        return null;
      case '7': {
        const addendaType = at(record, 2, 3);
        if (this.batch?.addAddenda(record) !== true) return 'an addenda record without an entry';
        if (!isNachaAddendaType(addendaType))
          this.tally.note(
            'nacha.addenda-type',
            record.row,
            `There is no addenda type "${addendaType}"; the record counts and is not read`,
          );
        return null;
      }
      case '8':
        if (this.batch === null) return 'a batch control without a batch';
        this.batch.end(record);
        this.batch = null;
        return null;
      case '9':
        if (this.batch !== null) this.incomplete(record.row);
        this.end(record);
        return null;
      default:
        return `ACH has no record type "${type}"`;
    }
  }

  private end(control: NachaRecord): void {
    this.isComplete = true;
    const isAdvice = this.entryClasses.size === 1 && this.entryClasses.has('ADV');
    this.totals.check(
      {
        entries: digitsOf(at(control, 14, 21)),
        hash: digitsOf(at(control, 22, 31)),
        debits: digitsOf(isAdvice ? at(control, 32, 51) : at(control, 32, 43)),
        credits: digitsOf(isAdvice ? at(control, 52, 71) : at(control, 44, 55)),
      },
      'file',
      control.row,
      this.tally,
    );
    const batches = digitsOf(at(control, 2, 7));
    if (batches !== this.batches)
      this.tally.note(
        'control.count',
        control.row,
        `The file control states ${batches ?? 'no number of'} batches, there are ${this.batches}`,
      );
    const blocks = digitsOf(at(control, 8, 13));
    const expected = Math.ceil(this.records / BLOCKING_FACTOR);
    if (blocks !== expected)
      this.tally.note(
        'control.count',
        control.row,
        `The file control states ${blocks ?? 'no number of'} blocks of ten records, there are ${expected}`,
      );
  }

  private incomplete(row: number): never {
    throw new FileRefused(
      'nacha.structure',
      `Record ${row} begins something new while the batch that began at record ${this.batch?.row} has no control record (8): records are missing. Ask for a complete copy.`,
      row,
    );
  }
}
