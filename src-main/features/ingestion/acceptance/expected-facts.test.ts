import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Station } from '../../../engine/engine.fixture.ts';
import type { FactCheck } from './fact-checks.ts';
import { FACT_CHECKS } from './fact-checks.ts';
import { observe } from './observed-file.ts';

const DATA = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));
const FORMATS_PAGE = new URL('../../../../docs/formats.md', import.meta.url);
/** Names that say what a file is: it must not be read as if nothing were wrong. */
const FAULTY = /invalid|broken|malformed|wrong|error|busted|fail|crasher/i;

interface Expected {
  readonly facts: readonly { readonly how: string; readonly expected: Readonly<Record<string, unknown>> }[];
}

/** Every data file that has expected facts, by its folder. */
const files = readdirSync(DATA, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.expected.json'))
  .map(name => name.slice(0, -'.expected.json'.length))
  .filter(name => existsSync(join(DATA, name)))
  .sort();

interface Difference extends FactCheck {
  readonly file: string;
}
interface Tally {
  files: number;
  refused: number;
  facts: number;
  agree: number;
}

/** Files that leave something open, which only a person can say: each is refused without the answer, and read with it. */
const ANSWERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'statements/csv/b2y_20180226_12345678.csv': { dateOrder: 'dmy' },
  'statements/csv/b2y_test_delimiter_tab.csv': { debit: '5' },
  'statements/csv/b2y_test_row_format_default.csv': { debit: '5' },
  'statements/qif/rubyqif_splits.qif': { dateOrder: 'mdy' },
  'statements/qif/rubyqif_quicken_non_investement_account.qif': { dateOrder: 'mdy' },
  'spend/ks_1033_data.csv': { amount: 'acquisition_cost' },
  'spend/oxford_apr-jun-2014.csv.gz': { bookingDate: 'none' },
};

const station = new Station();
const unasked: string[] = [];
const differences: Difference[] = [];
const silent: string[] = [];
const faults: string[] = [];
const tallies = new Map<string, Tally>();

beforeAll(async () => {
  for (const name of files) await compare(name);
}, 240_000);
afterAll(() => station.close());

const compare = async (name: string): Promise<void> => {
  const folder = dirname(name);
  const tally = tallies.get(folder) ?? { files: 0, refused: 0, facts: 0, agree: 0 };
  tallies.set(folder, tally);
  tally.files += 1;
  const inspect = (overrides: Readonly<Record<string, string>>) =>
    station.run('files.inspect', { files: [{ grant: station.grant(join(DATA, name)), overrides: { ...overrides } }] });
  const answers = ANSWERS[name];
  if (answers !== undefined) {
    const asked = (await inspect({})).result?.files[0]?.error;
    if (Object.keys(answers).some(setting => asked?.candidates?.[setting] === undefined)) unasked.push(name);
  }
  const { result, error } = await inspect(answers ?? {});
  if (error !== null) {
    if (error.category !== 'input') faults.push(`${name}: ${error.code} ${error.message}`);
    tally.refused += 1;
    return;
  }
  const seen = observe(result.files);
  if (seen.refused !== null) tally.refused += 1;
  if (FAULTY.test(basename(name)) && seen.refused === null && seen.rejected === 0 && seen.warnings.length === 0)
    silent.push(name);
  const { facts } = JSON.parse(readFileSync(join(DATA, `${name}.expected.json`), 'utf8')) as Expected;
  const checks = facts.flatMap(({ expected }) => (FACT_CHECKS[folder] ?? []).flatMap(check => check(expected, seen)));
  for (const check of checks) {
    tally.facts += 1;
    if (check.expected === check.read) tally.agree += 1;
    else if (
      !differences.some(known => known.file === name && known.fact === check.fact && known.expected === check.expected)
    )
      differences.push({ ...check, file: name });
  }
};

/** Rows of the table of differences in docs/formats.md: file, fact, expected, read, reason. */
const documented = (): string[][] =>
  (readFileSync(FORMATS_PAGE, 'utf8').split('## Differences')[1] ?? '')
    .split('\n')
    .filter(line => /^\| `[^`]+` \|/.test(line))
    .map(line =>
      line
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim().replaceAll('`', '')),
    );

describe('every file with expected facts', () => {
  it('is there', () => expect(files.length).toBeGreaterThan(330));

  it('ends in an answer or a refusal, never in a fault', () => expect(faults).toEqual([]));

  it('named broken or invalid is refused or reported', () => expect(silent).toEqual([]));

  it('that leaves something open is a question with its candidates, and no guess', () => expect(unasked).toEqual([]));

  it('agrees with its facts, but for the differences docs/formats.md gives a reason for', () => {
    const rows = [...tallies].map(
      ([folder, { files: n, refused, facts, agree }]) =>
        `${folder.padEnd(34)} ${String(n).padStart(5)} files ${String(refused).padStart(4)} refused ${String(facts).padStart(6)} facts ${String(agree).padStart(6)} agree`,
    );
    process.stdout.write(`\n${rows.join('\n')}\n`);
    const found = differences.map(
      ({ file, fact, expected, read }) => `${file} · ${fact}: expected ${expected}, read ${read}`,
    );
    const reasons = documented()
      .filter(cells => cells.length === 5 && cells[4] !== '')
      .map(([file, fact, expected, read]) => `${file} · ${fact}: expected ${expected}, read ${read}`);
    expect(found.sort()).toEqual(reasons.sort());
  });
});
