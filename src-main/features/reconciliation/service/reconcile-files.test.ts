import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { reconcileFiles } from './reconcile-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'nexus-reconcile-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HEAD = 'Date,Description,Amount,Currency';
const file = (name: string, ...lines: readonly string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, [...lines, ''].join('\n'));
  return path;
};
const run = (bank: string, ledger: string) =>
  reconcileFiles({
    task: 'reconcile-files',
    bank: { path: bank, name: 'bank.csv', overrides: {} },
    ledger: { path: ledger, name: 'ledger.csv', overrides: {} },
    parameters: {},
  });

// Counted by hand: rows 4 and 5 of the bank hold no amount and no day of the calendar, row 4 of the ledger no amount.
it('answers every row that could not be read, in its file and among the limits', async () => {
  const bank = file(
    'bank.csv',
    HEAD,
    '2024-01-02,ACME invoice 1001,100.00,EUR',
    '2024-01-03,Rent,-500.00,EUR',
    '2024-01-04,Bad row,abc,EUR',
    '2024-13-45,Bad date,55.00,EUR',
    '2024-01-05,Widget,12.34,EUR',
  );
  const ledger = file(
    'ledger.csv',
    HEAD,
    '2024-01-02,ACME invoice 1001,100.00,EUR',
    '2024-01-03,Rent,-500.00,EUR',
    '2024-01-06,No amount,,EUR',
    '2024-01-05,Widget,12.34,EUR',
  );
  const { files, limits, matches } = await run(bank, ledger);
  expect(files).toMatchObject([
    { side: 'bank', name: 'bank.csv', rows: 3, rejected: [{ row: 4 }, { row: 5 }] },
    { side: 'ledger', name: 'ledger.csv', rows: 3, rejected: [{ row: 4 }] },
  ]);
  expect(files[0]?.rejected[0]?.raw).toContain('abc');
  for (const { sha256 } of files) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(limits).toEqual([
    '2 rows of the bank file bank.csv could not be read: they are in no match and in no total',
    '1 row of the ledger file ledger.csv could not be read: it is in no match and in no total',
  ]);
  expect(matches).toHaveLength(3);
});

it('answers what was noticed while a file was read', async () => {
  const path = join(import.meta.dirname, '../../../../../shared/data/ledgers/saft/pt_saft_WRONG_SCHEMA.xml');
  if (!existsSync(path)) throw new Error(`the test data ${path} is missing`);
  const { files } = await run(file('one.csv', HEAD, '2024-01-02,A,1.00,EUR'), path);
  expect(files[1]?.warnings.length).toBeGreaterThan(0);
});

const statement = (name: string, from: string, opening: string, to: string, closing: string, row: string): string =>
  [
    `:20:${name}`,
    ':25:12345678/0001234567',
    ':28C:1/1',
    `:60F:C${from}EUR${opening}`,
    `:61:${row}NTRFNONREF`,
    `:62F:C${to}EUR${closing}`,
    '-',
  ].join('\n');

// By hand: January closes with 40,00; February opens with 45,00.
it('answers where the statements of one account do not follow each other', async () => {
  const bank = file(
    'bank.sta',
    statement('JAN', '240101', '0,00', '240131', '40,00', '2401150115C40,00'),
    statement('FEB', '240201', '45,00', '240229', '50,00', '2402150215C5,00'),
  );
  const { balance } = await run(bank, file('books.csv', HEAD, '2024-01-15,x,40.00,EUR'));
  expect(balance.chain.ledger).toEqual([]);
  expect(balance.chain.bank.map(({ kind }) => kind)).toEqual(['break']);
  expect(balance.chain.bank[0]?.message).toContain('(difference 5.00)');
});

// By hand: the same account in the other sign. Opening 1000.00, closing 1085.00 on both sides: nothing differs.
it('turns the balances of a ledger that signs oppositely in its proof of cash', async () => {
  const rows = [
    '2024-01-02,A one,100.00,EUR,1100.00',
    '2024-01-03,B two,-40.00,EUR,1060.00',
    '2024-02-05,C three,25.00,EUR,1085.00',
  ];
  const turned = rows.map(row =>
    row.replace(/,(-?)(\d+\.\d\d),EUR,/, (_, sign, amount) => `,${sign === '-' ? '' : '-'}${amount},EUR,-`),
  );
  const { sign, balance } = await run(
    file('obank.csv', `${HEAD},Balance`, ...rows),
    file('oledger.csv', `${HEAD},Balance`, ...turned),
  );
  expect(sign).toBe('opposite');
  const last = balance.proofOfCash.months.at(-1)!;
  expect(last.lines.find(({ line }) => line === 'per-books')).toMatchObject({
    opening: { amount: '1060.00' },
    closing: { amount: '1085.00' },
  });
  expect(last).toMatchObject({ footsAcross: true, crossFoots: true, balancesAgree: true });
});
