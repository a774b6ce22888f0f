import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { ensureBundle, nexus } from './command-line.fixture.ts';

// What a person sees: the command, its text, its exit code, against files an accountant can check by hand (golden/*.txt on
// golden/input). The clock stands still. Only the time a run took and the
// root of its log are not compared.
const INPUT = fileURLToPath(new URL('golden/input/', import.meta.url));

beforeAll(ensureBundle);

it.each([
  ['help', ['--help']],
  ['help-examine', ['examine', '--help']],
  ['help-channel', ['cases.create', '--help']],
  ['unknown-command', ['audit']],
  ['unknown-option', ['inspect', 'bank.csv', '--verbose']],
  ['tests', ['tests']],
  ['formats', ['formats']],
  ['inspect-bank', ['inspect', 'bank.csv']],
  ['inspect-faulty', ['inspect', 'faulty.csv']],
  ['inspect-ambiguous', ['inspect', 'ambiguous.csv']],
  ['inspect-answered', ['inspect', 'ambiguous.csv', '--set', 'dateOrder=dmy']],
  ['inspect-broken', ['inspect', 'broken.ofx', 'faulty.csv']],
  ['reconcile', ['reconcile', 'bank.csv', 'ledger.csv']],
  ['test-duplicates', ['test', 'duplicate-exact', 'bank.csv']],
  ['test-digits', ['test', 'benford-first', 'bank.csv', '--set', 'sign=both']],
  ['test-sums', ['test', 'benford-summation', 'bank.csv', '--set', 'sign=both']],
  ['test-profile', ['test', 'stratification', 'bank.csv']],
  ['test-unknown-column', ['test', 'benford-first-two', 'bank.csv', '--amount', 'Sum']],
  ['test-unknown-parameter', ['test', 'benford-first-two', 'bank.csv', '--amount', 'Amount', '--set', 'base=8']],
  ['examine', ['examine', 'bank.csv', '--ledger', 'ledger.csv', '--case', 'Beta invoices', '--actor', 'A. Clerk']],
  ['examine-fail-on', ['examine', 'bank.csv', 'broken.ofx', '--fail-on', 'medium', '--actor', 'A. Clerk']],
  ['verify-not-a-workspace', ['verify', 'bank.csv']],
] as const)('%s', async (name, args) => {
  const { code, out, err } = await nexus(args, { folder: INPUT });
  const shown = args.map(arg => (/^[\w./=-]+$/.test(arg) ? arg : `'${arg}'`)).join(' ');
  const text = [
    `$ nexus ${shown}\n`,
    out,
    err === '' ? '' : `[on standard error]\n${err}`,
    `[exit code ${code}]\n`,
  ].join('');
  const stable = text
    .replaceAll(INPUT, '')
    .replace(/^Time: .*$/m, 'Time: (not compared)')
    .replace(/root [0-9a-f]{64}/, 'root (64 digits, not compared)');
  await expect(stable).toMatchFileSnapshot(`golden/${name}.txt`);
});
