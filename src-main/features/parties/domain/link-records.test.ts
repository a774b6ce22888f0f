import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodedColumn } from '../../../kernel/dictionary.ts';
import { type LinkageTable, linkRecords } from './index.ts';
import { randomBelow, seededRandom } from './seeded-random.ts';

const coded = (texts: readonly string[]): CodedColumn => {
  const values = [...new Set(texts)].filter(text => text !== '');
  const places = new Map(values.map((value, place) => [value, place]));
  return { codes: Int32Array.from(texts, text => places.get(text) ?? -1), values };
};
type Row = readonly string[];
const NAMES = ['given_name', 'surname', 'date_of_birth', 'city'];
const tableOf = (
  rows: readonly Row[],
  ids: readonly string[] | null = null,
  side: Uint8Array | null = null,
): LinkageTable => ({
  rowCount: rows.length,
  fields: NAMES.map((name, c) => ({ name, column: coded(rows.map(row => row[c]!)) })),
  ids,
  side,
});

/** People, every third of them a second time with one slip. */
const people = (count: number, seed: number): Row[] => {
  const next = seededRandom(seed);
  const below = (limit: number): number => randomBelow(next, limit);
  const word = (): string => Array.from({ length: 3 + below(5) }, () => 'abcdefghilmnorstu'[below(17)]!).join('');
  const given = Array.from({ length: 40 }, word);
  const surnames = Array.from({ length: 120 }, word);
  const cities = Array.from({ length: 12 }, word);
  return Array.from({ length: count }, () => {
    const row = [
      given[below(40)]!,
      surnames[below(120)]!,
      `${1930 + below(70)}-0${1 + below(9)}-${10 + below(18)}`,
      cities[below(12)]!,
    ];
    if (below(3) !== 0) return [row];
    const copy = [...row];
    const at = below(4);
    copy[at] = below(3) === 0 ? '' : copy[at]!.slice(0, -1) + (copy[at]!.endsWith('1') ? '2' : '1');
    return [row, copy];
  }).flat();
};

describe('waterfall', () => {
  const rows = people(300, 1);
  const linked = linkRecords(tableOf(rows));

  it('finds pairs and lists them by falling score', () => {
    expect(linked.pairs.length).toBeGreaterThan(50);
    const scores = linked.pairs.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores.at(-1)).toBeGreaterThanOrEqual(0.9);
  });

  it('sums to the weight of every listed pair, and to that of any other two rows', () => {
    for (const { a, b, weight, score } of linked.pairs) {
      const why = linked.explain(a, b);
      const sum = why.contributions.reduce((total, { bits }) => total + bits, why.prior);
      expect(sum).toBeCloseTo(weight, 9);
      expect(why.score).toBe(score);
      expect(1 / (1 + 2 ** -weight)).toBe(score);
    }
    const why = linked.explain(0, rows.length - 1);
    expect(why.contributions.reduce((total, { bits }) => total + bits, why.prior)).toBeCloseTo(why.weight, 9);
  });

  it('says what was compared, and nothing of what is unknown', () => {
    const row = rows.findIndex(cells => cells.includes(''));
    const { contributions } = linked.explain(row, 0);
    const unknown = contributions.find(({ level }) => level === 'unknown')!;
    expect(unknown.bits).toBe(0);
    expect(contributions.map(({ field }) => field)).toEqual(NAMES);
  });
});

describe('determinism', () => {
  const rows = people(250, 2);
  const ids = rows.map((_, i) => `r${i}`);
  const answerOf = (order: readonly number[], side: Uint8Array | null) => {
    const { pairs, clusters, model } = linkRecords(
      tableOf(
        order.map(i => rows[i]!),
        order.map(i => ids[i]!),
        side === null ? null : Uint8Array.from(order, i => side[i]!),
      ),
    );
    const name = (place: number): string => ids[order[place]!]!;
    return {
      pairs: pairs.map(({ a, b, score }) => `${[name(a), name(b)].sort().join()} ${score}`).sort(),
      clusters: clusters.map(cluster => cluster.map(name).sort().join()).sort(),
      model,
    };
  };
  const order = rows.map((_, i) => i);
  const halves = Uint8Array.from(order, i => i % 2);

  it('is the same in any order of the rows, to the last bit', () => {
    const once = answerOf(order, null);
    const across = answerOf(order, halves);
    expect(once.pairs.length).toBeGreaterThan(20);
    fc.assert(
      fc.property(fc.shuffledSubarray(order, { minLength: order.length }), shuffled => {
        expect(answerOf(shuffled, null)).toEqual(once);
        expect(answerOf(shuffled, halves)).toEqual(across);
      }),
      { numRuns: 8, seed: 5 },
    );
  });

  it('is the same in any order where not all pairs are compared', () => {
    const many = people(2_400, 3);
    const reversed = [...many].reverse();
    const last = many.length - 1;
    const there = linkRecords(
      tableOf(
        many,
        many.map((_, i) => String(i)),
      ),
    );
    const back = linkRecords(
      tableOf(
        reversed,
        reversed.map((_, i) => String(last - i)),
      ),
    );
    expect(there.model.blocking.length).toBeGreaterThan(3);
    const keys = there.pairs.map(({ a, b, score }) => `${Math.min(a, b)} ${Math.max(a, b)} ${score}`).sort();
    const mirrored = back.pairs
      .map(({ a, b, score }) => `${last - Math.max(a, b)} ${last - Math.min(a, b)} ${score}`)
      .sort();
    expect(mirrored).toEqual(keys);
    expect(back.model).toEqual(there.model);
  });
});

describe('two tables', () => {
  it('makes pairs across only, each row with its best partner, and lists what was outdone', () => {
    const rows = people(300, 4);
    const side = Uint8Array.from(rows, (_, i) => (i < 200 ? 0 : 1));
    const doubled = [...rows, ...rows.slice(0, 150)];
    const sides = Uint8Array.from(doubled, (_, i) => (i < rows.length ? side[i]! : 1));
    const { pairs, competing, clusters } = linkRecords(tableOf(doubled, null, sides));
    expect(pairs.length).toBeGreaterThanOrEqual(130);
    for (const { a, b } of [...pairs, ...competing]) expect([sides[a], sides[b]]).toEqual([0, 1]);
    expect(competing.length).toBeGreaterThan(0);
    const all = linkRecords(tableOf(doubled, null, sides), { threshold: 0.9, oneToOne: false });
    expect(all.competing).toEqual([]);
    expect(all.pairs).toHaveLength(pairs.length + competing.length);
    expect(clusters.every(cluster => new Set(cluster.map(row => sides[row])).size === 2)).toBe(true);
  });
});

describe('hostile tables', () => {
  it('answers where there is nothing to compare', () => {
    for (const count of [0, 1, 2, 3]) {
      const empty = linkRecords(tableOf(Array.from({ length: count }, () => ['', '', '', ''])));
      expect(empty.pairs).toEqual([]);
      expect(empty.model.leftOut.map(({ reason }) => reason)).toEqual(Array(4).fill('it is empty'));
    }
  });

  it('links two equal full rows of a handful, and not two that share a common name only', () => {
    const rows = [
      ['anna', 'lee', '1980-03-12', 'rome'],
      ['anna', 'lee', '1980-03-12', 'rome'],
      ['bruno', 'ortiz', '1971-11-02', 'oslo'],
      ['carla', 'weiss', '1990-07-25', 'rome'],
      ['dora', 'ortiz', '1965-01-30', 'bern'],
    ];
    expect(linkRecords(tableOf(rows)).clusters).toEqual([[0, 1]]);
    const common = Array.from({ length: 60 }, (_, i) => [
      i < 20 ? 'anna' : `name${'abcdefghij'[i % 10]}${i}`,
      '',
      '',
      '',
    ]);
    expect(linkRecords(tableOf(common)).pairs).toEqual([]);
  });

  it('stays small and quick on 100,000 equal rows, on 100,000 nearly equal ones and on one huge block', () => {
    const count = 100_000;
    const equal = Array.from({ length: count }, (_, i) =>
      i < 3 ? ['zed', 'quant', `19${50 + i}-02-03`, 'york'] : ['anna', 'lee', '1980-03-12', 'rome'],
    );
    const alike = Array.from({ length: count }, (_, i) => ['anna', `lee ${i}`, '', 'rome']);
    for (const rows of [equal, alike]) {
      const started = performance.now();
      const { pairs, unlisted, model } = linkRecords(tableOf(rows));
      expect(performance.now() - started).toBeLessThan(60_000);
      expect(model.compared).toBeLessThan(5_000_000);
      expect(pairs.length).toBeLessThan(2_000_000);
      expect(pairs.length + unlisted).toBeLessThanOrEqual((count * (count - 1)) / 2);
    }
  }, 180_000);

  it('stops when its progress is told to', () => {
    expect(() =>
      linkRecords(tableOf(people(50, 6)), undefined, stage => {
        if (stage === 'comparing') throw new Error('stop');
      }),
    ).toThrow('stop');
  });

  it('leaves out a column that numbers the rows', () => {
    const rows = people(40, 7);
    const table = tableOf(rows);
    const counter = { name: 'no', column: coded(rows.map((_, i) => String(i + 1))) };
    const { model } = linkRecords({ ...table, fields: [counter, ...table.fields] });
    expect(model.leftOut).toEqual([{ name: 'no', reason: 'it numbers the rows' }]);
  });

  // A header alone, one row, and one file of two without rows: there are no pairs, so there is nothing to find.
  it.each([
    ['no row', [], null],
    ['one row', people(1, 8).slice(0, 1), null],
    ['one side without rows', people(3, 9).slice(0, 2), Uint8Array.of(0, 0)],
  ])('answers nothing found where there is no pair: %s', (_, rows, side) => {
    const { pairs, clusters, model } = linkRecords(tableOf(rows, null, side));
    expect({ pairs: [...pairs], clusters: [...clusters] }).toEqual({ pairs: [], clusters: [] });
    expect({ prior: model.prior, priorBits: model.priorBits, limits: model.limits }).toEqual({
      prior: 0,
      priorBits: null,
      limits: ['There were no two rows to compare.'],
    });
    for (const { m, u, bits } of model.fields.flatMap(({ levels }) => levels))
      expect([m, u, bits].every(Number.isFinite)).toBe(true);
  });
});
