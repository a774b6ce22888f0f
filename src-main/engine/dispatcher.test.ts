import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelInput, ChannelName } from '../contract/index.ts';
import { contract } from '../contract/index.ts';
import type { Role } from '../contract/workspaces.contract.ts';
import { ROLES } from '../contract/workspaces.contract.ts';
import { mayUse } from '../features/identity/domain/policy.ts';
import { countRows, PASSPHRASE, Station, WORKSPACE } from './engine.fixture.ts';

const CHANNELS = Object.keys(contract) as ChannelName[];
const STATEMENT =
  'date,amount,currency,counterparty,reference,description\n2024-01-31,10.00,EUR,Acme,R-1,one\n2024-02-01,-4.50,EUR,Baltic,R-2,two\n';

const station = new Station();
let caseId = '';
let sourceId = '';
beforeAll(async () => {
  await station.create();
  caseId = await station.createCase();
  const [file] = await station.import(caseId, [
    station.file('statement.csv', STATEMENT.repeat(1) + STATEMENT.split('\n').slice(1).join('\n').repeat(3)),
  ]);
  sourceId = file!.sourceId!;
  await station.done('examinations.run', { caseId });
  await station.done('reports.build', { caseId });
  await prepareRecipe();
});
afterAll(() => station.close());

const bankFile = () => station.grant(station.file('bank.csv', STATEMENT));

const latestFinding = () =>
  station.inStore(db => db.prepare('SELECT id FROM findings ORDER BY ordinal DESC LIMIT 1').pluck().get() as string);

const latestFact = () =>
  station.inStore(
    db => db.prepare('SELECT rows_digest FROM findings ORDER BY ordinal DESC LIMIT 1').pluck().get() as string,
  );

const RULE: ChannelInput<'rules.check'>['rule'] = {
  name: 'Money out',
  when: { combinator: 'and', rules: [{ field: 'amount', operator: '<', value: '0' }] },
  actions: [{ kind: 'set-category', value: 'Outgoings' }],
};
const TYPOLOGY: ChannelInput<'typologies.try'>['typology'] = {
  format: 'nexus-typology',
  id: 'copies',
  version: 1,
  title: 'Copies',
  description: 'Rows that are there twice.',
  sources: [],
  level: 'party',
  tests: [{ test: 'duplicate-exact', weight: 0.5 }],
  when: { test: 'duplicate-exact' },
};
/** Steps of the recipe and a rule, made by one who may: a role that may not is denied before it is asked what. */
const prepared = { preview: 0, undo: 0, redo: 0, ruleId: '' };
const prepareRecipe = async (): Promise<void> => {
  prepared.preview = (await station.invoke('rules.save', { caseId, rule: RULE })).seq;
  prepared.undo = (await station.invoke('rules.save', { caseId, rule: RULE })).seq;
  prepared.redo = (await station.invoke('rules.save', { caseId, rule: RULE })).seq;
  await station.invoke('recipes.undo', { caseId, seqs: [prepared.redo] });
  prepared.ruleId = (await station.invoke('rules.save', { caseId, rule: RULE })).rule.id;
};

/** The version that a change of the settings is made on. */
const settingsVersion = async (): Promise<number> => {
  const answer = await station.call('detection-settings.read', { caseId });
  return answer.ok ? (answer.value as { version: number }).version : 0;
};

/** An input each channel accepts: kept total by the type, so a new channel must be given one. */
const INPUTS: Record<ChannelName, () => unknown> = {
  'workspaces.list': () => ({}),
  'workspaces.create': () => ({ location: { name: `New ${randomUUID()}` }, passphrase: PASSPHRASE, actor: 'Ada' }),
  'workspaces.open': () => ({ location: { name: WORKSPACE }, passphrase: PASSPHRASE, actor: 'Ada' }),
  'workspaces.close': () => ({}),
  'workspaces.status': () => ({}),
  'cases.create': () => ({ name: `Case ${randomUUID()}` }),
  'cases.list': () => ({}),
  'cases.read': () => ({ caseId }),
  'imports.preview': () => ({ grant: bankFile() }),
  'imports.start': () => ({ caseId, files: [{ grant: bankFile() }] }),
  'files.inspect': () => ({ files: [{ grant: bankFile() }] }),
  'files.members': () => ({ grant: bankFile() }),
  'files.transactions': () => ({ held: randomUUID(), statement: 0 }),
  'profiles.list': () => ({}),
  'profiles.save': () => ({ name: `Profile ${randomUUID()}`, header: ['date', 'amount'], overrides: {} }),
  'profiles.remove': () => ({ id: randomUUID() }),
  'sources.list': () => ({ caseId }),
  'sources.read': () => ({ sourceId }),
  'sources.rejected': () => ({ sourceId }),
  'sources.exportRejected': () => ({ sourceId }),
  'sources.archive': () => ({ sourceId: randomUUID(), reason: 'Belongs to another case.' }),
  'sources.restore': () => ({ sourceId: randomUUID(), reason: 'It belongs here.' }),
  'formats.list': () => ({}),
  'transactions.page': () => ({ caseId }),
  'transactions.facets': () => ({ caseId }),
  'transactions.read': () => ({ caseId, transactionId: 1 }),
  'recipes.list': () => ({ caseId }),
  'recipes.previewUndo': () => ({ caseId, seqs: [prepared.preview] }),
  'recipes.undo': () => ({ caseId, seqs: [prepared.undo] }),
  'recipes.redo': () => ({ caseId, seqs: [prepared.redo] }),
  'recipes.export': () => ({ caseId }),
  'recipes.apply': () => ({
    caseId,
    recipe: {
      format: 'nexus-recipe',
      version: 1,
      steps: [{ title: 'Merged', step: { kind: 'parties-merged', parties: ['a', 'b'], name: 'A' } }],
    },
  }),
  'rules.list': () => ({ caseId }),
  'rules.check': () => ({ rule: RULE }),
  'rules.dryRun': () => ({ caseId, rule: RULE }),
  'rules.save': () => ({ caseId, rule: RULE }),
  'rules.remove': () => ({ caseId, ruleId: prepared.ruleId }),
  'rules.export': () => ({ caseId }),
  'rules.import': () => ({ caseId, file: { format: 'nexus-rules', version: 1, rules: [RULE] } }),
  'rules.templates': () => ({}),
  'standardization.run': () => ({ caseId }),
  'standardization.read': () => ({ caseId }),
  'standardization.changes': () => ({ caseId, field: 'party' }),
  'standardization.row': () => ({ caseId, transactionId: 1 }),
  'categories.list': () => ({ caseId }),
  'categories.suggestions': () => ({ caseId }),
  'categories.confirm': () => ({ caseId, subject: { party: 'ACME', direction: 'in' }, category: 'Sales' }),
  'quality.fields': () => ({ caseId }),
  'quality.trend': () => ({ caseId }),
  'parties.propose': () => ({ caseId }),
  'parties.list': () => ({ caseId }),
  'parties.proposals': () => ({ caseId }),
  'parties.merge': () => ({ caseId, parties: ['ACME', 'BALTIC'], name: `Merged ${randomUUID()}` }),
  'parties.split': () => ({ caseId, parties: ['ACME'] }),
  'parties.keepApart': () => ({ caseId, parties: ['ACME', randomUUID()] }),
  'coverage.read': () => ({ caseId }),
  'coverage.export': () => ({ caseId }),
  'duplicates.decide': () => ({ caseId, state: 'rejected', pairs: [{ keep: 1, duplicate: 2 }] }),
  'examinations.run': () => ({ caseId }),
  'examinations.read': () => ({ caseId }),
  'duplicates.list': () => ({ caseId }),
  'reconciliations.matches': () => ({ caseId, status: 'confirmed' }),
  'reconciliations.orphans': () => ({ caseId, side: 'bank' }),
  'reconciliations.options': () => ({ caseId }),
  'reconciliations.run': () => ({ caseId, a: { side: 'bank' }, b: { side: 'ledger' } }),
  'reconciliations.read': () => ({ caseId }),
  'reconciliations.pairs': () => ({ caseId }),
  'reconciliations.leftovers': () => ({ caseId, transactionIds: [1] }),
  'reconciliations.confirm': () => ({ caseId, matches: [{ a: [1], b: [2] }] }),
  'reconciliations.confirmAbove': () => ({ caseId, runId: randomUUID(), score: 0.9 }),
  'reconciliations.reject': () => ({ caseId, matches: [{ a: [1], b: [2] }] }),
  'reconciliations.match': () => ({ caseId, a: [1], b: [] }),
  'reconciliations.unmatch': () => ({ caseId, a: [1], b: [2] }),
  'reconciliations.lock': () => ({ caseId, from: '2001-01-01', to: '2001-01-31' }),
  'reconciliations.unlock': () => ({ caseId, lock: 99, reason: 'a correction' }),
  'reconciliations.explain': () => ({ caseId, transactionId: 1, proposal: 'bank-fee', accepted: true }),
  'reconciliations.addRate': () => ({
    caseId,
    base: 'EUR',
    quote: 'EUR',
    rate: '1',
    day: '2024-01-31',
    source: 'bank',
  }),
  'reconciliations.history': () => ({ caseId }),
  'reconciliations.previewUndo': () => ({ caseId, seqs: [99] }),
  'reconciliations.undo': () => ({ caseId, seqs: [99] }),
  'reconciliations.redo': () => ({ caseId, seqs: [99] }),
  'reconciliations.proofOfCash': () => ({ caseId }),
  'reconciliations.export': () => ({ caseId }),
  'files.reconcile': () => ({ bank: bankFile(), ledger: bankFile() }),
  'tests.list': () => ({}),
  'tests.catalogue': () => ({ caseId }),
  'detection-settings.read': () => ({ caseId }),
  'detection-settings.change': () =>
    settingsVersion().then(base => ({
      caseId,
      base,
      settings: { values: { country: base % 2 === 0 ? 'DE' : 'FR' }, overrides: {}, off: {} },
    })),
  'files.test': () => ({ grant: bankFile(), test: 'duplicate-exact', columns: { amount: 'amount', date: 'date' } }),
  'tables.link': () => ({ grants: [bankFile()] }),
  'findings.list': () => ({ caseId }),
  'findings.read': () => latestFinding().then(findingId => ({ findingId })),
  'findings.export': () => ({ caseId }),
  'findings.decide': () => latestFinding().then(findingId => ({ findingId, state: 'confirmed' })),
  'findings.related': () => latestFinding().then(findingId => ({ findingId })),
  'findings.register': () => ({ caseId }),
  'findings.triage': () =>
    latestFact().then(fact => ({ caseId, target: { facts: [fact] }, action: { kind: 'flag', flagged: true } })),
  'findings.review': () => latestFact().then(fact => ({ caseId, target: { facts: [fact] }, verdict: 'approved' })),
  'findings.undo': () => ({ caseId, seq: 1_000_000 }),
  'findings.tryExplanations': () => latestFact().then(fact => ({ caseId, facts: [fact] })),
  'findings.explanationRows': () => ({ caseId, seq: 1_000_000, explanation: 'reversed' }),
  'risk.list': () => ({ caseId, level: 'account' }),
  'risk.read': () => ({ caseId, level: 'transaction', key: '1' }),
  'typologies.list': () => ({ caseId }),
  'typologies.counts': () => ({ caseId }),
  'typologies.read': () => ({ caseId, id: 'layering', version: 1 }),
  'typologies.try': () => ({ caseId, typology: TYPOLOGY }),
  'typologies.save': () => ({ caseId, typology: TYPOLOGY }),
  'typologies.backtest': () => ({ caseId, a: { id: 'layering', version: 1 } }),
  'calibrations.run': () => ({ caseId, motifs: 1 }),
  'calibrations.read': () => ({ caseId }),
  'coverage.tests': () => ({ caseId }),
  'coverage.test': () => ({ caseId, test: 'duplicate-exact' }),
  'graphs.search': () => ({ caseId }),
  'graphs.expand': () => ({ caseId, node: 'party:NOBODY' }),
  'graphs.finding': () => latestFinding().then(findingId => ({ findingId })),
  'reports.build': () => ({ caseId }),
  'reports.list': () => ({ caseId }),
  'reports.read': () => ({ reportId: randomUUID(), format: 'html' }),
  'audits.list': () => ({}),
  'audits.verify': () => ({}),
  'workspaces.verify': () => {
    const folder = join(station.folder, 'elsewhere');
    mkdirSync(folder, { recursive: true });
    return { grant: station.engine.grantPath(station.session, folder, 'folder').grant, passphrase: PASSPHRASE };
  },
  'jobs.list': () => ({}),
  'jobs.read': () => ({ jobId: randomUUID() }),
  'jobs.cancel': () => ({ jobId: randomUUID() }),
  'channels.list': () => ({}),
};
/** Channels that answer their input with a refusal of their own here (nothing of that id; already open): they were reached. */
const REACHED: Partial<Record<ChannelName, string>> = {
  'findings.undo': 'finding.step-unknown',
  'findings.explanationRows': 'explanation.unknown',
  'reports.read': 'report.unknown',
  'jobs.read': 'job.unknown',
  'graphs.expand': 'graph.node-unknown',
  'reconciliations.confirm': 'reconciliation.match-unknown',
  'reconciliations.confirmAbove': 'reconciliation.run-again',
  'reconciliations.reject': 'reconciliation.match-unknown',
  'reconciliations.match': 'reconciliation.rows-missing',
  'reconciliations.unmatch': 'reconciliation.match-unknown',
  'reconciliations.lock': 'reconciliation.period-empty',
  'reconciliations.unlock': 'reconciliation.lock-unknown',
  'reconciliations.explain': 'reconciliation.proposal-unknown',
  'reconciliations.addRate': 'reconciliation.rate-invalid',
  'reconciliations.previewUndo': 'reconciliation.step-unknown',
  'reconciliations.undo': 'reconciliation.step-unknown',
  'reconciliations.redo': 'reconciliation.step-unknown',
  'files.transactions': 'inspection.unknown',
  'profiles.remove': 'profile.unknown',
  'sources.archive': 'source.unknown',
  'sources.restore': 'source.unknown',
  'workspaces.create': 'workspace.already-open',
  'workspaces.open': 'workspace.already-open',
};

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
    const answer = await station.call(channel, entry.permission === 'public' ? {} : await INPUTS[channel](), session);
    if (mayUse(null, entry.permission)) {
      if (!answer.ok) expect(answer.error.code).not.toBe('workspace.closed');
    } else expect(answer).toMatchObject({ ok: false, error: { code: 'workspace.closed', category: 'permission' } });
    await station.engine.closeSession(session);
  });

  it('refuses unknown keys, __proto__ and values of other kinds as wrong use, without a stack', async () => {
    const valid = (await INPUTS[channel]()) as Record<string, unknown>;
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

describe.each(ROLES)('as %s', role => {
  beforeAll(() => reopenAs(role));

  it.each(CHANNELS.filter(channel => channel !== 'workspaces.close'))(
    '%s is allowed exactly as the policy says',
    async channel => {
      const { permission } = contract[channel];
      const denials = () =>
        station.inStore(
          db =>
            db
              .prepare(`SELECT count(*) FROM audit_entries WHERE entry LIKE '%"act":"access.denied"%'`)
              .pluck()
              .get() as number,
        );
      const before = await denials();
      const answer = await station.call(channel, await INPUTS[channel]());
      if (mayUse(role, permission)) {
        if (REACHED[channel] === undefined) expect(answer).toMatchObject({ ok: true });
        else expect(answer).toMatchObject({ ok: false, error: { code: REACHED[channel] } });
        if (answer.ok) await settle(answer.value);
        expect(await denials()).toBe(before);
        return;
      }
      expect(answer).toMatchObject({ ok: false, error: { code: 'permission.denied', category: 'permission' } });
      expect(await denials()).toBe(before + 1);
      const last = JSON.parse(
        await station.inStore(
          db => db.prepare('SELECT entry FROM audit_entries ORDER BY seq DESC LIMIT 1').pluck().get() as string,
        ),
      ) as object;
      expect(last).toMatchObject({ act: 'access.denied', actor: 'Ada', role, obj: { channel, permission } });
      await rest();
    },
  );
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
    // A lone surrogate has no canonical form (RFC 8785), so the entry is refused after the row went in.
    const before = await station.inStore(db => countRows(db, 'cases'));
    const error = await station.refusal('cases.create', { name: 'half \ud800' });
    expect(error.code).not.toBe('');
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
