import { readdirSync, readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import type { CodecFor } from '../../../kernel/text.ts';
import { createCamtParser } from './camt-parser.ts';
import { sniffFormat } from './sniff-format.ts';
import type { Dialect, StatedBalance } from './statement-sink.ts';
import { codecOf, feed, RecordingSink, shortest, sumOf, sumOfUnits } from './testing/recording-sink.ts';

/** Files of genkgo/camt's test-suite and two chains of daily statements of real accounts (anonymised, Subite-eu/camt-to-coda). */
const folder = new URL('../../../../../shared/data/statements/camt/', import.meta.url);
const codecFor: CodecFor = encoding =>
  codecOf(encoding, bytes => new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes));

interface RecordFact {
  readonly kind: string;
  readonly id: string;
  readonly account: string | null;
  readonly entries: number;
  readonly tx_details: number;
  readonly sum_by_currency: Readonly<Record<string, string>>;
  readonly balances: readonly {
    readonly type: string;
    readonly ccy: string;
    readonly amount: string;
    readonly date: string;
  }[];
}
interface DayFact {
  readonly file: string;
  readonly account: string;
  readonly entries: number;
  readonly sum: Readonly<Record<string, string>>;
  readonly opening: string | null;
  readonly closing: string | null;
}

const factsOf = (file: string): readonly { readonly how: string; readonly expected: Record<string, unknown> }[] =>
  (
    JSON.parse(readFileSync(new URL(`${file}.expected.json`, folder), 'utf8')) as {
      facts: { how: string; expected: Record<string, unknown> }[];
    }
  ).facts;

const readWith = (bytes: Uint8Array, chunk = 1000): { readonly sink: RecordingSink; readonly dialect: Dialect } => {
  const sink = new RecordingSink();
  const parser = createCamtParser(sink, codecFor);
  feed(parser, bytes, chunk);
  return { sink, dialect: parser.dialect() };
};
const readXml = (bytes: Uint8Array, chunk?: number): RecordingSink => readWith(bytes, chunk).sink;

/** The files of a ZIP archive, by its central directory (APPNOTE 6.3.10, 4.3.12); stored or deflated entries only. */
const unzip = (archive: Uint8Array): { name: string; bytes: Uint8Array }[] => {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  let end = archive.length - 22;
  while (view.getUint32(end, true) !== 0x06054b50) end--;
  const count = view.getUint16(end + 10, true);
  const files: { name: string; bytes: Uint8Array }[] = [];
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    expect(view.getUint32(at, true)).toBe(0x02014b50);
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(archive.subarray(at + 46, at + 46 + nameLength));
    const local = view.getUint32(at + 42, true);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const packed = archive.subarray(start, start + view.getUint32(at + 20, true));
    files.push({ name, bytes: view.getUint16(at + 10, true) === 0 ? packed : new Uint8Array(inflateRawSync(packed)) });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
};

const balanceText = (balance: StatedBalance | null): string | null =>
  balance && formatUnits(balance.amount.units, balance.amount.scale);
const shortBalance = (balance: StatedBalance | null): string | null => {
  const text = balanceText(balance);
  return text === null ? null : shortest(text);
};

const xmlFiles = readdirSync(folder).filter(name => name.endsWith('.xml') && !name.includes('wrong'));
/** Its only entry is pending (Sts PDNG): stated, and no part of the booked balance. */
const pending = new Set(['genkgo_camt052.v4.xml', 'genkgo_camt052.v6.xml', 'genkgo_camt052.v6.Amt-zero.xml']);

describe('real CAMT files', () => {
  it('are all there', () => {
    expect(xmlFiles.length).toBe(25);
  });

  it.each(xmlFiles)('%s is recognized and agrees with a count of its XML', file => {
    const bytes = new Uint8Array(readFileSync(new URL(file, folder)));
    const expected = factsOf(file)[0]?.expected ?? expect.fail();
    const namespace = String(expected.namespace);
    expect(sniffFormat(bytes.subarray(0, 4096), codecFor).format).toBe(namespace.slice(-15, -7));
    const { sink, dialect } = readWith(bytes);
    const records = expected.per_record as readonly RecordFact[];
    expect([dialect.statements, dialect.entries, dialect.transactionDetails]).toEqual([
      expected.records,
      expected.entries,
      records.reduce((sum, each) => sum + each.tx_details, 0),
    ]);
    expect(sink.headers.map(each => each.statementId)).toEqual(records.map(each => each.id));
    records.forEach((record, statement) => {
      // The count looks for IBAN and Othr/Id; version 001.01 has the account under PrtryAcct.
      expect(sink.headers[statement]?.accountId).toBe(record.account ?? 'CH2801234000123456789');
      const transactions = sink.transactions.filter(each => each.statement === statement);
      expect(transactions.length + (records.length === 1 ? sink.rejected.length : 0)).toBe(record.entries);
      const sums = Object.entries(record.sum_by_currency);
      if (pending.has(file)) {
        expect(sink.rejected.map(each => each.reason)).toEqual(['pending, not booked (status PDNG): 200000 SEK DBIT']);
        expect(sink.warnings.find(each => each.code === 'camt.not-booked')?.message).toContain('-200000.00 SEK');
      } else
        for (const [currency, sum] of sums)
          expect(sumOf(transactions.filter(each => each.currency === currency))).toBe(shortest(sum));
      const stated = (...types: readonly string[]): RecordFact['balances'][number] | undefined =>
        types.map(type => record.balances.find(each => each.type === type)).find(each => each !== undefined);
      const opening = stated('OPBD', 'PRCD');
      const closing = record.kind === 'Rpt' ? stated('CLBD', 'ITBD') : stated('CLBD');
      const found = sink.stated[statement] ?? expect.fail();
      expect(shortBalance(found.opening)).toBe(opening ? shortest(opening.amount) : null);
      expect(shortBalance(found.closing)).toBe(closing ? shortest(closing.amount) : null);
      if (opening && found.opening) expect(isoDate(found.opening.date)).toBe(opening.date.slice(0, 10));
      if (closing && found.closing) expect(isoDate(found.closing.date)).toBe(closing.date.slice(0, 10));
    });
  });

  it.each(xmlFiles)('%s: each entry lies where its place says', file => {
    const bytes = new Uint8Array(readFileSync(new URL(file, folder)));
    const sink = readXml(bytes, 97);
    for (const { place } of [...sink.transactions, ...sink.rejected])
      expect(new TextDecoder().decode(bytes.subarray(place.byteOffset, place.byteOffset + place.byteLength))).toMatch(
        /^<Ntry>[\s\S]*<\/Ntry>$/,
      );
  });

  it('agrees with what genkgo/camt asserts of versions 2, 3, 4 and 8', () => {
    for (const file of [
      'genkgo_camt053.v2.minimal.ultimate.xml',
      'genkgo_camt053.v2.minimal.xml',
      'genkgo_camt053.v3.xml',
      'genkgo_camt053.v4.xml',
      'genkgo_camt053.v8.xml',
    ]) {
      const asserted = factsOf(file).find(each => each.how.startsWith('asserted'))?.expected ?? expect.fail();
      const { sink, dialect } = readWith(new Uint8Array(readFileSync(new URL(file, folder))));
      expect([dialect.messageId, dialect.created, dialect.statements]).toEqual([
        asserted.message_id,
        asserted.created,
        asserted.statements,
      ]);
      const balances = asserted.balances as readonly (readonly string[])[];
      expect(sink.headers.map(each => each.accountId)).toEqual([asserted.account]);
      expect(balanceText(sink.stated[0]?.opening ?? null)).toBe(balances[0]?.[2]);
      expect(balanceText(sink.stated[0]?.closing ?? null)).toBe(balances[1]?.[2]);
      expect(sink.codes).toContain('camt.balance-currency'); // opening in EUR, closing in SEK
      // Available balances are no part of the booked arithmetic; they are shown as stated, the sign as CdtDbtInd.
      const available = [
        { kind: 'OPAV', day: '2014-12-30', stated: balances[2] },
        { kind: 'CLAV', day: '2014-12-31', stated: balances[3] },
      ].map(({ kind, day, stated = [] }) => {
        const [, currency = '', amount = ''] = stated;
        return `${kind} ${amount.startsWith('-') ? 'DBIT' : 'CRDT'} ${amount.replace('-', '')} ${currency} ${day}`;
      });
      expect(dialect.otherBalances).toEqual(available);
      const [entry] = sink.transactions;
      expect({
        amount: entry && formatUnits(entry.amount.units, entry.amount.scale),
        currency: entry?.currency,
        booking: isoDate(entry?.bookingDate ?? 0),
        value: isoDate(entry?.valueDate ?? 0),
      }).toEqual(asserted.entry);
      // The debtor and remittance that genkgo's own expected result of the file gives.
      if (!file.includes('ultimate'))
        expect(entry).toMatchObject({
          counterparty: 'NAME NAME',
          counterpartyAccount: 'NL56AGDH9619008421',
          description: '4654654654654654',
        });
    }
  });

  it('refuses the message without a statement, as its schema does', () => {
    const bytes = new Uint8Array(readFileSync(new URL('genkgo_camt053.v2.wrong.xml', folder)));
    expect(sniffFormat(bytes, codecFor).format).toBe('camt.053');
    expect(() => readXml(bytes)).toThrow(expect.objectContaining({ code: 'camt.no-statement' }));
  });

  it('reads parties that are financial institutions (version 8)', () => {
    const sink = readXml(
      new Uint8Array(readFileSync(new URL('genkgo_camt054.v8-with-financial-institution.xml', folder))),
    );
    expect(sink.transactions[0]).toMatchObject({
      counterparty: 'Example Creditor 3 - V1',
      reference: 'ACSR160617103200001',
    });
    expect(sink.codes).toEqual(['camt.date-from-statement']);
  });

  it('chains the 37 daily statements of two accounts without a break: each closing is the next opening', () => {
    const name = 'subite_LT6258_camt053_2024-03_04.zip';
    const expected = factsOf(name)[0]?.expected ?? expect.fail();
    const perFile = expected.per_file as readonly DayFact[];
    const closings = new Map<string, string>();
    const counts = new Map<string, number>();
    let entries = 0;
    let fact = 0;
    const files = unzip(new Uint8Array(readFileSync(new URL(name, folder))));
    expect(files.length).toBe(expected.files);
    for (const { name: file, bytes } of files) {
      const sink = readXml(bytes, 4096);
      expect(sink.rejected).toEqual([]);
      sink.headers.forEach((header, statement) => {
        const day = perFile[fact++] ?? expect.fail();
        const account = header.accountId ?? '';
        const transactions = sink.transactions.filter(each => each.statement === statement);
        const { opening, closing } = sink.stated[statement] ?? expect.fail();
        expect([file, account, transactions.length]).toEqual([day.file, day.account, day.entries]);
        expect([shortBalance(opening), shortBalance(closing)]).toEqual([
          shortest(day.opening ?? ''),
          shortest(day.closing ?? ''),
        ]);
        expect(sumOf(transactions)).toBe(shortest(day.sum.EUR ?? '0'));
        const units = (balance: StatedBalance | null): bigint =>
          BigInt(balance?.amount.units ?? Number.NaN) * 10n ** BigInt(9 - (balance?.amount.scale ?? 0));
        expect(units(opening) + sumOfUnits(transactions)).toBe(units(closing));
        const before = closings.get(account);
        if (before !== undefined) expect(shortBalance(opening)).toBe(before);
        closings.set(account, shortBalance(closing) ?? '');
        counts.set(account, (counts.get(account) ?? 0) + transactions.length);
        entries += transactions.length;
        // Entries of this bank carry no date: the statement covers the day that the file is named after.
        for (const each of transactions) expect(isoDate(each.bookingDate)).toBe(file.slice(0, 10));
      });
    }
    expect(entries).toBe(294);
    expect(fact).toBe(74);
    expect(Object.fromEntries(closings)).toEqual({
      LT625883379695428516: '17484138.64',
      LT414319056143772570: '801.55',
    });
    expect(Object.fromEntries(counts)).toEqual({ LT625883379695428516: 292, LT414319056143772570: 2 });
  });

  it('reads 266 daily reports that hold no entry and no booked balance', () => {
    const files = unzip(new Uint8Array(readFileSync(new URL('subite_LT8098_camt052_daily.zip', folder))));
    expect(files.length).toBe(266);
    for (const { bytes } of files) {
      expect(sniffFormat(bytes, codecFor).format).toBe('camt.052');
      const sink = readXml(bytes);
      expect(sink.headers).toEqual([expect.objectContaining({ accountId: 'LT809872649478701594', currency: 'EUR' })]);
      expect([sink.transactions, sink.rejected, sink.stated]).toEqual([[], [], [{ opening: null, closing: null }]]);
    }
  });

  it.each(xmlFiles)('%s cut off anywhere before its end is refused', file => {
    const bytes = new Uint8Array(readFileSync(new URL(file, folder)));
    const last = new TextDecoder('latin1').decode(bytes).lastIndexOf('</Document>') + '</Document>'.length - 1;
    for (let cut = last; cut > 60; cut -= Math.max(1, Math.floor(last / 100)))
      expect(() => readXml(bytes.subarray(0, cut)), `cut at ${cut}`).toThrow(
        expect.objectContaining({ code: 'xml.truncated' }),
      );
  });
});
