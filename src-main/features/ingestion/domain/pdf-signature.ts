/** Bytes that may precede the header (ISO 32000-1, annex H, note 13: within the first 1024 bytes). */
const SEARCHED_BYTES = 1024;
const HEADER = [0x25, 0x50, 0x44, 0x46, 0x2d] as const;

/** True where `%PDF-` stands at the beginning, or behind up to 1 KiB of other bytes at the beginning of a line or of binary data. */
export const isPdf = (head: Uint8Array): boolean => {
  const last = Math.min(head.length - HEADER.length, SEARCHED_BYTES);
  for (let at = 0; at <= last; at++) {
    if (!HEADER.every((byte, i) => head[at + i] === byte)) continue;
    // A version follows; text that speaks of `%PDF-` in the midst of a line is none.
    const version = head[at + HEADER.length];
    const before = at === 0 ? 0x0a : head[at - 1]!;
    if (version !== undefined && version >= 0x30 && version <= 0x39 && (before < 0x20 || before >= 0x7f)) return true;
  }
  return false;
};
