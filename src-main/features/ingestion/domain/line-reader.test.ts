import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codecFor } from '../../../platform/text-codec.ts';
import type { TextLine } from './line-reader.ts';
import { LineReader } from './line-reader.ts';

const read = (bytes: Uint8Array, chunk = 1 << 16): { lines: TextLine[]; encoding: string } => {
  const lines: TextLine[] = [];
  const reader = new LineReader(codecFor, 'windows-1252', line => lines.push(line));
  for (let at = 0; at < bytes.length; at += chunk) reader.write(bytes.subarray(at, at + chunk));
  reader.end();
  return { lines, encoding: reader.encoding };
};
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('LineReader', () => {
  it('cuts at LF, CRLF and CR, keeps empty lines and a last line without an end', () => {
    expect(read(bytesOf('a\r\nb\n\nc\rd')).lines).toEqual([
      { row: 1, text: 'a', byteOffset: 0, byteLength: 1 },
      { row: 2, text: 'b', byteOffset: 3, byteLength: 1 },
      { row: 3, text: '', byteOffset: 5, byteLength: 0 },
      { row: 4, text: 'c', byteOffset: 6, byteLength: 1 },
      { row: 5, text: 'd', byteOffset: 8, byteLength: 1 },
    ]);
  });

  it('leaves a byte order mark out of the first line and counts its bytes', () => {
    expect(read(bytesOf('\uFEFFx\n'), 1).lines).toEqual([{ row: 1, text: 'x', byteOffset: 3, byteLength: 1 }]);
  });

  it('reads a line that is no UTF-8 in the legacy code page, and says so', () => {
    const { lines, encoding } = read(Uint8Array.of(0xc3, 0xbc, 0x0a, 0xfc, 0x0a));
    expect(lines.map(line => line.text)).toEqual(['ü', 'ü']);
    expect(encoding).toBe('windows-1252');
    expect(read(bytesOf('ü')).encoding).toBe('utf-8');
  });

  it('refuses a line of more than 1 MiB', () => {
    expect(() => read(new Uint8Array((1 << 20) + 1).fill(97))).toThrow(/line 1 is longer than 1 MiB/);
  });

  it('reads the same lines however the bytes are cut, and each place holds its text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'bé', '\r', '\n', '\r\n', ' ', '\uFEFF')),
        fc.integer({ min: 1, max: 9 }),
        (pieces, size) => {
          const bytes = bytesOf(pieces.join(''));
          const whole = read(bytes);
          expect(read(bytes, size)).toEqual(whole);
          for (const { text, byteOffset, byteLength } of whole.lines)
            expect(Buffer.from(bytes.subarray(byteOffset, byteOffset + byteLength)).toString('utf8')).toBe(text);
          const mark = bytes[0] === 0xef ? 1 : 0;
          expect(whole.lines.map(line => line.text)).toEqual(
            pieces
              .join('')
              .slice(mark)
              .replace(/\r\n|\r/g, '\n')
              .replace(/\n$/, '')
              .split('\n')
              .slice(0, whole.lines.length || 0),
          );
        },
      ),
    );
  });
});
