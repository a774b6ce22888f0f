import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Station } from '../../../engine/engine.fixture.ts';

/** Forty firms with nothing in common, and two of them written in a second way in another file. */
const FIRMS = Array.from({ length: 40 }, (_, i) => {
  const word = (seed: number): string =>
    ['Alder', 'Birk', 'Corvus', 'Dorsal', 'Elmet', 'Farrow', 'Gantry', 'Hollin', 'Ibex', 'Juniper'][
      (i * seed + seed) % 10
    ]!;
  return {
    name: `${word(3)} ${word(7)}${i} Trading GmbH`,
    account: `DE${String(i).padStart(2, '0')}37040044${String(532013000 + i * 7919)}`,
  };
});
const table = (rows: readonly { name: string; account: string }[]): string =>
  `Date,Amount,Currency,Counterparty,Counterparty account,Description\n${rows
    .map(
      ({ name, account }, i) =>
        `2025-01-${String((i % 28) + 1).padStart(2, '0')},-${i + 1}.00,EUR,${name},${account},x`,
    )
    .join('\n')}\n`;
const SECOND = [
  { name: FIRMS[3]!.name.replace('Trading GmbH', 'Tradng G.m.b.H.'), account: FIRMS[3]!.account },
  { name: FIRMS[8]!.name.replace(' GmbH', ''), account: FIRMS[8]!.account },
];

const station = new Station();
let caseId: string;
beforeAll(async () => {
  await station.create();
  caseId = await station.createCase();
  await station.import(caseId, [station.file('bank.csv', table(FIRMS)), station.file('second.csv', table(SECOND))]);
});
afterAll(() => station.close());

const key = (name: string): string => name.toUpperCase();
const pairs = async (): Promise<string[][]> =>
  (await station.invoke('parties.proposals', { caseId })).clusters.map(({ members }) =>
    members.map(({ party }) => party),
  );

describe('party review', () => {
  it('proposes the same firm under two names, with a waterfall that adds up, and merges nothing', async () => {
    await station.done('parties.propose', { caseId });
    expect((await pairs()).map(cluster => [...cluster].sort())).toEqual(
      expect.arrayContaining([
        [key(FIRMS[3]!.name), key(SECOND[0]!.name)].sort(),
        [key(FIRMS[8]!.name), key(SECOND[1]!.name)].sort(),
      ]),
    );
    const { clusters } = await station.invoke('parties.proposals', { caseId });
    for (const { bits, prior, contributions } of clusters.flatMap(cluster => cluster.pairs))
      expect(prior + contributions.reduce((sum, each) => sum + each.bits, 0)).toBeCloseTo(bits, 6);
    expect(
      (await station.invoke('parties.list', { caseId, limit: 1000 })).parties.every(party => !party.confirmed),
    ).toBe(true);
  });

  it('merges, keeps apart and splits as decided; a decided pair is not proposed again', async () => {
    const [first, second] = [key(FIRMS[3]!.name), key(SECOND[0]!.name)];
    await station.invoke('parties.merge', { caseId, parties: [first, second], name: 'The firm' });
    await station.invoke('parties.keepApart', { caseId, parties: [key(FIRMS[8]!.name), key(SECOND[1]!.name)] });
    expect((await pairs()).flat()).not.toContain(first);
    expect((await pairs()).flat()).not.toContain(key(SECOND[1]!.name));
    const { parties } = await station.invoke('parties.list', { caseId, text: 'the firm' });
    expect(parties).toMatchObject([{ name: 'The firm', rows: 2, confirmed: true }]);
    expect(parties[0]!.members.flatMap(({ sums }) => sums)).toMatchObject([
      { currency: 'EUR', credits: '0.00', debits: '4.00' },
      { currency: 'EUR', credits: '0.00', debits: '1.00' },
    ]);
    const opened = (filter: { set: string }) => station.invoke('transactions.page', { caseId, filter });
    expect((await opened({ set: 'party:merged:The firm' })).total).toBe(2);
    expect((await opened({ set: 'party:merged:No such firm' })).total).toBe(0);
    expect(
      await station.refusal('parties.merge', { caseId, parties: [first, second], name: 'The firm' }),
    ).toMatchObject({
      code: 'parties.unchanged',
    });
    const { seq } = await station.invoke('parties.split', { caseId, parties: [second] });
    expect((await station.invoke('parties.list', { caseId, text: 'the firm' })).total).toBe(0);
    await station.invoke('recipes.undo', { caseId, seqs: [seq] });
    expect((await station.invoke('parties.list', { caseId, text: 'the firm' })).total).toBe(1);
  });

  it('is seen by the examination as one party', async () => {
    await station.done('examinations.run', { caseId });
    expect((await station.done('audits.verify', {})).ok).toBe(true);
  });
});
