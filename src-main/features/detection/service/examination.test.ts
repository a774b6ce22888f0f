import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Truth } from '../../../engine/engine.fixture.ts';
import { generate, Station } from '../../../engine/engine.fixture.ts';

const station = new Station();
let caseId = '';
let truth: Truth;
beforeAll(async () => {
  const path = join(station.folder, 'generated.csv');
  truth = generate(path, 20_000, { seed: 11 });
  await station.create();
  caseId = await station.createCase();
  await station.import(caseId, [path]);
  await station.done('examinations.run', { caseId });
}, 60_000);
afterAll(() => station.close());

const exported = async (test: string) =>
  (await station.invoke('findings.export', { caseId })).findings.filter(finding => finding.test === test);
/** Record numbers of the generator (1-based data records) to rows of the file (its header is row 1). */
const fileRow = (record: number): number => record + 1;
const rowsOf = (findings: readonly { readonly rows: readonly number[] }[]): Set<number> =>
  new Set(findings.flatMap(finding => finding.rows));

describe('findings of an examination', () => {
  it('cover every planted duplicate, and name nothing else one', async () => {
    const findings = await exported('duplicate-exact');
    expect(findings.length).toBe(truth.answers.exactDuplicates.groups);
    const surplus = findings.flatMap(({ rows }) => [...rows].sort((a, b) => a - b).slice(1));
    expect(surplus.sort((a, b) => a - b)).toEqual(
      truth.answers.exactDuplicates.rows.map(fileRow).sort((a, b) => a - b),
    );
  });

  it('cover every planted pair of the same amount under different references', async () => {
    const rows = rowsOf(await exported('same-same-different'));
    expect(truth.answers.sameSameDifferent.rows.filter(record => !rows.has(fileRow(record)))).toEqual([]);
  });

  it('cover every planted gap: as many missing numbers as were left out', async () => {
    const examination = await station.invoke('examinations.read', { caseId });
    const run = examination!.tests.find(test => test.test === 'sequence-gap')!;
    expect(run.notRun).toBeNull();
    expect(Object.values(run.statistics)).toContain(truth.answers.sequenceGaps.missing);
  });

  it('cover every structured deposit', async () => {
    const rows = rowsOf(await exported('just-below-threshold'));
    expect(truth.planted.structuredRows.filter(record => !rows.has(fileRow(record)))).toEqual([]);
  });

  it('are listed as they are exported, counted by severity, test and state', async () => {
    const { findings } = await station.invoke('findings.export', { caseId });
    const listed = await station.invoke('findings.list', { caseId, limit: 1_000 });
    const listedHits: string[] = [];
    for (let offset = 0; offset < listed.total; offset += 1_000)
      for (const { hits } of (await station.invoke('findings.list', { caseId, offset, limit: 1_000 })).findings)
        for (const { id } of hits) listedHits.push(id);
    // The list has one entry a fact, the export one a test: its first, the most severe, stands for the fact.
    const facts = [...new Map(findings.toReversed().map(finding => [finding.fact, finding])).values()].reverse();
    const firsts = findings.filter(finding => facts.includes(finding));
    expect(listed.findings.map(finding => finding.id)).toEqual(firsts.slice(0, 1_000).map(finding => finding.id));
    expect(listedHits.sort()).toEqual(findings.map(({ id }) => id).sort());
    for (const by of [listed.bySeverity, listed.byState])
      expect(Object.values(by).reduce((sum, count) => sum + count, 0)).toBe(facts.length);
    const { case: summary } = await station.invoke('cases.read', { caseId });
    expect(summary).toMatchObject({
      findings: facts.length,
      openFindings: facts.length,
      transactions: truth.answers.rows,
      rejected: truth.answers.rejected,
    });
    for (const test of Object.keys(listed.byTest))
      expect((await station.invoke('findings.list', { caseId, test, limit: 1 })).total).toBe(listed.byTest[test]);
  });

  it('each say why, with which parameters, on which rows', async () => {
    const { findings } = await station.invoke('findings.list', { caseId, limit: 20 });
    for (const { id } of findings) {
      const { finding, run, rows } = await station.invoke('findings.read', { findingId: id });
      expect(finding.reason.length).toBeGreaterThan(10);
      expect(run.test).toBe(finding.test);
      expect(rows.length).toBe(Math.min(100, finding.rowCount));
    }
  });
});

describe('a decision', () => {
  it('to dismiss or explain needs a reason; confirming does not', async () => {
    const { findings } = await station.invoke('findings.list', { caseId, limit: 3 });
    for (const state of ['dismissed', 'explained'] as const)
      for (const reason of ['', '   '])
        expect(await station.refusal('findings.decide', { findingId: findings[0]!.id, state, reason })).toMatchObject({
          code: 'finding.reason-needed',
          category: 'usage',
        });
    expect(await station.invoke('findings.decide', { findingId: findings[1]!.id, state: 'confirmed' })).toMatchObject({
      state: 'confirmed',
      stateReason: null,
    });
  });

  it('survives another examination: it is of the fact, not of the run', async () => {
    const before = await station.invoke('findings.list', { caseId, state: 'open', limit: 5 });
    const [dismissed, explained] = before.findings as [(typeof before.findings)[0], (typeof before.findings)[0]];
    await station.invoke('findings.decide', {
      findingId: dismissed.id,
      state: 'dismissed',
      reason: 'Paid twice and returned on 4 May.',
    });
    await station.invoke('findings.decide', { findingId: explained.id, state: 'explained', reason: 'Instalments.' });
    await station.done('examinations.run', { caseId });
    const after = await station.invoke('findings.list', { caseId, limit: 1_000 });
    expect(after.all).toBe(before.all);
    expect(after.byState).toMatchObject({ dismissed: 1, explained: 1, confirmed: 1, open: before.all - 3 });
    const found = after.findings.find(finding => finding.state === 'dismissed')!;
    expect(found).toMatchObject({
      test: dismissed.test,
      reason: dismissed.reason,
      stateReason: 'Paid twice and returned on 4 May.',
    });
    expect(found.id).not.toBe(dismissed.id);
    await station.closeWorkspace();
    await station.open();
    expect((await station.invoke('findings.list', { caseId })).byState).toEqual(after.byState);
  });

  it('can be taken again; the log keeps both', async () => {
    const { findings } = await station.invoke('findings.list', { caseId, state: 'dismissed' });
    await station.invoke('findings.decide', {
      findingId: findings[0]!.id,
      state: 'open',
      reason: 'The return was not found.',
    });
    expect((await station.invoke('findings.list', { caseId, state: 'dismissed' })).total).toBe(0);
    const { entries } = await station.invoke('audits.list', { limit: 100 });
    const decided = entries
      .filter(entry => entry.act === 'finding.decided')
      .map(entry => JSON.parse(entry.object) as { before: string; after: string });
    expect(decided[0]).toMatchObject({ before: 'dismissed', after: 'open' });
    expect(decided.map(entry => entry.after)).toEqual(['open', 'explained', 'dismissed', 'confirmed']);
  });
});

describe('an examination', () => {
  it('is stale once another source is there, and says so until it is run again', async () => {
    const staleness = async () => (await station.invoke('examinations.read', { caseId }))!.stale;
    expect(await staleness()).toBe(false);
    await station.import(caseId, [station.file('more.csv', 'date,amount\n2024-01-01,5.00\n')]);
    expect(await staleness()).toBe(true);
    expect((await station.invoke('cases.read', { caseId })).examination).toMatchObject({ stale: true });
    expect((await station.run('reports.build', { caseId })).error).toMatchObject({
      code: 'case.stale',
      category: 'conflict',
    });
    await station.done('examinations.run', { caseId });
    expect(await staleness()).toBe(false);
  });

  it('gives the same findings again, and with the columns read from the sealed files', async () => {
    const facts = async () =>
      (await station.invoke('findings.export', { caseId })).findings.map(({ id: _id, ...finding }) => finding);
    const first = await facts();
    await station.closeWorkspace();
    await station.open();
    await station.done('examinations.run', { caseId });
    expect(await facts()).toEqual(first);
  });

  it('takes parameters, states them, and refuses what it does not know', async () => {
    const { tests } = await station.done('examinations.run', {
      caseId,
      parameters: { 'just-below-threshold': { threshold: '5000' } },
    });
    expect(tests.find(test => test.test === 'just-below-threshold')?.parameters.threshold).toBe('5000');
    for (const parameters of [
      { 'just-below-threshold': { threshold: 'much' } },
      { 'just-below-threshold': { thresholt: '5' } },
    ])
      expect(
        (await station.run('examinations.run', { caseId, parameters })).error,
        JSON.stringify(parameters),
      ).toMatchObject({ category: 'usage' });
  });

  it('refuses parameters for a test that does not exist', async () => {
    expect(
      (await station.run('examinations.run', { caseId, parameters: { 'just-bellow': { threshold: '5' } } })).error,
    ).toMatchObject({ category: 'usage' });
  });

  it('of a case without transactions is refused', async () => {
    const empty = await station.createCase('Empty');
    expect((await station.run('examinations.run', { caseId: empty })).error).toMatchObject({
      code: 'case.no-transactions',
      category: 'conflict',
    });
    expect(await station.invoke('examinations.read', { caseId: empty })).toBeNull();
    expect((await station.invoke('findings.list', { caseId: empty })).all).toBe(0);
  });
});

describe('a report', () => {
  it('built twice at one time is the same, byte for byte', async () => {
    await station.done('examinations.run', { caseId });
    const first = await station.done('reports.build', { caseId });
    await station.done('audits.verify', {});
    // What was only looked at or taken out between changes nothing that a report rests on.
    await station.invoke('reports.read', { reportId: first.reportId, format: 'html' });
    await station.invoke('transactions.page', { caseId });
    expect((await station.acts()).filter(act => ['report.exported', 'evidence.viewed'].includes(act))).not.toEqual([]);
    const second = await station.done('reports.build', { caseId });
    expect(second).toMatchObject({ pdfSha256: first.pdfSha256, htmlSha256: first.htmlSha256, pages: first.pages });
    expect(second.reportId).not.toBe(first.reportId);
    const { reports } = await station.invoke('reports.list', { caseId });
    expect(reports.map(report => report.id)).toEqual([second.reportId, first.reportId]);
    expect(reports[0]?.auditRoot).toBe(reports[1]?.auditRoot);
    const read = await Promise.all(
      reports.map(report => station.invoke('reports.read', { reportId: report.id, format: 'pdf' })),
    );
    expect(read[0]!.content === read[1]!.content).toBe(true);
    expect(Buffer.from(read[0]!.content, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
    // Each report that was built and each copy that left is followed by a signed checkpoint over its entry.
    const { entries } = await station.invoke('audits.list', { limit: 1000 });
    const { checkpoints } = await station.invoke('audits.checkpoints', { limit: 100 });
    const signed = (act: string): string[] =>
      entries
        .filter(entry => entry.act === act)
        .map(({ seq }) => checkpoints.find(({ size }) => size === seq + 1)?.reason ?? 'none');
    expect(signed('report.built')).toEqual(['sign', 'sign']);
    expect(signed('report.exported')).toEqual(['export', 'export', 'export']);
  }, 120_000);

  it('built after the workspace was closed and opened is the same', async () => {
    const before = await station.invoke('reports.list', { caseId });
    await station.closeWorkspace();
    await station.open();
    const again = await station.done('reports.build', { caseId });
    expect(again).toMatchObject({ pdfSha256: before.reports[0]!.pdfSha256, htmlSha256: before.reports[0]!.htmlSha256 });
  });

  it('changes when a decision does', async () => {
    const { findings } = await station.invoke('findings.list', { caseId, state: 'open', limit: 1 });
    const before = await station.invoke('reports.list', { caseId });
    await station.invoke('findings.decide', { findingId: findings[0]!.id, state: 'confirmed' });
    expect((await station.done('reports.build', { caseId })).htmlSha256).not.toBe(before.reports[0]!.htmlSha256);
  });
});
