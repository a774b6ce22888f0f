import type { DecodeUtf8 } from '../domain/case-table.ts';

/** UTF-8 of shared or own memory as text. */
export const decodeUtf8: DecodeUtf8 = (bytes, start, end) =>
  Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset + start, end - start).toString('utf8');
