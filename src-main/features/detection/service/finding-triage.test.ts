import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelInput } from '../../../contract/index.ts';
import { PASSPHRASE, Station, WORKSPACE } from '../../../engine/engine.fixture.ts';
import { passphraseOf, register } from '../../../engine/gate/people.fixture.ts';

// Two equal payments, of which one came back: `duplicate-exact` and `same-same-different` cannot both hit the same rows, so
// the same rows under two tests come from what the store is given below.
const HEAD = 'date,amount,currency,counterparty,reference,account\n';
const STATEMENT = `${HEAD}${[
  '2024-03-01,-120.00,EUR,Acme,R-1,A1',
  '2024-03-01,-120.00,EUR,Acme,R-1,A1',
  '2024-03-09,120.00,EUR,Acme,R-9,A1',
  '2024-04-01,-75.00,EUR,"=Baltic",R-2,A1',
  '2024-04-01,-75.00,EUR,"=Baltic",R-2,A1',
  '2024-05-02,-33.00,EUR,Cobalt,R-3,A1',
  '2024-05-02,-33.00,EUR,Cobalt,R-3,A1',
].join('\n')}\n`;

const station = new Station();
let caseId = '';
beforeAll(async () => {
  await station.create();
  caseId = await station.createCase();
  await station.import(caseId, [station.file('statement.csv', STATEMENT)]);
  await examine();
  const bo = await register(station, 'Bo', 'financial_examiner');
  await station.invoke('cases.assign', { caseId, accountId: bo.accountId });
  await station.engine.closeSession(bo.session);
}, 60_000);
afterAll(() => station.close());

const examine = () => station.done('examinations.run', { caseId });
const list = (filter: Partial<ChannelInput<'findings.list'>> = {}) =>
  station.invoke('findings.list', { caseId, ...filter });
const duplicates = async () => (await list({ test: 'duplicate-exact' })).findings;
const factWith = async (party: string) => (await duplicates()).find(({ reason }) => reason.includes(party))!;
const triage = (
  facts: readonly string[],
  action: ChannelInput<'findings.triage'>['action'],
  more: { readonly seen?: number } = {},
) => station.invoke('findings.triage', { caseId, target: { facts: [...facts] }, action, ...more });

const openAs = (actor: string) =>
  station.invoke('workspaces.open', {
    location: { name: WORKSPACE },
    passphrase: actor === 'Bo' ? passphraseOf(actor) : PASSPHRASE,
    actor,
  });

/**
 * Puts a finding of another test on the rows of a fact into the latest run, as an examination with one more test would: while
 * the workspace is open, for a store written by something else while it was closed is held.
 */
const joinTest = async (fact: string, test: string): Promise<void> => {
  await station.inStore(db => {
    db.prepare(
      `INSERT INTO findings SELECT (SELECT max(ordinal) + 1 FROM findings), '0000ffff-0000-4000-8000-000000000001', run, case_id,
       ?, version, 'joined', 'critical', 0, score, 'The same rows again.', row_count, rows, rows_digest
       FROM findings WHERE rows_digest = ? ORDER BY ordinal DESC LIMIT 1`,
    ).run(test, fact);
  }, 'write');
  await station.closeWorkspace();
  await station.open();
};

describe('triage of a finding', () => {
  it('sets severity with a reason, flag, assignment and comment; each is undone by itself', async () => {
    const { fact, severity } = await factWith('ACME');
    expect(
      await station.refusal('findings.triage', {
        caseId,
        target: { facts: [fact] },
        action: { kind: 'severity', severity: 'critical' },
      }),
    ).toMatchObject({ code: 'finding.reason-needed', category: 'usage' });
    const set = await triage([fact], { kind: 'severity', severity: 'critical', reason: 'Public money.' });
    const flag = await triage([fact], { kind: 'flag', flagged: true });
    await triage([fact], { kind: 'assign', assignee: 'B. Examiner' });
    await triage([fact], { kind: 'comment', text: 'Ask the bank.' });
    expect(await factWith('ACME')).toMatchObject({
      severity: 'critical',
      testSeverity: severity,
      severityReason: 'Public money.',
      flagged: true,
      assignee: 'B. Examiner',
      comments: 1,
      state: 'open',
    });
    const listed = await list();
    expect(listed.findings[0]!.fact).toBe(fact);
    expect(listed).toMatchObject({ flagged: 1, byAssignee: { 'B. Examiner': 1 } });
    expect(listed.names).toContain('B. Examiner');
    expect((await list({ flagged: true, assignee: 'B. Examiner' })).total).toBe(1);
    expect((await list({ flagged: true, assignee: '' })).total).toBe(0);
    await station.invoke('findings.undo', { caseId, seq: set.seq });
    expect(await factWith('ACME')).toMatchObject({ severity, severityReason: null, flagged: true });
    expect(await station.refusal('findings.undo', { caseId, seq: set.seq })).toMatchObject({
      code: 'finding.step-state',
    });
    await station.invoke('findings.undo', { caseId, seq: flag.seq });
    expect((await list({ flagged: true })).total).toBe(0);
    const { history } = await station.invoke('findings.read', { findingId: (await factWith('ACME')).id });
    expect(history.map(({ kind, undone }) => [kind, undone])).toEqual([
      ['undone', false],
      ['undone', false],
      ['commented', false],
      ['assigned', false],
      ['flag-set', true],
      ['severity-set', true],
    ]);
  });

  it('of a filter is one step, refused when the filter holds others than were shown', async () => {
    const filter = { test: 'duplicate-exact', state: 'open' } as const;
    const { total } = await list(filter);
    expect(total).toBe(3);
    const dismiss = { kind: 'state', state: 'dismissed', reason: 'All were agreed.' } as const;
    expect(
      await station.refusal('findings.triage', { caseId, target: { filter, count: 2 }, action: dismiss }),
    ).toMatchObject({ code: 'finding.filter-changed', category: 'conflict' });
    const step = await station.invoke('findings.triage', { caseId, target: { filter, count: 3 }, action: dismiss });
    expect(step.count).toBe(3);
    expect((await list({ state: 'dismissed' })).total).toBe(3);
    await station.invoke('findings.undo', { caseId, seq: step.seq });
    expect((await list(filter)).total).toBe(3);
    // Undoing the undo brings the step back.
    const { head } = await list();
    await station.invoke('findings.undo', { caseId, seq: head });
    expect((await list({ state: 'dismissed' })).total).toBe(3);
    await station.invoke('findings.undo', { caseId, seq: head + 1 });
  });

  it('shows both decisions where another session decided meanwhile', async () => {
    const { fact } = await factWith('COBALT');
    const { head } = await list();
    await triage([fact], { kind: 'state', state: 'confirmed' }, { seen: head });
    await station.closeWorkspace();
    await openAs('Bo');
    await triage([fact], { kind: 'state', state: 'dismissed', reason: 'Refund.' }, { seen: head });
    const found = await factWith('COBALT');
    expect(found.state).toBe('open');
    expect(found.conflict.map(({ state, actor }) => [state, actor])).toEqual([
      ['confirmed', 'Ada'],
      ['dismissed', 'Bo'],
    ]);
    await triage([fact], { kind: 'state', state: 'dismissed', reason: 'Both agree.' }, { seen: (await list()).head });
    expect(await factWith('COBALT')).toMatchObject({ state: 'dismissed', conflict: [] });
  });

  it('is approved by another than who decided, or returned (R-26)', async () => {
    const { fact } = await factWith('COBALT');
    const target = { facts: [fact] };
    const review = (verdict: 'approved' | 'returned', reason = '') =>
      station.invoke('findings.review', { caseId, target, verdict, reason });
    expect(await station.refusal('findings.review', { caseId, target, verdict: 'approved' })).toMatchObject({
      code: 'separation.own-decision',
      category: 'permission',
    });
    expect((await factWith('COBALT')).review).toBeNull();
    await station.closeWorkspace();
    await openAs('Ada');
    await review('approved', 'Seen.');
    expect((await factWith('COBALT')).review).toMatchObject({ actor: 'Ada', fourEyes: true, reason: 'Seen.' });
    expect((await list({ review: 'approved' })).total).toBe(1);
    expect(await station.refusal('findings.review', { caseId, target, verdict: 'returned' })).toMatchObject({
      code: 'finding.reason-needed',
    });
    await review('returned', 'Show the refund.');
    expect(await factWith('COBALT')).toMatchObject({
      state: 'open',
      reopened: { why: 'returned' },
      stateReason: 'returned by Ada: Show the refund.; was dismissed: Both agree.',
    });
    const open = (await factWith('ACME')).fact;
    expect(
      await station.refusal('findings.review', { caseId, target: { facts: [open] }, verdict: 'approved' }),
    ).toMatchObject({ code: 'finding.undecided', category: 'conflict' });
  });
});

describe('innocent explanations', () => {
  it('are tried over the records, kept with words, figures and exactly their rows', async () => {
    const { fact, id } = await factWith('ACME');
    const before = await station.invoke('findings.read', { findingId: id });
    // Of the exact duplicates' own; other tests that hit the same rows may name more.
    const names = before.explanations.map(({ explanation }) => explanation);
    expect(names).toEqual(expect.arrayContaining(['reversed', 'recurring', 'fixed-tariff', 'immaterial']));
    expect(before.explanations.every(({ tried, question }) => tried === null && question !== null)).toBe(true);
    const result = await station.done('findings.tryExplanations', { caseId, facts: [fact], materiality: '200' });
    // Reversed holds; two payments on one day are no instalments; no other party pays 120; the sum of 240 exceeds 200.
    expect(result).toMatchObject({ facts: 1 });
    expect(result.supports + result.against + result.unclear).toBe(names.length);
    const { explanations, finding } = await station.invoke('findings.read', { findingId: id });
    expect(finding.tried).toMatchObject({ untried: 0, supports: result.supports, against: result.against });
    const outcomes = new Map(explanations.map(({ explanation, tried }) => [explanation, tried?.outcome]));
    expect(outcomes.get('reversed')).toBe('supports');
    for (const id of ['recurring', 'fixed-tariff', 'immaterial']) expect(outcomes.get(id), id).toBe('against');
    const reversed = explanations.find(({ explanation }) => explanation === 'reversed')!.tried!;
    expect(reversed).toMatchObject({ outcome: 'supports', rowCount: 2, version: '1.0.0', actor: 'Ada' });
    expect(reversed.words).toContain('120.00 EUR, 2024-03-09');
    const page = await station.invoke('findings.explanationRows', {
      caseId,
      seq: reversed.seq,
      explanation: 'reversed',
    });
    expect(page.total).toBe(reversed.rowCount);
    expect(page.rows.map(({ amount, date }) => [amount, date])).toEqual([
      ['-120.00', '2024-03-01'],
      ['120.00', '2024-03-09'],
    ]);
  });

  it('that were tried by hand stand beside them', async () => {
    const { fact, id } = await factWith('ACME');
    await triage([fact], {
      kind: 'explanation',
      explanation: 'Agreed by telephone',
      outcome: 'against',
      text: 'The creditor knows of no agreement.',
    });
    const { explanations } = await station.invoke('findings.read', { findingId: id });
    expect(explanations.at(-1)).toMatchObject({
      explanation: 'Agreed by telephone',
      by: 'hand',
      tried: { outcome: 'against', words: 'The creditor knows of no agreement.' },
    });
  });
});

describe('the register for disclosure', () => {
  it('holds every finding with reasons and explanations, dismissed ones too, and a manifest that proves it', async () => {
    const { fact } = await factWith('BALTIC');
    await triage([fact], { kind: 'state', state: 'dismissed', reason: '=HYPERLINK("x")' });
    const { files, total, all } = await station.invoke('findings.register', { caseId });
    expect(total).toBe(all);
    const [findings, explanations, manifest] = files as [(typeof files)[0], (typeof files)[0], (typeof files)[0]];
    for (const file of files) expect(createHash('sha256').update(file.content).digest('hex')).toBe(file.sha256);
    const stated = JSON.parse(manifest.content) as { files: object[]; by: string; filter: object; findings: number };
    expect(stated).toMatchObject({
      by: 'Ada',
      filter: {},
      findings: all,
      at: '2026-01-02T03:04:05.000Z',
      files: [
        { name: 'findings.csv', sha256: findings.sha256 },
        { name: 'explanations.csv', sha256: explanations.sha256 },
      ],
    });
    const rows = parse(findings.content, { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(all);
    const dismissed = rows.find(row => row.fact === fact)!;
    // What a spreadsheet would run as a formula is written as text.
    expect(dismissed).toMatchObject({ state: 'dismissed', reason: `'=HYPERLINK("x")`, rows: '2', 'decided by': 'Ada' });
    expect(dismissed.places).toBe('statement.csv: 5, 6');
    const lines = parse(explanations.content, { columns: true }) as Record<string, string>[];
    const untried = lines.filter(line => line.fact === fact);
    expect(untried.map(({ explanation }) => explanation)).toEqual(expect.arrayContaining(['reversed', 'immaterial']));
    expect(untried.every(({ tried, outcome }) => tried === 'no' && outcome === '')).toBe(true);
    const { fact: acme } = await factWith('ACME');
    expect(lines.find(line => line.fact === acme && line.explanation === 'reversed')).toMatchObject({
      outcome: 'supports',
      tried: 'yes',
      'rows it rests on': '2',
    });
    const some = await station.invoke('findings.register', { caseId, filter: { state: 'dismissed' } });
    expect(some).toMatchObject({ total: 1, all });
  });
});

describe('facts', () => {
  it('group the tests that hit the same rows; one that joins opens a decided fact and says what it was', async () => {
    const { fact } = await factWith('BALTIC');
    const before = await list();
    expect((await factWith('BALTIC')).state).toBe('dismissed');
    await joinTest(fact, 'velocity');
    const after = await list();
    expect(after.all).toBe(before.all);
    const joined = after.findings.find(found => found.fact === fact)!;
    expect(joined).toMatchObject({
      test: 'velocity',
      severity: 'critical',
      state: 'open',
      reopened: { why: 'test-joined', tests: ['velocity'], decision: { state: 'dismissed' } },
    });
    expect(joined.hits.map(({ test }) => test)).toContain('duplicate-exact');
    expect(after.byTest.velocity).toBe(1);
    const { findings: exported } = await station.invoke('findings.export', { caseId });
    expect(exported.filter(hit => hit.fact === fact).length).toBe(joined.hits.length);
    const { runs } = await station.invoke('findings.read', { findingId: joined.id });
    expect(runs.map(run => run.test).sort()).toEqual([...new Set(joined.hits.map(({ test }) => test))].sort());
  });

  it('whose rows changed are open and say what was decided before; its history stays in sight', async () => {
    const { fact } = await factWith('COBALT');
    await triage([fact], { kind: 'state', state: 'explained', reason: 'Two invoices.' });
    await station.import(caseId, [station.file('more.csv', `${HEAD}2024-05-02,-33.00,EUR,Cobalt,R-3,A1\n`)]);
    await examine();
    const changed = await factWith('COBALT');
    expect(changed.fact).not.toBe(fact);
    expect(changed).toMatchObject({
      rowCount: 3,
      state: 'open',
      reopened: { why: 'rows-changed', decision: { state: 'explained', reason: 'Two invoices.' } },
      stateReason: 'was explained before its rows changed: Two invoices.',
    });
    const { history } = await station.invoke('findings.read', { findingId: changed.id });
    expect(history.every(({ earlier }) => earlier)).toBe(true);
    expect(history.some(({ text }) => text === 'Two invoices.')).toBe(true);
  });

  it('that share some rows are related', async () => {
    const { id, fact } = await factWith('COBALT');
    await station.closeWorkspace();
    await station.inStore(db => {
      db.prepare(
        `INSERT INTO findings SELECT (SELECT max(ordinal) + 1 FROM findings), '0000ffff-0000-4000-8000-000000000002', run, case_id,
         'velocity', version, 'part', 'low', 3, score, 'One row of them.', 1, substr(rows, 1, 8), 'part-of-rows'
         FROM findings WHERE rows_digest = ? ORDER BY ordinal DESC LIMIT 1`,
      ).run(fact);
    }, 'write');
    await station.open();
    const { findings } = await station.invoke('findings.related', { findingId: id });
    expect(findings).toContainEqual(
      expect.objectContaining({ fact: 'part-of-rows', shared: 1, rowCount: 1, severity: 'low' }),
    );
  });

  it('decided in an earlier version keep what was decided', async () => {
    const { fact, id } = await factWith('ACME');
    await station.closeWorkspace();
    await station.inStore(db => {
      db.prepare(
        `INSERT INTO finding_decisions SELECT row_number() OVER (), case_id, test, finding_key, rows_digest, 'explained', 'Of old.', 'Cy', '2020-01-01T00:00:00.000Z'
         FROM findings WHERE rows_digest = ? AND run = (SELECT max(run) FROM findings)`,
      ).run(fact);
    }, 'write');
    await station.open();
    expect(await factWith('ACME')).toMatchObject({ state: 'explained', decision: { actor: 'Cy', reason: 'Of old.' } });
    const { history } = await station.invoke('findings.read', { findingId: id });
    expect(history.at(-1)).toMatchObject({ kind: 'state-set', value: 'explained', actor: 'Cy' });
  });
});
