const POLYNOMIAL = 0xedb88320;

/** Tables for four bytes at a time: TABLES[k][b] is the check sum of byte b followed by k zero bytes. */
const TABLES = Array.from({ length: 4 }, () => new Int32Array(256));
for (let byte = 0; byte < 256; byte++) {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) !== 0 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
  TABLES[0]![byte] = value;
}
for (let k = 1; k < 4; k++)
  for (let byte = 0; byte < 256; byte++) {
    const before = TABLES[k - 1]![byte]!;
    TABLES[k]![byte] = (before >>> 8) ^ TABLES[0]![before & 0xff]!;
  }
const [T0, T1, T2, T3] = TABLES as [Int32Array, Int32Array, Int32Array, Int32Array];

/**
 * CRC-32 of ISO 3309, as ZIP uses it (APPNOTE 4.4.7), over all bytes given so far; start with 0.
 * Method: "slicing by four" (Kounavis and Berry, 2005).
 */
export const crc32 = (before: number, bytes: Uint8Array): number => {
  let crc = ~before;
  let p = 0;
  for (const end = bytes.length - 3; p < end; p += 4) {
    crc ^= bytes[p]! | (bytes[p + 1]! << 8) | (bytes[p + 2]! << 16) | (bytes[p + 3]! << 24);
    crc = T3[crc & 0xff]! ^ T2[(crc >>> 8) & 0xff]! ^ T1[(crc >>> 16) & 0xff]! ^ T0[crc >>> 24]!;
  }
  for (; p < bytes.length; p++) crc = (crc >>> 8) ^ T0[(crc ^ bytes[p]!) & 0xff]!;
  return ~crc >>> 0;
};
