/** Bytes that can be read at any place: a file, a sealed original, memory. */
export interface ByteRange {
  readonly length: number;
  /** Bytes [offset, offset + length); fewer where the range ends before. */
  read(offset: number, length: number): Uint8Array;
  close(): void;
}

export const memoryRange = (bytes: Uint8Array): ByteRange => ({
  length: bytes.length,
  read: (offset, length) => bytes.subarray(offset, offset + length),
  close: () => undefined,
});

/** A part of a range, as a range of its own. Closing it leaves the whole open. */
export const partOf = (whole: ByteRange, from: number, length: number): ByteRange => ({
  length,
  read: (offset, wanted) => whole.read(from + offset, Math.max(0, Math.min(wanted, length - offset))),
  close: () => undefined,
});
