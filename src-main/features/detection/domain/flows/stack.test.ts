import { describe, expect, it } from 'vitest';
import { resultOf } from '../transaction-table.fixture.ts';
import { stack } from './stack.ts';
import { findsTheSameShuffled, transferTable } from './transfers.fixture.ts';

/** AMLSim's StackTypology: two payers to two intermediaries at 300, these to three payees at 2 × 300 ÷ 3 = 200. */
const layers = [
  ...['A', 'B'].flatMap(payer => ['M', 'N'].map(middle => `${payer} > ${middle} 2024-01-02 300.00`)),
  ...['M', 'N'].flatMap(middle => ['X', 'Y', 'Z'].map(payee => `${middle} > ${payee} 2024-01-05 200.00`)),
];

describe('stack', () => {
  it('finds the worked example of the spec', () => {
    const { findings } = resultOf(stack, transferTable(...layers, 'M > S 2024-01-04 9.00'));
    expect(findings.map(({ rows }) => [...rows])).toEqual([[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]);
    expect(findings[0]!.reason).toBe(
      'Money went down three layers from 2024-01-02 to 2024-01-05: 2 payers (A, B) each paid each of 2 intermediaries (M, N), 1,200.00, and each of these each of 3 payees (X, Y, Z), 1,200.00.',
    );
  });

  it('asks that the middle hands on what it received, after it received it', () => {
    const count = (lines: readonly string[], parameters = {}): number =>
      resultOf(stack, transferTable(...lines), parameters).findings.length;
    expect(count(layers.map(line => line.replace('200.00', '150.00')))).toBe(0);
    expect(
      count(
        layers.map(line => line.replace('200.00', '150.00')),
        { share: '25' },
      ),
    ).toBe(1);
    expect(count(layers.map(line => line.replace('01-05', '01-01')))).toBe(0);
    expect(count(layers, { days: '2' })).toBe(0);
    expect(count(layers, { least: '3' })).toBe(0);
    expect(count(layers.slice(0, 4))).toBe(0);
  });

  it('finds the same in shuffled rows (property)', () => {
    findsTheSameShuffled(stack, { days: '6' }, (a, b) => expect(a).toEqual(b));
  });
});
