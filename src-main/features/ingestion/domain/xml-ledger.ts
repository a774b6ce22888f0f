import type { StatementSink } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';
import { sumText } from './xml-values.ts';

const NAMED = 5;

/** Gathers what is out of order among many of a kind: how many, and the first few by name. */
export class NamedFaults {
  private count = 0;
  private row: number | null = null;
  private readonly named: string[] = [];

  /** `what` names one of them with what is wrong; `row` is its record, null where it is none. */
  add(what: string, row: number | null): void {
    this.row = this.count === 0 ? row : this.row;
    this.count++;
    if (this.named.length < NAMED) this.named.push(what);
  }

  /** Sends one warning: `message`, the count, and the first few. */
  warn(sink: StatementSink, code: string, message: string): void {
    if (this.count === 0) return;
    const more = this.count > NAMED ? `, and ${this.count - NAMED} more` : '';
    sink.warn({ row: this.row, code, message: `${message} (${this.count}): ${this.named.join('; ')}${more}` });
  }
}

/** Said of entries whose debits less credits are not zero. */
export const ENTRY_UNBALANCED = 'Journal entries whose debits and credits differ; their lines were read as they stand';

/** Adds up the entries of a ledger and remembers those whose debits and credits differ. */
export class EntryBalances {
  private readonly faults = new NamedFaults();
  private sum = 0n;
  private row: number | null = null;
  private complete = true;
  /** Entries ended so far. */
  entries = 0;

  begin(): void {
    this.sum = 0n;
    this.row = null;
    this.complete = true;
  }

  /** One line of the entry: debit positive, in units of 10^-9. */
  add(units: bigint, row: number): void {
    this.row ??= row;
    this.sum += units;
  }

  /** A line of the entry was rejected: its sum says nothing. */
  spoil(): void {
    this.complete = false;
  }

  end(name: string): void {
    this.entries++;
    if (this.complete && this.sum !== 0n) this.faults.add(`${name} by ${sumText(this.sum)}`, this.row);
  }

  warn(sink: StatementSink): void {
    this.faults.warn(sink, 'ledger.entry-unbalanced', ENTRY_UNBALANCED);
  }
}

/** Names of ledger entries, each unique within the file. */
export class EntryNames {
  private readonly seen = new Set<string>();
  private readonly tally: WarningTally;
  private readonly code: string;
  constructor(tally: WarningTally, code: string) {
    this.tally = tally;
    this.code = code;
  }

  /** The entry's own id; where another entry has it too, with its journal before it, and with a count where that stands twice. */
  unique(id: string, journal: string, ordinal: number, row: number): string {
    let name = id === '' ? `#${ordinal}` : id;
    if (this.seen.has(name) && journal !== '') name = `${journal}/${name}`;
    if (this.seen.has(name)) {
      this.tally.note(
        this.code,
        row,
        'A journal entry has the id of an earlier one of its journal; both are kept apart',
      );
      let n = 2;
      while (this.seen.has(`${name}#${n}`)) n++;
      name = `${name}#${n}`;
    }
    this.seen.add(name);
    return name;
  }
}

/** Compares a count or sum that the file states with what it holds. */
export const checkControl = (
  sink: StatementSink,
  code: 'control.count' | 'control.total',
  what: string,
  stated: string,
  found: string,
): void => {
  if (stated !== found)
    sink.warn({ row: null, code, message: `${what}: the file states ${stated} and holds ${found}` });
};
