import { createHash, randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPragmas } from '../platform/database.ts';
import { countRows, filesBelow, folderState, generate, PASSPHRASE, Station, WORKSPACE } from './engine.fixture.ts';

let station: Station;
beforeEach(async () => {
  station = new Station();
  await station.create();
});
afterEach(() => station.close());

const location = { name: WORKSPACE };
const STATEMENT = 'date,amount,currency,counterparty\n2024-01-31,10.00,EUR,Acme\n2024-02-01,-4.50,EUR,Baltic\n';

describe('a workspace', () => {
  it('keeps what was done in it over a close and an open, and logs both', async () => {
    const caseId = await station.createCase('Kept');
    await station.import(caseId, [station.file('a.csv', STATEMENT)]);
    await station.closeWorkspace();
    expect(await station.invoke('workspaces.status', {})).toMatchObject({
      open: false,
      name: null,
      permissions: ['public'],
    });
    expect(await station.refusal('cases.list', {})).toMatchObject({ code: 'workspace.closed' });
    await station.open('judge');
    expect(await station.invoke('workspaces.status', {})).toMatchObject({
      open: true,
      name: WORKSPACE,
      role: 'judge',
      actor: 'Ada',
      caseCount: 1,
    });
    expect((await station.invoke('transactions.page', { caseId })).total).toBe(2);
    expect((await station.acts()).filter(act => act !== 'evidence.viewed').slice(-3)).toEqual([
      'evidence.imported',
      'workspace.closed',
      'workspace.opened',
    ]);
  });

  it('has the required pragmas on its own connections after a reopen', async () => {
    await station.closeWorkspace();
    await station.open();
    const reader = await station.store();
    expect(readPragmas(reader)).toMatchObject({ journal_mode: 'wal', synchronous: 2, temp_store: 2 });
    reader.close();
  });

  it('leaves no log file behind once closed', async () => {
    const path = join(station.folder, 'rows.csv');
    generate(path, 60_000);
    await station.import(await station.createCase(), [path]);
    await station.closeWorkspace();
    expect(
      filesBelow(station.workspaceFolder)
        .filter(file => !file.includes('evidence'))
        .map(file => file.slice(station.workspaceFolder.length + 1)),
    ).toEqual(['store.db', 'workspace.json', 'workspace.lock']);
  });

  it('is listed by name', async () => {
    mkdirSync(join(station.home, 'not a workspace'));
    expect((await station.invoke('workspaces.list', {})).workspaces).toEqual([
      { name: WORKSPACE, createdAt: '2026-01-02T03:04:05.000Z', secondSecrets: ['none'] },
    ]);
  });
});

describe('a wrong passphrase', () => {
  it('changes nothing, fifty times over', async () => {
    await station.import(await station.createCase(), [station.file('a.csv', STATEMENT)]);
    await station.closeWorkspace();
    const before = folderState(station.workspaceFolder);
    for (let i = 0; i < 50; i++)
      expect(
        await station.refusal('workspaces.open', { location, passphrase: `${PASSPHRASE}${i}`, actor: 'Eve' }),
      ).toMatchObject({ code: 'workspace.locked', category: 'permission' });
    const { error } = await station.run('workspaces.verify', {
      grant: station.engine.grantPath(station.session, station.workspaceFolder, 'folder').grant,
      passphrase: 'wrong',
    });
    expect(error).toMatchObject({ code: 'workspace.locked' });
    expect(folderState(station.workspaceFolder)).toEqual(before);
    await station.open();
  });

  it('does not help to read it: a changed header is named, never repaired', async () => {
    await station.closeWorkspace();
    const path = join(station.workspaceFolder, 'workspace.json');
    const header = readFileSync(path, 'utf8');
    for (const [text, code] of [
      ['{}', 'workspace.damaged-header'],
      [header.slice(0, 40), 'workspace.damaged-header'],
      ['', 'workspace.damaged-header'],
      [header.replace('65536', '8'), 'workspace.weak-parameters'],
      [header.replace('65536', '2000000000'), 'workspace.damaged-header'],
      [header.replace('"workspaceId": "0', '"workspaceId": "1'), 'workspace.locked'],
    ] as const) {
      writeFileSync(path, text);
      const before = folderState(station.workspaceFolder);
      expect(
        await station.refusal('workspaces.open', { location, passphrase: PASSPHRASE, actor: 'Ada' }),
      ).toMatchObject({ code });
      expect(folderState(station.workspaceFolder)).toEqual(before);
    }
    writeFileSync(path, header);
    await station.open();
  });
});

describe('what is no workspace', () => {
  it('is refused by name', async () => {
    await station.closeWorkspace();
    expect(
      await station.refusal('workspaces.open', { location: { name: 'Nowhere' }, passphrase: PASSPHRASE, actor: 'Ada' }),
    ).toMatchObject({ code: 'workspace.not-one', category: 'usage' });
    expect(
      await station.refusal('workspaces.create', { location, passphrase: PASSPHRASE, actor: 'Ada' }),
    ).toMatchObject({ code: 'workspace.exists', category: 'conflict' });
    for (const name of ['../Inquiry', '/tmp/x', 'a/b', 'a\\b', '', '.hidden', 'x'.repeat(81), 'nul\0byte'])
      expect(
        await station.refusal('workspaces.open', { location: { name }, passphrase: PASSPHRASE, actor: 'Ada' }),
      ).toMatchObject({ code: 'input.invalid' });
  });

  it('a store that is missing or damaged is named, and nothing is deleted', async () => {
    await station.closeWorkspace();
    const store = join(station.workspaceFolder, 'store.db');
    const bytes = readFileSync(store);
    for (const [damage, code] of [
      [randomBytes(bytes.length), 'store.damaged'],
      [bytes.subarray(0, 5_000), 'store.damaged'],
      [Buffer.alloc(0), 'store.damaged'],
    ] as const) {
      writeFileSync(store, damage);
      expect(
        await station.refusal('workspaces.open', { location, passphrase: PASSPHRASE, actor: 'Ada' }),
      ).toMatchObject({ code, category: 'integrity' });
      expect(readFileSync(store).equals(damage)).toBe(true);
    }
    rmSync(store);
    expect(await station.refusal('workspaces.open', { location, passphrase: PASSPHRASE, actor: 'Ada' })).toMatchObject({
      code: 'workspace.store-missing',
    });
    writeFileSync(store, bytes);
    await station.open();
  });

  it('a store of a newer version is refused and not written', async () => {
    await station.inStore(db => db.pragma('user_version=2000000000'), 'write');
    await station.closeWorkspace();
    const digest = () =>
      createHash('sha256')
        .update(readFileSync(join(station.workspaceFolder, 'store.db')))
        .digest('hex');
    const before = digest();
    expect(await station.refusal('workspaces.open', { location, passphrase: PASSPHRASE, actor: 'Ada' })).toMatchObject({
      code: 'workspace.newer',
      category: 'conflict',
    });
    expect(digest()).toBe(before);
  });
});

describe('one store has one writer', () => {
  it('a second session joins it, after an unlock of its own; the last one closes it', async () => {
    const other = station.engine.openSession();
    const wrong = { location, passphrase: `${PASSPHRASE}!`, actor: 'Ada' };
    expect(await station.refusal('workspaces.open', wrong, other)).toMatchObject({ code: 'workspace.locked' });
    await station.open('judge', other);
    const caseId = await station.createCase('Shared');
    expect((await station.invoke('cases.list', {}, other)).cases.map(known => known.id)).toEqual([caseId]);
    expect(await station.refusal('cases.create', { name: 'No' }, other)).toMatchObject({ code: 'permission.denied' });
    await station.closeWorkspace();
    expect(await station.call('workspaces.status', {}, other)).toMatchObject({ value: { open: true, role: 'judge' } });
    await station.closeWorkspace(other);
    await station.open();
    expect((await station.acts()).slice(-8)).toEqual([
      'workspace.created',
      'signin.failed',
      'workspace.opened',
      'case.created',
      'access.denied',
      'session.closed',
      'workspace.closed',
      'workspace.opened',
    ]);
  });

  it('also when both ask in the same moment', async () => {
    await station.closeWorkspace();
    const other = station.engine.openSession();
    const ask = (session: typeof other) =>
      station.call('workspaces.open', { location, passphrase: PASSPHRASE, actor: 'Ada' }, session);
    const answers = await Promise.all([ask(station.session), ask(other)]);
    expect(answers.map(answer => answer.ok)).toEqual([true, true]);
    await station.closeWorkspace(other);
    await station.createCase('Still open');
  });

  it('also when one session asks twice in the same moment', async () => {
    await station.closeWorkspace();
    const ask = () => station.call('workspaces.open', { location, passphrase: PASSPHRASE, actor: 'Ada' });
    const answers = await Promise.all([ask(), ask()]);
    expect(answers.map(answer => answer.ok).sort()).toEqual([false, true]);
    await station.closeWorkspace();
    await station.open();
    expect((await station.acts()).filter(act => act === 'workspace.opened').length).toBe(2);
  });

  it('also when a session ends while it opens', async () => {
    await station.closeWorkspace();
    const passing = station.engine.openSession();
    const opening = station.call('workspaces.open', { location, passphrase: PASSPHRASE, actor: 'Ada' }, passing);
    await station.engine.closeSession(passing);
    await opening;
    await station.open();
  });

  it('also across two programs: the second is refused, and an import under way in the first is left alone', async () => {
    const path = join(station.folder, 'rows.csv');
    const truth = generate(path, 60_000);
    const caseId = await station.createCase();
    const second = new Station();
    try {
      const { jobId } = await station.invoke('imports.start', { caseId, files: [{ grant: station.grant(path) }] });
      while (station.sealed().length === 0) await new Promise(resolve => setTimeout(resolve, 5));
      const grant = second.engine.grantPath(second.session, station.workspaceFolder, 'folder').grant;
      expect(
        await second.refusal('workspaces.open', { location: { grant }, passphrase: PASSPHRASE, actor: 'Ada' }),
      ).toMatchObject({ code: 'workspace.in-use' });
      expect((await station.ended(jobId)).view.state).toBe('done');
      expect((await station.invoke('transactions.page', { caseId })).total).toBe(truth.answers.rows);
      await station.closeWorkspace();
      const again = second.engine.grantPath(second.session, station.workspaceFolder, 'folder').grant;
      await second.invoke('workspaces.open', { location: { grant: again }, passphrase: PASSPHRASE, actor: 'Ada' });
    } finally {
      await second.close();
    }
  });
});

describe('after a crash in the middle of an import', () => {
  it('the next open removes what it left, says so, and keeps everything else', async () => {
    const caseId = await station.createCase();
    const small = station.file('small.csv', STATEMENT);
    await station.import(caseId, [small]);
    const path = join(station.folder, 'rows.csv');
    const truth = generate(path, 60_000);
    const { jobId } = await station.invoke('imports.start', { caseId, files: [{ grant: station.grant(path) }] });
    const reader = await station.store();
    while (countRows(reader, 'transactions') < 10_000) await new Promise(resolve => setTimeout(resolve, 5));
    reader.close();
    // A copy of the files as they lie there is what a power cut leaves.
    const crashed = join(station.home, 'Crashed');
    cpSync(station.workspaceFolder, crashed, { recursive: true });
    const memory = join(station.home, '.station');
    cpSync(memory, join(station.folder, 'memory'), { recursive: true });
    await station.invoke('jobs.cancel', { jobId });
    await station.ended(jobId);
    await station.closeWorkspace();
    rmSync(station.workspaceFolder, { recursive: true });
    cpSync(crashed, station.workspaceFolder, { recursive: true });
    // What the station remembers lies on the same disk: it is as old as the crash too.
    rmSync(memory, { recursive: true });
    cpSync(join(station.folder, 'memory'), memory, { recursive: true });
    const left = await station.inStore(db => ({
      sources: db.prepare('SELECT state FROM sources ORDER BY ordinal').pluck().all(),
      rows: countRows(db, 'transactions'),
    }));
    // Without this the test would prove nothing.
    expect(left.sources).toEqual(['complete', 'importing']);
    expect(left.rows).toBeGreaterThan(2);
    const sealedBefore = station.sealed();

    await station.open();
    expect((await station.acts()).slice(-2)).toEqual(['evidence.import-discarded', 'workspace.opened']);
    expect(
      await station.inStore(db => ({
        sources: db.prepare('SELECT state FROM sources').pluck().all(),
        rows: countRows(db, 'transactions'),
        values: db.prepare('SELECT count(DISTINCT source) FROM dictionary_values').pluck().get(),
      })),
    ).toEqual({ sources: ['complete'], rows: 2, values: 1 });
    expect(station.sealed().length).toBe(2);
    expect(sealedBefore).toEqual(expect.arrayContaining(station.sealed()));
    expect((await station.done('audits.verify', {})).problems).toEqual([]);
    const [file] = await station.import(caseId, [path]);
    expect(file).toMatchObject({ alreadyImported: false });
    expect((await station.invoke('transactions.page', { caseId })).total).toBe(truth.answers.rows + 2);
    expect((await station.done('audits.verify', {})).ok).toBe(true);
  });

  it('sealed files that an import left are removed; files the log knows nothing of are kept and named', async () => {
    const caseId = await station.createCase();
    const [file] = await station.import(caseId, [station.file('small.csv', STATEMENT)]);
    const path = join(station.folder, 'rows.csv');
    generate(path, 30_000);
    const { jobId } = await station.invoke('imports.start', { caseId, files: [{ grant: station.grant(path) }] });
    while (station.sealed().length < 3) await new Promise(resolve => setTimeout(resolve, 2));
    const stray = station.sealed().find(name => !name.startsWith(file!.sourceId!))!;
    const bytes = readFileSync(join(station.workspaceFolder, 'evidence', stray));
    await station.invoke('jobs.cancel', { jobId });
    await station.ended(jobId);
    await station.closeWorkspace();
    writeFileSync(join(station.workspaceFolder, 'evidence', stray), bytes);
    const unknown = '99999999-0000-4000-8000-000000000000.sealed';
    writeFileSync(join(station.workspaceFolder, 'evidence', unknown), bytes);
    await station.open();
    expect(station.sealed()).toEqual([`${file!.sourceId}.columns`, `${file!.sourceId}.sealed`, unknown].sort());
    // The store may be older than the folder (a backup put back): such a file may be the only copy of evidence.
    expect((await station.done('audits.verify', {})).problems).toMatchObject([
      { code: 'evidence.unknown-file', where: expect.stringContaining(unknown) },
    ]);
  });
});
