import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Station, sharedPath } from '../../../engine/engine.fixture.ts';
import { SealedReader, textSealOf } from '../../../platform/sealed-file.ts';
import { Transcript } from './transcript.ts';
import { Utf16Text, utf16TextFor } from './utf16-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'nexus-transcript-'));
afterAll(() => rmSync(folder, { recursive: true }));
const key = new Uint8Array(randomBytes(32));
const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

describe('a transcript', () => {
  let count = 0;
  const made = (use: (transcript: Transcript) => void) => {
    const seal = textSealOf(folder, key, 'case', `source-${++count}`);
    const transcript = new Transcript(seal);
    use(transcript);
    const facts = transcript.finish();
    if (!existsSync(seal.path)) return { facts, text: null };
    const reader = new SealedReader(seal.path, seal.key, seal.identity);
    try {
      return { facts, text: Buffer.concat([...reader.chunks()]).toString() };
    } finally {
      reader.close();
    }
  };

  it('is what the parser was given, what it transcribed, or nothing', () => {
    expect(made(() => undefined)).toEqual({ facts: null, text: null });
    expect(made(transcript => transcript.given(Buffer.from('unpacked'), 'unpacked'))).toEqual({
      facts: { sha256: sha256('unpacked'), encoding: null },
      text: 'unpacked',
    });
    expect(
      made(transcript => {
        transcript.transcribe(Buffer.from('one '));
        transcript.transcribe(Buffer.from('two'));
      }),
    ).toEqual({ facts: { sha256: sha256('one two'), encoding: 'utf-8' }, text: 'one two' });
  });

  it('of a packed document is the parser’s text, not the packed bytes', () => {
    expect(
      made(transcript => {
        transcript.given(Buffer.from('inflated'), 'unpacked');
        transcript.transcribe(Buffer.from('cells'));
        transcript.given(Buffer.from('more inflated'), 'unpacked');
        transcript.transcribe(Buffer.from(' and cells'));
      }),
    ).toEqual({ facts: { sha256: sha256('cells and cells'), encoding: 'utf-8' }, text: 'cells and cells' });
  });
});

describe('UTF-16', () => {
  it.each([
    ['utf-16le', Buffer.from([0xff, 0xfe])],
    ['utf-16be', Buffer.from([0xfe, 0xff])],
  ] as const)('%s becomes UTF-8 without a mark, cut anywhere', (encoding, mark) => {
    const text = '!Type:Bank\nD3/4/2025\nPMüller €𝄞\n^\n';
    const little = Buffer.from(text, 'utf16le');
    const bytes = Buffer.concat([mark, encoding === 'utf-16le' ? little : Buffer.from(little).swap16()]);
    for (const step of [1, 2, 3, 7, 1000]) {
      const converter = new Utf16Text(encoding);
      const parts: Uint8Array[] = [];
      for (let at = 0; at < bytes.length; at += step) parts.push(converter.write(bytes.subarray(at, at + step)));
      parts.push(converter.end());
      expect(Buffer.concat(parts).toString()).toBe(text);
    }
  });

  it('is left to the readers that decode it themselves', () => {
    expect(utf16TextFor('csv', 'utf-16le')).toBeNull();
    expect(utf16TextFor('camt.053', 'utf-16be')).toBeNull();
    expect(utf16TextFor('qif', 'utf-8')).toBeNull();
    expect(utf16TextFor('qif', 'utf-16le')).not.toBeNull();
  });
});

describe('the sealed text of a file in UTF-16', () => {
  const station = new Station();
  beforeAll(() => station.create());
  afterAll(() => station.close());

  it('is what its records’ places refer to; the original stays as it was', async () => {
    const caseId = await station.createCase();
    const text = '!Type:Bank\nD2025-03-04\nT-12.50\nPMüller €\n^\nD2025-03-05\nT1.00\nPSchmidt\n^\n';
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    const [file] = await station.import(caseId, [station.file('bank.qif', bytes)]);
    expect(file).toMatchObject({ format: 'qif', encoding: 'utf-16le', sha256: sha256(bytes) });
    const { rows } = await station.invoke('transactions.page', { caseId });
    expect(rows.map(row => [row.amount, row.counterparty])).toEqual([
      ['-12.50', 'Müller €'],
      ['1.00', 'Schmidt'],
    ]);
    const { raw } = await station.invoke('transactions.read', { caseId, transactionId: rows[0]!.id });
    expect(raw.text).toContain('PMüller €');
    expect(Buffer.from(text).toString('utf8', raw.byteOffset, raw.byteOffset + raw.byteLength)).toBe(raw.text);
    const { entries } = await station.invoke('audits.list', { limit: 10 });
    const imported = entries.find(entry => entry.act === 'evidence.imported');
    expect(JSON.parse(imported!.object)).toMatchObject({ text: `sha256:${sha256(text)}` });
    expect((await station.done('audits.verify', {})).problems).toEqual([]);
  });
});

describe('the sealed text of a spreadsheet', () => {
  const station = new Station();
  beforeAll(() => station.create());
  afterAll(() => station.close());

  it.each(['otp_old.xlsx', 'oca_sample_statement_en.xlsx'])(
    'holds each record of %s, packed or not: the digits of its amount stand at its place',
    async name => {
      const caseId = await station.createCase(name);
      const bytes = readFileSync(sharedPath(`data/statements/xlsx/${name}`));
      const files = await station.import(caseId, [
        station.file(name, bytes),
        station.file(`${name}.gz`, gzipSync(bytes)),
      ]);
      expect(files.map(file => file.error?.code)).toEqual([undefined, undefined]);
      const { rows } = await station.invoke('transactions.page', { caseId });
      expect(rows.length).toBeGreaterThan(3);
      for (const { id, amount } of rows) {
        const { raw } = await station.invoke('transactions.read', { caseId, transactionId: id });
        const digits = amount.replace(/\D/g, '').replace(/0+$/, '').replace(/^0+/, '');
        expect(raw.text.replace(/\D/g, ''), raw.text).toContain(digits);
      }
      expect((await station.done('audits.verify', {})).problems).toEqual([]);
    },
  );
});

describe('the sealed text of a packed file', () => {
  const station = new Station();
  const plain = 'date,amount,currency\n2024-01-01,10.00,EUR\n2024-01-02,-2.50,EUR\n';
  let caseId = '';
  let file = '';
  beforeAll(async () => {
    await station.create();
    caseId = await station.createCase();
    const [imported] = await station.import(caseId, [station.file('a.csv.gz', gzipSync(plain))]);
    file = join(station.workspaceFolder, 'evidence', `${imported!.sourceId}.text`);
  });
  afterAll(() => station.close());
  const problems = async (): Promise<string[]> =>
    (await station.done('audits.verify', {})).problems.map(problem => problem.code);

  it('is named in the log, read from in place, and removed with a refused import', async () => {
    const { entries } = await station.invoke('audits.list', { limit: 10 });
    const imported = entries.find(entry => entry.act === 'evidence.imported');
    expect(JSON.parse(imported!.object)).toMatchObject({ text: `sha256:${sha256(plain)}` });
    const { rows } = await station.invoke('transactions.page', { caseId });
    const { raw } = await station.invoke('transactions.read', { caseId, transactionId: rows[1]!.id });
    expect(raw.text).toBe('2024-01-02,-2.50,EUR');
    const sealed = station.sealed();
    const cut = gzipSync(randomBytes(400_000).toString('hex')).subarray(0, 300_000);
    const [refused] = await station.import(caseId, [station.file('cut.csv.gz', cut)]);
    expect(refused!.error).toBeDefined();
    expect(station.sealed()).toEqual(sealed);
    expect(await problems()).toEqual([]);
  });

  it('that was changed, exchanged or removed is named by verify', async () => {
    const whole = readFileSync(file);
    const changed = Buffer.from(whole);
    changed[3] = changed[3]! ^ 1;
    writeFileSync(file, changed);
    expect(await problems()).toEqual(['evidence.damaged']);
    rmSync(file);
    expect(await problems()).toEqual(['text.missing']);
    writeFileSync(file, whole);
    expect(await problems()).toEqual([]);
    const digest = await station.inStore(db => db.prepare('SELECT text_sha256 FROM sources').pluck().get() as string);
    await station.inStore(db => db.prepare('UPDATE sources SET text_sha256 = NULL').run(), 'write');
    expect(await problems()).toEqual(['evidence.record']);
    await station.inStore(db => db.prepare('UPDATE sources SET text_sha256 = ?').run(digest), 'write');
    expect(await problems()).toEqual([]);
  });
});
