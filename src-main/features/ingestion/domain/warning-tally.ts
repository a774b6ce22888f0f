import type { StatementSink } from './statement-sink.ts';

interface Tallied {
  readonly message: string;
  readonly row: number | null;
  count: number;
}

/** Gathers an irregularity that many records of a file share into one warning with its count and first place. */
export class WarningTally {
  private readonly tallied = new Map<string, Tallied>();

  /** Counts one occurrence under `code` and `message`; `row` is the record's, null where it concerns no record. */
  note(code: string, row: number | null, message: string): void {
    const key = `${code}\n${message}`;
    const known = this.tallied.get(key);
    if (known) known.count++;
    else this.tallied.set(key, { message, row, count: 1 });
  }

  /** Sends one warning for each code and message, in the order of first appearance. */
  send(sink: StatementSink): void {
    for (const [key, { message, row, count }] of this.tallied) {
      const where = row === null ? '' : `, first at record ${row}`;
      const times = count === 1 ? '' : ` (${count} times${where})`;
      sink.warn({ row, code: key.slice(0, key.indexOf('\n')), message: `${message}${times}` });
    }
    this.tallied.clear();
  }
}
