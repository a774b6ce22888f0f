import { describe, expect, it } from 'vitest';
import { resultOf } from '../transaction-table.fixture.ts';
import { scatterGather } from './scatter-gather.ts';
import { findsTheSameShuffled, transferTable } from './transfers.fixture.ts';

const hands = (...names: readonly string[]): string[] =>
  names.flatMap((name, i) => [`O > ${name} 2024-01-0${i + 1} 1000.00`, `${name} > Z 2024-01-1${i} 900.00`]);

describe('scatter-gather', () => {
  it('finds the worked example of the spec', () => {
    // AMLSim: each intermediary keeps a margin of 10 %, which is still within the share.
    const { findings } = resultOf(scatterGather, transferTable(...hands('M', 'N', 'P'), 'N > Q 2024-01-20 30.00'));
    expect(findings).toHaveLength(1);
    expect([...findings[0]!.rows]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(findings[0]!.reason).toBe(
      'From account O, 3,000.00 went out through 3 intermediaries (M, N, P), and 2,700.00 came together again at Z, from 2024-01-01 to 2024-01-12.',
    );
    expect(findings[0]!.score).toBeCloseTo(0.5, 12);
  });

  it('asks for enough intermediaries, in time, in order and within the share', () => {
    const count = (lines: readonly string[], parameters = {}): number =>
      resultOf(scatterGather, transferTable(...lines), parameters).findings.length;
    expect(count(hands('M', 'N'))).toBe(0);
    expect(count(hands('M', 'N'), { least: '2' })).toBe(1);
    expect(count(hands('M', 'N', 'P'), { days: '10' })).toBe(0);
    expect(count(hands('M', 'N', 'P'), { days: '11' })).toBe(1);
    expect(count(hands('M', 'N', 'P'), { share: '9.99' })).toBe(0);
    expect(
      count(hands('M', 'N', 'P').map(line => line.replace('O >', 'X >').replace('> Z', '> O').replace('X >', 'Z >'))),
    ).toBe(1);
    expect(count(hands('M', 'N', 'P').map(line => line.replace('2024-01-1', '2023-12-1')))).toBe(0);
  });

  it('finds the same in shuffled rows (property)', () => {
    findsTheSameShuffled(scatterGather, { least: '2', days: '6' }, (a, b) => expect(a).toEqual(b));
  });
});
