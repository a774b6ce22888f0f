import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDatevParser } from './datev-parser.ts';
import { sniffFormat } from './sniff-format.ts';
import { factOf, factsOf, legacyCodec, readLedger } from './testing/plaintext-ledger.ts';

/** Files written by ledermann/datev; facts counted with Python's csv. */
const folder = new URL('../../../../../shared/data/ledgers/datev/', import.meta.url);
const files = ['EXTF_Buchungsstapel.csv', 'EXTF_Kontenbeschriftungen.csv', 'EXTF_Stammdaten.csv'];

const bytesOf = (url: URL): Uint8Array => new Uint8Array(readFileSync(url));
const factsBeside = (url: URL) => factsOf(readFileSync(new URL(`${url.href}.expected.json`), 'utf8'));

describe('real DATEV files', () => {
  it.each(files)('%s agrees with a plain count', file => {
    const url = new URL(file, folder);
    const bytes = bytesOf(url);
    expect(sniffFormat(bytes, legacyCodec).format).toBe('datev-csv');
    const { sink, parser } = readLedger(createDatevParser, bytes, { size: 100 });
    const counted = factOf(factsBeside(url), 'Python csv');
    const dialect = parser.dialect();
    const [origin, version, category, name, formatVersion] = counted.first_record as string[];
    expect(dialect).toMatchObject({
      origin,
      headerVersion: Number(version),
      category: Number(category),
      formatName: name,
      formatVersion,
      columns: counted.columns_row2,
      // The count calls every record of any category a booking row; master data are records and no bookings.
      records: counted.booking_rows,
    });
    expect(parser.encoding()).toBe(counted.decodes_as === 'cp1252' ? 'windows-1252' : 'utf-8');
    const isBatch = category === '21';
    expect(sink.transactions.length).toBe(isBatch ? counted.booking_rows : 0);
    expect(sink.counts).toEqual([isBatch ? counted.booking_rows : 0]);
    expect(sink.codes).toEqual(isBatch ? [] : ['datev.no-bookings']);
    expect(sink.rejected).toEqual([]);
  });

  it('reads the two bookings as they stand', () => {
    const { sink, lines } = readLedger(createDatevParser, bytesOf(new URL(files[0]!, folder)));
    expect(sink.headers).toEqual([
      {
        accountId: '1001/456',
        currency: 'EUR',
        institution: null,
        owner: null,
        statementId: '2018-02-01/2018-02-28',
      },
    ]);
    expect(lines).toEqual(['2018-02-21 1200 -24.95 EUR', '2018-02-22 10000 5950.00 EUR']);
    expect(sink.transactions[0]).toMatchObject({
      description: 'Fachbuch: Controlling für Dummies',
      counterpartyAccount: '4940',
      category: 'BU 8',
      entry: '1',
    });
    expect(sink.transactions[1]).toMatchObject({ reference: 'RE201802-135', counterpartyAccount: '8400', entry: '2' });
  });
});
