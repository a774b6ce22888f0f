import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrations } from '../../../../migrations/index.ts';
import { openDatabase } from '../../../platform/database.ts';
import { migrate } from '../../../platform/migrate.ts';
import { WriteStore } from '../../../platform/store.ts';
import { renewRecoveryCodes } from '../service/recovery-codes.ts';
import { factorOf, replaceFactor, spendCode, unspentCodes, updateFactor } from './factor.repository.ts';

const folder = mkdtempSync(join(tmpdir(), 'nexus-factor-store-'));
let store: WriteStore;
beforeAll(() => {
  const connection = openDatabase(join(folder, 'store.db'), new Uint8Array(32), { mode: 'create' });
  migrate(connection, migrations);
  store = new WriteStore(connection);
});
afterAll(() => {
  store.connection.close();
  rmSync(folder, { recursive: true });
});

const AT = '2026-01-02T03:04:05.000Z';
const factor = (accountId: string) => ({
  account_id: accountId,
  secret: new Uint8Array(20),
  enrolled_at: AT,
  confirmed_at: AT,
  last_step: 100,
  spent_steps: '[]',
  failures: 0,
});

describe('the store itself', () => {
  it('refuses a last step that goes back or is forgotten, whoever writes', () => {
    replaceFactor(store, factor('a'));
    for (const last_step of [99, null]) expect(() => updateFactor(store, 'a', { last_step })).toThrow('only grows');
    updateFactor(store, 'a', { last_step: 101 });
    expect(factorOf(store, 'a')?.last_step).toBe(101);
  });

  it('refuses to give a spent recovery code back', () => {
    renewRecoveryCodes(store, 'a');
    spendCode(store, 'a', 4, AT);
    expect(() => store.connection.exec('UPDATE recovery_codes SET spent_at = NULL')).toThrow('spent once');
    expect(unspentCodes(store, 'a').map(({ ordinal }) => ordinal)).toEqual([1, 2, 3, 5, 6, 7, 8, 9, 10]);
  });

  it('keeps no recovery code, only a salted digest of each', () => {
    const codes = renewRecoveryCodes(store, 'b');
    const rows = unspentCodes(store, 'b');
    expect(new Set(rows.map(({ salt }) => Buffer.from(salt).toString('hex'))).size).toBe(10);
    const stored = rows.map(({ digest, salt }) => Buffer.concat([digest, salt]).toString('latin1')).join('');
    for (const code of codes) expect(stored).not.toContain(code.replaceAll('-', ''));
  });
});
