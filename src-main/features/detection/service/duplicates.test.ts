import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Station } from '../../../engine/engine.fixture.ts';
import { findTest } from '../domain/test-catalogue.ts';

/**
 * Two exports of one account that overlap from 10 to 20 January. Both list the two equal fares of the 15th (true twins) and the
 * purchase of the 12th; the first alone has the rent, the second alone the fee. Counted by hand: 8 rows, of which 3 are there
 * twice, so 5 transactions. The files sum to 900.00 + 2 × 120.50 + 4 × 2.80 + 4.00 = 1,156.20.
 */
const HEAD = 'Date,Amount,Currency,Counterparty,Reference,Description\n';
const FIRST = `${HEAD}2025-01-02,-900.00,EUR,Steinmark Property,RENT-01,rent
2025-01-12,-120.50,EUR,Meridian Supplies,INV-7,paper
2025-01-15,-2.80,EUR,City Transport,,single fare
2025-01-15,-2.80,EUR,City Transport,,single fare
`;
const SECOND = `${HEAD}2025-01-12,-120.50,EUR,Meridian Supplies,INV-7,paper
2025-01-15,-2.80,EUR,City Transport,,single fare
2025-01-15,-2.80,EUR,City Transport,,single fare
2025-01-28,-4.00,EUR,Bank,FEE-01,fee
`;
const LEDGER =
  'Date,Amount,Currency,Counterparty,Reference,Description\n2025-01-12,-120.50,EUR,Meridian Supplies,INV-7,paper\n';

const station = new Station();
let caseId: string;
const paths: string[] = [];
beforeAll(async () => {
  await station.create();
  caseId = await station.createCase();
  paths.push(station.file('first.csv', FIRST), station.file('second.csv', SECOND));
  await station.import(caseId, paths);
  await station.import(caseId, [station.file('ledger.csv', LEDGER)], 'ledger');
  await station.done('examinations.run', { caseId });
});
afterAll(() => station.close());

const examination = async () => (await station.invoke('examinations.read', { caseId }))!;
const overlaps = async (state?: 'open' | 'confirmed' | 'rejected') =>
  (
    await station.invoke('duplicates.list', { caseId, kind: 'overlap', ...(state === undefined ? {} : { state }) })
  ).pairs.map(({ a, b, ...pair }) => ({ ...pair, rows: [a.row, b.row], keep: a.id, duplicate: b.id }));
/** Rows of the bank side that the reconciliation sets aside as copies; its total is that of the files, whatever is decided. */
const setAside = async () => {
  const { reconciliation } = await examination();
  expect(reconciliation.matched!.proof[0]).toMatchObject({ bankTotal: '-1156.20', foots: true });
  const { orphans } = await station.invoke('reconciliations.orphans', { caseId, side: 'bank', limit: 100 });
  return orphans.filter(orphan => orphan.candidates.some(reason => /confirmed to repeat/.test(reason))).length;
};
/** What the tests of the bank side ran on: the ledger has one row, whatever is decided. */
const populations = async () =>
  (await examination()).tests
    .filter(test => test.notRun === null && findTest(test.test)?.side === 'bank')
    .map(({ population }) => population.rows);

describe('duplicates of overlapping files', () => {
  let seq = 0;

  it('are proposed one to one, so that true twins stay two', async () => {
    expect((await overlaps()).map(({ rows, state }) => [rows, state])).toEqual([
      [[3, 2], 'open'],
      [[4, 3], 'open'],
      [[5, 4], 'open'],
    ]);
    expect((await examination()).duplicates).toMatchObject({ overlaps: 3, confirmed: 0 });
    expect(await setAside()).toBe(0);
    expect(new Set(await populations())).toEqual(new Set([8]));
  });

  it('count no more once a person confirmed them and the examination ran again; the twins of one file still do', async () => {
    const pairs = (await overlaps('open')).map(({ keep, duplicate }) => ({ keep, duplicate }));
    ({ seq } = await station.invoke('duplicates.decide', { caseId, state: 'confirmed', pairs }));
    // Decided, and not yet examined: no figure has changed, and the examination says that it is out of date.
    expect((await overlaps('confirmed')).length).toBe(3);
    expect(await examination()).toMatchObject({ stale: true, duplicates: { confirmed: 0 } });
    await station.done('examinations.run', { caseId });
    expect(await examination()).toMatchObject({ stale: false, duplicates: { confirmed: 3, overlaps: 3 } });
    expect(await setAside()).toBe(3);
    expect(new Set(await populations())).toEqual(new Set([5]));
    const { quality } = await examination();
    expect(quality.rules.find(rule => rule.id === 'uniqueness.overlap')).toMatchObject({ tested: 5, failed: 0 });
  });

  it('stay visible: as transactions, and as decided pairs', async () => {
    expect((await station.invoke('transactions.page', { caseId, filter: { side: 'bank' } })).total).toBe(8);
    expect((await overlaps()).map(({ rows, state }) => [rows, state])).toEqual([
      [[3, 2], 'confirmed'],
      [[4, 3], 'confirmed'],
      [[5, 4], 'confirmed'],
    ]);
    const { byKind, byState } = await station.invoke('duplicates.list', { caseId, kind: 'overlap' });
    expect([byKind.overlap, byState]).toEqual([3, { confirmed: 3 }]);
  });

  it('count again after an undo', async () => {
    await station.invoke('recipes.undo', { caseId, seqs: [seq] });
    expect((await overlaps('open')).length).toBe(3);
    expect((await examination()).stale).toBe(true);
    await station.done('examinations.run', { caseId });
    expect((await examination()).duplicates).toMatchObject({ overlaps: 3, confirmed: 0 });
    expect(await setAside()).toBe(0);
  });

  it('that are none are marked so, and count as before', async () => {
    const [first] = await overlaps('open');
    const { keep, duplicate } = first!;
    const { seq: rejected } = await station.invoke('duplicates.decide', {
      caseId,
      state: 'rejected',
      pairs: [{ keep, duplicate }],
    });
    expect((await examination()).stale).toBe(false);
    await station.done('examinations.run', { caseId });
    expect((await overlaps('rejected')).map(({ rows }) => rows)).toEqual([[3, 2]]);
    expect(await setAside()).toBe(0);
    await station.invoke('recipes.undo', { caseId, seqs: [rejected] });
  });
});

describe('a decision on duplicates', () => {
  it('never leaves both out: a pair that is turned round keeps the other one', async () => {
    const { keep, duplicate } = (await overlaps('open'))[0]!;
    const decide = (pair: { keep: number; duplicate: number }) =>
      station.invoke('duplicates.decide', { caseId, state: 'confirmed', pairs: [pair] });
    const seqs = [(await decide({ keep, duplicate })).seq, (await decide({ keep: duplicate, duplicate: keep })).seq];
    expect((await overlaps('confirmed')).map(pair => [pair.keep, pair.duplicate])).toEqual([[duplicate, keep]]);
    await station.done('examinations.run', { caseId });
    expect((await examination()).duplicates.confirmed).toBe(1);
    expect(await setAside()).toBe(1);
    await station.invoke('recipes.undo', { caseId, seqs });
  });

  it('is refused on a transaction of another case, and on one transaction twice', async () => {
    const { keep } = (await overlaps())[0]!;
    const refusal = (pairs: unknown) => station.refusal('duplicates.decide', { caseId, state: 'confirmed', pairs });
    expect(await refusal([{ keep, duplicate: 99_999 }])).toMatchObject({ code: 'transaction.unknown' });
    expect(await refusal([{ keep, duplicate: keep }])).toMatchObject({ code: 'duplicate.itself' });
    expect(await refusal([])).toMatchObject({ category: 'usage' });
  });

  it('taken to a case that lacks the kept file leaves nothing out there', async () => {
    const pairs = (await overlaps()).map(({ keep, duplicate }) => ({ keep, duplicate }));
    await station.invoke('duplicates.decide', { caseId, state: 'confirmed', pairs });
    const recipe = await station.invoke('recipes.export', { caseId });
    const other = await station.createCase('Second file only');
    await station.import(other, [paths[1]!]);
    await station.invoke('recipes.apply', { caseId: other, recipe });
    const { duplicates } = await station.done('examinations.run', { caseId: other });
    expect(duplicates.confirmed).toBe(0);
    await station.import(other, [paths[0]!]);
    expect((await station.done('examinations.run', { caseId: other })).duplicates).toMatchObject({ confirmed: 3 });
    expect((await station.invoke('duplicates.list', { caseId: other, state: 'confirmed' })).total).toBe(3);
  });

  it('stands in the log, which verifies', async () => {
    expect(await station.acts()).toContain('duplicates.decided');
    expect((await station.done('audits.verify', {})).ok).toBe(true);
  });
});
