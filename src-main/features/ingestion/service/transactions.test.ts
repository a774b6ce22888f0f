import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelInput } from '../../../contract/index.ts';
import type { TransactionFilter, TransactionRow } from '../../../contract/transactions.contract.ts';
import { generate, Station, sharedPath } from '../../../engine/engine.fixture.ts';
import { partyKey } from '../../standardization/domain/index.ts';

const station = new Station();
let caseId = '';
const all: TransactionRow[] = [];
let sides: Map<string, 'bank' | 'ledger'>;

beforeAll(async () => {
  await station.create();
  caseId = await station.createCase();
  const generated = join(station.folder, 'generated.csv');
  generate(generated, 2_500, { seed: 7 });
  // Amounts of three decimals, no account, no currency, no counterparty: unknown is a value of its own.
  const sparse = station.file(
    'sparse.csv',
    `date,amount,description\n${Array.from({ length: 60 }, (_, i) => `2023-0${(i % 9) + 1}-15,${i % 2 ? '-' : ''}${i}.${String(i * 7).padStart(3, '0')},entry ${i}\n`).join('')}`,
  );
  await station.import(caseId, [generated, sharedPath('data/statements/camt/genkgo_camt053.v2.multi.statement.xml')]);
  await station.import(caseId, [sparse], 'ledger');
  const { sources } = await station.invoke('sources.list', { caseId });
  sides = new Map(sources.map(source => [source.id, source.side]));
  for (let offset = 0; ; offset += 1_000) {
    const { rows } = await station.invoke('transactions.page', { caseId, offset, limit: 1_000 });
    all.push(...rows);
    if (rows.length < 1_000) break;
  }
  await station.done('examinations.run', { caseId });
}, 60_000);
afterAll(() => station.close());

// --- the same work once more, on the rows as shown, by the plainest means ---
/** Decimal text as an integer of 10^-9. */
const units = (text: string): bigint => {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const value = BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'));
  return text.startsWith('-') ? -value : value;
};
const party = (row: TransactionRow): string | null => partyKey(row.counterparty) || null;
const passes = (row: TransactionRow, filter: TransactionFilter): boolean =>
  (filter.side === undefined || sides.get(row.sourceId) === filter.side) &&
  (filter.sourceId === undefined || row.sourceId === filter.sourceId) &&
  (filter.account === undefined || row.account === filter.account) &&
  (filter.currency === undefined || row.currency === filter.currency) &&
  (filter.type === undefined || row.type === filter.type) &&
  (filter.party === undefined || party(row) === filter.party) &&
  (filter.direction === undefined || (filter.direction === 'in' ? units(row.amount) > 0n : units(row.amount) < 0n)) &&
  (filter.from === undefined || (row.date !== null && row.date >= filter.from)) &&
  (filter.to === undefined || (row.date !== null && row.date <= filter.to)) &&
  (filter.minimum === undefined || units(row.amount) >= units(filter.minimum)) &&
  (filter.maximum === undefined || units(row.amount) <= units(filter.maximum)) &&
  (filter.text === undefined ||
    [row.counterparty, row.reference, row.description].some(text =>
      text.toLowerCase().includes(filter.text!.toLowerCase()),
    ));

const page = (input: Omit<ChannelInput<'transactions.page'>, 'caseId'>) =>
  station.invoke('transactions.page', { caseId, limit: 1_000, ...input });

/** Rows under a filter in every page, checked against the rows recomputed; answers how many. */
const check = async (filter: TransactionFilter): Promise<number> => {
  const wanted = all.filter(row => passes(row, filter));
  const ids: number[] = [];
  for (let offset = 0; offset === 0 || offset < wanted.length; offset += 1_000) {
    const { rows, total, sums, all: count } = await page({ filter, offset });
    ids.push(...rows.map(row => row.id));
    expect(total, JSON.stringify(filter)).toBe(wanted.length);
    expect(count).toBe(all.length);
    const expected = new Map<string | null, [bigint, bigint]>();
    for (const row of wanted) {
      const sum = expected.get(row.currency) ?? [0n, 0n];
      const value = units(row.amount);
      expected.set(row.currency, value > 0n ? [sum[0] + value, sum[1]] : [sum[0], sum[1] - value]);
    }
    expect(new Map(sums.map(({ currency, credits, debits }) => [currency, [units(credits), units(debits)]]))).toEqual(
      expected,
    );
  }
  expect(ids, JSON.stringify(filter)).toEqual(wanted.map(row => row.id));
  return wanted.length;
};

const some = <T>(pick: (row: TransactionRow) => T, at: number): NonNullable<T> =>
  all.map(pick).filter(value => value !== null && value !== '' && value !== undefined)[at] as NonNullable<T>;

describe('a filter gives exactly its rows, their number and their sums', () => {
  it('none: all rows', async () => expect(await check({})).toBe(all.length));

  it.each<[string, () => TransactionFilter]>([
    ['side bank', () => ({ side: 'bank' })],
    ['side ledger', () => ({ side: 'ledger' })],
    ['source', () => ({ sourceId: all.at(-1)!.sourceId })],
    ['account', () => ({ account: some(row => row.account, 0) })],
    ['account of another source', () => ({ account: all.findLast(row => row.account !== null)!.account! })],
    ['currency', () => ({ currency: 'USD' })],
    ['type', () => ({ type: some(row => row.type, 3) })],
    ['party', () => ({ party: party(all.find(row => row.counterparty !== '')!)! })],
    ['direction in', () => ({ direction: 'in' })],
    ['direction out', () => ({ direction: 'out' })],
    ['from', () => ({ from: '2024-03-01' })],
    ['to', () => ({ to: '2023-02-15' })],
    ['one day', () => ({ from: '2023-05-15', to: '2023-05-15' })],
    ['minimum', () => ({ minimum: '500' })],
    ['maximum', () => ({ maximum: '-250.5' })],
    ['minimum of its own exact amount', () => ({ minimum: all[10]!.amount, maximum: all[10]!.amount })],
    ['bounds finer than any amount', () => ({ minimum: '0.0035', maximum: '12.3456789' })],
    ['negative bounds finer than any amount', () => ({ minimum: '-12.3456789', maximum: '-0.0035' })],
    [
      'text of a counterparty, other letter case',
      () => ({
        text: some(row => row.counterparty, 5)
          .trim()
          .slice(0, 5)
          .toUpperCase(),
      }),
    ],
    ['text of a description', () => ({ text: 'invoice' })],
    ['text with an umlaut', () => ({ text: 'ÜBERWEISUNG' })],
    ['text of a reference', () => ({ text: some(row => row.reference, 9) })],
    [
      'several at once',
      () => ({ direction: 'out', currency: 'EUR', from: '2023-03-01', to: '2024-10-31', maximum: '-10', text: 'a' }),
    ],
  ])('%s', async (_what, filter) => expect(await check(filter())).toBeGreaterThan(0));

  it.each<[string, TransactionFilter]>([
    ['an account nobody has', { account: 'NL00NOWHERE' }],
    ['a currency nobody has', { currency: 'JPY' }],
    ['a type nobody has', { type: 'NO SUCH TYPE' }],
    ['a party nobody is', { party: 'NOBODY AT ALL' }],
    ['a text nobody wrote', { text: 'zzzz no such words' }],
    ['an empty period', { from: '2024-05-02', to: '2024-05-01' }],
  ])('%s: no rows', async (_what, filter) => expect(await check(filter)).toBe(0));

  it('is refused by a source that is not there', async () => {
    const filter = { sourceId: '00000000-0000-4000-8000-ffffffffffff' };
    expect(await station.refusal('transactions.page', { caseId, filter })).toMatchObject({ code: 'source.unknown' });
  });

  it('is refused where it cannot be exact', async () => {
    expect(await station.refusal('transactions.page', { caseId, filter: { from: '2024-02-30' } })).toMatchObject({
      code: 'filter.date',
      category: 'usage',
    });
    expect(
      await station.refusal('transactions.page', { caseId, filter: { minimum: '99999999999999999999' } }),
    ).toMatchObject({ code: 'filter.amount', category: 'usage' });
  });
});

describe('an order', () => {
  const compare = {
    date: (a: TransactionRow, b: TransactionRow) => ((a.date ?? '') < (b.date ?? '') ? -1 : a.date === b.date ? 0 : 1),
    amount: (a: TransactionRow, b: TransactionRow) => Number(units(a.amount) - units(b.amount)),
  };

  it.each(['date', 'amount'] as const)('by %s, both ways, equal rows in file order', async sort => {
    for (const descending of [false, true]) {
      const wanted = all
        .map((row, at) => ({ row, at }))
        .sort((a, b) => (descending ? -1 : 1) * compare[sort](a.row, b.row) || a.at - b.at);
      for (const offset of [0, 1_000, 2_000]) {
        const { rows } = await page({ sort, descending, offset });
        expect(rows.map(row => row.id)).toEqual(wanted.slice(offset, offset + 1_000).map(({ row }) => row.id));
      }
    }
  });

  it('by party, the unknown ones last, both ways', async () => {
    for (const descending of [false, true]) {
      const known = all.filter(row => party(row) !== null).map((row, at) => ({ row, at, key: party(row)! }));
      known.sort((a, b) => (descending ? -1 : 1) * (a.key < b.key ? -1 : a.key > b.key ? 1 : 0) || a.at - b.at);
      const wanted = [...known.map(({ row }) => row), ...all.filter(row => party(row) === null)];
      const { rows } = await page({ sort: 'party', descending, offset: 0 });
      expect(rows.map(row => row.id)).toEqual(wanted.slice(0, 1_000).map(row => row.id));
      const last = await page({ sort: 'party', descending, offset: wanted.length - 50 });
      expect(last.rows.map(row => row.id)).toEqual(wanted.slice(-50).map(row => row.id));
    }
  });

  it('by place, backwards', async () => {
    const { rows } = await page({ descending: true });
    expect(rows.map(row => row.id)).toEqual(
      all
        .slice(-1_000)
        .reverse()
        .map(row => row.id),
    );
  });

  it('beyond the end is empty', async () => expect((await page({ offset: 1_000_000 })).rows).toEqual([]));
});

describe('facets', () => {
  it.each<[string, TransactionFilter]>([
    ['of all rows', {}],
    ['under a filter', { direction: 'out', from: '2024-01-01' }],
    ['of one source', { side: 'ledger' }],
    ['of no rows', { currency: 'JPY' }],
  ])('count every row once: %s', async (_what, filter) => {
    const wanted = all.filter(row => passes(row, filter));
    const { facets } = await station.invoke('transactions.facets', { caseId, filter });
    const value: Record<string, (row: TransactionRow) => string | null> = {
      sourceId: row => row.sourceId,
      account: row => row.account,
      currency: row => row.currency,
      type: row => row.type || null,
      month: row => row.date?.slice(0, 7) ?? null,
      party,
    };
    for (const facet of facets) {
      const pick = value[facet.name];
      if (pick === undefined) continue;
      const counts = new Map<string | null, number>();
      for (const row of wanted) counts.set(pick(row), (counts.get(pick(row)) ?? 0) + 1);
      for (const listed of facet.values)
        expect([facet.name, listed.value, listed.count]).toEqual([facet.name, listed.value, counts.get(listed.value)]);
      expect(facet.values.length + facet.more).toBe(counts.size);
      if (facet.more === 0) expect(facet.values.reduce((sum, { count }) => sum + count, 0)).toBe(wanted.length);
    }
    const direction = new Map(
      facets.find(facet => facet.name === 'direction')!.values.map(({ value: name, count }) => [name, count]),
    );
    expect(direction.get('in') ?? 0).toBe(wanted.filter(row => units(row.amount) > 0n).length);
    expect(direction.get('out') ?? 0).toBe(wanted.filter(row => units(row.amount) < 0n).length);
  });

  it('lead to what they count: each value as a filter has as many rows', async () => {
    const { facets } = await station.invoke('transactions.facets', { caseId });
    for (const facet of facets) {
      if (facet.name === 'month') continue;
      for (const { value, count } of facet.values.slice(0, 4)) {
        if (value === null) continue;
        expect((await page({ filter: { [facet.name]: value }, limit: 1 })).total, `${facet.name} ${value}`).toBe(count);
      }
    }
  });
});

describe('a finding, a quality rule', () => {
  it('opens exactly its rows', async () => {
    const exported = await station.invoke('findings.export', { caseId });
    expect(exported.findings.length).toBeGreaterThan(5);
    for (const { id, rows: numbers } of exported.findings.filter(
      (_finding, i) => i % Math.ceil(exported.findings.length / 40) === 0,
    )) {
      const { rows, total } = await page({ filter: { findingId: id } });
      expect(total).toBe(numbers.length);
      expect(rows.map(row => row.row).sort((a, b) => a - b)).toEqual(numbers.slice(0, 1_000).sort((a, b) => a - b));
    }
  });

  it('of the examination: each rule’s failed rows', async () => {
    const examination = await station.invoke('examinations.read', { caseId });
    let opened = 0;
    for (const rule of examination!.quality.rules) {
      const { total } = await page({ filter: { qualityRule: rule.id }, limit: 1 });
      if (total === 0) continue;
      expect(total, rule.id).toBe(rule.failed);
      opened += 1;
    }
    expect(opened).toBeGreaterThan(0);
  });

  it('of another case is refused', async () => {
    const other = await station.createCase('Other');
    const { findings } = await station.invoke('findings.list', { caseId });
    expect(
      await station.refusal('transactions.page', { caseId: other, filter: { findingId: findings[0]!.id } }),
    ).toMatchObject({ code: 'finding.unknown' });
    expect(await station.refusal('transactions.read', { caseId: other, transactionId: 1 })).toMatchObject({
      code: 'transaction.unknown',
    });
  });

  it('touching a transaction is named beside it', async () => {
    const { findings } = await station.invoke('findings.list', { caseId });
    const { rows } = await page({ filter: { findingId: findings[0]!.id }, limit: 1 });
    const read = await station.invoke('transactions.read', { caseId, transactionId: rows[0]!.id });
    expect(read.findings.map(finding => finding.id)).toContain(findings[0]!.id);
    expect(read.lineage.map(step => step.field)).toEqual(expect.arrayContaining(['date', 'amount']));
  });
});

describe('a case that is not there', () => {
  it('is refused by every channel that takes one', async () => {
    const caseId = '00000000-0000-4000-8000-ffffffffffff';
    for (const [channel, rest] of [
      ['cases.read', {}],
      ['sources.list', {}],
      ['transactions.page', {}],
      ['transactions.facets', {}],
      ['examinations.read', {}],
      ['duplicates.list', {}],
      ['findings.list', {}],
      ['findings.export', {}],
      ['reconciliations.matches', { status: 'confirmed' }],
      ['reconciliations.orphans', { side: 'bank' }],
      ['reports.list', {}],
      ['examinations.run', {}],
      ['reports.build', {}],
    ] as const)
      expect(await station.refusal(channel, { caseId, ...rest }), channel).toMatchObject({
        code: 'case.unknown',
        category: 'not-found',
      });
  });
});
