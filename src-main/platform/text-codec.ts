import iconv from 'iconv-lite';
import type { CodecFor, TextCodec } from '../kernel/text.ts';

const bufferView = (bytes: Uint8Array, start: number, end: number): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);

const utf8: TextCodec = {
  encoding: 'utf-8',
  slice: (bytes, start, end) => bufferView(bytes, start, end).toString('utf8'),
};

/** Codecs of the host: UTF-8 natively, everything else through iconv-lite. Byte order marks are left to the caller. */
export const codecFor: CodecFor = encoding => {
  const name = encoding.toLowerCase();
  if (name === 'utf-8' || name === 'utf8' || name === 'us-ascii' || name === 'ascii') return utf8;
  if (!iconv.encodingExists(name)) return null;
  return {
    encoding: name,
    slice: (bytes, start, end) => iconv.decode(bufferView(bytes, start, end), name, { stripBOM: false }),
  };
};
