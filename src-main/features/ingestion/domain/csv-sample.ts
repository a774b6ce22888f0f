import type { TextCodec } from '../../../kernel/text.ts';
import { CsvScanner, ESCAPED, RECORD } from './csv-scanner.ts';

/** A record of the head of a file, as text. */
export interface SampleRecord {
  /** 1-based, blank lines counted. */
  readonly row: number;
  readonly fields: readonly string[];
}

/** Text of a field whose bytes hold quotes: a doubled quote stands for one. */
export const unescapeQuotes = (text: string, quote: string): string => text.replaceAll(quote + quote, quote);

/** A record with nothing in it but delimiters and white space. */
export const isBlank = (fields: readonly string[]): boolean => fields.every(field => field.trim() === '');

/** Reads the first records of a file's head; a record cut off by the end of the head is left out. */
export const sampleRecords = (
  head: Uint8Array,
  whole: boolean,
  delimiter: string,
  quote: string | null,
  codec: TextCodec,
  limit: number,
): SampleRecord[] => {
  const scanner = new CsvScanner(delimiter, quote);
  scanner.push(head);
  const records: SampleRecord[] = [];
  let row = 0;
  for (let found = scanner.next(whole); found !== 0 && records.length < limit; found = scanner.next(whole)) {
    row++;
    if (found !== RECORD) continue;
    const fields: string[] = [];
    for (let i = 0; i < scanner.fieldCount; i++) {
      const text = codec.slice(scanner.source.bytes, scanner.starts[i]!, scanner.ends[i]!);
      fields.push(scanner.kinds[i] === ESCAPED && quote !== null ? unescapeQuotes(text, quote) : text);
    }
    records.push({ row, fields });
  }
  return records;
};
