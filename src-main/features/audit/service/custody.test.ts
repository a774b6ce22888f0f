import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Station } from '../../../engine/engine.fixture.ts';
import { judged, judgedByPython } from './audit-export.fixture.ts';

const STATEMENT = 'date,amount,currency,counterparty,reference,description\n2024-01-31,10.00,EUR,Acme,R-1,one\n';

const station = new Station();
let caseId = '';
let sourceId = '';
beforeAll(async () => {
  await station.create();
  caseId = await station.createCase('Café');
  const [file] = await station.import(caseId, [station.file('statement.csv', STATEMENT)]);
  sourceId = file!.sourceId!;
});
afterAll(() => station.close());

let folders = 0;
const folder = (): { readonly path: string; readonly grant: string } => {
  const path = join(station.folder, `out-${folders++}`);
  return { path, grant: station.engine.grantPath(station.session, path, 'folder').grant };
};
const ledger = () => station.invoke('custody.list', { caseId });

describe('the custody ledger', () => {
  it('begins with the import, as the log records it', async () => {
    const { total, disagreeing, events } = await ledger();
    expect({ total, disagreeing }).toEqual({ total: 1, disagreeing: 0 });
    expect(events[0]).toMatchObject({ kind: 'ingest', sourceId, agrees: true, actor: 'Ada', purpose: 'import' });
    const found = await station.invoke('audits.search', { act: 'evidence.imported' });
    expect(found.entries[0]?.seq).toBe(events[0]?.entry);
  });

  it('records an opening with its purpose and what was found', async () => {
    const opened = await station.done('custody.openOriginal', { sourceId, purpose: 'Comparison with the print' });
    expect(Buffer.from(opened.content, 'base64').toString('utf8')).toBe(STATEMENT);
    expect((await ledger()).events[0]).toMatchObject({
      kind: 'access',
      purpose: 'Comparison with the print',
      found: opened.expected,
      agrees: true,
    });
  });

  it('writes the bit-identical original, and records it before the file has its name', async () => {
    const { path, grant } = folder();
    const exported = await station.done('custody.exportOriginal', { sourceId, purpose: 'Disclosure', grant });
    expect(readFileSync(join(path, exported.fileName), 'utf8')).toBe(STATEMENT);
    expect((await ledger()).events[0]).toMatchObject({ kind: 'export', found: exported.expected });
    // Never over a file that is there.
    const again = station.engine.grantPath(station.session, path, 'folder').grant;
    const refused = await station.run('custody.exportOriginal', { sourceId, purpose: 'Again', grant: again });
    expect(refused.error).toMatchObject({ code: 'export.exists', category: 'conflict' });
  });

  it('records a transfer with recipient and receipt', async () => {
    const event = await station.invoke('custody.transfer', {
      sourceId,
      recipient: 'State laboratory',
      purpose: 'Examination of the print',
      receipt: 'R-2026-17',
    });
    expect(event).toMatchObject({ kind: 'transfer', recipient: 'State laboratory', receipt: 'R-2026-17', found: null });
    expect((await ledger()).events[0]).toEqual(event);
  });

  it('is drafted into a certificate that says what it does not claim', async () => {
    await station.done('custody.check', { caseId, purpose: 'Before the certificate' });
    const { content, fileName } = await station.invoke('custody.certificate', { caseId });
    const { events } = await ledger();
    expect(fileName).toMatch(/\.txt$/);
    expect(content).toContain(events[0]!.expected);
    for (const said of ['902(13)', '902(14)', 'DRAFT — NOT SIGNED', 'DOES NOT CLAIM', 'unchanged', 'Café'])
      expect(content).toContain(said);
    expect((await station.invoke('custody.certificate', { caseId, format: 'html' })).content).toContain(
      '<!doctype html>',
    );
  });

  it('cannot be changed, taken from or replaced', async () => {
    for (const attack of [
      `UPDATE custody_events SET purpose = 'other' WHERE seq = 1`,
      'DELETE FROM custody_events WHERE seq = 1',
      'INSERT OR REPLACE INTO custody_events SELECT * FROM custody_events WHERE seq = 1',
    ])
      await expect(station.inStore(db => db.exec(attack), 'write')).rejects.toThrow('append-only');
  });

  it('is compared with the log by every verification', async () => {
    expect(await station.done('audits.verify', {})).toMatchObject({ ok: true });
    await station.inStore(db => {
      db.exec('DROP TRIGGER custody_events_no_update');
      expect(db.prepare(`UPDATE custody_events SET purpose = 'theft' WHERE kind = 'transfer'`).run().changes).toBe(1);
    }, 'write');
    const { ok, problems } = await station.done('audits.verify', {});
    expect({ ok, codes: problems.map(problem => problem.code) }).toEqual({ ok: false, codes: ['custody.unlogged'] });
    await station.inStore(db => {
      db.exec(`UPDATE custody_events SET purpose = 'Examination of the print' WHERE kind = 'transfer'`);
      db.exec(
        `CREATE TRIGGER custody_events_no_update BEFORE UPDATE ON custody_events BEGIN SELECT RAISE(ABORT, 'the custody ledger is append-only'); END`,
      );
    }, 'write');
    expect(await station.done('audits.verify', {})).toMatchObject({ ok: true });
  });

  it('is exported with the log, and both verifiers find it as recorded', async () => {
    const { path, grant } = folder();
    const exported = await station.done('audits.export', { grant });
    expect(exported.files.map(file => file.content)).toEqual(exported.files.map(() => null));
    const [bundle] = exported.files;
    const file = join(path, bundle!.fileName);
    for (const verdict of [judged(file, { key: exported.key }), judgedByPython(file, { key: exported.key })])
      expect(verdict).toMatchObject({ ok: true, entries: exported.size, root: exported.root, evidence: { files: 1 } });
    for (const name of ['nexus_verify.py', 'README.txt']) expect(existsSync(join(path, name)), name).toBe(true);
    const inMemory = await station.done('audits.export', { scope: { kind: 'case', caseId } });
    const copy = station.file('case.nexus-audit', Buffer.from(inMemory.files[0]!.content ?? '', 'base64'));
    for (const verdict of [judged(copy), judgedByPython(copy)])
      expect(verdict).toMatchObject({ ok: true, evidence: { files: 1 }, export: { entries: inMemory.entries } });
    const { acts } = await station.invoke('audits.search', { act: 'log.export' });
    expect(acts).toEqual([
      { act: 'log.export-started', count: 2 },
      { act: 'log.exported', count: 2 },
    ]);
    expect(await station.done('audits.verifyExport', { grant: station.grant(copy) })).toMatchObject({ ok: true });
  });

  it('is searched, and exported, by number and by what Sarbanes-Oxley controls rest on', async () => {
    const all = await station.invoke('audits.search', { limit: 1000 });
    const middle = { fromSeq: 2, toSeq: all.total - 3 };
    const numbers = all.entries.map(entry => entry.seq).filter(seq => seq >= middle.fromSeq && seq <= middle.toSeq);
    const within = await station.invoke('audits.search', { ...middle, limit: 1000 });
    expect(within.entries.map(entry => entry.seq)).toEqual(numbers);
    const [controls, others] = await Promise.all(
      [true, false].map(sox => station.invoke('audits.search', { ...middle, sox, limit: 1000 })),
    );
    expect(controls!.entries.every(entry => entry.sox)).toBe(true);
    expect(others!.entries.some(entry => entry.sox)).toBe(false);
    expect(controls!.total).toBeGreaterThan(0);
    expect(others!.total).toBeGreaterThan(0);
    expect(controls!.total + others!.total).toBe(numbers.length);
    const filter = { ...middle, sox: true };
    const exported = await station.done('audits.export', { scope: { kind: 'filter', filter } });
    const content = Buffer.from(exported.files[0]!.content ?? '', 'base64');
    expect(exported.entries).toBe(controls!.total);
    // The export says what of the log it holds: all of the filter, not its words alone.
    expect((JSON.parse(content.toString('utf8').split('\n')[0]!) as { header: object }).header).toMatchObject({
      scope: { kind: 'filter', filter },
    });
    const copy = station.file('controls.nexus-audit', content);
    for (const verdict of [judged(copy), judgedByPython(copy)]) expect(verdict).toMatchObject({ ok: true });
  });

  it('shows an original that was altered: in the check, the ledger, the log and every later export', async () => {
    const sealed = join(station.workspaceFolder, 'evidence', `${sourceId}.sealed`);
    const bytes = readFileSync(sealed);
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    writeFileSync(sealed, bytes);
    const checked = await station.run('custody.check', { caseId, purpose: 'routine' });
    expect(checked.error).toMatchObject({ code: 'custody.mismatch', category: 'integrity' });
    const opened = await station.run('custody.openOriginal', { sourceId, purpose: 'look' });
    expect(opened.error).toMatchObject({ code: 'custody.mismatch' });
    const { path, grant } = folder();
    const exported = await station.run('custody.exportOriginal', { sourceId, purpose: 'look', grant });
    expect(exported.error).toMatchObject({ code: 'custody.mismatch' });
    expect(existsSync(join(path, 'statement.csv'))).toBe(false);
    const { disagreeing, events } = await ledger();
    expect(disagreeing).toBe(3);
    expect(events[0]).toMatchObject({ agrees: false, found: null });
    expect((await station.invoke('custody.certificate', { caseId })).content).toContain('ANOTHER DIGEST');
    const out = folder();
    const bundle = await station.done('audits.export', { grant: out.grant });
    for (const verdict of [judged, judgedByPython].map(judge => judge(join(out.path, bundle.files[0]!.fileName))))
      expect(verdict.problems.map(problem => problem.code)).toEqual(
        Array.from({ length: 3 }, () => 'custody.mismatch'),
      );
  });
});

describe('reading is logged', () => {
  it('a look once a session, case and kind; an export each time, with its digest', async () => {
    const count = async (act: string): Promise<number> => (await station.invoke('audits.search', { act })).total;
    const before = await count('evidence.viewed');
    for (let page = 0; page < 5; page++) await station.invoke('transactions.page', { caseId, offset: page });
    await station.invoke('transactions.facets', { caseId });
    expect(await count('evidence.viewed')).toBe(before + 1);
    await station.invoke('sources.rejected', { sourceId });
    expect(await count('evidence.viewed')).toBe(before + 2);
    const { entries } = await station.invoke('audits.search', { act: 'evidence.viewed', limit: 1 });
    expect(JSON.parse(entries[0]!.object)).toEqual({ case: caseId, channel: 'sources.rejected', of: 'originals' });
    const exports = await count('records.exported');
    await station.invoke('recipes.export', { caseId });
    await station.invoke('recipes.export', { caseId });
    expect(await count('records.exported')).toBe(exports + 2);
  });
});

describe('search and compliance', () => {
  it('finds entries by act, person, case, words and time', async () => {
    const search = (filter: object) => station.invoke('audits.search', filter);
    const all = await search({ limit: 1000 });
    expect(all.entries.map(entry => entry.seq)).toEqual(all.entries.map((_, i) => all.total - 1 - i));
    expect((await search({ act: 'case.created' })).total).toBe(1);
    expect((await search({ actor: 'nobody' })).total).toBe(0);
    expect((await search({ text: 'STATE LABORATORY' })).entries[0]?.act).toBe('custody.transferred');
    expect((await search({ class: 'export' })).acts.map(({ act }) => act)).toContain('custody.transferred');
    expect((await search({ from: '2026-01-02', to: '2026-01-03' })).total).toBe(all.total);
    expect((await search({ from: '2026-01-03' })).total).toBe(0);
    expect(await station.refusal('audits.search', { from: '2026-13-45' })).toMatchObject({ code: 'filter.date' });
    const ofCase = await search({ caseId });
    expect(ofCase.total).toBeLessThan(all.total);
    for (const { object } of ofCase.entries) expect(object).toContain(caseId);
  });

  it('says who saw, changed and took out what, and knows every act of this log', async () => {
    const view = await station.invoke('audits.compliance', {});
    expect(view.unclassified).toEqual([]);
    const ada = view.people.find(person => person.actor === 'Ada');
    expect(ada?.counts).toMatchObject({ access: expect.any(Number), export: expect.any(Number) });
    expect(ada!.counts.export).toBeGreaterThan(5);
    expect(view.people.reduce((sum, { counts }) => sum + Object.values(counts).reduce((a, b) => a + b, 0), 0)).toBe(
      view.entries,
    );
    expect(view.acts.find(line => line.act === 'custody.transferred')).toMatchObject({
      class: 'export',
      sox: true,
      caseId,
    });
  });
});

describe('retention and legal hold', () => {
  it('runs seven years from closing; a hold is placed and released with a reason', async () => {
    expect(await station.invoke('cases.retention', { caseId })).toMatchObject({ retainUntil: null, hold: null });
    await station.invoke('cases.hold', { caseId, reason: 'Litigation' });
    const closed = await station.invoke('cases.close', { caseId, reason: 'Concluded' });
    // The standing clock of the test is 2026-01-02T03:04:05Z.
    expect(closed).toMatchObject({ retainUntil: '2033-01-02T03:04:05.000Z', hold: { reason: 'Litigation' } });
    expect(await station.refusal('cases.hold', { caseId, reason: 'Twice' })).toMatchObject({ code: 'retention.state' });
    expect(await station.invoke('cases.releaseHold', { caseId, reason: 'Settled' })).toMatchObject({ hold: null });
    expect(await station.refusal('cases.releaseHold', { caseId, reason: 'x' })).toMatchObject({
      code: 'retention.state',
    });
    expect((await station.invoke('cases.reopen', { caseId, reason: 'New evidence' })).history).toHaveLength(4);
  });
});
