import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelName } from '../contract/index.ts';
import { contract } from '../contract/index.ts';
import type { Role } from '../contract/workspaces.contract.ts';
import { ROLES } from '../contract/workspaces.contract.ts';
import { mayUse } from '../features/identity/domain/policy.ts';
import type { PreparedCase } from './channel-inputs.fixture.ts';
import { prepareCase, REACHED, STATEMENT } from './channel-inputs.fixture.ts';
import { countRows, Station } from './engine.fixture.ts';

const CHANNELS = Object.keys(contract) as ChannelName[];

const station = new Station();
let prepared: PreparedCase;
let caseId = '';
beforeAll(async () => {
  prepared = await prepareCase(station);
  caseId = prepared.caseId;
}, 120_000);
afterAll(() => station.close());

const bankFile = () => prepared.bankFile();
const inputOf = (channel: ChannelName): unknown => prepared.inputs[channel]();

/** Channels that end the session they are called in: each is tried by itself. */
const LEAVING: ReadonlySet<string> = new Set(['workspaces.close', 'sessions.lock']);

const settle = async (value: unknown): Promise<void> => {
  const { jobId } = value as { jobId?: string };
  if (typeof jobId === 'string') await station.ended(jobId);
};

const reopenAs = async (role: Role): Promise<void> => {
  await station.closeWorkspace();
  await station.open(role);
};

describe('the contract', () => {
  it('is listed by channels.list, entry by entry', async () => {
    const { channels } = await station.invoke('channels.list', {});
    expect(channels.map(entry => entry.channel)).toEqual(CHANNELS);
    for (const entry of channels)
      expect(entry).toMatchObject({
        kind: contract[entry.channel as ChannelName].kind,
        permission: contract[entry.channel as ChannelName].permission,
      });
  });

  it('says the audit event of every command, in the past tense', () => {
    for (const entry of Object.values(contract))
      if (entry.kind === 'command') expect(entry.audit).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z-]+(ed|built)$/);
  });
});

/** Refused calls come by the hundred here, faster than a session may make them: its bucket fills again meanwhile. */
const rest = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 100));

describe.each(CHANNELS)('%s', channel => {
  const entry = contract[channel];
  beforeAll(rest);

  it('without a workspace: is open to all or says that none is open', async () => {
    const session = station.engine.openSession();
    const answer = await station.call(channel, entry.permission === 'public' ? {} : await inputOf(channel), session);
    if (mayUse(null, null, entry.permission)) {
      if (!answer.ok) expect(answer.error.code).not.toBe('workspace.closed');
    } else expect(answer).toMatchObject({ ok: false, error: { code: 'workspace.closed', category: 'permission' } });
    await station.engine.closeSession(session);
  });

  it('refuses unknown keys, __proto__ and values of other kinds as wrong use, without a stack', async () => {
    const valid = (await inputOf(channel)) as Record<string, unknown>;
    const wrong: unknown[] = [
      { ...valid, unknownKey: 1 },
      JSON.parse(`{"__proto__": {"polluted": true}, ${JSON.stringify(valid).slice(1)}`.replace(', }', '}')),
      null,
      undefined,
      'text',
      7,
      [],
      [valid],
      Number.NaN,
      () => valid,
      ...Object.keys(valid).flatMap(key => [
        { ...valid, [key]: { $ne: null } },
        { ...valid, [key]: [[]] },
        { ...valid, [key]: Number.POSITIVE_INFINITY },
        { ...valid, [key]: 12345678901234567890n },
      ]),
    ];
    for (const input of wrong) {
      const answer = await station.call(channel, input);
      expect(
        answer,
        JSON.stringify(input, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)),
      ).toMatchObject({ ok: false, error: { code: 'input.invalid', category: 'usage' } });
      expect(JSON.stringify(answer)).not.toMatch(/ at |\.ts:|node:internal|stack/);
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

/** Who is denied what is tried in full by gate/total-access.test.ts; here each channel answers whom it lets in. */
describe.each(ROLES)('from the point of view %s', role => {
  beforeAll(() => reopenAs(role));

  it.each(
    CHANNELS.filter(
      channel =>
        !LEAVING.has(channel) &&
        mayUse({ roles: ['financial_examiner'], supervisor: true }, role, contract[channel].permission),
    ),
  )('%s answers', async channel => {
    const answer = await station.call(channel, await inputOf(channel));
    if (REACHED[channel] === undefined) expect(answer).toMatchObject({ ok: true });
    else expect(answer).toMatchObject({ ok: false, error: { code: REACHED[channel] } });
    if (answer.ok) await settle(answer.value);
  });
});

describe('the dispatcher', () => {
  beforeAll(() => reopenAs('financial_examiner'));

  it('refuses a channel that is not in the contract, whatever its name', async () => {
    for (const channel of [
      'cases.destroy',
      '',
      '__proto__',
      'constructor',
      'toString',
      'cases.create ',
      'CASES.CREATE',
    ])
      expect(await station.refusal(channel, {})).toMatchObject({ code: 'channel.unknown', category: 'usage' });
  });

  it('refuses a session that has ended, and one that never was', async () => {
    const session = station.engine.openSession();
    await station.engine.closeSession(session);
    expect(await station.refusal('formats.list', {}, session)).toMatchObject({ code: 'session.unknown' });
    expect(await station.refusal('formats.list', {}, 'made-up' as typeof session)).toMatchObject({
      code: 'session.unknown',
    });
  });

  it('refuses text that is no Unicode: no log entry could name it (RFC 8785)', async () => {
    for (const name of ['half \ud800', '\udc00 half', 'both \udc00\ud800'])
      expect(await station.refusal('cases.create', { name })).toMatchObject({ code: 'input.invalid' });
    expect(await station.refusal('cases.read', { caseId: '\\ud800' })).toMatchObject({
      message: expect.not.stringContaining('Unicode'),
    });
  });

  it('refuses an input far larger than any form', async () => {
    expect(await station.refusal('cases.create', { name: 'x'.repeat(2_000_001) })).toMatchObject({
      code: 'input.too-large',
      category: 'usage',
    });
  });

  it('takes the actor from the session, never from the payload', async () => {
    expect(await station.refusal('cases.create', { name: 'Mine', actor: 'Someone else' })).toMatchObject({
      code: 'input.invalid',
    });
  });

  it('limits the rate of calls of one session, not of another, and not for long', async () => {
    const flood = station.engine.openSession();
    const answers = await Promise.all(Array.from({ length: 2_000 }, () => station.call('formats.list', {}, flood)));
    const refused = answers.filter(answer => !answer.ok);
    expect(refused.length).toBeGreaterThan(1_000);
    for (const answer of refused) expect(answer).toMatchObject({ error: { code: 'rate.exceeded' } });
    expect(await station.call('formats.list', {})).toMatchObject({ ok: true });
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(await station.call('formats.list', {}, flood)).toMatchObject({ ok: true });
    await station.engine.closeSession(flood);
  });

  it('a flood of denied calls does not flood the log', async () => {
    await reopenAs('executive');
    const before = await station.inStore(db => countRows(db, 'audit_entries'));
    const answers = await Promise.all(
      Array.from({ length: 3_000 }, () => station.call('cases.create', { name: 'no' })),
    );
    expect(answers.every(answer => !answer.ok)).toBe(true);
    expect((await station.inStore(db => countRows(db, 'audit_entries'))) - before).toBeLessThan(300);
    await new Promise(resolve => setTimeout(resolve, 500));
    await reopenAs('financial_examiner');
  });
});

describe('a command', () => {
  it('commits its entry with its effect, and neither when it is refused', async () => {
    const state = () =>
      station.inStore(db => ({ cases: countRows(db, 'cases'), entries: countRows(db, 'audit_entries') }));
    const before = await state();
    await station.invoke('cases.create', { name: 'Twice' });
    expect(await state()).toEqual({ cases: before.cases + 1, entries: before.entries + 1 });
    expect(await station.refusal('cases.create', { name: 'Twice' })).toMatchObject({
      code: 'case.exists',
      category: 'conflict',
    });
    expect(await state()).toEqual({ cases: before.cases + 1, entries: before.entries + 1 });
  });

  it('leaves no effect when its entry cannot be written', async () => {
    const before = await station.inStore(db => countRows(db, 'cases'));
    await station.inStore(
      db =>
        db.exec(
          `CREATE TRIGGER refuse_entries BEFORE INSERT ON audit_entries BEGIN SELECT RAISE(ABORT, 'injected'); END`,
        ),
      'write',
    );
    expect(await station.refusal('cases.create', { name: 'Unlogged' })).toMatchObject({
      message: expect.stringContaining('injected'),
    });
    await station.inStore(db => db.exec('DROP TRIGGER refuse_entries'), 'write');
    expect(await station.inStore(db => countRows(db, 'cases'))).toBe(before);
    expect(await station.call('cases.create', { name: 'Whole again' })).toMatchObject({ ok: true });
  });

  it('leaves no entry when its effect cannot be written', async () => {
    const before = await station.inStore(db => countRows(db, 'audit_entries'));
    await station.inStore(
      db => db.exec(`CREATE TRIGGER refuse_cases BEFORE INSERT ON cases BEGIN SELECT RAISE(ABORT, 'injected'); END`),
      'write',
    );
    expect(await station.refusal('cases.create', { name: 'Refused' })).toMatchObject({
      category: 'internal',
      message: expect.stringContaining('injected'),
    });
    await station.inStore(db => db.exec('DROP TRIGGER refuse_cases'), 'write');
    expect(await station.inStore(db => countRows(db, 'audit_entries'))).toBe(before);
  });
});

describe('file grants', () => {
  it('are used once', async () => {
    const grant = bankFile();
    await station.done('files.inspect', { files: [{ grant }] });
    const { error } = await station.run('files.inspect', { files: [{ grant }] });
    expect(error).toMatchObject({ code: 'grant.unknown', category: 'permission' });
  });

  it('stay usable after a preview', async () => {
    const grant = bankFile();
    await station.invoke('imports.preview', { grant });
    await station.invoke('imports.preview', { grant });
    expect((await station.run('files.inspect', { files: [{ grant }] })).view.state).toBe('done');
  });

  it('belong to one session', async () => {
    const other = station.engine.openSession();
    const grant = bankFile();
    expect((await station.run('files.inspect', { files: [{ grant }] }, other)).error).toMatchObject({
      code: 'grant.unknown',
    });
    await station.engine.closeSession(other);
  });

  it('are of one kind', async () => {
    const folder = station.engine.grantPath(station.session, station.folder, 'folder').grant;
    expect((await station.run('files.inspect', { files: [{ grant: folder }] })).error).toMatchObject({
      code: 'grant.unknown',
    });
    expect((await station.run('workspaces.verify', { grant: bankFile(), passphrase: 'x' })).error).toMatchObject({
      code: 'grant.unknown',
    });
  });

  it('refuse paths in their place', async () => {
    for (const grant of ['/etc/passwd', '../x', 'grant-', `grant-${randomUUID()}/..`, 'C:\\x', '\\\\server\\share'])
      expect(await station.refusal('imports.preview', { grant })).toMatchObject({ code: 'input.invalid' });
    expect(await station.refusal('imports.preview', { grant: `grant-${randomUUID()}` })).toMatchObject({
      code: 'grant.unknown',
    });
  });

  it('are not given for what is not there', () => {
    expect(() => station.grant(join(station.folder, 'nothing.csv'))).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ code: 'file.not-found' }) }),
    );
  });

  it('of a file that is gone by the time it is read are refused as such', async () => {
    const { rmSync } = await import('node:fs');
    const path = station.file('gone.csv', STATEMENT);
    const [forPreview, forInspection, forImport] = [station.grant(path), station.grant(path), station.grant(path)];
    rmSync(path);
    const preview = await station.invoke('imports.preview', { grant: forPreview });
    expect(preview.file.error).toMatchObject({ code: 'file.not-found' });
    const { files } = await station.done('files.inspect', { files: [{ grant: forInspection }] });
    expect(files[0]?.error).toMatchObject({ code: 'file.not-found' });
    const imported = await station.done('imports.start', { caseId, files: [{ grant: forImport }] });
    expect(imported.files[0]?.error).toMatchObject({ code: 'file.not-found' });
  });
});
