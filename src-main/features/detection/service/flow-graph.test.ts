import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Station } from '../../../engine/engine.fixture.ts';
import { flowSetName, flowSetOf } from './flow-set.ts';

/**
 * Two accounts under examination. A pays B 500.00, which both statements show (one movement, two rows), A pays three
 * suppliers, and a customer pays A twice. Counted by hand.
 */
const HEAD = 'Account,Date,Amount,Currency,Counterparty,Counterparty account,Reference\n';
const STATEMENTS = `${HEAD}DE89370400440532013000,2025-01-02,-500.00,EUR,Own savings,GB29NWBK60161331926819,T-1
GB29NWBK60161331926819,2025-01-02,500.00,EUR,Own current,DE89370400440532013000,T-1
DE89370400440532013000,2025-01-05,-90.00,EUR,Meridian Supplies,,INV-1
DE89370400440532013000,2025-02-05,-10.50,EUR,Meridian Supplies,,INV-2
DE89370400440532013000,2025-01-06,-70.00,EUR,City Transport,,INV-3
DE89370400440532013000,2025-01-07,-60.00,EUR,Harbour Cafe,,INV-4
DE89370400440532013000,2025-01-08,800.00,EUR,Blue Customer,,R-1
DE89370400440532013000,2025-01-09,25.00,EUR,Blue Customer,,R-2
`;
const CURRENT = 'examined-account:DE89370400440532013000';
const SAVINGS = 'examined-account:GB29NWBK60161331926819';

const station = new Station();
let caseId: string;
beforeAll(async () => {
  await station.create();
  caseId = await station.createCase();
  await station.import(caseId, [station.file('statements.csv', STATEMENTS)]);
  await station.done('examinations.run', { caseId });
});
afterAll(() => station.close());

const expand = (filter: { from?: string; to?: string; minimum?: string } = {}, limit = 8) =>
  station.invoke('graphs.expand', { caseId, node: CURRENT, limit, filter });
const edge = (answer: Awaited<ReturnType<typeof expand>>, from: string, to: string) =>
  answer.edges.find(known => known.from === from && known.to === to)!;
const rowsOf = async (set: string | null) =>
  (await station.invoke('transactions.page', { caseId, filter: { set: set! } })).rows.map(({ row }) => row);

describe('the money-flow graph', () => {
  it('finds nodes by a part of their name, examined accounts first', async () => {
    const all = await station.invoke('graphs.search', { caseId });
    expect(all).toMatchObject({ total: 6, movements: 7, mirrored: 1 });
    expect(all.nodes.slice(0, 2).map(({ id }) => id)).toEqual([CURRENT, SAVINGS]);
    const { nodes } = await station.invoke('graphs.search', { caseId, text: 'meridian' });
    expect(nodes).toMatchObject([
      {
        id: 'party:MERIDIAN SUPPLIES',
        name: 'MERIDIAN SUPPLIES',
        kind: 'party',
        paid: [],
        received: [{ currency: 'EUR', amount: '100.50', movements: 2 }],
        payees: 0,
        payers: 1,
        paidRows: 0,
        receivedRows: 2,
      },
    ]);
    expect(await rowsOf(nodes[0]!.receivedSet)).toEqual([4, 5]);
  });

  it('expands payers and payees by their sums; every edge opens exactly the rows it counts', async () => {
    const answer = await expand();
    expect(answer.payers.map(({ name }) => name)).toEqual(['BLUE CUSTOMER']);
    expect(answer.payees.map(({ id }) => id)).toEqual([
      SAVINGS,
      'party:MERIDIAN SUPPLIES',
      'party:CITY TRANSPORT',
      'party:HARBOUR CAFE',
    ]);
    const transfer = edge(answer, CURRENT, SAVINGS);
    expect(transfer).toMatchObject({ movements: 1, rows: 2, totals: [{ amount: '500.00' }] });
    expect(await rowsOf(transfer.set)).toEqual([2, 3]);
    for (const bundle of answer.edges) expect(await rowsOf(bundle.set)).toHaveLength(bundle.rows);
  });

  it('folds what is beyond the limit, with its sums', async () => {
    const { payees, foldedPayees } = await expand({}, 2);
    expect(payees).toHaveLength(2);
    expect(foldedPayees).toEqual({
      neighbours: 2,
      movements: 2,
      totals: [{ currency: 'EUR', amount: '130.00', movements: 2 }],
    });
  });

  it('shows only the movements a filter lets through, and opens only those', async () => {
    const dated = edge(await expand({ to: '2025-01-31' }), CURRENT, 'party:MERIDIAN SUPPLIES');
    expect(dated).toMatchObject({ movements: 1, last: '2025-01-05' });
    expect(await rowsOf(dated.set)).toEqual([4]);
    const large = await expand({ minimum: '70.01' });
    expect(large.payees.map(({ name }) => name)).toEqual(['GB29NWBK60161331926819', 'MERIDIAN SUPPLIES']);
    expect(await rowsOf(edge(large, CURRENT, 'party:MERIDIAN SUPPLIES').set)).toEqual([4]);
  });

  it('shows a finding as the sub-graph of its rows', async () => {
    const { findings } = await station.invoke('findings.list', { caseId });
    for (const { id, rowCount } of findings) {
      const { edges, rowsOutside } = await station.invoke('graphs.finding', { findingId: id });
      expect(edges.reduce((sum, { rows }) => sum + rows, rowsOutside)).toBe(rowCount);
      for (const bundle of edges) expect(await rowsOf(bundle.set)).toHaveLength(bundle.rows);
    }
  });

  it('refuses a node that no movement names, and a day that is none', async () => {
    const unknown = await station.call('graphs.expand', { caseId, node: 'party:NOBODY' });
    expect(unknown).toMatchObject({ ok: false, error: { code: 'graph.node-unknown' } });
    const noDay = await station.call('graphs.expand', { caseId, node: CURRENT, filter: { from: '2025-02-30' } });
    expect(noDay).toMatchObject({ ok: false, error: { code: 'filter.date' } });
  });
});

describe('flowSetName', () => {
  it('is read back as it was, and other names are no such set', () => {
    const set = {
      from: 'party:A "B"',
      to: CURRENT,
      findingId: null,
      firstDate: '2025-01-01',
      lastDate: '',
      minimum: '5',
    };
    expect(flowSetOf(flowSetName(set)!)).toEqual(set);
    expect(flowSetOf('flow:[1,2]')).toBeNull();
    expect(flowSetOf('flow:nothing')).toBeNull();
    expect(flowSetOf('rule:x')).toBeNull();
  });
});
