const CHUNK_BITS = 18;
const CHUNK = 1 << CHUNK_BITS;
const MASK = CHUNK - 1;

/** Pairs of groups with their patterns, in chunks: it grows without being copied. */
export class CandidateList {
  length = 0;
  private readonly firsts: Uint32Array[] = [];
  private readonly seconds: Uint32Array[] = [];
  private readonly patterns: Uint32Array[] = [];

  push(first: number, second: number, pattern: number): void {
    const at = this.length++;
    const chunk = at >>> CHUNK_BITS;
    if (chunk === this.firsts.length) {
      this.firsts.push(new Uint32Array(CHUNK));
      this.seconds.push(new Uint32Array(CHUNK));
      this.patterns.push(new Uint32Array(CHUNK));
    }
    this.firsts[chunk]![at & MASK] = first;
    this.seconds[chunk]![at & MASK] = second;
    this.patterns[chunk]![at & MASK] = pattern;
  }

  first(at: number): number {
    return this.firsts[at >>> CHUNK_BITS]![at & MASK]!;
  }

  second(at: number): number {
    return this.seconds[at >>> CHUNK_BITS]![at & MASK]!;
  }

  pattern(at: number): number {
    return this.patterns[at >>> CHUNK_BITS]![at & MASK]!;
  }
}
