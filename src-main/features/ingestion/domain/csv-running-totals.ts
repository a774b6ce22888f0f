import { powerOfTen } from '../../../kernel/decimal.ts';

/** Sums of what comes in, what goes out, and both. */
interface Sums {
  in: number;
  out: number;
}

/** Adds up the transactions of a table, so that a line that looks like a total can be compared with them. */
export class RunningTotals {
  private readonly all: Sums = { in: 0, out: 0 };
  private readonly sinceTotal: Sums = { in: 0, out: 0 };
  private scale = 2;
  private complete = true;

  /** Adds a transaction. `units` at `scale`, which only grows. */
  add(units: number, scale: number): void {
    if (scale !== this.scale) this.refine(scale);
    if (units > 0) {
      this.all.in += units;
      this.sinceTotal.in += units;
    } else {
      this.all.out -= units;
      this.sinceTotal.out -= units;
    }
  }

  /** A record that may be a transaction could not be read: sums prove nothing any more. */
  breakOff(): void {
    this.complete = false;
  }

  /** A total was read: the next one may begin here. */
  restart(): void {
    this.sinceTotal.in = 0;
    this.sinceTotal.out = 0;
  }

  /** Whether an amount is a sum of the transactions so far, or since the last total; null when that cannot be told. */
  equals(units: number, scale: number): boolean | null {
    if (!this.complete) return null;
    if (scale > this.scale) this.refine(scale);
    const amount = Math.abs(units) * powerOfTen(this.scale - scale);
    return [this.all, this.sinceTotal].some(
      sums => amount === sums.in || amount === sums.out || amount === Math.abs(sums.in - sums.out),
    );
  }

  private refine(scale: number): void {
    const factor = powerOfTen(scale - this.scale);
    for (const sums of [this.all, this.sinceTotal]) {
      sums.in *= factor;
      sums.out *= factor;
    }
    this.scale = scale;
  }
}
