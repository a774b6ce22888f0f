import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableOf } from '../transaction-table.fixture.ts';
import { type FlowGraph, flowGraph } from './flow-graph.ts';
import { flowTotals, neighboursOf } from './neighbours.ts';
import { randomTransfers, transferTable } from './transfers.fixture.ts';
import { orderByUnits } from './units-order.ts';

const movements = ({ nodes, edges }: FlowGraph): string[] =>
  Array.from(
    edges.row,
    (row, edge) => `${row}: ${nodes.names[edges.from[edge]!]} > ${nodes.names[edges.to[edge]!]} ${edges.units[edge]}`,
  );

describe('flowGraph', () => {
  it('reads a signed statement: negative leaves the account, positive comes in', () => {
    const graph = flowGraph(
      tableOf([
        { account: 'DE1', party: 'Shop', date: '2024-01-02', amount: '-5.00' },
        { account: 'DE1', party: 'Employer', date: '2024-01-01', amount: '20.00' },
      ]),
    );
    expect(graph.direction).toBe('signed');
    expect(movements(graph)).toEqual(['1: Employer > DE1 2000', '0: DE1 > Shop 500']);
    expect([...graph.nodes.kinds]).toEqual([0, 2, 2]);
  });

  it('reads positive amounts only as a list of transfers, and both columns as the same accounts', () => {
    const table = transferTable('a1 > A2 2024-01-01 10.00', 'A2 > A1 2024-01-02 9.00');
    expect(movements(flowGraph(table))).toEqual(['0: a1 > A2 1000', '1: A2 > a1 900']);
    expect(flowGraph(table).nodes.names).toEqual(['a1', 'A2']);
    expect(movements(flowGraph(table, 'party-to-account'))).toEqual(['0: A2 > a1 1000', '1: a1 > A2 900']);
    expect(movements(flowGraph(table, 'signed'))).toEqual(['0: A2 > a1 1000', '1: a1 > A2 900']);
  });

  it('prefers the counterparty account to the party, whatever the spaces in its number', () => {
    const graph = flowGraph(
      tableOf([
        { account: 'DE89 3704 0044', counterpartyAccount: '', party: 'Shop', date: '2024-01-01', amount: '-1.00' },
        { account: 'FR1', counterpartyAccount: 'de8937040044', party: 'Me', date: '2024-01-01', amount: '-2.00' },
      ]),
    );
    expect(movements(graph)).toEqual(['0: DE89 3704 0044 > Shop 100', '1: FR1 > DE89 3704 0044 200']);
  });

  it('counts a transfer between examined accounts once, by the payer’s row, and each mirror once', () => {
    const own = (account: string, counterpartyAccount: string, date: string, amount: string, currency = 'EUR') => ({
      account,
      counterpartyAccount,
      date,
      amount,
      currency,
    });
    const graph = flowGraph(
      tableOf([
        own('A', 'B', '2024-01-01', '-7.00'),
        own('B', 'A', '2024-01-03', '7.00'),
        own('B', 'A', '2024-01-04', '7.00'),
        own('A', 'B', '2024-01-02', '-9.00'),
        own('B', 'A', '2024-01-08', '9.00'),
        own('A', 'B', '2024-01-02', '-4.00'),
        own('B', 'A', '2024-01-02', '4.00', 'USD'),
      ]),
    );
    // -9.00 and 9.00 are six days apart, -4.00 and 4.00 in different currencies: not the same movement.
    expect(graph.mirrored).toBe(1);
    expect(movements(graph).sort()).toEqual([
      '0: A > B 700',
      '2: A > B 700',
      '3: A > B 900',
      '4: A > B 900',
      '5: A > B 400',
      '6: A > B 400',
    ]);
    expect(graph.edges.twin[[...graph.edges.row].indexOf(0)]).toBe(1);
  });

  it('names why a row is no movement', () => {
    const row = { account: 'A', party: 'B', date: '2024-01-01', amount: '1.00' };
    const rows = [
      row,
      { ...row, amount: '' },
      { ...row, amount: '0.00' },
      { ...row, date: '' },
      { ...row, account: '' },
      { ...row, party: '' },
      { ...row, party: 'A' },
    ];
    const { excluded, edges } = flowGraph(tableOf(rows));
    expect(edges.row).toHaveLength(1);
    expect(excluded).toEqual(
      [
        'amount is unknown',
        'amount is zero',
        'date is unknown',
        'account is unknown',
        'counterparty is unknown',
        'account and counterparty are the same',
      ].map(reason => ({ reason, count: 1 })),
    );
  });

  it('lists every edge once leaving and once entering, in order of day and of amount (property)', () => {
    fc.assert(
      fc.property(randomTransfers, rows => {
        const graph = flowGraph(tableOf(rows));
        const { out, in: entering, outByUnits, edges, nodes } = graph;
        for (const [adjacent, end] of [
          [out, edges.from],
          [entering, edges.to],
          [outByUnits, edges.from],
        ] as const) {
          expect([...adjacent.edges].sort((a, b) => a - b)).toEqual([...edges.row.keys()]);
          for (let node = 0; node < nodes.names.length; node++)
            for (let i = adjacent.starts[node]!; i < adjacent.starts[node + 1]!; i++) {
              expect(end[adjacent.edges[i]!]).toBe(node);
              expect(adjacent.day[i]).toBe(edges.day[adjacent.edges[i]!]);
              const order = adjacent === outByUnits ? adjacent.units : adjacent.day;
              if (i > adjacent.starts[node]!) expect(order[i]!).toBeGreaterThanOrEqual(order[i - 1]!);
            }
        }
        expect(edges.row.length + graph.excluded.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
      }),
    );
  });
});

describe('neighboursOf and flowTotals', () => {
  it('sums exactly, one sum a currency, beyond 2^53 units', () => {
    const row = { account: 'A', party: 'B', date: '2024-01-01' };
    const graph = flowGraph(
      tableOf([
        { ...row, amount: '-90071992547409.91', currency: 'EUR' },
        { ...row, amount: '-90071992547409.91', currency: 'EUR' },
        { ...row, amount: '5.00', currency: 'USD' },
      ]),
    );
    const [neighbour] = neighboursOf(graph, 0);
    expect(neighbour).toMatchObject({ node: 1, out: [1, 2], in: [0] });
    expect(flowTotals(graph, graph.edges.row.keys())).toEqual([
      { currency: 'EUR', units: 18014398509481982n, count: 2 },
      { currency: 'USD', units: 500n, count: 1 },
    ]);
  });
});

describe('orderByUnits', () => {
  it('is a stable ascending order for all safe integers (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(5), fc.maxSafeNat())), units => {
        const expected = [...units.keys()].sort((a, b) => units[a]! - units[b]! || a - b);
        expect([...orderByUnits(Float64Array.from(units))]).toEqual(expected);
      }),
    );
  });
});
