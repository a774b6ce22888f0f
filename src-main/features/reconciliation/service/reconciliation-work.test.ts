import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Station } from '../../../engine/engine.fixture.ts';

/**
 * Bank and ledger of one quarter, counted by hand.
 * Rent (2), Meridian (3) and Brook (4) agree in all and are confirmed. The two equal fares of one day are told apart by nothing
 * (5 and 6 with 5 and 6): proposals. The bank's transfer of 300.00 (7) pays two invoices of 180.00 and 115.00 (7 and 8): 5.00
 * are left over. The fee (8) is not in the ledger, the cheque (9) not at the bank. Sums: bank −900 −120.50 +640 −2.80 −2.80
 * +300 −4 = −90.10; ledger −900 −120.50 +640 −2.80 −2.80 +180 +115 −75 = −166.10.
 */
const HEAD = 'Date,Amount,Currency,Counterparty,Reference,Description\n';
const BANK = `${HEAD}2025-01-02,-900.00,EUR,Steinmark Property,RENT-01,rent
2025-01-12,-120.50,EUR,Meridian Supplies,INV-7,paper
2025-02-03,640.00,EUR,Brook Laboratories,RE-100,invoice RE-100
2025-02-15,-2.80,EUR,City Transport,,single fare
2025-02-15,-2.80,EUR,City Transport,,single fare
2025-03-10,300.00,EUR,Northgate Trading,COLLECT,collected
2025-03-31,-4.00,EUR,House Bank,,account fee
`;
const LEDGER = `${HEAD}2025-01-02,-900.00,EUR,Steinmark Property,RENT-01,rent
2025-01-13,-120.50,EUR,Meridian Supplies,INV-7,paper
2025-02-03,640.00,EUR,Brook Laboratories,RE-100,invoice RE-100
2025-02-15,-2.80,EUR,City Transport,,single fare
2025-02-15,-2.80,EUR,City Transport,,single fare
2025-03-01,180.00,EUR,Alder Ltd,A-1,first part
2025-03-02,115.00,EUR,Birk Ltd,B-1,second part
2025-03-30,-75.00,EUR,Corvus Ltd,CHQ-9,cheque
`;

const station = new Station();
let caseId: string;
beforeAll(async () => {
  await station.create();
  caseId = await station.createCase();
  await station.import(caseId, [station.file('bank.csv', BANK)]);
  await station.import(caseId, [station.file('ledger.csv', LEDGER)], 'ledger');
});
afterAll(() => station.close());

const read = async () => (await station.invoke('reconciliations.read', { caseId }))!;
const pairs = async (filter: { judgment?: 'suggested' | 'confirmed' | 'accepted' | 'hand' | 'rejected' } = {}) =>
  (await station.invoke('reconciliations.pairs', { caseId, ...filter, sort: 'date', descending: false })).pairs;
const ids = ({ a, b }: { a: readonly { id: number }[]; b: readonly { id: number }[] }) => ({
  a: a.map(({ id }) => id),
  b: b.map(({ id }) => id),
});
const rows = ({ a, b }: { a: readonly { row: number }[]; b: readonly { row: number }[] }) => [
  a.map(({ row }) => row),
  b.map(({ row }) => row),
];
const setRows = async (reconciliation: string) =>
  (await station.invoke('transactions.page', { caseId, filter: { reconciliation }, limit: 500 })).rows;
/** Id of a row of a side. */
const idOf = async (side: 'bank' | 'ledger', row: number) =>
  (await station.invoke('transactions.page', { caseId, filter: { side } })).rows.find(each => each.row === row)!.id;
const state = async () => {
  const { counts, proof } = await read();
  return { ...counts.judgments, openA: counts.openA, openB: counts.openB, foots: proof.every(({ foots }) => foots) };
};
const foots = { foots: true };

describe('before anything was run', () => {
  it('there is nothing to read, and nothing can be decided', async () => {
    expect(await station.invoke('reconciliations.read', { caseId })).toBeNull();
    expect((await station.invoke('reconciliations.pairs', { caseId })).pairs).toEqual([]);
    expect(await station.refusal('reconciliations.confirm', { caseId, matches: [{ a: [1], b: [2] }] })).toMatchObject({
      code: 'reconciliation.not-run',
    });
  });

  it('the sides that can be chosen are told, and a choice that cannot be is refused', async () => {
    const { sources } = await station.invoke('reconciliations.options', { caseId });
    expect(sources.map(({ name, side, rows: count }) => [name, side, count])).toEqual([
      ['bank.csv', 'bank', 7],
      ['ledger.csv', 'ledger', 8],
    ]);
    const refused = async (a: object, b: object) => (await station.run('reconciliations.run', { caseId, a, b })).error;
    expect(await refused({ side: 'bank' }, {})).toMatchObject({ code: 'reconciliation.sides-overlap' });
    expect(await refused({ side: 'bank' }, { side: 'ledger', accounts: ['none such'] })).toMatchObject({
      code: 'reconciliation.side-empty',
    });
  });
});

describe('a run on chosen sides', () => {
  it('matches, proves to zero, and each figure opens exactly its rows', async () => {
    await station.done('reconciliations.run', { caseId, a: { side: 'bank' }, b: { side: 'ledger' } });
    const shown = await read();
    expect(shown).toMatchObject({ origin: 'own', hasBothSides: true, stale: false, decisionsSince: 0 });
    expect(await state()).toMatchObject({ confirmed: 3, accepted: 0, hand: 0, rejected: 0, ...foots });
    const [proof] = shown.proof;
    expect(proof).toMatchObject({
      currency: 'EUR',
      difference: '76.00',
      a: { total: { amount: '-90.10', rows: 7 } },
      b: { total: { amount: '-166.10', rows: 8 } },
    });
    for (const side of ['a', 'b'] as const)
      for (const part of ['total', 'matched', 'suggested', 'open'] as const) {
        const found = await setRows(`${side}:${part}:EUR`);
        expect(found.length, `${side} ${part}`).toBe(proof![side][part].rows);
        const cents = found.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0);
        expect(cents, `${side} ${part}`).toBe(Math.round(Number(proof![side][part].amount) * 100));
      }
    expect(await setRows('a:open:')).toEqual([]);
    expect(await setRows('no such figure')).toEqual([]);
    for (const pair of await pairs())
      expect(rows({ a: await setRows(`match:${pair.key}`), b: [] })[0]!.length).toBe(pair.a.length + pair.b.length);
  });

  it('says of an open row which are nearest and why they were refused', async () => {
    const fee = await idOf('bank', 8);
    const { rows: told } = await station.invoke('reconciliations.leftovers', { caseId, transactionIds: [fee] });
    expect(told[0]).toMatchObject({ transactionId: fee, side: 'a', state: 'open', explanation: null, locked: false });
    expect(told[0]!.candidates.length).toBeGreaterThan(0);
  });
});

describe('decisions', () => {
  it('confirm a proposal at once; undo brings it back', async () => {
    const [first] = await pairs({ judgment: 'suggested' });
    const before = await state();
    const { seq } = await station.invoke('reconciliations.confirm', { caseId, matches: [ids(first!)] });
    expect(await state()).toEqual({ ...before, accepted: 1, suggested: before.suggested - 1 });
    const [accepted] = await pairs({ judgment: 'accepted' });
    expect(accepted).toMatchObject({ seq, reasons: expect.arrayContaining([`accepted by Ada (step ${seq})`]) });
    expect(await station.refusal('reconciliations.confirm', { caseId, matches: [ids(first!)] })).toMatchObject({
      code: 'reconciliation.match-state',
    });
    await station.invoke('reconciliations.undo', { caseId, seqs: [seq] });
    expect(await state()).toEqual(before);
    await station.invoke('reconciliations.redo', { caseId, seqs: [seq] });
    expect(await state()).toMatchObject({ accepted: 1 });
    await station.invoke('reconciliations.undo', { caseId, seqs: [seq] });
  });

  it('reject a proposal for good: the engine does not make it again', async () => {
    const [first] = await pairs({ judgment: 'suggested' });
    const before = await state();
    const { seq } = await station.invoke('reconciliations.reject', { caseId, matches: [ids(first!)] });
    expect(await state()).toMatchObject({ rejected: 1, suggested: before.suggested - 1, openA: before.openA + 1 });
    expect(rows({ a: await setRows('pairs:rejected'), b: [] })[0]).toHaveLength(2);
    await station.done('reconciliations.run', { caseId, a: { side: 'bank' }, b: { side: 'ledger' } });
    const [rejected] = await pairs({ judgment: 'rejected' });
    expect(ids(rejected!)).toEqual(ids(first!));
    expect(
      (await pairs({ judgment: 'suggested' })).some(pair => JSON.stringify(ids(pair)) === JSON.stringify(ids(first!))),
    ).toBe(false);
    await station.invoke('reconciliations.undo', { caseId, seqs: [seq] });
    await station.done('reconciliations.run', { caseId, a: { side: 'bank' }, b: { side: 'ledger' } });
    expect(await state()).toEqual(before);
  });

  it('match by hand one to many: what is left over needs a reason and stays shown', async () => {
    const a = [await idOf('bank', 7)];
    const b = [await idOf('ledger', 7), await idOf('ledger', 8)];
    const without = await station.refusal('reconciliations.match', { caseId, a, b });
    expect(without).toMatchObject({ code: 'reconciliation.reason-needed' });
    expect(without.message).toContain('5.00 EUR');
    const made = await station.invoke('reconciliations.match', { caseId, a, b, reason: 'bank charges borne by payer' });
    expect(made.differences).toEqual([{ currency: 'EUR', amount: '5.00' }]);
    const [hand] = await pairs({ judgment: 'hand' });
    expect(hand).toMatchObject({
      kind: 'one-to-many',
      score: null,
      note: 'bank charges borne by payer',
      differences: [{ currency: 'EUR', amount: '5.00' }],
    });
    expect((await read()).proof[0]).toMatchObject({ foots: true, matchedDifference: '5.00', difference: '76.00' });
    expect(await station.refusal('reconciliations.match', { caseId, a, b, reason: 'again' })).toMatchObject({
      code: 'reconciliation.row-matched',
    });
    // It outlives a run: the engine is held to it.
    await station.done('reconciliations.run', { caseId, a: { side: 'bank' }, b: { side: 'ledger' } });
    expect(rows((await pairs({ judgment: 'hand' }))[0]!)).toEqual([[7], [7, 8]]);
    expect((await read()).decisionsSince).toBe(0);
    // And the examination's own matching.
    await station.done('examinations.run', { caseId });
    expect(await read()).toMatchObject({ origin: 'examination' });
    expect(rows((await pairs({ judgment: 'hand' }))[0]!)).toEqual([[7], [7, 8]]);
    expect((await station.invoke('examinations.read', { caseId }))!.reconciliation.matched).toMatchObject({
      unmatchedBank: 1,
      unmatchedLedger: 1,
    });
  });

  it('refuse rows of the wrong side, a row twice, and a single row', async () => {
    const [bank, ledger] = [await idOf('bank', 8), await idOf('ledger', 9)];
    const refused = async (a: number[], b: number[]) =>
      (await station.refusal('reconciliations.match', { caseId, a, b, reason: 'x' })).code;
    expect(await refused([ledger], [bank])).toBe('reconciliation.other-side');
    expect(await refused([bank, bank], [ledger])).toBe('reconciliation.row-twice');
    expect(await refused([bank], [])).toBe('reconciliation.rows-missing');
    expect(await refused([bank], [999_999])).toBe('transaction.unknown');
  });

  it('take a match apart; steps that later ones rest on are named, and taken back together', async () => {
    const rent = (await pairs({ judgment: 'confirmed' }))[0]!;
    const before = await state();
    const apart = await station.invoke('reconciliations.unmatch', { caseId, ...ids(rent) });
    expect(await state()).toMatchObject({ confirmed: before.confirmed - 1, rejected: 1, openA: before.openA + 1 });
    const again = await station.invoke('reconciliations.match', { caseId, ...ids(rent) });
    expect(again.differences).toEqual([]);
    const refused = await station.refusal('reconciliations.undo', { caseId, seqs: [apart.seq] });
    expect(refused).toMatchObject({ code: 'reconciliation.step-rested-on' });
    expect(refused.message).toContain('Matched by hand');
    const { resting } = await station.invoke('reconciliations.previewUndo', { caseId, seqs: [apart.seq] });
    expect(resting).toEqual([{ seq: again.seq, title: again.title }]);
    await station.invoke('reconciliations.undo', { caseId, seqs: [apart.seq, again.seq] });
    expect(await state()).toEqual(before);
  });

  it('accept all proposals from a score on as one step', async () => {
    const { runId, counts } = await read();
    const before = await state();
    expect(counts.suggested).toBeGreaterThan(0);
    const done = await station.invoke('reconciliations.confirmAbove', { caseId, runId, score: 0.5 });
    expect(done).toMatchObject({ confirmed: counts.suggested, left: 0 });
    expect(await state()).toMatchObject({ suggested: 0, accepted: counts.suggested });
    expect(await station.refusal('reconciliations.confirmAbove', { caseId, runId, score: 0.5 })).toMatchObject({
      code: 'reconciliation.nothing-above',
    });
    const other = '00000000-0000-4000-8000-ffffffffffff';
    expect(await station.refusal('reconciliations.confirmAbove', { caseId, runId: other, score: 0.5 })).toMatchObject({
      code: 'reconciliation.run-again',
    });
    await station.invoke('reconciliations.undo', { caseId, seqs: [done.seq] });
    expect(await state()).toEqual(before);
  });
});

describe('a locked period', () => {
  let lock = 0;
  it('keeps its matches: no decision touches a row of it, and a run leaves them', async () => {
    const locked = await station.invoke('reconciliations.lock', {
      caseId,
      from: '2025-02-01',
      to: '2025-02-28',
      reason: 'reported to the court',
    });
    lock = locked.seq;
    expect(locked.matches).toBe(1);
    const [fare] = await pairs({ judgment: 'suggested' });
    expect(fare).toMatchObject({ locked: true });
    const refused = await station.refusal('reconciliations.confirm', { caseId, matches: [ids(fare!)] });
    expect(refused).toMatchObject({ code: 'reconciliation.period-locked' });
    expect(refused.message).toContain('Ada locked');
    const { runId } = await read();
    expect(await station.refusal('reconciliations.confirmAbove', { caseId, runId, score: 0.5 })).toMatchObject({
      code: 'reconciliation.nothing-above',
    });
    const before = await state();
    await station.done('reconciliations.run', { caseId, a: { side: 'bank' }, b: { side: 'ledger' } });
    expect(await state()).toEqual(before);
    expect((await read()).locks).toMatchObject([{ seq: lock, from: '2025-02-01', reason: 'reported to the court' }]);
  });

  it('is unlocked only with a reason, and both leave a trace', async () => {
    expect(await station.refusal('reconciliations.unlock', { caseId, lock, reason: '' })).toMatchObject({
      code: 'reconciliation.reason-needed',
    });
    await station.invoke('reconciliations.unlock', { caseId, lock, reason: 'an entry came late' });
    expect((await read()).locks).toEqual([]);
    const { steps } = await station.invoke('reconciliations.history', { caseId });
    expect(steps.slice(0, 2).map(({ kind, reason }) => [kind, reason])).toEqual([
      ['period-unlocked', 'an entry came late'],
      ['period-locked', 'reported to the court'],
    ]);
    expect(await station.acts()).toEqual(
      expect.arrayContaining(['reconciliation.period-locked', 'reconciliation.period-unlocked']),
    );
  });
});

describe('exchange rates', () => {
  it('carry their source and day, and are taken back like any step', async () => {
    const added = await station.invoke('reconciliations.addRate', {
      caseId,
      base: 'EUR',
      quote: 'SEK',
      rate: '11.42',
      day: '2025-03-01',
      source: 'European Central Bank',
    });
    expect((await read()).rates).toMatchObject([
      { base: 'EUR', rate: '11.42', source: 'European Central Bank', actor: 'Ada' },
    ]);
    const refused = async (rate: object) =>
      (
        await station.refusal('reconciliations.addRate', {
          caseId,
          base: 'EUR',
          quote: 'SEK',
          day: '2025-03-01',
          source: 'x',
          ...rate,
        })
      ).code;
    expect(await refused({ rate: '11.5' })).toBe('reconciliation.rate-invalid');
    expect(await refused({ rate: '0', day: '2025-03-02' })).toBe('reconciliation.rate-invalid');
    await station.done('reconciliations.run', { caseId, a: { side: 'bank' }, b: { side: 'ledger' } });
    expect((await read()).parameters.rates).toBe('EUR/SEK=11.42@2025-03-01');
    await station.invoke('reconciliations.undo', { caseId, seqs: [added.seq] });
    expect((await read()).rates).toEqual([]);
  });
});

describe('proofs of cash', () => {
  it('cross-foot month by month, and each figure opens exactly its rows', async () => {
    const { proofs, unplaced } = await station.invoke('reconciliations.proofOfCash', { caseId });
    expect(unplaced).toEqual({ a: 0, b: 0 });
    expect(proofs.map(({ from, crossFoots }) => [from, crossFoots])).toEqual([
      ['2025-01-01', true],
      ['2025-02-01', true],
      ['2025-03-01', true],
    ]);
    // By hand: March's receipts are 300.00 at the bank and 180.00 + 115.00 in the books; the fee of 4.00 is the bank's alone.
    const march = proofs[2]!;
    const line = (name: string) => march.lines.find(each => each.line === name)!;
    expect(line('per-bank')).toMatchObject({ receipts: { amount: '300.00' }, disbursements: { amount: '4.00' } });
    expect(line('per-books')).toMatchObject({ receipts: { amount: '295.00' }, disbursements: { amount: '75.00' } });
    expect(line('outstanding-end').disbursements.amount).toBe('75.00');
    // No statement states a balance here: unknown, not zero.
    expect(line('per-bank').opening.amount).toBeNull();
    expect(march.footsAcross).toBeNull();
    for (const proof of proofs)
      for (const { opening, receipts, disbursements, closing } of proof.lines)
        for (const { set, rows: count } of [opening, receipts, disbursements, closing])
          if (set !== null) expect((await setRows(set)).length, set).toBe(count);
    expect(await setRows('cash:EUR:2025-03-01:no-such-line:receipts')).toEqual([]);
  });
});

describe('an export', () => {
  it('holds every row once with the totals that prove to zero, in parts that join', async () => {
    const whole = await station.invoke('reconciliations.export', { caseId });
    const parts: string[] = [];
    for (let offset = 0; offset < whole.total; offset += 2)
      parts.push((await station.invoke('reconciliations.export', { caseId, offset, limit: 2 })).content);
    expect(parts.join('')).toBe(whole.content);
    const lines = whole.content.trimEnd().split('\r\n');
    const body = lines.filter(line => /^"(confirmed|accepted|hand|suggested|open)"/.test(line));
    expect(body).toHaveLength(15);
    expect(new Set(body.map(line => line.split(',').slice(4, 7).join())).size).toBe(15);
    expect(lines.at(-1)).toContain('the parts prove to zero');
    const some = await station.invoke('reconciliations.export', { caseId, judgment: 'confirmed' });
    expect(some.content.trimEnd().split('\r\n')).toHaveLength(1 + 2 * 3);
  });
});

describe('the store', () => {
  it('refuses to change or remove a decision, and the log states them', async () => {
    const attempt = (text: string) => station.inStore(db => db.prepare(text).run(), 'write');
    await expect(attempt(`UPDATE reconciliation_events SET title = 'x'`)).rejects.toThrow(/append-only/);
    await expect(attempt('DELETE FROM reconciliation_events')).rejects.toThrow(/append-only/);
    const { entries } = await station.invoke('audits.list', { limit: 1000 });
    const logged = entries.filter(({ act }) => act.startsWith('reconciliation.') && act !== 'reconciliation.completed');
    const stored = await station.inStore(db => db.prepare('SELECT count(*) FROM reconciliation_events').pluck().get());
    expect(logged.length).toBeGreaterThan(10);
    expect(logged.length).toBeLessThanOrEqual(stored as number);
  });
});

describe('sides turned round', () => {
  it('keep the decisions of people', async () => {
    await station.done('reconciliations.run', { caseId, a: { side: 'ledger' }, b: { side: 'bank' } });
    const shown = await read();
    expect(shown.proof[0]).toMatchObject({ difference: '-76.00', foots: true });
    expect(rows((await pairs({ judgment: 'hand' }))[0]!)).toEqual([[7, 8], [7]]);
    // A choice of other sides stays, whatever is examined after it.
    await station.done('examinations.run', { caseId });
    expect((await read()).origin).toBe('own');
  });
});
