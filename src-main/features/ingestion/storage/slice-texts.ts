import type { ColumnSlice } from '../domain/transaction-columns.ts';

/** The texts of a slice, by piece: reference 0, description 0, reference 1, … */
export interface SliceTexts {
  readonly piece: (index: number) => string;
}

/** UTF-16 units that UTF-8 bytes[from, to) decode to, when they are whole and valid. */
const unitsOf = (bytes: Uint8Array, from: number, to: number): number => {
  let units = 0;
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    // Continuation bytes add nothing; a lead byte of four adds a surrogate pair.
    if (byte < 0x80 || (byte >= 0xc0 && byte < 0xf0)) units += 1;
    else if (byte >= 0xf0) units += 2;
  }
  return units;
};

/**
 * Decodes a slice's texts at once and cuts the string, which is several times faster than decoding each piece. Where the
 * bytes are not valid UTF-8 through and through, each piece is decoded by itself.
 */
export const sliceTexts = ({ text, textEnds, count }: ColumnSlice): SliceTexts => {
  const buffer = Buffer.from(text.buffer as ArrayBuffer, text.byteOffset, text.byteLength);
  const all = buffer.toString('utf8');
  const ends = new Uint32Array(2 * count);
  let byte = 0;
  let unit = 0;
  for (let p = 0; p < ends.length; p++) {
    unit += unitsOf(text, byte, textEnds[p]!);
    byte = textEnds[p]!;
    ends[p] = unit;
  }
  const cuts = all.length === unit && !all.includes('\uFFFD');
  return cuts
    ? { piece: index => (index === 0 ? all.slice(0, ends[0]) : all.slice(ends[index - 1], ends[index])) }
    : { piece: index => buffer.toString('utf8', index === 0 ? 0 : textEnds[index - 1]!, textEnds[index]) };
};
