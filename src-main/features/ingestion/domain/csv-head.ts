import type { DialectQuestion } from './csv-dialect.ts';
import { refuseOpen } from './csv-questions.ts';

/** Bytes of the head of a file that detection works on first. */
const HEAD_BYTES = 1 << 18;
/** And at most, when the first ones leave a question open that later rows may settle. */
const MAX_HEAD_BYTES = 1 << 24;

/** Collects the head of a file from chunks of any size; copies, since callers reuse their buffers. */
export class FileHead {
  /** Bytes to collect before detection is tried. */
  target = HEAD_BYTES;
  private buffer = new Uint8Array(1 << 12);
  private length = 0;

  /** Adds a chunk; true when the target is reached. */
  push(chunk: Uint8Array): boolean {
    const needed = this.length + chunk.length;
    if (needed > this.buffer.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.buffer.length));
      larger.set(this.buffer.subarray(0, this.length));
      this.buffer = larger;
    }
    this.buffer.set(chunk, this.length);
    this.length = needed;
    return needed >= this.target;
  }

  /** Asks for more of the file; false when it has grown as far as it may. */
  extend(): boolean {
    if (this.target >= MAX_HEAD_BYTES) return false;
    this.target *= 4;
    return true;
  }

  /** All bytes collected. */
  get bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  /** The bytes detection works on: never more than the target, so that it does not depend on the size of chunks. */
  get sample(): Uint8Array {
    return this.buffer.subarray(0, Math.min(this.length, this.target));
  }

  /** Whether there are enough bytes for detection. */
  get full(): boolean {
    return this.length >= this.target;
  }
}

/** What detection looks at. */
export interface HeadSample {
  readonly bytes: Uint8Array;
  /** The bytes are the whole file. */
  readonly whole: boolean;
  /** Look at every record of them, not just at the first ones. */
  readonly thorough: boolean;
}

/**
 * Detects on the head, and on more of the file while that leaves questions open. Null when more of the file is wanted;
 * throws FileRefused `dialect.ambiguous` when questions stay open. `ended`: no more bytes will come.
 */
export const detectOnHead = <T extends { readonly questions: readonly DialectQuestion[] }>(
  head: FileHead,
  ended: boolean,
  detect: (sample: HeadSample) => T,
): T | null => {
  for (let thorough = false; ; thorough = true) {
    const whole = ended && head.sample.length === head.bytes.length;
    const found = detect({ bytes: head.sample, whole, thorough });
    if (found.questions.length === 0) return found;
    if (!found.questions.some(({ moreMayTell }) => moreMayTell)) throw refuseOpen(found.questions);
    if (!thorough) continue;
    if (whole || !head.extend()) throw refuseOpen(found.questions);
    if (!ended && !head.full) return null;
  }
};
