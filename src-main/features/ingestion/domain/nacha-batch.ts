import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { settlementDay } from './nacha-date.ts';
import { type NachaBatchFacts, NachaEntry } from './nacha-entry.ts';
import { at, digitsOf, NACHA_RECORD_LENGTH, type NachaRecord } from './nacha-records.ts';
import { NachaTotals } from './nacha-totals.ts';
import { dayOfYymmdd } from './short-date.ts';
import type { StatementSink } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';

/** One batch: header 5, entries 6 with addenda 7, control 8. */
export class NachaBatch {
  readonly row: number;
  readonly entryClass: string;
  private readonly header: NachaRecord;
  private readonly sink: StatementSink;
  private readonly tally: WarningTally;
  private readonly facts: NachaBatchFacts;
  private readonly totals = new NachaTotals();
  private readonly fileTotals: NachaTotals;
  private entry: NachaEntry | null = null;

  constructor(
    header: NachaRecord,
    fileCreated: CivilDay | null,
    fileTotals: NachaTotals,
    sink: StatementSink,
    tally: WarningTally,
  ) {
    this.header = header;
    this.row = header.row;
    this.sink = sink;
    this.tally = tally;
    this.fileTotals = fileTotals;
    this.entryClass = at(header, 51, 53).trim();
    const { bookingDay, settlement } = this.days(fileCreated);
    const company = at(header, 5, 20).trim();
    const statement = sink.statement({
      accountId: at(header, 41, 50).trim() || null,
      currency: 'USD',
      institution: at(header, 80, 87).trim() || null,
      // An international batch has its indicator here, and its originator in the addenda.
      owner: this.entryClass === 'IAT' ? null : company || null,
      statementId: at(header, 88, 94).trim() || null,
    });
    this.facts = {
      statement,
      entryClass: this.entryClass,
      entryDescription: at(header, 54, 63).trim(),
      bookingDay,
      settlementDay: settlement,
    };
  }

  addEntry(record: NachaRecord): void {
    this.endEntry();
    this.entry = new NachaEntry(record, this.entryClass);
  }

  /** False where there is no entry that the addenda record could belong to. */
  addAddenda(record: NachaRecord): boolean {
    if (this.entry === null) return false;
    this.entry.addenda.push(record);
    return true;
  }

  /** Ends the batch with its control record 8. */
  end(control: NachaRecord): void {
    this.endEntry();
    // Automated accounting advices: totals of 20 digits (Nacha Operating Rules, appendix three).
    const isAdvice = this.entryClass === 'ADV';
    this.totals.check(
      {
        entries: digitsOf(at(control, 5, 10)),
        hash: digitsOf(at(control, 11, 20)),
        debits: digitsOf(isAdvice ? at(control, 21, 40) : at(control, 21, 32)),
        credits: digitsOf(isAdvice ? at(control, 41, 60) : at(control, 33, 44)),
      },
      'batch',
      control.row,
      this.tally,
    );
    const same = (name: string, ofHeader: string, ofControl: string): void => {
      if (ofHeader.trim() !== ofControl.trim())
        this.tally.note(
          'nacha.batch-differs',
          control.row,
          `A batch control states the ${name} "${ofControl.trim()}", its header "${ofHeader.trim()}"`,
        );
    };
    same('service class', at(this.header, 2, 4), at(control, 2, 4));
    const company = at(control, 45, 54);
    // International batches often leave it blank in the control record.
    if (!isAdvice && company.trim() !== '') same('company identification', at(this.header, 41, 50), company);
    same('originating institution', at(this.header, 80, 87), at(control, 80, 87));
    same('batch number', at(this.header, 88, 94), at(control, 88, 94));
  }

  private days(fileCreated: CivilDay | null): { bookingDay: CivilDay; settlement: CivilDay } {
    const text = at(this.header, 70, 75);
    const effective = dayOfYymmdd(text);
    const settlement = settlementDay(at(this.header, 76, 78), effective ?? fileCreated);
    if (effective !== null) return { bookingDay: effective, settlement: settlement ?? UNKNOWN_DAY };
    if (!/^[0 ]*$/.test(text))
      this.tally.note(
        'nacha.effective-date',
        this.row,
        `The effective entry date "${text}" of a batch is no day of the calendar and counts as not stated`,
      );
    if (settlement === null)
      this.tally.note(
        'nacha.no-date',
        this.row,
        'A batch states neither an effective entry date nor a settlement date',
      );
    else
      this.tally.note(
        'nacha.date-from-settlement',
        this.row,
        'A batch states no effective entry date; its settlement date is used, with the year nearest to the file’s creation',
      );
    return { bookingDay: settlement ?? UNKNOWN_DAY, settlement: settlement ?? UNKNOWN_DAY };
  }

  private endEntry(): void {
    const { entry } = this;
    this.entry = null;
    if (entry === null) return;
    this.totals.add(entry);
    this.fileTotals.add(entry);
    const { fault, signedCents, record } = entry;
    if (fault !== null || signedCents === null) {
      this.sink.reject({ place: entry.place, reason: `an entry cannot be read: ${fault}`, raw: entry.raw });
      return;
    }
    if (!entry.isRoutingProven)
      this.tally.note(
        'nacha.check-digit',
        record.row,
        'A receiving institution’s routing number fails its check digit',
      );
    if (!entry.isIndicatorRight)
      this.tally.note(
        'nacha.addenda-indicator',
        record.row,
        'An entry’s addenda indicator and its addenda records disagree',
      );
    if (record.length < NACHA_RECORD_LENGTH)
      this.tally.note(
        'nacha.short-record',
        record.row,
        'An entry is shorter than 94 characters: its trace number is cut',
      );
    for (const code of entry.unknownReasons)
      this.tally.note('nacha.reason', record.row, `The rules have no reason "${code}" of a return or change`);
    this.checkServiceClass(signedCents, record.row);
    this.sink.transaction(entry.transaction(signedCents, this.facts));
  }

  /** Service class 220 is for credits only, 225 for debits only; 200 and 280 for both. */
  private checkServiceClass(cents: number, row: number): void {
    const serviceClass = at(this.header, 2, 4);
    if ((serviceClass === '220' && cents < 0) || (serviceClass === '225' && cents > 0))
      this.tally.note(
        'nacha.service-class',
        row,
        `A batch of service class ${serviceClass} (${serviceClass === '220' ? 'credits' : 'debits'} only) holds an entry of the other side`,
      );
  }
}
