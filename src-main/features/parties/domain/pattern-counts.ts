import type { RecordComparison } from './record-comparison.ts';

/** Collects pairs by the pattern of their levels: pairs of one pattern are alike to the model. */
export class PatternCounts {
  readonly fieldCount: number;
  private readonly radix: Float64Array;
  private readonly numbers = new Map<number, number>();
  private levels: Int8Array;
  private counts = new Float64Array(128);
  private size = 0;
  /** Pairs counted. */
  total = 0;

  constructor(comparison: RecordComparison) {
    this.fieldCount = comparison.levels.length;
    this.levels = new Int8Array(this.counts.length * this.fieldCount);
    this.radix = new Float64Array(this.fieldCount);
    let product = 1;
    comparison.levels.forEach((levels, f) => {
      this.radix[f] = product;
      product *= levels.length + 1;
    });
    if (product > Number.MAX_SAFE_INTEGER) throw new RangeError(`${this.fieldCount} fields are too many to compare`);
  }

  get patternCount(): number {
    return this.size;
  }

  /** The pattern's number; it is counted `times` times. */
  add(found: Int8Array, times: number): number {
    let key = 0;
    for (let f = 0; f < this.fieldCount; f++) key += (found[f]! + 1) * this.radix[f]!;
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.size++;
      this.numbers.set(key, number);
      if (number === this.counts.length) this.grow();
      this.levels.set(found, number * this.fieldCount);
    }
    this.counts[number] = this.counts[number]! + times;
    this.total += times;
    return number;
  }

  level(pattern: number, field: number): number {
    return this.levels[pattern * this.fieldCount + field]!;
  }

  copyLevels(pattern: number, into: Int8Array): void {
    const from = pattern * this.fieldCount;
    for (let f = 0; f < this.fieldCount; f++) into[f] = this.levels[from + f]!;
  }

  count(pattern: number): number {
    return this.counts[pattern]!;
  }

  private grow(): void {
    const counts = new Float64Array(2 * this.size);
    counts.set(this.counts);
    this.counts = counts;
    const levels = new Int8Array(2 * this.size * this.fieldCount);
    levels.set(this.levels);
    this.levels = levels;
  }
}
