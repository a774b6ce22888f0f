import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InspectedFile } from '../../contract/imports.contract.ts';
import { contract } from '../../contract/index.ts';
import {
  CLOCK,
  ensureBundle,
  nexus,
  nexusJson,
  PASSPHRASE,
  type Refusal,
  shared,
  temporaryFolder,
} from './command-line.fixture.ts';
import type { ExaminationResult } from './examination-result.ts';

const INPUT = fileURLToPath(new URL('golden/input/', import.meta.url));
const input = (name: string): string => join(INPUT, name);
const work = temporaryFolder();
beforeAll(ensureBundle);
afterAll(() => work.remove());

const DECIMAL = /^-?\d+(\.\d+)?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const digestOfFile = (path: string): string => sha256(readFileSync(path));

describe('nexus inspect --json', () => {
  it('has the fields of the requirements, decimal text and ISO days', async () => {
    const { code, value } = await nexusJson<{ files: InspectedFile[] }>(['inspect', input('bank.csv')]);
    expect(code).toBe(0);
    expect(Object.keys(value)).toEqual(['files']);
    const [file] = value.files;
    expect(file).toMatchObject({ name: 'bank.csv', format: 'csv', encoding: 'utf-8', rejected: [], warnings: [] });
    expect([file!.sha256, file!.bytes]).toEqual([
      digestOfFile(input('bank.csv')),
      readFileSync(input('bank.csv')).length,
    ]);
    const [statement] = file!.statements;
    expect(statement).toMatchObject({
      account: { id: 'DE02120300000000202051', currency: 'EUR', institution: null },
      from: '2025-03-03',
      to: '2025-03-11',
      count: 8,
      // By hand: 1,250.40 in; 9,850 + 9,900 + 9,950 + 2 × 480 + 2 × 312.15 out.
      credits: '1250.40',
      debits: '31284.30',
    });
    expect(Object.keys(statement!)).toEqual(
      expect.arrayContaining([
        'account',
        'opening',
        'closing',
        'from',
        'to',
        'count',
        'credits',
        'debits',
        'balanced',
        'transactions',
      ]),
    );
    // Header lines counted: the first record stands in row 2.
    expect(statement!.transactions![0]).toEqual({
      row: 2,
      date: '2025-03-03',
      valueDate: null,
      amount: '-9850.00',
      currency: 'EUR',
      description: '',
      counterparty: 'Beta Consulting GmbH',
      reference: 'INV-1001',
      type: '',
    });
    for (const { amount, date } of statement!.transactions!)
      expect([amount, date]).toEqual([expect.stringMatching(DECIMAL), expect.stringMatching(DAY)]);
  });

  it('answers every file of its contract shape, a refused one with its error in its place, exit 3', async () => {
    const { code, value } = await nexusJson<{ files: InspectedFile[] }>([
      'inspect',
      input('bank.csv'),
      input('broken.ofx'),
      shared('statements/camt/genkgo_camt053.v3.xml'),
    ]);
    expect(code).toBe(3);
    for (const file of value.files) expect(InspectedFile.parse(file)).toEqual(file);
    expect(value.files.map(({ error }) => error?.code)).toEqual([undefined, 'ofx.truncated', undefined]);
    expect(value.files[1]).toMatchObject({
      name: 'broken.ofx',
      error: { message: expect.stringContaining('broken.ofx') as string },
    });
  });

  it('writes nothing but its document: no warning, no progress (npm start-up aside)', async () => {
    const { err } = await nexus(['inspect', input('bank.csv')]);
    expect(err).toBe('');
  });

  it('ends quietly when its reader goes away', async () => {
    const script = join(INPUT, '../../../../../scripts/nexus.mjs');
    const child = spawn(
      'sh',
      [
        '-c',
        '"$0" "$@" | head -1',
        process.execPath,
        script,
        'inspect',
        shared('benford/corporate.payment.csv.gz'),
        '--set',
        'amount=Amount',
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => (text += part));
    await new Promise(resolve => child.on('close', resolve));
    expect(text).toBe('corporate.payment.csv.gz: csv, utf-8, 1480052 bytes\n');
  });

  it('refuses no files, an unknown setting and a setting without a value as bad usage', async () => {
    for (const args of [['inspect'], ['inspect', input('bank.csv'), '--set', 'dateOrder'], ['inspect', '--verbose']]) {
      const { code, value } = await nexusJson<Refusal>(args);
      expect([args, code, value.error.message !== '']).toEqual([args, 2, true]);
    }
    const { code, value } = await nexusJson<{ files: InspectedFile[] }>([
      'inspect',
      input('bank.csv'),
      '--set',
      'colour=red',
    ]);
    expect([code, value.files[0]?.error?.code]).toEqual([3, 'dialect.unknown']);
  });
});

describe('nexus test', () => {
  it('has the fields of the requirements', async () => {
    const { code, value } = await nexusJson<Record<string, unknown>>([
      'test',
      'benford-first-two',
      input('bank.csv'),
      '--amount',
      'Amount',
    ]);
    expect(code).toBe(0);
    expect(value).toMatchObject({
      test: 'benford-first-two',
      version: '1.1.0',
      population: { rows: 8, used: 1, excluded: [{ count: 7, reason: expect.any(String) as string }] },
    });
    expect(Object.keys(value.statistics as object)).toEqual(
      expect.arrayContaining([
        'chiSquare',
        'degreesOfFreedom',
        'pValue',
        'mad',
        'conformity',
        'ks',
        'mantissaMean',
        'mantissaVariance',
        'distortion',
      ]),
    );
    expect((value.bins as unknown[])[0]).toEqual({
      key: '10',
      count: 0,
      expected: expect.any(Number) as number,
      z: expect.any(Number) as number,
    });
  });

  it.each([
    ['an unknown test', ['nothing', input('bank.csv')]],
    ['an unknown parameter', ['benford-first-two', input('bank.csv'), '--amount', 'Amount', '--set', 'base=8']],
    [
      'a value a parameter does not take',
      ['benford-first-two', input('bank.csv'), '--amount', 'Amount', '--set', 'sign=up'],
    ],
    ['an unknown column', ['benford-first-two', input('bank.csv'), '--amount', 'Sum']],
    ['a column that a test does not know', ['benford-first-two', input('bank.csv'), '--colour', 'red']],
    ['a needed column that is not named and has no known name', ['journal-unusual-poster', input('bank.csv')]],
    ['no table', ['benford-first-two']],
  ])('%s is bad usage', async (_, args) => {
    const { code, value } = await nexusJson<Refusal>(['test', ...args]);
    expect([code, value.error.message !== '']).toEqual([2, true]);
  });

  it('names rows by the id column where one is given, else by their place in a spreadsheet', async () => {
    const rows = async (...id: string[]): Promise<unknown> => {
      const args = ['--amount', 'Amount', '--party', 'Counterparty', '--reference', 'Reference', ...id];
      const { value } = await nexusJson<{ findings: { rows: unknown }[] }>([
        'test',
        'same-same-different',
        input('bank.csv'),
        ...args,
      ]);
      return value.findings.map(finding => finding.rows);
    };
    expect(await rows()).toEqual([[8, 9]]);
    expect(await rows('--id', 'Reference')).toEqual([['INV-1007', 'INV-1008']]);
  });
});

describe('nexus reconcile', () => {
  it('has the fields of the requirements; every row is on one list', async () => {
    interface Reconciled {
      readonly matches: { bank: number[]; ledger: number[]; kind: string; score: number; status: string }[];
      readonly unmatchedBank: number[];
      readonly unmatchedLedger: number[];
      readonly balance: object;
    }
    const { code, value } = await nexusJson<Reconciled>(['reconcile', input('bank.csv'), input('ledger.csv')]);
    expect(code).toBe(0);
    expect(Object.keys(value)).toEqual(
      expect.arrayContaining(['matches', 'unmatchedBank', 'unmatchedLedger', 'balance']),
    );
    for (const match of value.matches)
      expect(Object.keys(match)).toEqual(expect.arrayContaining(['bank', 'ledger', 'kind', 'score', 'status']));
    // By hand: the second 480.00 and the second 312.15 are in no ledger, the bank charges in no statement.
    expect(value.unmatchedLedger).toEqual([8]);
    expect(value.unmatchedBank).toHaveLength(2);
    const bank = [...value.matches.flatMap(match => match.bank), ...value.unmatchedBank].sort((a, b) => a - b);
    expect(bank).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  });

  // A dollar is no euro: rows that state a currency, in whatever words, match no row of another one.
  it.each([
    ['a name', 'US Dollar', 'USD', 0],
    ['words that nobody recognises', 'Dollars of account', 'Dollars of account', 1],
  ])('matches no row of another currency: %s', async (_, stated, currency, warned) => {
    const side = (name: string, code: string): string => {
      const path = join(work.path, name);
      const rows = ['100.00', '-500.00', '-51.00'].map((amount, i) => `2024-01-0${i + 2},row ${i},${amount},${code}\n`);
      writeFileSync(path, `Date,Description,Amount,Currency\n${rows.join('')}`);
      return path;
    };
    const [bank, ledger] = [side('usd.csv', stated), side('eur.csv', 'EUR')];
    const { code, value } = await nexusJson<{ matches: object[]; unmatchedBank: number[]; limits: string[] }>([
      'reconcile',
      bank,
      ledger,
    ]);
    expect([code, value.matches, value.unmatchedBank]).toEqual([0, [], [2, 3, 4]]);
    expect(value.limits.filter(limit => limit.includes('no currency'))).toEqual([]);
    const inspected = await nexusJson<{ files: InspectedFile[] }>(['inspect', bank]);
    const [file] = inspected.value.files;
    expect(file!.statements.map(({ account }) => account.currency)).toEqual([currency]);
    expect(file!.warnings.map(warning => warning.code)).toEqual(Array(warned).fill('csv.currency-unknown'));
    // The way out that the warning names.
    const told = await nexusJson<{ matches: object[] }>(['reconcile', bank, ledger, '--set', 'bank.currency==EUR']);
    expect(told.value.matches).toHaveLength(3);
  });

  it('refuses an unknown parameter as bad usage, a broken side as input', async () => {
    const usage = await nexusJson<Refusal>([
      'reconcile',
      input('bank.csv'),
      input('ledger.csv'),
      '--set',
      'colour=red',
    ]);
    expect(usage.code).toBe(2);
    const refused = await nexusJson<Refusal>(['reconcile', input('broken.ofx'), input('ledger.csv')]);
    expect([refused.code, refused.value.error.code]).toEqual([3, 'ofx.truncated']);
  });
});

describe('nexus examine', () => {
  const examine = (args: readonly string[], environment = {}) =>
    nexusJson<ExaminationResult & { readonly error?: Refusal['error'] }>(['examine', input('bank.csv'), ...args], {
      environment,
    });

  it('in a temporary workspace: the fields of the requirements, nothing left behind', async () => {
    const temporary = temporaryFolder();
    const { code, value } = await examine(['--ledger', input('ledger.csv')], { TMPDIR: temporary.path });
    expect(code).toBe(0);
    expect(Object.keys(value)).toEqual([
      'workspace',
      'case',
      'files',
      'quality',
      'duplicates',
      'reconciliation',
      'tests',
      'findings',
      'report',
      'audit',
      'timings',
    ]);
    expect(value).toMatchObject({ workspace: null, case: 'Examination', report: null });
    expect(value.files.map(file => [file.name, file.statements.map(({ count }) => count)])).toEqual([
      ['bank.csv', [8]],
      ['ledger.csv', [7]],
    ]);
    expect(value.files[0]?.statements[0]).not.toHaveProperty('transactions');
    expect(value.reconciliation.matched).toMatchObject({ confirmed: 5, proposed: 1, unmatchedLedger: 1 });
    expect(value.duplicates).toMatchObject({ exactGroups: 0 });
    for (const finding of value.findings)
      expect(Object.keys(finding)).toEqual(
        expect.arrayContaining(['id', 'test', 'severity', 'score', 'rows', 'reason']),
      );
    const structured = value.findings.find(({ test }) => test === 'just-below-threshold');
    expect(structured?.rows).toEqual([2, 3, 4]);
    expect(value.audit.root).toMatch(/^[0-9a-f]{64}$/);
    expect(value.timings.total).toBeGreaterThan(0);
    expect(readdirSync(temporary.path)).toEqual([]);
    temporary.remove();
  });

  it('--fail-on: exit 1 when a finding is at least that severe, else 0; unknown severities are bad usage', async () => {
    const { code, value } = await examine(['--fail-on', 'info']);
    expect(value.findings.length).toBeGreaterThan(0);
    expect(code).toBe(1);
    const worst = value.findings.some(({ severity }) => severity === 'critical');
    expect((await examine(['--fail-on', 'critical'])).code).toBe(worst ? 1 : 0);
    expect((await examine(['--fail-on', 'terrible'])).code).toBe(2);
  });

  it('in a named workspace: recognizes the same bytes, keeps what it stored, refuses another passphrase', async () => {
    const workspace = join(work.path, 'named');
    const first = await examine(['--workspace', workspace, '--case', 'Beta']);
    expect([first.code, first.value.workspace, first.value.case]).toEqual([0, workspace, 'Beta']);
    const second = await examine(['--workspace', workspace, '--case', 'Beta', input('faulty.csv')]);
    expect(second.code).toBe(0);
    expect(second.value.files.map(({ name, alreadyImported }) => [name, alreadyImported])).toEqual([
      ['bank.csv', true],
      ['faulty.csv', false],
    ]);
    expect(second.value.files[0]?.statements).toEqual(first.value.files[0]?.statements);
    expect(second.value.audit.entries).toBeGreaterThan(first.value.audit.entries);

    const before = new Map(filesBelow(workspace).map(path => [path, digestOfFile(path)]));
    const locked = await examine(['--workspace', workspace], { NEXUS_PASSPHRASE: 'wrong' });
    expect([locked.code, locked.value.error?.code]).toEqual([4, 'workspace.locked']);
    expect(new Map(filesBelow(workspace).map(path => [path, digestOfFile(path)]))).toEqual(before);
    expect((await nexusJson<{ ok: boolean }>(['verify', workspace])).value.ok).toBe(true);
  });

  it('a folder that holds something else is no workspace and is left alone', async () => {
    const folder = join(work.path, 'letters');
    const letter = temporaryFolder();
    writeFileSync(join(letter.path, 'letter.txt'), 'Dear Sir');
    const { code, value } = await examine(['--workspace', letter.path]);
    expect([code, value.error?.code]).toEqual([2, 'workspace.exists']);
    expect(readdirSync(letter.path)).toEqual(['letter.txt']);
    expect(existsSync(folder)).toBe(false);
    letter.remove();
  });

  it('--report writes PDF and HTML, byte for byte the same for the same input and clock', async () => {
    const build = async (name: string) => {
      const path = join(work.path, `${name}.pdf`);
      const { code, value } = await examine([
        '--report',
        path,
        '--workspace',
        join(work.path, `ws-${name}`),
        '--actor',
        'A. Clerk',
      ]);
      expect(code).toBe(0);
      const pdf = readFileSync(path);
      const html = readFileSync(join(work.path, `${name}.html`));
      expect([pdf.subarray(0, 5).toString('latin1'), html.subarray(0, 15).toString('latin1').toLowerCase()]).toEqual([
        '%PDF-',
        '<!doctype html>',
      ]);
      expect(value.report).toMatchObject({ path, pdfSha256: sha256(pdf), htmlSha256: sha256(html) });
      return { pdf, html, root: value.audit.root };
    };
    const [one, two] = [await build('one'), await build('two')];
    expect(two.pdf.equals(one.pdf)).toBe(true);
    expect(two.html.equals(one.html)).toBe(true);
    expect(two.root).toBe(one.root);
    expect(one.html.toString('utf8')).toContain(CLOCK.slice(0, 10));
  });

  it('refuses a report folder that is not there before it does any work', async () => {
    const { code } = await examine(['--report', join(work.path, 'nowhere/report.pdf')]);
    expect(code).toBe(2);
  });
});

describe('passphrases', () => {
  it('come from a file or the environment, never from an argument; without one it is bad usage', async () => {
    const workspace = join(work.path, 'from-file');
    const file = join(work.path, 'passphrase.txt');
    writeFileSync(file, `${PASSPHRASE}\nsecond line\n`);
    const none = { environment: { NEXUS_PASSPHRASE: undefined } };
    const made = await nexusJson(
      ['examine', input('bank.csv'), '--workspace', workspace, '--passphrase-file', file],
      none,
    );
    expect(made.code).toBe(0);
    expect((await nexusJson(['verify', workspace])).code).toBe(0);
    const asked = await nexusJson<Refusal>(['verify', workspace], none);
    expect([asked.code, asked.value.error.code]).toEqual([2, 'usage.passphrase']);
    expect((await nexusJson(['verify', workspace, '--passphrase', PASSPHRASE], none)).code).toBe(2);
    expect((await nexusJson(['verify', workspace, '--passphrase-file', '/nowhere'], none)).code).toBe(2);
  });
});

describe('what a new workspace is opened with', () => {
  it('a key file and a recovery kit are written where asked for; the passphrase alone no longer opens it', async () => {
    const workspace = join(work.path, 'with-key-file');
    const keyFile = join(work.path, 'stick.nexus-key');
    const kit = join(work.path, 'kit.txt');
    const making = ['examine', input('bank.csv'), '--workspace', workspace, '--actor', 'A. Clerk'];
    const made = await nexusJson<{ workspaceWarnings?: string[] }>([
      ...making,
      '--second-secret',
      keyFile,
      '--recovery-kit',
      kit,
    ]);
    expect([made.code, made.value.workspaceWarnings]).toEqual([0, undefined]);
    expect(readFileSync(kit, 'utf8')).toMatch(/Recovery code +([0-9A-Z]{4}-){6}[0-9A-Z]{4}\n/);
    const list = ['cases.list', '--workspace', workspace];
    const alone = await nexusJson<Refusal>(list);
    expect([alone.code, alone.value.error.code]).toEqual([4, 'workspace.locked']);
    expect((await nexusJson([...list, '--key-file', keyFile])).code).toBe(0);
    expect((await nexusJson(['verify', workspace, '--key-file', keyFile])).code).toBe(0);
    // Neither file is ever replaced.
    const again = join(work.path, 'another');
    const refused = await nexusJson<Refusal>([
      'examine',
      input('bank.csv'),
      '--workspace',
      again,
      '--recovery-kit',
      kit,
    ]);
    expect([refused.code, refused.value.error.code]).toEqual([2, 'usage.new-file']);
    expect(existsSync(again)).toBe(false);
  });

  it('the passphrase alone is said to be the weaker choice, once and not on standard output', async () => {
    const workspace = join(work.path, 'alone');
    const first = await nexus(['examine', input('bank.csv'), '--workspace', workspace]);
    expect(first.err).toMatch(/^nexus: .*alone: the passphrase alone opens this workspace .*no recovery kit was kept/);
    expect(first.out).not.toMatch(/passphrase|recovery kit/);
    expect((await nexus(['examine', input('bank.csv'), '--workspace', workspace])).err).toBe('');
  });

  it('a passphrase that guessers try first is refused', async () => {
    const workspace = join(work.path, 'weak');
    const weak = { environment: { NEXUS_PASSPHRASE: 'password baseball' } };
    const refused = await nexusJson<Refusal>(['examine', input('bank.csv'), '--workspace', workspace], weak);
    expect([refused.code, refused.value.error.code]).toEqual([2, 'password.refused']);
    expect(existsSync(join(workspace, 'workspace.json'))).toBe(false);
  });
});

describe('nexus CHANNEL', () => {
  it('calls any channel; a path stands for a file; a job is waited for', async () => {
    const list = await nexusJson<{ channels: { channel: string }[] }>(['channels.list']);
    expect(list.value.channels.map(({ channel }) => channel)).toEqual(Object.keys(contract));
    const inspected = await nexusJson<{ files: InspectedFile[] }>([
      'files.inspect',
      '--input',
      JSON.stringify({ files: [{ path: input('bank.csv') }] }),
    ]);
    expect([inspected.code, inspected.value.files[0]?.name]).toEqual([0, 'bank.csv']);
  });

  it('works in a workspace as whom it is told, within what the role may do', async () => {
    const workspace = join(work.path, 'channel');
    expect((await nexusJson(['examine', input('bank.csv'), '--workspace', workspace, '--case', 'Beta'])).code).toBe(0);
    const created = await nexusJson([
      'cases.create',
      '--workspace',
      workspace,
      '--input',
      '{"name":"Gamma"}',
      '--actor',
      'B. Examiner',
    ]);
    expect([created.code, created.value]).toEqual([0, expect.objectContaining({ name: 'Gamma' })]);
    const listed = await nexusJson<{ cases: { name: string }[] }>([
      'cases.list',
      '--workspace',
      workspace,
      '--role',
      'judge',
    ]);
    expect(listed.value.cases.map(({ name }) => name).sort()).toEqual(['Beta', 'Gamma']);
    const denied = await nexusJson<Refusal>([
      'cases.create',
      '--workspace',
      workspace,
      '--input',
      '{"name":"X"}',
      '--role',
      'judge',
    ]);
    expect([denied.code, denied.value.error.code]).toEqual([4, 'permission.denied']);
    const log = await nexusJson<{ entries: { act: string; actor: string }[] }>([
      'audits.list',
      '--workspace',
      workspace,
    ]);
    // Nobody has that name there: the account that the passphrase fits works, under its own name.
    expect(log.value.entries).toContainEqual(
      expect.objectContaining({ act: 'case.created', actor: userInfo().username }),
    );
    expect(log.value.entries.map(({ act }) => act)).toContain('access.denied');
  });

  it.each([
    ['an unknown channel', ['cases.vanish'], 2],
    ['input that is no JSON', ['cases.list', '--input', '{'], 2],
    ['input outside the contract', ['tests.list', '--input', '{"colour":"red"}'], 2],
    ['a channel that needs a workspace', ['cases.list'], 4],
  ])('%s is refused', async (_, args, expected) => {
    expect((await nexusJson<Refusal>(args)).code).toBe(expected);
  });
});

describe('help', () => {
  it.each(['inspect', 'examine', 'test', 'reconcile', 'verify', 'tests', 'formats', 'channels', 'cases.list'])(
    '%s --help names its usage and every option it takes',
    async name => {
      const { code, out, err } = await nexus([name, '--help']);
      expect([code, err]).toEqual([0, '']);
      expect(out).toMatch(new RegExp(`^usage: nexus ${name}`));
      expect(out).toContain('--json');
      const command = name.includes('.') ? 'channel' : ['tests', 'formats', 'channels'].includes(name) ? 'lists' : name;
      const source = readFileSync(new URL(`commands/${command}.ts`, import.meta.url), 'utf8');
      for (const [, option] of source.matchAll(/^ {4}'?([a-z-]+)'?: \{ type: '(?:string|boolean)'/gm))
        expect(out).toContain(`--${option}`);
    },
  );

  it('without a command the help goes to standard error, exit 2', async () => {
    const { code, out, err } = await nexus([]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('usage: nexus <command>');
  });
});

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
