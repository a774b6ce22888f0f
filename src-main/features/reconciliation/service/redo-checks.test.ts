import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Station } from '../../../engine/engine.fixture.ts';

/**
 * Counted by hand. Brook (2) agrees in all and is confirmed; the two equal fares of one day (3, 4) are told apart by nothing:
 * proposals. The bank's 300.00 (5) is nothing's equal: by hand it goes with 180.00 and 115.00 (5 and 6), or with 290.00 (7).
 */
const HEAD = 'Date,Amount,Currency,Counterparty,Reference,Description\n';
const BANK = `${HEAD}2025-02-03,640.00,EUR,Brook Laboratories,RE-100,invoice RE-100
2025-02-15,-2.80,EUR,City Transport,,single fare
2025-02-15,-2.80,EUR,City Transport,,single fare
2025-03-10,300.00,EUR,Northgate Trading,COLLECT,collected
`;
const LEDGER = `${HEAD}2025-02-03,640.00,EUR,Brook Laboratories,RE-100,invoice RE-100
2025-02-15,-2.80,EUR,City Transport,,single fare
2025-02-15,-2.80,EUR,City Transport,,single fare
2025-03-01,180.00,EUR,Alder Ltd,A-1,first part
2025-03-02,115.00,EUR,Birk Ltd,B-1,second part
2025-03-20,290.00,EUR,Corvus Ltd,C-1,another
`;

const station = new Station();
let caseId: string;
beforeAll(async () => {
  await station.create();
  caseId = await station.createCase();
  await station.import(caseId, [station.file('bank.csv', BANK)]);
  await station.import(caseId, [station.file('ledger.csv', LEDGER)], 'ledger');
  await run();
});
afterAll(() => station.close());

const run = () => station.done('reconciliations.run', { caseId, a: { side: 'bank' }, b: { side: 'ledger' } });
const undo = (...seqs: number[]) => station.invoke('reconciliations.undo', { caseId, seqs });
const redo = (...seqs: number[]) => station.invoke('reconciliations.redo', { caseId, seqs });
const redoRefused = (...seqs: number[]) => station.refusal('reconciliations.redo', { caseId, seqs });
const idOf = async (side: 'bank' | 'ledger', row: number) =>
  (await station.invoke('transactions.page', { caseId, filter: { side } })).rows.find(each => each.row === row)!.id;
const pairs = async (judgment: 'suggested' | 'confirmed' | 'accepted' | 'hand' | 'rejected') =>
  (await station.invoke('reconciliations.pairs', { caseId, judgment, sort: 'date', descending: false })).pairs;
const idsOf = ({ a, b }: { a: readonly { id: number }[]; b: readonly { id: number }[] }) => ({
  a: a.map(({ id }) => id),
  b: b.map(({ id }) => id),
});
/** Bank row 5 with these rows of the ledger, by hand. */
const byHand = async (...rows: number[]) => {
  const b = await Promise.all(rows.map(row => idOf('ledger', row)));
  return station.invoke('reconciliations.match', { caseId, a: [await idOf('bank', 5)], b, reason: 'agreed by letter' });
};
const addRate = (rate: string) =>
  station.invoke('reconciliations.addRate', {
    caseId,
    base: 'EUR',
    quote: 'SEK',
    rate,
    day: '2025-03-01',
    source: 'European Central Bank',
  });

describe('redo refuses what a step taken anew would be refused for, and names the step in the way', () => {
  it('a second rate for one pair and day', async () => {
    const first = await addRate('11.42');
    await undo(first.seq);
    const second = await addRate('11.50');
    const refused = await redoRefused(first.seq);
    expect(refused).toMatchObject({
      code: 'reconciliation.step-in-the-way',
      remedy: `Take step ${second.seq} back first.`,
    });
    expect(refused.message).toContain(`step ${second.seq} (Rate: 1 EUR = 11.50 SEK`);
    expect((await station.invoke('reconciliations.read', { caseId }))!.rates).toMatchObject([{ rate: '11.50' }]);
    await run();
    await undo(second.seq);
    await redo(first.seq);
    await undo(first.seq);
  });

  it('a match by hand of a row that another one holds', async () => {
    const first = await byHand(5, 6);
    await undo(first.seq);
    const second = await byHand(7);
    const refused = await redoRefused(first.seq);
    expect(refused).toMatchObject({
      code: 'reconciliation.step-in-the-way',
      remedy: `Take step ${second.seq} back first.`,
    });
    expect(refused.message).toContain('has matched the row 5 (300.00 EUR, 2025-03-10)');
    expect((await pairs('hand')).map(({ seq }) => seq)).toEqual([second.seq]);
    await undo(second.seq);
    // Both at once: the second meets the first standing.
    expect((await redoRefused(first.seq, second.seq)).message).toContain(`step ${first.seq} (`);
    expect(await pairs('hand')).toEqual([]);
    await redo(first.seq);
    expect((await pairs('hand')).map(({ seq }) => seq)).toEqual([first.seq]);
    await undo(first.seq);
  });

  it('an accepted proposal that was rejected meanwhile, and a rejection of one that was accepted', async () => {
    const [fare] = await pairs('suggested');
    const rows = { caseId, matches: [idsOf(fare!)] };
    const accepted = await station.invoke('reconciliations.confirm', rows);
    await undo(accepted.seq);
    const rejected = await station.invoke('reconciliations.reject', rows);
    expect((await redoRefused(accepted.seq)).message).toContain(`step ${rejected.seq} (Rejected`);
    await undo(rejected.seq);
    await redo(accepted.seq);
    expect((await redoRefused(rejected.seq)).message).toContain(`step ${accepted.seq} (Accepted`);
    await undo(accepted.seq);
  });

  it('a match that was taken apart and made again: each only in its turn, or both together', async () => {
    const [brook] = await pairs('confirmed');
    const apart = await station.invoke('reconciliations.unmatch', { caseId, ...idsOf(brook!) });
    const again = await station.invoke('reconciliations.match', { caseId, ...idsOf(brook!) });
    await undo(apart.seq, again.seq);
    expect((await redoRefused(again.seq)).message).toContain('is matched already');
    await redo(apart.seq, again.seq);
    expect((await pairs('hand')).map(({ seq }) => seq)).toEqual([again.seq]);
    await undo(again.seq);
    expect(await pairs('hand')).toEqual([]);
    await undo(apart.seq);
    expect(await pairs('confirmed')).toHaveLength(1);
  });

  it('an explanation of a row that is matched meanwhile', async () => {
    const transactionId = await idOf('bank', 5);
    const { rows } = await station.invoke('reconciliations.leftovers', { caseId, transactionIds: [transactionId] });
    const { kind } = rows[0]!.proposals[0]!;
    const explained = await station.invoke('reconciliations.explain', {
      caseId,
      transactionId,
      proposal: kind,
      accepted: true,
      note: 'seen in the mail',
    });
    await undo(explained.seq);
    const hand = await byHand(7);
    expect((await redoRefused(explained.seq)).message).toContain(`step ${hand.seq} (Matched by hand`);
    await undo(hand.seq);
    await redo(explained.seq);
    await undo(explained.seq);
  });
});

describe('a lock', () => {
  const period = { from: '2025-02-01', to: '2025-02-28' };
  it('is not undone, only unlocked with a reason; nor is a step undone that it covers', async () => {
    const [fare] = await pairs('suggested');
    const accepted = await station.invoke('reconciliations.confirm', { caseId, matches: [idsOf(fare!)] });
    const lock = await station.invoke('reconciliations.lock', { caseId, ...period, reason: 'reported to the court' });
    const refused = await station.refusal('reconciliations.undo', { caseId, seqs: [lock.seq] });
    expect(refused).toMatchObject({ code: 'reconciliation.lock-undone', remedy: 'Unlock the period, with a reason.' });
    expect(await station.refusal('reconciliations.previewUndo', { caseId, seqs: [lock.seq] })).toMatchObject({
      code: 'reconciliation.lock-undone',
    });
    for (const seqs of [[accepted.seq], [accepted.seq, lock.seq]])
      expect((await station.refusal('reconciliations.undo', { caseId, seqs })).code).toMatch(
        /^reconciliation\.(period-locked|lock-undone)$/,
      );
    expect((await station.invoke('reconciliations.read', { caseId }))!.locks).toHaveLength(1);

    const unlocked = await station.invoke('reconciliations.unlock', { caseId, lock: lock.seq, reason: 'late entry' });
    await undo(accepted.seq, lock.seq, unlocked.seq);
    expect((await redoRefused(lock.seq)).remedy).toBe('Lock the period again.');
    expect((await redoRefused(unlocked.seq)).message).toContain(`the lock of step ${lock.seq} does not stand`);
    await redo(accepted.seq);
    expect(await pairs('accepted')).toHaveLength(1);
  });
});
