import { afterAll, beforeAll, expect, it } from 'vitest';
import { Station } from '../../../engine/engine.fixture.ts';

const HEAD = 'Date,Description,Amount,Currency';
const station = new Station();
beforeAll(() => station.create());
afterAll(() => station.close());

const perBank = async (caseName: string, account: (name: string) => string) => {
  const caseId = await station.createCase(caseName);
  const file = (name: string, rows: readonly string[]): string =>
    station.file(
      `${account(name)}${name}.csv`,
      [`${HEAD},Balance,Account`, ...rows.map(row => `${row},${account(name)}`), ''].join('\n'),
    );
  await station.import(caseId, [file('one', ['2024-01-02,A,100.00,EUR,1100.00', '2024-01-30,B,-40.00,EUR,1060.00'])]);
  await station.import(caseId, [file('two', ['2024-01-03,C,10.00,EUR,5010.00', '2024-01-29,D,-4.00,EUR,5006.00'])]);
  const books = station.file('books.csv', `${HEAD}\n2024-01-02,A,100.00,EUR\n2024-01-30,B,-40.00,EUR\n`);
  await station.import(caseId, [books], 'ledger');
  await station.done('reconciliations.run', { caseId, a: { side: 'bank' }, b: { side: 'ledger' } });
  const { proofs } = await station.invoke('reconciliations.proofOfCash', { caseId });
  const { opening, closing } = proofs[0]!.lines.find(({ line }) => line === 'per-bank')!;
  const { limits } = (await station.invoke('reconciliations.read', { caseId }))!;
  return { opening: opening.amount, closing: closing.amount, limits };
};

// By hand: 1000.00 + 5000.00 before, 1060.00 + 5006.00 after. One file's balances alone, 1000.00 and 1060.00, would be wrong.
it('adds the balances of two accounts; where the files name none they are unknown, and the run says so', async () => {
  expect(await perBank('Named', name => `ACCOUNT-${name}`)).toEqual({
    opening: '6000.00',
    closing: '6066.00',
    limits: [],
  });
  const untold = await perBank('Unnamed', () => '');
  expect(untold).toMatchObject({ opening: null, closing: null });
  expect(untold.limits.join()).toContain('one.csv, two.csv: no account number');
});
