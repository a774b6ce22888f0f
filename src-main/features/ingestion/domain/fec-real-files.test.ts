import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { createFecParser } from './fec-parser.ts';
import { sniffFormat } from './sniff-format.ts';
import { factOf, factsOf, legacyCodec, readLedger } from './testing/plaintext-ledger.ts';
import { shortest, sumOf } from './testing/recording-sink.ts';

/** Two real files of the French tax format; facts counted by others and asserted by neolegal-fr/fec-reader. */
const folder = new URL('../../../../../shared/data/ledgers/fec/', import.meta.url);
const files = ['111111111FEC20221231.TXT', '123456789FEC20500930.txt'];

const bytesOf = (url: URL): Uint8Array => new Uint8Array(readFileSync(url));
const factsBeside = (url: URL) => factsOf(readFileSync(new URL(`${url.href}.expected.json`), 'utf8'));

describe('real FEC files', () => {
  it.each(files)('%s agrees with a plain count of its text and with fec-reader', file => {
    const url = new URL(file, folder);
    const bytes = bytesOf(url);
    expect(sniffFormat(bytes.subarray(0, 65_536), legacyCodec).format).toBe('fec');
    const { sink, parser } = readLedger(createFecParser, bytes, { size: 777 });
    const counted = factOf(factsBeside(url), 'counted by us');
    const asserted = factOf(factsBeside(url), 'asserted by the peer: FecReaderTest');
    const dialect = parser.dialect();
    expect(sink.rejected).toEqual([]);
    expect(sink.transactions.length).toBe(counted.data_lines);
    expect(sink.transactions.length).toBe(asserted.lines);
    expect(sink.counts).toEqual([counted.distinct_journal_and_entry_number]);
    expect(sink.counts).toEqual([asserted.entries]);
    expect(new Set(sink.transactions.map(each => each.entry)).size).toBe(asserted.entries);
    expect(dialect).toMatchObject({
      separator: counted.separator === 'TAB' ? 'tab' : counted.separator,
      sumDebit: counted.sum_debit,
      sumCredit: counted.sum_credit,
      linesPerJournal: counted.lines_per_journal,
    });
    expect((dialect.columns as string[]).length).toBe(counted.columns);
    expect(Object.keys(dialect.linesPerJournal as object).length).toBe(asserted.journals);
    expect(sumOf(sink.transactions)).toBe('0');
    const debits = sink.transactions.filter(each => each.amount.units > 0);
    expect(sumOf(debits)).toBe(shortest(counted.sum_debit as string));
    expect(sink.warnings.filter(each => each.code.startsWith('ledger.')).length).toBe(counted.entries_not_balanced);
    const days = sink.transactions.map(each => isoDate(each.bookingDate)!.replaceAll('-', '')).sort();
    expect([days[0], days.at(-1)]).toEqual([counted.first_date, counted.last_date]);
  });

  it('tells the empty lines that fec-reader calls the one anomaly of its second file, and none for the first', () => {
    const [first, second] = files.map(file => readLedger(createFecParser, bytesOf(new URL(file, folder))).sink);
    expect(factOf(factsBeside(new URL(files[0]!, folder)), 'asserted').anomalies).toBe(0);
    expect(first!.warnings).toEqual([]);
    expect(second!.warnings.map(each => each.code)).toEqual(['fec.empty-line']);
    expect(second!.warnings[0]?.message).toContain('10756 times');
    expect(factOf(factsBeside(new URL(files[1]!, folder)), 'asserted by the peer: FecReaderTest').anomaly).toContain(
      '10756',
    );
  });

  it('differs from fec-reader on company and closing date, which it takes from the file name alone', () => {
    for (const file of files) {
      const asserted = factOf(factsBeside(new URL(file, folder)), 'asserted by the peer: FecReaderTest');
      expect(file).toContain(asserted.siren as string);
      expect(file).toContain((asserted.closing_date as string).replaceAll('-', ''));
      const { sink } = readLedger(createFecParser, bytesOf(new URL(file, folder)));
      expect(sink.headers).toEqual([
        { accountId: null, currency: 'EUR', institution: null, owner: null, statementId: null },
      ]);
    }
  });

  it('each line lies where its place says', () => {
    const bytes = bytesOf(new URL(files[0]!, folder));
    const { sink } = readLedger(createFecParser, bytes);
    for (const { place, reference, entry } of sink.transactions) {
      const raw = new TextDecoder().decode(bytes.subarray(place.byteOffset, place.byteOffset + place.byteLength));
      expect(raw.split('|').length).toBe(19);
      expect(raw).toContain(reference);
      expect(raw).toContain(entry!.split('/')[1]!);
    }
  });
});
