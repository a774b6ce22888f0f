import type { StatementSink } from './statement-sink.ts';

const ROWS_NAMED = 10;

/** The FITIDs of one account, which must be unique (OFX 2.3, 3.2.3): a repeated one is told, and nothing is merged. */
export class OfxIdentifiers {
  private readonly seen = new Set<string>();
  private readonly rows: number[] = [];
  private repeats = 0;

  add(identifier: string, row: number): void {
    if (identifier === '') return;
    if (!this.seen.has(identifier)) {
      this.seen.add(identifier);
      return;
    }
    this.repeats++;
    if (this.rows.length < ROWS_NAMED) this.rows.push(row);
  }

  warn(sink: StatementSink, account: string): void {
    if (this.repeats === 0) return;
    const more = this.repeats > ROWS_NAMED ? ', …' : '';
    sink.warn({
      row: this.rows[0] ?? null,
      code: 'ofx.repeated-fitid',
      message: `${this.repeats} transactions of account ${account} repeat the FITID of an earlier one, which should be unique (records ${this.rows.join(', ')}${more}); all are kept.`,
    });
  }
}
