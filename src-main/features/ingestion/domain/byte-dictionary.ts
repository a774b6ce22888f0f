import type { TextCodec } from '../../../kernel/text.ts';
import { type ByteSource, byteSource, copyBytes, emptySource } from './byte-source.ts';

/**
 * Gives each distinct run of bytes a small integer, in order of first appearance, and makes a string only for a new one.
 * Look-up hashes and compares bytes; nothing is allocated for a value that was seen before.
 */
export class ByteDictionary {
  /** The distinct texts, by code. */
  readonly values: string[] = [];
  /** Open addressing; two words a slot, in one cache line: code + 1 (0 is free) and hash. */
  private slots = new Int32Array(128);
  /** ends[code] is where the code's bytes end in `arena`; they start where the previous ones end. */
  private ends = new Uint32Array(32);
  private arena: ByteSource = emptySource(512);
  private last = -1;
  /** Texts that hold U+FFFD: different unreadable bytes may give one text, which must stay one value. */
  private readonly unreadable = new Map<string, number>();

  /** The code of source[start, end); the codec turns the bytes of a new value into text. Empty is a value like any other. */
  code(source: ByteSource, start: number, end: number, codec: TextCodec): number {
    const last = this.last;
    if (last >= 0 && this.equals(last, source, start, end)) return last;
    const length = end - start;
    const view = source.view;
    let hash = length;
    let p = start;
    for (const words = end - 3; p < words; p += 4) {
      hash = Math.imul(hash ^ view.getInt32(p, true), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    for (; p < end; p++) hash = Math.imul(hash ^ source.bytes[p]!, 0x85ebca6b);
    hash ^= hash >>> 13;
    hash = Math.imul(hash, 0xc2b2ae35);
    hash ^= hash >>> 16;
    const slots = this.slots;
    const mask = slots.length - 1;
    let slot = (hash << 1) & mask;
    for (;;) {
      const found = slots[slot]! - 1;
      if (found < 0) break;
      if (slots[slot + 1] === hash && this.equals(found, source, start, end)) {
        this.last = found;
        return found;
      }
      slot = (slot + 2) & mask;
    }
    return this.add(hash, slot, source, start, end, codec);
  }

  private equals(code: number, source: ByteSource, start: number, end: number): boolean {
    let at = code === 0 ? 0 : this.ends[code - 1]!;
    if (this.ends[code]! - at !== end - start) return false;
    const arena = this.arena;
    let p = start;
    for (const words = end - 3; p < words; p += 4, at += 4)
      if (arena.view.getInt32(at, true) !== source.view.getInt32(p, true)) return false;
    for (; p < end; p++, at++) if (arena.bytes[at] !== source.bytes[p]) return false;
    return true;
  }

  private add(hash: number, slot: number, source: ByteSource, start: number, end: number, codec: TextCodec): number {
    const text = codec.slice(source.bytes, start, end);
    if (text.includes('\ufffd')) {
      const known = this.unreadable.get(text);
      if (known !== undefined) return known;
      this.unreadable.set(text, this.values.length);
    }
    const code = this.values.length;
    this.values.push(text);
    if (code >= this.ends.length) this.ends = grown(this.ends, new Uint32Array(code * 2));
    const at = code === 0 ? 0 : this.ends[code - 1]!;
    const needed = at + end - start;
    if (needed > this.arena.bytes.length)
      this.arena = byteSource(grown(this.arena.bytes, new Uint8Array(Math.max(needed, this.arena.bytes.length * 2))));
    copyBytes(source, start, end, this.arena, at);
    this.ends[code] = needed;
    this.slots[slot] = code + 1;
    this.slots[slot + 1] = hash;
    this.last = code;
    if ((code + 1) * 4 > this.slots.length) this.rehash();
    return code;
  }

  private rehash(): void {
    const slots = new Int32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let from = 0; from < this.slots.length; from += 2) {
      if (this.slots[from] === 0) continue;
      const hash = this.slots[from + 1]!;
      let slot = (hash << 1) & mask;
      while (slots[slot] !== 0) slot = (slot + 2) & mask;
      slots[slot] = this.slots[from]!;
      slots[slot + 1] = hash;
    }
    this.slots = slots;
  }
}

const grown = <A extends Uint32Array | Uint8Array>(from: A, to: A): A => {
  to.set(from);
  return to;
};
