import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import { sniffFormat } from '../domain/sniff-format.ts';
import { shortest } from '../domain/testing/recording-sink.ts';
import { hostCodec, readDocument, refusalOf } from '../domain/testing/xml-document.ts';
import { createGnucashParser } from './gnucash-sqlite.ts';

/** Books of piecash's test-suite. */
const folder = new URL('../../../../../shared/data/ledgers/gnucash/', import.meta.url);
const files = readdirSync(folder).filter(name => name.endsWith('.gnucash'));
const bytesOf = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(file, folder)));

interface Facts {
  readonly transactions: number;
  readonly splits: number;
  readonly accounts: number;
  readonly unbalanced_transactions: number;
  readonly balances: readonly (readonly [account: string, type: string, balance: number])[];
}
const factsOf = (file: string): Facts => {
  const { facts } = JSON.parse(readFileSync(new URL(`${file}.expected.json`, folder), 'utf8')) as {
    facts: { expected: Facts }[];
  };
  return facts[0]?.expected ?? expect.fail(`no facts for ${file}`);
};

describe('real GnuCash books in SQLite', () => {
  it('are all there', () => {
    expect(files).toHaveLength(3);
  });

  it.each(files)('%s is recognized and agrees with its tables: counts, and the balance of each account', file => {
    const facts = factsOf(file);
    const bytes = bytesOf(file);
    expect(sniffFormat(bytes.subarray(0, 65_536), hostCodec).format).toBe('gnucash');
    const { sink, parser, transcript } = readDocument(createGnucashParser, bytes, 4096);
    expect(parser.dialect()).toMatchObject({
      storage: 'sqlite',
      accounts: facts.accounts,
      transactions: facts.transactions,
      splits: facts.splits,
    });
    expect(sink.transactions).toHaveLength(facts.splits);
    expect(sink.counts.reduce((sum, count) => sum + count, 0)).toBe(facts.transactions);
    expect(sink.rejected).toEqual([]);
    expect(sink.codes.includes('ledger.entry-unbalanced')).toBe(facts.unbalanced_transactions > 0);
    const balances = new Map<string, bigint>();
    for (const { ledgerAccount = '', amount, description } of sink.transactions) {
      const name = ledgerAccount.slice(ledgerAccount.lastIndexOf(':') + 1);
      // Balances of the facts are quantities: of an account kept in shares those, which stand in the description.
      const quantity = /\[(-?\d+) /.exec(description)?.[1];
      const units =
        quantity === undefined ? BigInt(amount.units) * 10n ** BigInt(9 - amount.scale) : BigInt(quantity) * 10n ** 9n;
      balances.set(name, (balances.get(name) ?? 0n) + units);
    }
    expect([...balances].map(([name, units]) => [name, formatUnits(units, 9, 0)]).sort()).toEqual(
      facts.balances.map(([name, , balance]) => [name, shortest(String(balance))]).sort(),
    );
    for (const { place } of sink.transactions) {
      const line = new TextDecoder().decode(transcript.subarray(place.byteOffset, place.byteOffset + place.byteLength));
      expect(Object.keys(JSON.parse(line) as object)).toContain('value_num');
    }
  });

  it('tells a slot that disagrees with the posting day, and business documents that are not read', () => {
    const { sink } = readDocument(createGnucashParser, bytesOf('piecash_simple_sample.gnucash'));
    expect(sink.codes).toEqual(['gnucash.posting-day']);
    expect(sink.transactions.map(each => isoDate(each.bookingDate)).slice(0, 3)).toEqual([
      '2014-11-30',
      '2014-11-30',
      '2014-12-24',
    ]);
    expect(readDocument(createGnucashParser, bytesOf('piecash_invoices.gnucash')).sink.codes).toEqual([
      'gnucash.no-transactions',
      'gnucash.not-read',
    ]);
  });

  it.each(files)('%s damaged or cut anywhere is refused or read to the same records, never a crash', file => {
    const bytes = bytesOf(file);
    for (const length of [0, 15, 16, 100, 511, 4096, bytes.length - 4096, bytes.length - 1])
      expect(refusalOf(createGnucashParser, bytes.subarray(0, length)).code, `cut at ${length}`).toMatch(
        /^(gnucash\.(damaged|truncated)|xml\.)/,
      );
    const whole = readDocument(createGnucashParser, bytes).sink.transactions.length;
    for (let at = 100; at < bytes.length; at += Math.floor(bytes.length / 40)) {
      const broken = bytes.slice();
      broken.fill(0xa5, at, at + 64);
      try {
        const { sink } = readDocument(createGnucashParser, broken);
        // Bytes of a table that is not read, or of a text, may change: every split is still accounted for.
        expect(sink.transactions.length + sink.rejected.length).toBe(whole);
      } catch (error) {
        expect((error as { code?: string }).code, String(error)).toMatch(
          /^(gnucash\.(damaged|schema|wal|truncated)|format\.unsupported)$/,
        );
      }
    }
  });
});

const SCHEMA = `
CREATE TABLE books(guid text, root_account_guid text, root_template_guid text);
CREATE TABLE commodities(guid text, namespace text, mnemonic text);
CREATE TABLE accounts(guid text, name text, account_type text, commodity_guid text, parent_guid text, code text);
CREATE TABLE transactions(guid text, currency_guid text, num text, post_date text, description text);
CREATE TABLE splits(guid text, tx_guid text, account_guid text, memo text, action text, reconcile_state text, value_num bigint, value_denom bigint, quantity_num bigint, quantity_denom bigint);
INSERT INTO books VALUES('book','root','troot');
INSERT INTO commodities VALUES('eur','CURRENCY','EUR'),('usd','CURRENCY','USD');
INSERT INTO accounts VALUES('root','Root','ROOT',NULL,NULL,''),('troot','Template Root','ROOT',NULL,NULL,''),('a','Assets','ASSET','eur','root',''),('c','Cash','CASH','eur','a','1010'),('t','T','BANK','eur','troot','');`;
const database = (sql: string): Uint8Array => {
  const path = join(mkdtempSync(join(tmpdir(), 'gnucash-')), 'book.gnucash');
  const db = new Database(path);
  db.exec(sql);
  db.close();
  return new Uint8Array(readFileSync(path));
};
const transaction = (id: string, currency = 'eur', post = '2024-01-02 10:59:00'): string =>
  `INSERT INTO transactions VALUES('${id}','${currency}','n','${post}','text');`;
const split = (id: string, tx: string, account: string, value: string, denominator = '100'): string =>
  `INSERT INTO splits VALUES('${id}','${tx}','${account}','','','n',${value},${denominator},${value},${denominator});`;

describe('createGnucashParser on SQLite', () => {
  it('keeps currencies apart, templates out, orphans and inexact values as rejected records', () => {
    const { sink, parser } = readDocument(
      createGnucashParser,
      database(
        SCHEMA +
          transaction('t1') +
          split('s1', 't1', 'c', '9007199254740991') +
          split('s2', 't1', 'a', '-9007199254740991') +
          transaction('t2', 'usd') +
          split('s3', 't2', 'c', '1', '3') +
          split('s4', 't2', 'a', `'x'`) +
          transaction('t3') +
          split('s5', 't3', 't', '0') +
          split('s6', 'gone', 'c', '5'),
      ),
    );
    expect(sink.headers.map(each => each.currency)).toEqual(['EUR', 'USD']);
    expect(sink.transactions.map(each => [each.amount.units, each.ledgerAccount])).toEqual([
      [9007199254740991, '1010 Assets:Cash'],
      [-9007199254740991, 'Assets'],
    ]);
    expect(sink.rejected.map(each => each.reason)).toEqual([
      'its value 1/3 is no decimal that can be held exactly',
      'its value cannot be read',
      'its transaction gone is not in the book',
    ]);
    expect(sink.codes).toEqual(['gnucash.orphan-split', 'gnucash.templates']);
    expect(parser.dialect()).toMatchObject({ transactions: 2, splits: 4, templates: 1 });
  });

  it('tells a book that was open when it was copied', () => {
    const { sink } = readDocument(
      createGnucashParser,
      database(`${SCHEMA}CREATE TABLE gnclock(hostname text, pid int);INSERT INTO gnclock VALUES('h',1);`),
    );
    expect(sink.codes).toContain('gnucash.locked');
  });

  it.each([
    ['another database', 'CREATE TABLE x(a); INSERT INTO x VALUES(1);', 'format.unsupported'],
    [
      'a view in place of a table',
      `${SCHEMA.replace('CREATE TABLE splits(', 'CREATE TABLE other(')}CREATE VIEW splits AS SELECT * FROM other;`,
      'gnucash.schema',
    ],
    ['a generated column', SCHEMA.replace('value_num bigint', 'value_num bigint AS (1)'), 'gnucash.schema'],
    ['a table without its columns', SCHEMA.replace('value_denom bigint', 'other bigint'), 'gnucash.schema'],
    [
      'a virtual table',
      SCHEMA.replace(
        /CREATE TABLE books\([^)]*\);/,
        'CREATE VIRTUAL TABLE books USING fts5(guid, root_account_guid, root_template_guid);',
      ),
      'gnucash.schema',
    ],
  ])('refuses %s', (_, sql, code) => {
    expect(refusalOf(createGnucashParser, database(sql)).code).toBe(code);
  });

  it('refuses a database in WAL mode, whose last records may be elsewhere', () => {
    const bytes = database(SCHEMA);
    bytes[18] = bytes[19] = 2;
    expect(refusalOf(createGnucashParser, bytes)).toMatchObject({ code: 'gnucash.wal' });
  });

  it('reads a book in XML by its first bytes, in chunks of any size', () => {
    const text = '<?xml version="1.0"?><gnc-v2><book/></gnc-v2>';
    for (const size of [1, 7, 1000])
      expect(readDocument(createGnucashParser, text, size).parser.dialect()).toMatchObject({ storage: 'xml' });
    expect(refusalOf(createGnucashParser, '').code).toBe('xml.truncated');
  });
});
