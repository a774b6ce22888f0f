import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChannelInput, ChannelName, ChannelResult } from '../src-main/contract/index.ts';
import { contract } from '../src-main/contract/index.ts';
import type { JobView } from '../src-main/contract/jobs.contract.ts';
import type { SessionId } from '../src-main/engine/engine-client.ts';
import { startEngine } from '../src-main/engine/start-engine.ts';
import { TEST_CATALOGUE } from '../src-main/features/detection/domain/test-catalogue.ts';

// The sample examination is of our own making, so its expected answers are known before anything is run: what
// scripts/make-sample-examination.mjs plants and resources/sample-examination/README.md tells. Counts of rows are
// counted in the files themselves.

const SAMPLE = fileURLToPath(new URL('../resources/sample-examination/', import.meta.url));
const SIDES = ['bank', 'ledger'] as const;
const filesOf = (side: string): string[] => readdirSync(join(SAMPLE, side)).sort();

/** Tests for which the invented firm has something. */
const PLANTED = [
  'benford-first-two',
  'duplicate-exact',
  'same-same-different',
  'relative-size-factor',
  'just-below-threshold',
  'sequence-gap',
  'velocity',
];

test('the generator writes the shipped files, byte for byte', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nexus-sample-'));
  const made = spawnSync(process.execPath, [
    fileURLToPath(new URL('make-sample-examination.mjs', import.meta.url)),
    folder,
  ]);
  expect(made.status, made.stderr.toString()).toBe(0);
  for (const side of SIDES) {
    expect(readdirSync(join(folder, side)).sort()).toEqual(filesOf(side));
    for (const name of filesOf(side))
      expect(readFileSync(join(folder, side, name)).equals(readFileSync(join(SAMPLE, side, name))), name).toBe(true);
  }
  rmSync(folder, { recursive: true });
});

describe('an examination of the sample', () => {
  let home: string;
  let engine: ReturnType<typeof startEngine>;
  let session: SessionId;
  let caseId: string;
  let imported: ChannelResult<'imports.start'>['files'];
  let run: ChannelResult<'examinations.run'>;
  let findings: ChannelResult<'findings.export'>['findings'];

  const call = async <C extends ChannelName>(channel: C, input: ChannelInput<C>): Promise<ChannelResult<C>> => {
    const finished = new Map<string, JobView>();
    let wake: () => void = () => undefined;
    const unsubscribe = engine.subscribe(event => {
      if (event.name !== 'job.finished') return;
      finished.set(event.payload.jobId, event.payload);
      wake();
    });
    try {
      const answer = await engine.invoke(session, channel, input);
      if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
      if (contract[channel].kind !== 'job') return answer.value as ChannelResult<C>;
      const { jobId } = answer.value as { jobId: string };
      while (!finished.has(jobId))
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      const job = finished.get(jobId)!;
      if (job.state !== 'done') throw new Error(JSON.stringify(job.error));
      return job.result as ChannelResult<C>;
    } finally {
      unsubscribe();
    }
  };
  const found = (testId: string) => findings.filter(finding => finding.test === testId);
  const because = (testId: string, words: string) => found(testId).find(finding => finding.reason.includes(words));
  const rowsOf = async (text: string, side: (typeof SIDES)[number]) =>
    (await call('transactions.page', { caseId, filter: { text, side } })).rows;

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'nexus-sample-'));
    engine = startEngine({ homeFolder: home, fixedClock: Date.UTC(2025, 6, 15) });
    session = await engine.openSession();
    await call('workspaces.create', {
      location: { name: 'sample' },
      passphrase: 'figures of an invented firm',
      actor: 'examiner',
    });
    caseId = (await call('cases.create', { name: 'Quarzbrunn' })).id;
    const files: ChannelInput<'imports.start'>['files'] = [];
    for (const side of SIDES)
      for (const name of filesOf(side))
        files.push({ grant: (await engine.grantPath(session, join(SAMPLE, side, name), 'file')).grant, side });
    imported = (await call('imports.start', { caseId, files })).files;
    run = await call('examinations.run', { caseId });
    ({ findings } = await call('findings.export', { caseId }));
  });
  afterAll(async () => {
    await engine.close();
    rmSync(home, { recursive: true });
  });

  test('reads every row or says why not, and asks nothing', () => {
    const facts = imported.map(({ name, format, encoding, statements, rejected, error }) => ({
      name,
      format,
      encoding,
      error,
      transactions: statements.reduce((sum, statement) => sum + statement.count, 0),
      rejected: rejected.length,
    }));
    expect(facts).toEqual([
      {
        name: 'branch-account.csv',
        format: 'csv',
        encoding: 'windows-1252',
        error: undefined,
        transactions: 108,
        rejected: 4,
      },
      {
        name: 'operating-account.camt053.xml',
        format: 'camt.053',
        encoding: 'utf-8',
        error: undefined,
        transactions: 182,
        rejected: 1,
      },
      {
        name: 'payroll-account.ofx',
        format: 'ofx',
        encoding: 'windows-1252',
        error: undefined,
        transactions: 96,
        rejected: 1,
      },
      {
        name: 'general-ledger.csv',
        format: 'csv',
        encoding: 'utf-8',
        error: undefined,
        transactions: 352,
        rejected: 1,
      },
    ]);
    const reasons = imported.flatMap(file => file.rejected.map(({ reason }) => reason)).join('\n');
    for (const words of ['30.02.2025', '-12x,50', 'n/a', '4 fields where 9', 'PDNG', '20250399', 'see voucher'])
      expect(reasons).toContain(words);
  });

  test('the tests that something was planted for find it; every other ran, or says which column it lacks', () => {
    const planted = run.tests.filter(({ test: id }) => PLANTED.includes(id));
    expect(planted.map(({ test: id, notRun, findings: count }) => ({ id, notRun, found: count > 0 }))).toEqual(
      PLANTED.map(id => ({ id, notRun: null, found: true })),
    );
    expect(run.tests.filter(({ notRun }) => notRun !== null).map(({ test: id }) => id)).toEqual([
      'out-of-hours',
      'cut-off',
      'backdated',
      'journal-unusual-poster',
      'journal-manual',
    ]);
    expect(run.tests.length).toBe(TEST_CATALOGUE.length);
    for (const finding of findings) {
      expect(finding.reason, finding.test).not.toBe('');
      expect(finding.rows.length, finding.test).toBeGreaterThan(0);
    }
  });

  test('benford-first-two: refunds just below 500, and an innocent pair', () => {
    // 23 refunds of 490.00 to 499.99, and one other amount that begins with 49.
    expect(because('benford-first-two', 'begin with 49')?.rows).toHaveLength(24);
    expect(because('benford-first-two', 'begin with 56')?.rows).toHaveLength(14);
    expect(found('benford-first-two')).toHaveLength(2);
  });

  test('duplicate-exact: the line that stands twice', () => {
    expect(found('duplicate-exact').map(({ rows, files }) => ({ rows, files: [...new Set(files)] }))).toEqual([
      { rows: [28, 29], files: ['branch-account.csv'] },
    ]);
    expect(run.duplicates).toMatchObject({ exactGroups: 1, exactRows: 1, near: 3 });
  });

  test('same-same-different: the invoice paid twice, and the rent', () => {
    expect(because('same-same-different', 'TALWIND')?.severity).toBe('high');
    expect(because('same-same-different', 'TALWIND')?.reason).toContain('-4,317.60');
    expect(because('same-same-different', 'STEINMARK')?.rows).toHaveLength(6);
    expect(found('same-same-different')).toHaveLength(2);
  });

  test('relative-size-factor: the misplaced decimal point', () => {
    expect(found('relative-size-factor')).toHaveLength(1);
    expect(because('relative-size-factor', 'HOLLERAU')?.reason).toContain('8,640.00');
  });

  test('just-below-threshold: the split invoice, and a price', () => {
    expect(because('just-below-threshold', 'ARVENTO')).toMatchObject({ severity: 'high', score: 0.75 });
    expect(because('just-below-threshold', 'ARVENTO')?.rows).toHaveLength(4);
    expect(found('just-below-threshold').filter(({ severity }) => severity === 'low')[0]?.rows).toHaveLength(1);
  });

  test('sequence-gap: three missing vouchers, and one on an unreadable row', () => {
    expect(
      found('sequence-gap')
        .map(({ reason }) => reason)
        .sort(),
    ).toEqual([
      'Series "KB-": 3 numbers, 37 to 39, are missing between 36 and 40.',
      'Series "KB-": number 28 is missing between 27 and 29.',
    ]);
  });

  test('velocity: the Sunday', () => {
    expect(found('velocity')).toHaveLength(1);
    expect(because('velocity', '2025-06-15')?.rows).toHaveLength(14);
  });

  test('one statement does not balance, two do not join', () => {
    const broken = run.reconciliation.balances.filter(line => line.balanced === false);
    expect(broken.map(({ closing, difference }) => ({ closing, difference }))).toEqual([
      { closing: '239463.42', difference: '12480.00' },
    ]);
    expect(run.reconciliation.chain).toHaveLength(1);
    expect(run.reconciliation.chain[0]).toMatchObject({ kind: 'break' });
    expect(run.reconciliation.chain[0]?.message).toContain('difference -2500.00');
  });

  test('the reconciliation has confirmed, proposed and orphan rows on both sides, and foots', async () => {
    const { matched } = run.reconciliation;
    expect(matched).toMatchObject({ confirmed: 342, proposed: 5, unmatchedBank: 39, unmatchedLedger: 5 });
    expect(matched?.proof.map(({ currency, foots }) => ({ currency, foots }))).toEqual([
      { currency: 'EUR', foots: true },
    ]);
    const bank = (await call('reconciliations.orphans', { caseId, side: 'bank' })).orphans;
    const ledger = (await call('reconciliations.orphans', { caseId, side: 'ledger' })).orphans;
    // 14 of the Sunday, 18 fees, 3 parts of one invoice, 2 twice-paid or twice-listed, 1 wrong amount, 1 without voucher.
    expect(bank.filter(({ transaction }) => transaction.counterparty === 'Vireo Wallet')).toHaveLength(14);
    expect(bank.filter(({ transaction }) => transaction.description.startsWith('Account fee'))).toHaveLength(18);
    expect(ledger.map(({ transaction }) => transaction.amount).sort()).toEqual(
      ['-212.35', '-2500.00', '-29390.00', '-86.40', '12480.00'].sort(),
    );
  });

  test('the report built again is the same bytes, and the log verifies', async () => {
    const first = await call('reports.build', { caseId });
    const again = await call('reports.build', { caseId });
    expect(again).toMatchObject({ pdfSha256: first.pdfSha256, htmlSha256: first.htmlSha256, pages: first.pages });
    expect(again.reportId).not.toBe(first.reportId);
    const verified = await call('audits.verify', {});
    expect(verified).toMatchObject({ ok: true, problems: [], evidence: { files: 4, mismatched: [] } });
  });

  test('the parts of the split invoice add up to the one the ledger knows', async () => {
    const parts = (await rowsOf('phase 1', 'bank')).map(row => Number(row.amount.replace('.', '')));
    const whole = (await rowsOf('phase 1', 'ledger')).map(row => Number(row.amount.replace('.', '')));
    expect(parts).toHaveLength(3);
    expect(whole).toEqual([parts.reduce((sum, cents) => sum + cents, 0)]);
  });
});
