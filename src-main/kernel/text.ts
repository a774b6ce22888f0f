/** Turns bytes of one encoding into text. Given by the host: pure code has no TextDecoder of its own. */
export interface TextCodec {
  /** The encoding's WHATWG-style name, e.g. `utf-8`, `windows-1252`. */
  readonly encoding: string;
  /** Text of bytes[start, end). Bytes that the encoding does not know become U+FFFD. */
  slice(bytes: Uint8Array, start: number, end: number): string;
}

/** Finds a codec by encoding name; null for an encoding the host cannot read. */
export type CodecFor = (encoding: string) => TextCodec | null;
