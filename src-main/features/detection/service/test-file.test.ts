import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { NexusError } from '../../../contract/errors.ts';
import { testFile } from './test-file.ts';

const data = (path: string): string => fileURLToPath(new URL(`../../../../../shared/data/${path}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'nexus-test-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (test: string, path: string, columns = {}, parameters = {}) =>
  testFile({ task: 'test-file', path, name: path.split('/').at(-1)!, test, columns, parameters });
const written = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'ran',
    (error: unknown) => (error instanceof NexusError ? `${error.data.category} ${error.data.code}` : String(error)),
  );

const LEDGER = `Journal No,Posting Date,Entry Date,User Name,GL Account,Debit,Credit,Currency,Line description,Score
1,05/01/2024,2024-01-05,anna,1200,100.00,,EUR,rent,7
1,05/01/2024,2024-01-05,anna,4000,,100.00,EUR,rent,7
2,31/12/2024,2025-02-01,zoe,1200,50.00,,EUR,plug per CEO,9
2,31/12/2024,2025-02-01,zoe,4000,,49.00,EUR,,9
`;
const ledger = written('ledger.csv', LEDGER);

describe('a test on any table', () => {
  it('takes needed columns by their names, debit and credit for the amount, and says so', async () => {
    const { findings, limits } = await run('journal-unbalanced', ledger);
    expect(findings.map(({ rows }) => rows)).toEqual([[4, 5]]);
    expect(limits).toEqual(
      expect.arrayContaining([
        'debit: no column was named; “Debit” was taken by its name.',
        'credit: no column was named; “Credit” was taken by its name.',
        'entry: no column was named; “Journal No” was taken by its name.',
      ]),
    );
  });

  it('takes the columns that are named, and only needed ones by itself', async () => {
    const { findings, limits } = await run('journal-post-close', ledger, {
      date: 'Posting Date',
      entered: 'Entry Date',
      entry: '1',
    });
    expect(findings.map(({ reason }) => reason)).toEqual([
      'Entry 2 of 2024-12-31 (2 lines): belongs to the period closed on 2024-12-31 and was entered on 2025-02-01, 32 days after.',
    ]);
    expect(limits.join(' ')).not.toContain('was taken by its name');
    const alone = await run('journal-keyword', ledger);
    expect(alone.findings.map(({ rows }) => rows)).toEqual([[4]]);
  });

  it('refuses what it does not know as a wrong call', async () => {
    expect(await codeOf(run('journal-keyword', ledger, { poster: 'nobody' }))).toBe('usage dialect.unknown');
    expect(await codeOf(run('journal-keyword', ledger, {}, { nothing: '1' }))).toBe('usage test.parameter-unknown');
    expect(await codeOf(run('no-such-test', ledger))).toBe('usage test.unknown');
    expect(await codeOf(run('journal-manual', written('plain.csv', 'a,b\n1,2\n')))).toBe('usage test.column-missing');
    expect(await codeOf(run('journal-keyword', written('empty.csv', '')))).toMatch(/^input file\.empty/);
  });

  it('reads a sheet of a workbook as the same table as its CSV', async () => {
    // openpyxl counts 1,037 rows, the header among them (csvkit_ne_1033_data.xlsx.expected.json).
    const { population } = await run('velocity', data('tabular/xlsx/csvkit_ne_1033_data.xlsx'), { date: 'ship_date' });
    expect(population.rows).toBe(1036);
  });

  it('reads a ledger format with the columns it states, texts included', async () => {
    const sie = data('ledgers/sie/BL0001_typ4.SE');
    const balanced = await run('journal-unbalanced', sie);
    expect(balanced.statistics).toMatchObject({ unbalanced: 0 });
    const { findings } = await run('journal-no-description', sie);
    // `#VER "A" 42 20100630 "" 20111101 "1 *"`: no text, registered in November 2011 by `1 *`.
    expect(findings[0]!.reason).toBe(
      'Entry A 42 of 2010-06-30 (3 lines, 25,000.00 SEK) has no description; entered by 1 *.',
    );
    expect((await run('journal-post-close', sie)).findings[0]!.reason).toContain('was entered on 2011-11-01');
    expect(await codeOf(run('journal-keyword', sie, { poster: 'x' }))).toBe('usage usage.columns');
  });
});
