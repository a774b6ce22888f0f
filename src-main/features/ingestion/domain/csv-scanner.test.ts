import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvScanner, ESCAPED, MAX_RECORD_BYTES, MORE, RECORD, TOO_LONG } from './csv-scanner.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

interface Scanned {
  readonly records: string[][];
  readonly places: [number, number][];
  readonly unclosed: number[];
  readonly tooLong: { offset: number; length: number; prefix: string }[];
}

/** Scans bytes given in chunks, as the parser does. */
const scan = (chunks: readonly Uint8Array[], delimiter = ',', quote: string | null = '"'): Scanned => {
  const scanner = new CsvScanner(delimiter, quote);
  const result: Scanned = { records: [], places: [], unclosed: [], tooLong: [] };
  const drain = (final: boolean): void => {
    for (let found = scanner.next(final); found !== MORE; found = scanner.next(final)) {
      if (found === TOO_LONG) {
        result.tooLong.push({
          offset: scanner.longOffset,
          length: scanner.longLength,
          prefix: decoder.decode(scanner.longPrefix),
        });
        continue;
      }
      expect(found).toBe(RECORD);
      if (scanner.unclosedQuote) result.unclosed.push(result.records.length);
      result.places.push([scanner.base + scanner.recordStart, scanner.base + scanner.recordEnd]);
      result.records.push(
        Array.from({ length: scanner.fieldCount }, (_, i) => {
          const text = decoder.decode(scanner.source.bytes.subarray(scanner.starts[i]!, scanner.ends[i]!));
          return scanner.kinds[i] === ESCAPED ? text.replaceAll('""', '"') : text;
        }),
      );
    }
  };
  for (const chunk of chunks) {
    scanner.push(chunk);
    drain(false);
  }
  drain(true);
  return result;
};

const split = (bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] => {
  const at = [...new Set(cuts.map(cut => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((from, i) => bytes.subarray(from, at[i] ?? bytes.length));
};

const fieldText = fc.string({
  unit: fc.constantFrom('a', 'é', '€', '1', ' ', ',', ';', '"', '\n', '\r\n', '\t'),
  maxLength: 8,
});

describe('CsvScanner', () => {
  it('finds the same fields as csv-parse on any well-formed CSV, however the bytes are cut into chunks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fieldText, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 12 }),
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.array(fc.nat({ max: 400 }), { maxLength: 12 }),
        (rows, delimiter, lineEnd, trailing, cuts) => {
          const cell = (text: string): string =>
            text === '' || /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
          const text = rows.map(row => row.map(cell).join(delimiter)).join(lineEnd) + (trailing ? lineEnd : '');
          const bytes = encoder.encode(text);
          const oracle: string[][] = parse(text, { delimiter, record_delimiter: lineEnd, relax_column_count: true });
          const found = scan(split(bytes, cuts), delimiter);
          expect(found.records).toEqual(oracle);
          expect(found.unclosed).toEqual([]);
          for (const [start, end] of found.places) expect(end).toBeGreaterThanOrEqual(start);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('loses no byte of any input: records, line ends and nothing else make up the file, in any chunks', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' '), maxLength: 80 }),
        fc.array(fc.nat({ max: 80 }), { maxLength: 8 }),
        (text, cuts) => {
          const bytes = encoder.encode(text);
          const whole = scan([bytes]);
          const chunked = scan(split(bytes, cuts));
          expect(chunked).toEqual(whole);
          let at = 0;
          for (const [start, end] of whole.places) {
            expect(start).toBe(at);
            at = end;
            if (text.startsWith('\r\n', at)) at += 2;
            else if (text[at] === '\n' || text[at] === '\r') at += 1;
          }
          expect(at).toBe(bytes.length);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('reads LF, CRLF and CR in one file', () => {
    expect(scan([encoder.encode('a,1\r\nb,2\rc,3\nd,4')]).records).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
      ['d', '4'],
    ]);
  });

  it('keeps quotes inside unquoted fields and a delimiter after them', () => {
    expect(scan([encoder.encode('5" screen,1\n"a" ,2\n"say "hi" now",3\n')]).records).toEqual([
      ['5" screen', '1'],
      ['a', '2'],
      ['say "hi" now', '3'],
    ]);
  });

  it('does not let an unclosed quote swallow the records after it', () => {
    const found = scan([encoder.encode('a,1\n"b,2\nc,3\nd,4\n')]);
    expect(found.records).toEqual([
      ['a', '1'],
      ['"b', '2'],
      ['c', '3'],
      ['d', '4'],
    ]);
    expect(found.unclosed).toEqual([1]);
  });

  it('does not let an unclosed quote pair up with the opening quote of a later record', () => {
    const found = scan([encoder.encode('a,1\n"b,2\n"c",3\nd,4\n')]);
    expect(found.records).toEqual([
      ['a', '1'],
      ['"b', '2'],
      ['c', '3'],
      ['d', '4'],
    ]);
    expect(found.unclosed).toEqual([1]);
  });

  it('passes over a record of 50 MB with bounded memory and goes on behind it', () => {
    const scanner = new CsvScanner(',', '"');
    const block = new Uint8Array(1 << 18).fill(120);
    scanner.push(encoder.encode('a,1\n'));
    expect(scanner.next(false)).toBe(RECORD);
    let largest = 0;
    for (let i = 0; i < 200; i++) {
      scanner.push(block);
      expect(scanner.next(false)).toBe(MORE);
      largest = Math.max(largest, scanner.source.bytes.length);
    }
    scanner.push(encoder.encode('\nb,2\n'));
    expect(scanner.next(true)).toBe(TOO_LONG);
    expect([scanner.longOffset, scanner.longLength]).toEqual([4, 200 * (1 << 18)]);
    expect(scanner.next(true)).toBe(RECORD);
    expect(scanner.base + scanner.recordStart).toBe(4 + 200 * (1 << 18) + 1);
    expect(scanner.next(true)).toBe(MORE);
    expect(largest).toBeLessThan(4 * MAX_RECORD_BYTES);
  });

  it('takes a quote that is still open at the record limit as text and keeps every line behind it', () => {
    const lines = Array.from({ length: 200_000 }, (_, i) => `line ${i},${i}`);
    const found = scan([encoder.encode(`x,1\n"open,2\n${lines.join('\n')}\n`)]);
    expect(found.records).toHaveLength(200_002);
    expect(found.records[1]).toEqual(['"open', '2']);
    expect(found.records.at(-1)).toEqual(['line 199999', '199999']);
    expect(found.unclosed).toEqual([1]);
  });
});
