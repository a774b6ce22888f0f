import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countRows, generate, Station, sharedPath } from '../../../engine/engine.fixture.ts';
import { codecFor } from '../../../platform/text-codec.ts';

const station = new Station();
beforeAll(() => station.create());
afterAll(() => station.close());

const TABLES = ['sources', 'statements', 'transactions', 'dictionary_values', 'rejected_records', 'import_warnings'];
const stored = () => station.inStore(db => Object.fromEntries(TABLES.map(table => [table, countRows(db, table)])));
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const HEADER = 'date,amount,currency,counterparty,reference,description\n';
const ROW = '2024-01-31,10.00,EUR,Acme,R-1,one\n';

describe('an import', () => {
  it('of the same bytes is recognized, whatever the file is called, and stores nothing', async () => {
    const caseId = await station.createCase();
    const bytes = readFileSync(sharedPath('data/statements/camt/genkgo_camt053.v2.multi.statement.xml'));
    const [first] = await station.import(caseId, [station.file('first.xml', bytes)]);
    const before = await stored();
    const [again] = await station.import(caseId, [station.file('renamed.txt', bytes)]);
    expect(again).toMatchObject({
      alreadyImported: true,
      sourceId: first!.sourceId,
      sha256: sha256(bytes),
      format: 'camt.053',
    });
    expect(again!.warnings.map(warning => warning.code)).toEqual(['import.already']);
    expect(await stored()).toEqual(before);
    expect((await station.acts()).filter(act => act === 'evidence.imported').length).toBe(1);
  });

  it('of the same bytes into another case is an import of its own', async () => {
    const bytes = Buffer.from(HEADER + ROW);
    const [one, other] = [await station.createCase('One'), await station.createCase('Other')];
    const [first] = await station.import(one, [station.file('a.csv', bytes)]);
    const [second] = await station.import(other, [station.file('b.csv', bytes)]);
    expect(second).toMatchObject({ alreadyImported: false, sha256: first!.sha256 });
    expect(second!.sourceId).not.toBe(first!.sourceId);
    for (const caseId of [one, other]) expect((await station.invoke('transactions.page', { caseId })).total).toBe(1);
  });

  it('of a file of equal size but other bytes is not mistaken for the first', async () => {
    const caseId = await station.createCase('Equal size');
    await station.import(caseId, [station.file('a.csv', HEADER + ROW)]);
    const [file] = await station.import(caseId, [station.file('b.csv', HEADER + ROW.replace('10.00', '10.01'))]);
    expect(file).toMatchObject({ alreadyImported: false });
    expect((await station.invoke('transactions.page', { caseId })).rows.map(row => row.amount)).toEqual([
      '10.00',
      '10.01',
    ]);
  });

  it('twice in one job stores it once', async () => {
    const caseId = await station.createCase('Twice in one job');
    const path = station.file('twice.csv', HEADER + ROW);
    const files = await station.import(caseId, [path, path]);
    expect(files.map(file => file.alreadyImported)).toEqual([false, true]);
  });

  it('of a refused file leaves nothing but what the log says', async () => {
    const caseId = await station.createCase('Refused');
    const truncated = readFileSync(sharedPath('data/statements/camt/genkgo_camt053.v2.multi.statement.xml')).subarray(
      0,
      3_000,
    );
    const refused: [string, Uint8Array | string, string][] = [
      ['empty.csv', '', 'file.empty'],
      ['truncated.xml', truncated, ''],
      [
        'doctype.xml',
        `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">&a;</Document>`,
        'xml.doctype',
      ],
      ['noise.bin', createHash('sha512').update('noise').digest(), ''],
      ['cut.gz', gzipSync(Buffer.from(HEADER + ROW.repeat(5_000))).subarray(0, 60), 'gzip.damaged'],
      [
        'noise.gz',
        Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), createHash('sha512').update('x').digest()]),
        'gzip.damaged',
      ],
    ];
    const before = await stored();
    const sealed = station.sealed();
    for (const [name, bytes, code] of refused) {
      const path = station.file(name, bytes);
      const [file] = await station.import(caseId, [path]);
      expect(file, name).toMatchObject({
        name,
        sourceId: null,
        sha256: null,
        error: { category: 'input', file: name, kept: 'Nothing of this file was stored.' },
      });
      if (code !== '') expect(file!.error?.code, name).toBe(code);
      const preview = await station.invoke('imports.preview', { grant: station.grant(path) });
      expect(preview.file.error, name).toMatchObject({ category: 'input', file: name });
      const { files } = await station.done('files.inspect', { files: [{ grant: station.grant(path) }] });
      expect(files[0]!.error, name).toMatchObject({ category: 'input', file: name });
    }
    expect(await stored()).toEqual(before);
    expect(station.sealed()).toEqual(sealed);
    expect((await station.invoke('sources.list', { caseId })).sources).toEqual([]);
  });

  it('of several files with one refused keeps the others', async () => {
    const caseId = await station.createCase('One of three');
    const files = await station.import(caseId, [
      station.file('1.csv', HEADER + ROW),
      station.file('2.csv', ''),
      station.file('3.csv', HEADER + ROW + ROW),
    ]);
    expect(files.map(file => file.error?.code ?? 'imported')).toEqual(['imported', 'file.empty', 'imported']);
    expect(
      (await station.invoke('sources.list', { caseId })).sources.map(source => [source.name, source.transactions]),
    ).toEqual([
      ['1.csv', 1],
      ['3.csv', 2],
    ]);
  });

  it('keeps a row it cannot read: with its place, its text and the reason', async () => {
    const caseId = await station.createCase('Rejected');
    const bad = ['2024-02-30,1.00,EUR,Acme,R-2,no such day\n', '2024-02-01,12x.50,EUR,Acme,R-3,no amount\n'];
    const [file] = await station.import(caseId, [
      station.file('rejected.csv', HEADER + ROW + bad[0] + ROW.replace('R-1', 'R-9') + bad[1]),
    ]);
    const { total, rejected } = await station.invoke('sources.rejected', { sourceId: file!.sourceId! });
    expect(total).toBe(2);
    expect(rejected.map(({ row, raw }) => [row, raw.trimEnd()])).toEqual([
      [3, bad[0]!.trimEnd()],
      [5, bad[1]!.trimEnd()],
    ]);
    expect(rejected.every(({ reason }) => reason.length > 5)).toBe(true);
    expect((await station.invoke('transactions.page', { caseId })).total).toBe(2);
  });

  it('adds up: every generated row is stored or rejected, and the money is exact', async () => {
    for (const dialect of ['clean', 'messy'] as const) {
      const caseId = await station.createCase(`Generated ${dialect}`);
      const path = join(station.folder, `${dialect}.csv`);
      const { answers } = generate(path, 5_000, { dialect, seed: 3 });
      const [file] = await station.import(caseId, [path]);
      expect(file).toMatchObject({ sha256: sha256(readFileSync(path)), bytes: statSync(path).size });
      expect(file!.rejected.length).toBe(answers.rejected);
      const { total, sums } = await station.invoke('transactions.page', { caseId });
      expect(total).toBe(answers.rows);
      const cents = (text: string): number => Number(text.replace('.', ''));
      expect(sums.reduce((sum, { credits, debits }) => sum + cents(credits) - cents(debits), 0)).toBe(answers.sumMinor);
    }
  });

  it('rescales the rows before when a finer amount appears in the middle of a big file', async () => {
    const caseId = await station.createCase('Finer amounts');
    const rows = 60_000;
    const amounts = Array.from({ length: rows }, (_, i) =>
      i === 40_000 ? '0.1234' : i === 50_000 ? '-7.125' : `${i}.${String(i % 100).padStart(2, '0')}`,
    );
    const path = station.file(
      'finer.csv',
      HEADER + amounts.map((amount, i) => `2024-01-31,${amount},EUR,Acme,R-${i},x\n`).join(''),
    );
    await station.import(caseId, [path]);
    const units = amounts.map(amount => BigInt(Math.round(Number(amount) * 10_000)));
    const inRows = await station.inStore(
      db =>
        db
          .prepare(
            `SELECT amount_units FROM transactions WHERE source = (SELECT max(ordinal) FROM sources) ORDER BY id`,
          )
          .pluck()
          .all() as number[],
    );
    expect(inRows.map(BigInt)).toEqual(units);
    // What pages show and what analysis sums (from memory now, from the sealed columns after a reopen) is the same.
    const total = (await station.invoke('transactions.page', { caseId })).sums;
    const credits = units.filter(unit => unit > 0n).reduce((sum, unit) => sum + unit, 0n);
    expect(total).toMatchObject([
      {
        currency: 'EUR',
        credits: `${credits / 10_000n}.${String(credits % 10_000n).padStart(4, '0')}`,
        debits: '7.125',
      },
    ]);
    const { rows: shown } = await station.invoke('transactions.page', { caseId, offset: 40_000, limit: 1 });
    expect(shown[0]?.amount).toBe('0.1234');
    await station.closeWorkspace();
    await station.open();
    expect((await station.invoke('transactions.page', { caseId })).sums).toEqual(total);
    expect((await station.done('audits.verify', {})).problems).toEqual([]);
  });

  it('refuses a case that is not there', async () => {
    const error = await station.refusal('imports.start', {
      caseId: '00000000-0000-4000-8000-ffffffffffff',
      files: [{ grant: station.grant(station.file('x.csv', HEADER)) }],
    });
    expect(error).toMatchObject({ code: 'case.unknown', category: 'not-found' });
  });
});

describe('every transaction keeps its place', () => {
  const folders = ['camt', 'csv', 'ofx'].map(name => sharedPath(`data/statements/${name}`));
  const files = folders
    .flatMap(folder => readdirSync(folder).map(name => join(folder, name)))
    .filter(
      path => /\.(xml|csv|ofx|qfx|txt|tsv|gz)$/i.test(path) && statSync(path).isFile() && statSync(path).size < 300_000,
    )
    .sort();
  let caseId = '';
  let read = 0;
  let accepted = 0;

  it.each([0, 1, 2, 3])('in real files: the bytes at that place are the raw text shown (part %i)', async part => {
    caseId = await station.createCase(`Real files ${part}`);
    const own = files.filter((_path, i) => i % 4 === part);
    const imported = await station.import(caseId, own);
    for (const [i, file] of imported.entries()) {
      if (file.sourceId === null || file.alreadyImported) continue;
      accepted += 1;
      const onDisk = readFileSync(own[i]!);
      expect(file.sha256).toBe(sha256(onDisk));
      const original = onDisk[0] === 0x1f && onDisk[1] === 0x8b ? gunzipSync(onDisk) : onDisk;
      const { total } = await station.invoke('transactions.page', { caseId, filter: { sourceId: file.sourceId } });
      const step = Math.max(1, Math.floor(total / 12));
      for (let at = 0; at < total; at += step) {
        const { rows } = await station.invoke('transactions.page', {
          caseId,
          filter: { sourceId: file.sourceId },
          offset: at,
          limit: 1,
        });
        const { raw, transaction, source } = await station.invoke('transactions.read', {
          caseId,
          transactionId: rows[0]!.id,
        });
        expect(transaction).toEqual(rows[0]);
        expect(source.sha256).toBe(file.sha256);
        const bytes = original.subarray(raw.byteOffset, raw.byteOffset + raw.byteLength);
        expect(bytes.length, file.name).toBe(raw.byteLength);
        expect(raw.byteLength).toBeGreaterThan(0);
        const codec = codecFor(file.encoding!);
        expect(raw.text, file.name).toBe(codec!.slice(bytes, 0, bytes.length));
        read += 1;
        // The raw text is the record itself: its digits hold the amount's.
        const digits = transaction.amount
          .replace(/^-/, '')
          .replace(/\.?0+$/, '')
          .replace(/\D/g, '')
          .replace(/^0+/, '');
        expect(raw.text.replace(/\D/g, ''), `${file.name} row ${transaction.row}: ${raw.text}`).toContain(digits);
        await new Promise(resolve => setTimeout(resolve, 8));
      }
    }
  });

  it('and there were enough of them', () => {
    expect(accepted).toBeGreaterThan(30);
    expect(read).toBeGreaterThan(200);
    console.info(`${accepted} real files, ${read} transactions read back`);
  });

  it('in a packed file: the digest is of the file, the places are of what it holds', async () => {
    const packedCase = await station.createCase('Packed');
    const path = join(station.folder, 'to-pack.csv');
    const { answers } = generate(path, 3_000, { seed: 5 });
    const plain = readFileSync(path);
    const packed = gzipSync(plain);
    const [file] = await station.import(packedCase, [station.file('packed.csv.gz', packed)]);
    expect(file).toMatchObject({ sha256: sha256(packed), bytes: packed.length, format: 'csv' });
    const { rows, total } = await station.invoke('transactions.page', { caseId: packedCase, offset: 2_500, limit: 3 });
    expect(total).toBe(answers.rows);
    for (const { id } of rows) {
      const { raw } = await station.invoke('transactions.read', { caseId: packedCase, transactionId: id });
      expect(raw.text).toBe(plain.subarray(raw.byteOffset, raw.byteOffset + raw.byteLength).toString('utf8'));
    }
    expect((await station.done('audits.verify', {})).problems).toEqual([]);
  });
});
