import { powerOfTen } from '../../../kernel/decimal.ts';

/** Most unbalanced entries named in the warning. */
const NAMED = 5;

/** Adds up the lines of each journal entry, which must come to zero. */
export class EntrySums {
  private sums = new Float64Array(1024);
  private scale = 2;
  /** Entries seen, by their dictionary codes 0 … count − 1. */
  private count = 0;

  /** Adds a line to an entry. `units` at `scale`, which only grows. */
  add(entry: number, units: number, scale: number): void {
    if (scale !== this.scale) {
      const factor = powerOfTen(scale - this.scale);
      for (let i = 0; i < this.count; i++) this.sums[i] = this.sums[i]! * factor;
      this.scale = scale;
    }
    if (entry >= this.sums.length) {
      const larger = new Float64Array(Math.max(entry + 1, 2 * this.sums.length));
      larger.set(this.sums);
      this.sums = larger;
    }
    this.sums[entry] = this.sums[entry]! + units;
    this.count = Math.max(this.count, entry + 1);
  }

  get entries(): number {
    return this.count;
  }

  /** What to tell of entries that do not balance, by their names; null when all do. */
  unbalanced(names: readonly string[]): string | null {
    const open: string[] = [];
    let count = 0;
    for (let i = 0; i < this.count; i++)
      if (this.sums[i] !== 0) {
        count++;
        if (open.length < NAMED) open.push(names[i] ?? '');
      }
    return count === 0
      ? null
      : `${count} of ${this.count} journal entries do not balance: the lines of each must add up to zero (${open.join(', ')}${count > NAMED ? ', …' : ''})`;
  }
}
