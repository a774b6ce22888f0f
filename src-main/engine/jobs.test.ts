import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobView } from '../contract/jobs.contract.ts';
import { countRows, generate, Station } from './engine.fixture.ts';

const station = new Station();
const large = join(station.folder, 'large.csv');
let caseId = '';
beforeAll(async () => {
  generate(large, 200_000);
  await station.create();
  caseId = await station.createCase();
});
afterAll(() => station.close());

const tables = ['sources', 'statements', 'transactions', 'dictionary_values', 'rejected_records', 'import_warnings'];
const stored = () => station.inStore(db => Object.fromEntries(tables.map(table => [table, countRows(db, table)])));
const NOTHING = Object.fromEntries(tables.map(table => [table, 0]));
const startImport = async (): Promise<string> =>
  (await station.invoke('imports.start', { caseId, files: [{ grant: station.grant(large) }] })).jobId;
const until = async (reached: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await reached())) await new Promise(resolve => setTimeout(resolve, 5));
};

describe('a cancelled import', () => {
  // Cancelled at its very start, while rows are being stored, and late.
  it.each([0, 1, 20_000, 90_000, 150_000])(
    'ends before its end and leaves nothing: after %i stored rows',
    async rows => {
      const jobId = await startImport();
      const reader = await station.store();
      if (rows > 0)
        await until(
          () => (reader.prepare('SELECT coalesce(max(id), 0) FROM transactions').pluck().get() as number) >= rows,
        );
      const asked = performance.now();
      expect(await station.invoke('jobs.cancel', { jobId })).toEqual({ cancelled: true });
      const { view, error } = await station.ended(jobId);
      const elapsedMs = performance.now() - asked;
      reader.close();
      expect(view.state).toBe('cancelled');
      expect(error).toMatchObject({ code: 'job.cancelled', category: 'cancelled' });
      console.info(`cancelled after ${rows} rows: ended in ${Math.round(elapsedMs)} ms`);
      expect(await stored()).toEqual(NOTHING);
      expect(station.sealed()).toEqual([]);
      expect((await station.acts()).slice(-2)).toEqual(['evidence.import-started', 'evidence.import-discarded']);
      expect(await station.invoke('jobs.cancel', { jobId })).toEqual({ cancelled: false });
    },
  );

  it('does not wait for the import before it', async () => {
    const first = await startImport();
    const second = await startImport();
    await until(() => station.sealed().length > 0);
    await station.invoke('jobs.cancel', { jobId: second });
    expect((await station.ended(second)).view.state).toBe('cancelled');
    expect(await station.invoke('jobs.cancel', { jobId: first })).toEqual({ cancelled: true });
    expect((await station.ended(first)).view.state).toBe('cancelled');
    expect(await stored()).toEqual(NOTHING);
    expect(station.sealed()).toEqual([]);
  });

  it('can be imported afterwards, whole', async () => {
    const from = station.events.length;
    const [file] = (await station.done('imports.start', { caseId, files: [{ grant: station.grant(large) }] })).files;
    expect(file).toMatchObject({ alreadyImported: false, format: 'csv' });
    expect((await station.invoke('sources.list', { caseId })).sources[0]?.transactions).toBe(199_996);
    const views = station.events
      .slice(from)
      .map(({ event }) => event)
      .filter(event => event.name.startsWith('job.'));
    expect(views[0]?.name).toBe('job.started');
    expect(views.at(-1)).toMatchObject({ name: 'job.finished', payload: { state: 'done' } });
    const done = views.filter(event => event.name === 'job.progressed').map(event => (event.payload as JobView).done);
    expect(done.length).toBeGreaterThan(2);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect((await station.done('audits.verify', {})).problems).toEqual([]);
  });
});

describe('two imports at once', () => {
  it('both arrive, each with its own rows', async () => {
    const other = await station.createCase('Two at once');
    const files = [1, 2, 3].map(seed => {
      const path = join(station.folder, `at-once-${seed}.csv`);
      return { path, truth: generate(path, 5_000, { seed: 10 + seed }) };
    });
    const jobs = await Promise.all(
      files.map(
        async ({ path }) =>
          (await station.invoke('imports.start', { caseId: other, files: [{ grant: station.grant(path) }] })).jobId,
      ),
    );
    for (const jobId of jobs) expect((await station.ended(jobId)).error).toBeNull();
    const { sources } = await station.invoke('sources.list', { caseId: other });
    expect(sources.map(source => source.transactions)).toEqual(files.map(({ truth }) => truth.answers.rows));
    const sums = await station.inStore(db =>
      db
        .prepare(
          'SELECT sum(t.amount_units) FROM transactions t JOIN sources s ON s.ordinal = t.source WHERE s.case_id = ? GROUP BY s.ordinal ORDER BY s.ordinal',
        )
        .pluck()
        .all(other),
    );
    expect(sums).toEqual(files.map(({ truth }) => truth.answers.sumMinor));
    expect((await station.done('audits.verify', {})).problems).toEqual([]);
  });

  it('a refused one takes nothing from the other', async () => {
    const other = await station.createCase('One refused');
    const path = join(station.folder, 'beside-refused.csv');
    const truth = generate(path, 20_000, { seed: 21 });
    const bad = station.file(
      'bad.xml',
      '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>',
    );
    const good = await station.invoke('imports.start', { caseId: other, files: [{ grant: station.grant(path) }] });
    const refused = await station.invoke('imports.start', { caseId: other, files: [{ grant: station.grant(bad) }] });
    expect((await station.ended<'imports.start'>(refused.jobId)).result.files[0]?.error).toMatchObject({
      category: 'input',
    });
    expect((await station.ended(good.jobId)).view.state).toBe('done');
    expect((await station.invoke('transactions.page', { caseId: other })).total).toBe(truth.answers.rows);
    expect((await station.done('audits.verify', {})).problems).toEqual([]);
  });
});

describe('a job', () => {
  it('is seen by its own session only', async () => {
    const other = station.engine.openSession();
    const { jobId } = await station.invoke('files.inspect', {
      files: [{ grant: station.grant(station.file('small.csv', 'date,amount\n2024-01-01,1\n')) }],
    });
    expect((await station.invoke('jobs.list', {}, other)).jobs).toEqual([]);
    expect(await station.refusal('jobs.read', { jobId }, other)).toMatchObject({ code: 'job.unknown' });
    expect(await station.invoke('jobs.cancel', { jobId }, other)).toEqual({ cancelled: false });
    expect((await station.ended(jobId)).view.state).toBe('done');
    expect((await station.invoke('jobs.list', {})).jobs[0]).toMatchObject({ jobId, state: 'done' });
    await station.engine.closeSession(other);
  });

  it('that fails says why, and fails alone', async () => {
    const failed = await station.run('reports.build', { caseId });
    expect(failed.view.state).toBe('failed');
    expect(failed.error).toMatchObject({ code: 'case.not-examined', category: 'conflict' });
    expect(JSON.stringify(failed.error)).not.toMatch(/\.ts:|node:internal/);
    expect((await station.invoke('cases.list', {})).cases.length).toBeGreaterThan(0);
  });

  it('of a session that ends is stopped before its workspace closes', async () => {
    await station.closeWorkspace();
    const session = station.engine.openSession();
    await station.open('financial_examiner', session);
    const before = await stored();
    const path = join(station.folder, 'cut-short.csv');
    generate(path, 100_000, { seed: 31 });
    await station.invoke('imports.start', { caseId, files: [{ grant: station.grant(path, session) }] }, session);
    await until(async () => (await stored()).transactions !== before.transactions);
    await station.engine.closeSession(session);
    await station.open();
    expect(await stored()).toEqual(before);
    expect((await station.acts()).slice(-4)).toEqual([
      'evidence.import-started',
      'evidence.import-discarded',
      'workspace.closed',
      'workspace.opened',
    ]);
  });
});

describe('an examination', () => {
  it('that is cancelled while its findings are stored leaves nothing in the next one', async () => {
    const examined = await station.createCase('Cancelled examination');
    const path = join(station.folder, 'examined.csv');
    generate(path, 60_000, { seed: 41 });
    await station.import(examined, [path]);
    const counted = () =>
      station.inStore(db =>
        Object.fromEntries(
          ['findings', 'near_duplicates', 'quality_failures', 'examination_runs'].map(table => [
            table,
            countRows(db, table),
          ]),
        ),
      );
    // Asked a turn after storing began: the first unit of work is written before the cancel is seen.
    const stop = station.engine.subscribe(event => {
      if (event.name === 'job.progressed' && event.payload.stage === 'storing the findings')
        setImmediate(() => void station.invoke('jobs.cancel', { jobId: event.payload.jobId }));
    });
    expect((await station.run('examinations.run', { caseId: examined })).view.state).toBe('cancelled');
    stop();
    const left = await counted();
    expect(left.examination_runs).toBe(0);
    // Without this the test would prove nothing: findings had gone in.
    expect(left.findings).toBeGreaterThan(0);
    const result = await station.done('examinations.run', { caseId: examined });
    expect((await station.invoke('findings.export', { caseId: examined })).findings).toHaveLength(result.findings);
    expect((await counted()).findings).toBe(result.findings);
    const { byKind } = await station.invoke('duplicates.list', { caseId: examined });
    expect(byKind.near ?? 0).toBe(result.duplicates.near);
  });

  it('twice at once: both are kept, each whole', async () => {
    const { cases } = await station.invoke('cases.list', {});
    const examined = cases.find(record => record.name === 'Cancelled examination')!.id;
    const [a, b] = await Promise.all([
      station.run('examinations.run', { caseId: examined }),
      station.run('examinations.run', { caseId: examined }),
    ]);
    expect([a.error, b.error]).toEqual([null, null]);
    const runs = await station.inStore(
      db => db.prepare('SELECT run, count(*) AS n FROM findings GROUP BY run ORDER BY run').all() as { n: number }[],
    );
    expect(runs.slice(-2).map(run => run.n)).toEqual([a.result.findings, b.result.findings]);
  });
});
