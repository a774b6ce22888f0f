import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SECOND_STEP_CHANNELS } from '../../contract/factors.contract.ts';
import type { ChannelName } from '../../contract/index.ts';
import { contract } from '../../contract/index.ts';
import { ROLES } from '../../contract/workspaces.contract.ts';
import { rightsOf } from '../../features/identity/domain/policy.ts';
import type { PreparedCase } from '../channel-inputs.fixture.ts';
import { prepareCase } from '../channel-inputs.fixture.ts';
import { countRows, Station } from '../engine.fixture.ts';
import type { SessionId } from '../engine-client.ts';
import type { Person } from './people.fixture.ts';
import { register, signIn } from './people.fixture.ts';
import { needsProof } from './proof-gate.ts';

const CHANNELS = Object.keys(contract) as ChannelName[];
/** They end the session they are called in, or begin one. */
const OF_SESSIONS: ReadonlySet<string> = new Set([
  'workspaces.close',
  'workspaces.create',
  'workspaces.open',
  'workspaces.recover',
  'sessions.lock',
  'sessions.end',
]);
const GUARDED = CHANNELS.filter(channel => contract[channel].permission !== 'public' && !OF_SESSIONS.has(channel));

const station = new Station();
let prepared: PreparedCase;
beforeAll(async () => {
  prepared = await prepareCase(station);
}, 120_000);
afterAll(() => station.close());

const codeOf = async (channel: string, input: unknown, session: SessionId): Promise<string> => {
  const answer = await station.call(channel, input, session);
  return answer.ok ? 'ok' : answer.error.code;
};

/** Entries of refused calls in the whole log. */
const denials = () =>
  station.inStore(
    db =>
      db
        .prepare(`SELECT count(*) FROM audit_entries WHERE entry LIKE '%"act":"access.denied"%'`)
        .pluck()
        .get() as number,
  );

/** Denied calls cost twenty: what a session may make at once comes back within seconds. */
const refill = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 75));

describe('every channel × role × point of view (R-22)', () => {
  const windows: { readonly role: (typeof ROLES)[number]; readonly pov: (typeof ROLES)[number]; session: SessionId }[] =
    [];
  beforeAll(async () => {
    for (const role of ROLES) {
      const { username, session } = await register(station, `Person ${role}`, role);
      for (const pov of ROLES) {
        const window = pov === role ? session : await signIn(station, username);
        if (pov !== role) await station.invoke('accounts.choosePov', { pov }, window);
        windows.push({ role, pov, session: window });
      }
    }
  }, 120_000);

  it('is let in exactly where role and view both allow it; every denial is in the log', async () => {
    const before = await denials();
    let [denied, allowed] = [0, 0];
    const wrong: string[] = [];
    for (const channel of GUARDED) {
      const { permission } = contract[channel];
      for (const { role, pov, session } of windows) {
        const may = rightsOf({ roles: [role], supervisor: false }, pov).has(permission);
        // No channel takes such an input: who is let in hears that, and nothing happens.
        const code = await codeOf(channel, { 'no such member': true }, session);
        if (may) allowed += 1;
        else denied += 1;
        if (code !== (may ? 'input.invalid' : 'permission.denied')) wrong.push(`${channel} ${role} ${pov}: ${code}`);
      }
      await refill();
    }
    expect(wrong).toEqual([]);
    expect(denied + allowed).toBe(GUARDED.length * 16);
    expect((await denials()) - before).toBe(denied);
  }, 120_000);
});

describe('a second step that is due', () => {
  it('lets nothing answer but what gives it, or leaves', async () => {
    const { accountId, username } = await register(station, 'Cy', 'financial_examiner', { supervisor: true });
    await station.inStore(
      db =>
        db
          .prepare(
            `INSERT INTO account_factors (account_id, secret, enrolled_at, confirmed_at, last_step, spent_steps, failures)
             VALUES (?, x'00', '2026-01-02', '2026-01-02', NULL, '[]', 0)`,
          )
          .run(accountId),
      'write',
    );
    const session = await signIn(station, username);
    const wrong: string[] = [];
    for (const channel of GUARDED) {
      const code = await codeOf(channel, await prepared.inputs[channel](), session);
      if ((code !== 'session.second-step-due') !== SECOND_STEP_CHANNELS.has(channel)) wrong.push(`${channel}: ${code}`);
      await refill();
    }
    expect(wrong).toEqual([]);
  }, 120_000);
});

/** Ids in an answer say only which was asked for. */
const withoutIds = (text: string): string =>
  text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID').replaceAll(/\b[0-9a-f]{64}\b/g, 'DIGEST');

/**
 * True where another's rows are told from rows of nothing. What a command did to the caller's own case changes its second
 * answer: there only a refusal that the first did not meet, or another one, tells.
 */
const tellsApart = (kind: 'query' | 'command' | 'job', [given = '', unknown = '']: readonly string[]): boolean => {
  if (kind === 'query') return given !== unknown;
  const [first, second] = [given, unknown].map(
    text => JSON.parse(text) as { readonly ok: boolean; readonly error?: { readonly category: string } },
  );
  if (kind === 'job' || second?.ok === true) return false;
  return first?.ok === true ? /not-found|usage/.test(second?.error?.category ?? '') : given !== unknown;
};

describe('an account that does not work on a case (R-25)', () => {
  let bo: Person;
  beforeAll(async () => {
    bo = await register(station, 'Bo', 'financial_examiner');
  });

  it('sees no case of others', async () => {
    expect((await station.invoke('cases.list', {}, bo.session)).cases).toEqual([]);
    expect((await station.invoke('workspaces.status', {}, bo.session)).caseCount).toBe(0);
  });

  it('gets from every channel for another’s ids what it gets for ids of nothing', async () => {
    const own = (await station.invoke('cases.create', { name: `Own ${randomUUID()}` }, bo.session)).id;
    const leaks: string[] = [];
    let tried = 0;
    let session = await signIn(station, bo.username);
    for (const channel of GUARDED) {
      if (
        !rightsOf({ roles: ['financial_examiner'], supervisor: false }, 'financial_examiner').has(
          contract[channel].permission,
        )
      )
        continue;
      const text = JSON.stringify(await prepared.inputs[channel]());
      if (!/[0-9a-f]{8}-/.test(text) || text.includes('grant-')) continue;
      const answers = [];
      for (const given of [text, text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, () => randomUUID())])
        answers.push(withoutIds(JSON.stringify(await station.call(channel, JSON.parse(given), session))));
      expect(answers.join()).not.toContain('rate.exceeded');
      tried += 1;
      // Each try is a denial: a window may leave thirty at once, and each channel leaves four.
      if (tried % 7 === 0) {
        await station.engine.closeSession(session);
        session = await signIn(station, bo.username);
      }
      if (answers[0] !== answers[1]) leaks.push(`${channel}: ${answers[0]} / ${answers[1]}`);
      // Its own case around another's rows, files and findings.
      if (!text.includes(prepared.caseId)) continue;
      const crossed = text.replaceAll(prepared.caseId, own);
      const across = [];
      for (const given of [
        crossed,
        crossed.replaceAll(/(?<!"version"):1([,}\]])/g, ':9000001$1').replaceAll('[1', '[9000001'),
      ])
        across.push(
          withoutIds(JSON.stringify(await station.call(channel, JSON.parse(given), session))).replaceAll(
            '9000001',
            '1',
          ),
        );
      if (tellsApart(contract[channel].kind, across)) leaks.push(`${channel} across: ${across.join(' / ')}`);
    }
    expect(leaks).toEqual([]);
    expect(tried).toBeGreaterThan(80);
  }, 120_000);

  it('cannot reach another’s file or finding through a case of its own', async () => {
    const own = (await station.invoke('cases.create', { name: `Own ${randomUUID()}` }, bo.session)).id;
    const { findingId } = (await prepared.inputs['findings.read']()) as { findingId: string };
    for (const filter of [{ sourceId: prepared.sourceId }, { findingId }])
      expect(await station.refusal('transactions.page', { caseId: own, filter }, bo.session)).toMatchObject({
        category: 'not-found',
      });
  });

  it('reads of its entries in the log who did what, not what they say, and cannot search for that', async () => {
    const imported = async (session = station.session) =>
      (await station.invoke('audits.search', { act: 'evidence.imported' }, session)).entries[0]?.object;
    expect(await imported(bo.session)).toBe('{"hidden":"a case that is not assigned to this account"}');
    expect(await imported()).toContain(prepared.caseId);
    const { entries } = await station.invoke('audits.list', { limit: 1000 }, bo.session);
    const { findingId } = (await prepared.inputs['findings.read']()) as { findingId: string };
    for (const told of [prepared.caseId, prepared.sourceId, findingId, 'statement.csv'])
      expect(entries.filter(({ object }) => object.includes(told))).toEqual([]);
    expect((await station.invoke('audits.search', { text: prepared.sourceId })).total).toBeGreaterThan(0);
    expect((await station.invoke('audits.search', { text: prepared.sourceId }, bo.session)).total).toBe(0);
  });

  it('takes no part of the log with it that others’ cases stand in; a supervisor does', async () => {
    const part = { kind: 'filter', filter: { actor: 'Ada' } };
    for (const scope of [undefined, { kind: 'all' }, part, { kind: 'filter', filter: { text: prepared.sourceId } }])
      expect(await station.refusal('audits.export', { scope }, bo.session)).toMatchObject({
        code: 'export.foreign-cases',
      });
    for (const scope of [
      { kind: 'case', caseId: prepared.caseId },
      { kind: 'filter', filter: { caseId: prepared.caseId } },
    ])
      expect(await station.refusal('audits.export', { scope }, bo.session)).toMatchObject({ code: 'case.unknown' });
    const own = (await station.invoke('cases.create', { name: `Own ${randomUUID()}` }, bo.session)).id;
    const { files } = await station.done(
      'audits.export',
      { scope: { kind: 'filter', filter: { caseId: own } } },
      bo.session,
    );
    const texts = files.map(({ content }) => Buffer.from(content ?? '', 'base64').toString('utf8'));
    expect(texts.join('')).toContain(own);
    for (const told of [prepared.caseId, prepared.sourceId, 'statement.csv'])
      expect(texts.join('')).not.toContain(told);
    expect((await station.done('audits.export', {})).entries).toBeGreaterThan(0);
  });

  it('counts in the compliance view what was done in others’ cases, without which', async () => {
    const acts = async (session = station.session) => (await station.invoke('audits.compliance', {}, session)).acts;
    expect((await acts()).some(({ caseId }) => caseId === prepared.caseId)).toBe(true);
    const seen = await acts(bo.session);
    expect(seen.some(({ act, actor }) => act === 'evidence.imported' && actor === 'Ada')).toBe(true);
    expect(seen.some(({ caseId }) => caseId === prepared.caseId)).toBe(false);
  });

  it('works on it once it is assigned, and no longer once that has ended', async () => {
    const { caseId } = prepared;
    await station.invoke('cases.assign', { caseId, accountId: bo.accountId });
    expect((await station.invoke('cases.read', { caseId }, bo.session)).case.id).toBe(caseId);
    await station.invoke('cases.unassign', { caseId, accountId: bo.accountId });
    const before = await denials();
    expect(await station.refusal('cases.read', { caseId }, bo.session)).toMatchObject({ code: 'case.unknown' });
    expect((await denials()) - before).toBe(1);
  });
});

describe('a guarded action (R-20)', () => {
  it('needs a proof within five minutes; the password proves anew', async () => {
    const guarded = GUARDED.filter(channel => needsProof(contract[channel]));
    station.passedMs += 5 * 60_000;
    const wrong: string[] = [];
    for (const channel of guarded) {
      const code = await codeOf(channel, await prepared.inputs[channel](), station.session);
      if (code !== 'session.step-up-needed') wrong.push(`${channel}: ${code}`);
      await refill();
    }
    expect(wrong).toEqual([]);
    expect(guarded.length).toBeGreaterThan(15);
    const { passphrase } = (await prepared.inputs['sessions.prove']()) as { passphrase: string };
    await station.invoke('sessions.prove', { passphrase });
    expect(await codeOf('cases.assign', await prepared.inputs['cases.assign'](), station.session)).toBe(
      'account.unknown',
    );
  }, 60_000);
});

it('nobody can write what is append-only past it, not by replacing either (R-26)', async () => {
  expect(await station.call('typologies.save', await prepared.inputs['typologies.save']())).toMatchObject({ ok: true });
  const guarded = [
    'audit_entries',
    'audit_checkpoints',
    'audit_stations',
    'account_events',
    'accounts',
    'case_assignment_events',
    'security_alerts',
    'typology_versions',
  ];
  await station.inStore(db => {
    for (const table of guarded) {
      expect(countRows(db, table), table).toBeGreaterThan(0);
      const first = `SELECT * FROM ${table} LIMIT 1`;
      for (const statement of [
        `DELETE FROM ${table}`,
        `INSERT OR REPLACE INTO ${table} ${first}`,
        `REPLACE INTO ${table} ${first}`,
        `UPDATE OR REPLACE ${table} SET ${KEY_OF[table] ?? 'ordinal'} = ${KEY_OF[table] ?? 'ordinal'} + 1`,
      ])
        expect(() => db.exec(statement), statement).toThrow(/append-only|never|added|keeps its name|stays|gone/);
    }
  }, 'write');
});

/** The key of tables that do not number their rows. */
const KEY_OF: Readonly<Record<string, string>> = {
  audit_entries: 'seq',
  audit_checkpoints: 'size',
  audit_stations: 'station',
  accounts: 'username',
  typology_versions: 'version',
};
