import { readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesBelow, PASSPHRASE, Station } from './engine.fixture.ts';

// Words that stand nowhere else: a name, an account (a valid IBAN's form), a reference, a purpose.
const CANARIES = [
  'Quillfeather-Ostrander',
  'DE02700100100606060606',
  'ZQX-77120-KANARIE',
  'weisse Orchideen für Zimmer 9',
];
const forms = CANARIES.flatMap(text => [
  Buffer.from(text, 'utf8'),
  Buffer.from(text, 'utf16le'),
  Buffer.from(text, 'utf16le').swap16(),
  Buffer.from(text, 'latin1'),
  Buffer.from(Buffer.from(text).toString('base64').slice(0, -4)),
]);
const hits = (bytes: Uint8Array): number =>
  forms.filter(form => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(form)).length;

const station = new Station();
const temporaryFiles = (): string[] => {
  // Names only: a file another program is removing meanwhile is none of ours.
  const below = (folder: string, depth: number): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
      const path = join(folder, entry.name);
      if (path.startsWith(station.folder)) return [];
      if (entry.isFile()) return [path];
      if (!entry.isDirectory() || depth === 0) return [];
      try {
        return below(path, depth - 1);
      } catch {
        return [];
      }
    });
  return below(tmpdir(), 1);
};

let input = '';
let caseId = '';
const before = new Set<string>();
beforeAll(async () => {
  for (const file of temporaryFiles()) before.add(file);
  await station.create();
  caseId = await station.createCase('Quillfeather-Ostrander inquiry');
  const rows = Array.from(
    { length: 8_000 },
    (_, i) =>
      `2024-0${(i % 9) + 1}-1${i % 10},${i % 3 ? '-' : ''}${(i * 37) % 9_999}.25,EUR,${CANARIES[0]},${CANARIES[1]},${CANARIES[2]}-${i},${CANARIES[3]}\n`,
  );
  const csv = `date,amount,currency,counterparty,counterparty account,reference,description\n${rows.join('')}2024-02-30,1.00,EUR,${CANARIES[0]},x,y,rejected\n`;
  input = station.file('input.csv', csv);
  await station.import(caseId, [
    input,
    station.file('input.csv.gz', gzipSync(`${csv}\n2024-01-01,1.00,EUR,${CANARIES[0]},x,y,z\n`)),
  ]);
  await station.import(caseId, [station.file('ledger.csv', csv.replaceAll('EUR', 'eur'))], 'ledger');
  await station.done('examinations.run', { caseId });
  const { findings } = await station.invoke('findings.list', { caseId });
  await station.invoke('findings.decide', { findingId: findings[0]!.id, state: 'dismissed', reason: CANARIES[0] });
  await station.done('reports.build', { caseId });
  await station.invoke('transactions.page', { caseId, filter: { text: CANARIES[3] }, sort: 'party' });
  await station.invoke('transactions.read', { caseId, transactionId: 1 });
  await station.done('audits.verify', {});
}, 60_000);
afterAll(() => station.close());

describe('nothing that was examined lies on the disk in the clear', () => {
  it('the control: the words are found where they stand, and what was stored gives them back', async () => {
    // UTF-8, and its base64 of each word's own beginning is not in a text file.
    expect(hits(readFileSync(input))).toBeGreaterThanOrEqual(CANARIES.length);
    expect(hits(Buffer.from(CANARIES[0]!, 'utf16le'))).toBeGreaterThan(0);
    const { total, rows } = await station.invoke('transactions.page', {
      caseId,
      filter: { text: CANARIES[0]! },
      limit: 1,
    });
    expect(total).toBeGreaterThan(20_000);
    expect(rows[0]?.counterparty).toBe(CANARIES[0]);
  });

  it('in no file of the workspace while it is open, the log included', () => {
    const files = filesBelow(station.workspaceFolder);
    expect(files.some(file => file.endsWith('store.db-wal'))).toBe(true);
    expect(files.filter(file => hits(readFileSync(file)) > 0)).toEqual([]);
  });

  it('in no temporary file, new or old', () => {
    const suspects = temporaryFiles().filter(file => {
      if (before.has(file)) return false;
      const stats = statSync(file, { throwIfNoEntry: false });
      return stats?.isFile() === true && stats.size < 64 << 20;
    });
    const found = suspects.filter(file => {
      try {
        return hits(readFileSync(file)) > 0;
      } catch {
        return false; // gone meanwhile
      }
    });
    expect(found).toEqual([]);
  });

  it('nor once it is closed; nor the passphrase', async () => {
    await station.closeWorkspace();
    const files = filesBelow(station.home);
    expect(files.length).toBeGreaterThan(7);
    expect(files.filter(file => hits(readFileSync(file)) > 0 || readFileSync(file).includes(PASSPHRASE))).toEqual([]);
  });
});
