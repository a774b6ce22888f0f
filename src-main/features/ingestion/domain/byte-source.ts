/**
 * A run of bytes with a DataView on the same memory. Hot loops read four bytes at a time through the view,
 * which the engine compiles to a single unaligned load.
 */
export interface ByteSource {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** A ByteSource over an existing array (no copy). */
export const byteSource = (bytes: Uint8Array): ByteSource => ({
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
});

/** An empty ByteSource of a capacity in bytes. */
export const emptySource = (capacity: number): ByteSource => byteSource(new Uint8Array(capacity));

/** Copies source[start, end) to target at `at`; the caller has made room. Short runs only: longer ones gain from set(). */
export const copyBytes = (source: ByteSource, start: number, end: number, target: ByteSource, at: number): void => {
  let from = start;
  let to = at;
  const words = end - 3;
  const input = source.view;
  const output = target.view;
  while (from < words) {
    output.setInt32(to, input.getInt32(from, true), true);
    from += 4;
    to += 4;
  }
  while (from < end) target.bytes[to++] = source.bytes[from++]!;
};
