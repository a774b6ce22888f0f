import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureBundle, nexus, temporaryFolder } from '../command-line.fixture.ts';

const folder = temporaryFolder();
beforeAll(ensureBundle, 120_000);
afterAll(() => folder.remove());

// Counted by hand: one of the bank's three rows has no amount; the ledger has one row and no fault.
it('says beside the proof how many rows were read, and names each that was not', async () => {
  writeFileSync(
    join(folder.path, 'bank.csv'),
    'Date,Description,Amount,Currency\n2024-01-02,A,1.00,EUR\n2024-01-03,B,-2.00,EUR\n2024-01-04,C,abc,EUR\n',
  );
  writeFileSync(join(folder.path, 'ledger.csv'), 'Date,Description,Amount,Currency\n2024-01-02,A,1.00,EUR\n');
  const { code, out } = await nexus(['reconcile', 'bank.csv', 'ledger.csv'], { folder: folder.path });
  expect(code).toBe(0);
  expect(out).toMatch(/^bank +bank\.csv +2 +1 +0$/m);
  expect(out).toMatch(/^ledger +ledger\.csv +1 +0 +0$/m);
  expect(out).toMatch(/^bank row 4 not read: .*abc/m);
  expect(out).toContain('note: 1 row of the bank file bank.csv could not be read: it is in no match and in no total');
});
