import { expect, it } from 'vitest';
import { linkRecords, partyRecords, partyTable } from './index.ts';

it('makes one record of each spelling and account, with its transactions counted', () => {
  const spellings = { codes: Int32Array.of(0, 0, 1, 2, -1, -1), values: ['Müller GmbH', 'MULLER', '–'] };
  const accounts = { codes: Int32Array.of(0, 0, 1, -1, -1, 0), values: ['DE89 3704 0044', 'de8937040044'] };
  const { records, recordOf } = partyRecords(spellings, accounts);
  expect(records).toEqual([
    { spelling: 'Müller GmbH', name: 'muller', account: 'de8937040044', transactions: 2 },
    { spelling: 'MULLER', name: 'muller', account: 'de8937040044', transactions: 1 },
    { spelling: '', name: '', account: 'de8937040044', transactions: 1 },
  ]);
  expect([...recordOf]).toEqual([0, 0, 1, -1, -1, 2]);
});

it('links the spellings of a party by name and account', () => {
  const names = ['Baltic', 'Harbor', 'Orion', 'Delta', 'Summit', 'Atlas', 'Juno', 'Lumen', 'Argo', 'Castor'];
  const trades = ['Foods', 'Print', 'Energy', 'Bau', 'Travel', 'Media'];
  const parties = names.flatMap((name, n) =>
    trades.map((trade, t) => ({ name: `${name} ${trade}`, account: `DE${n}${t}7040044053201${n * 7 + t}` })),
  );
  const seen = parties.flatMap(({ name, account }, i) => [
    { spelling: `${name} GmbH`, account },
    { spelling: i % 2 === 0 ? name.toUpperCase() : `${name.slice(0, -1)}`, account: i % 3 === 0 ? '' : account },
  ]);
  const column = (texts: readonly string[]) => {
    const values = [...new Set(texts)].filter(text => text !== '');
    return { codes: Int32Array.from(texts, text => values.indexOf(text)), values };
  };
  const { records } = partyRecords(
    column(seen.map(({ spelling }) => spelling)),
    column(seen.map(({ account }) => account)),
  );
  const { clusters } = linkRecords(partyTable(records));
  const wrong = clusters.filter(cluster => new Set(cluster.map(row => row >> 1)).size > 1);
  expect(wrong).toEqual([]);
  expect(clusters.length).toBeGreaterThan(45);
});
