import { isoDate } from '../../../../kernel/civil-date.ts';
import type { FixtureRow } from '../transaction-table.fixture.ts';

/** Rows of one planted pattern: every movement of it. */
export interface PlantedFlow {
  readonly test: string;
  readonly rows: readonly number[];
}

/** Mulberry32 (public domain, Tommy Ettinger): a small seeded generator, so that every run plants the same. */
const seeded = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

const FIRST_DAY = 19_723;
const YEAR = 366;

export interface PlantedFlows {
  readonly rows: readonly FixtureRow[];
  readonly planted: readonly PlantedFlow[];
}

/**
 * A year (2024) of transfers as a list from/to, after IBM AMLSim's model files: single payments between accounts of uneven
 * degree, payrolls and utilities every month, refunds and forwards; and `each` patterns of every kind with the shapes of
 * alertPatterns.csv (members, 10 % margin at each hand, periods of 5 to 20 days). Labels are row numbers, kept apart.
 */
export const plantedFlows = (seed: number, accounts: number, payments: number, each: number): PlantedFlows => {
  const random = seeded(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const rows: FixtureRow[] = [];
  const pay = (from: string, to: string, day: number, cents: number): number =>
    rows.push({
      account: from,
      party: to,
      date: isoDate(FIRST_DAY + day)!,
      amount: (Math.round(cents) / 100).toFixed(2),
    }) - 1;
  const account = (): string => `C${Math.floor(accounts * random() * random())}`;
  const amount = (): number => 100 * Math.exp(4 + 3 * random());
  for (let i = 0; i < payments; i++) {
    const [from, to, day, cents] = [account(), account(), below(YEAR), amount()];
    if (from === to) continue;
    pay(from, to, day, cents);
    // One in fifty is refunded.
    if (random() < 0.02) pay(to, from, Math.min(YEAR - 1, day + below(10)), cents);
  }
  for (let month = 0; month < 12; month++) {
    for (let hub = 0; hub < 3; hub++)
      for (let member = 0; member < accounts / 10; member++)
        pay(`EMPLOYER${hub}`, `C${hub + 3 * member}`, month * 30 + 25, 200_000 + 1000 * member);
    for (let hub = 0; hub < 2; hub++)
      for (let member = 0; member < accounts / 5; member++)
        pay(`C${hub + 5 * member}`, `UTILITY${hub}`, month * 30 + below(20), 4_000 + 10 * member);
  }
  const planted: PlantedFlow[] = [];
  const members = (count: number): string[] => {
    const drawn = new Set<string>();
    while (drawn.size < count) drawn.add(`C${below(accounts)}`);
    return [...drawn];
  };
  const plant = (test: string, make: (day: number, period: number) => readonly number[]): void => {
    const period = 5 + below(16);
    planted.push({ test, rows: make(below(YEAR - period - 1), period) });
  };
  for (let i = 0; i < each; i++) {
    const large = 500_000 + below(500_000);
    plant('fan-out', (day, period) => {
      const [hub = '', ...rest] = members(11 + below(8));
      return rest.map(to => pay(hub, to, day + below(period), large + below(1000)));
    });
    plant('fan-in', (day, period) => {
      const [hub = '', ...rest] = members(11 + below(8));
      return rest.map(from => pay(from, hub, day + below(period), large + below(1000)));
    });
    plant('circular-flow', (day, period) => {
      const ring = members(3 + below(6));
      const days = ring.map(() => below(period)).sort((a, b) => a - b);
      return ring.map((from, leg) => pay(from, ring[(leg + 1) % ring.length]!, day + days[leg]!, large * 0.91 ** leg));
    });
    plant('scatter-gather', (day, period) => {
      const [origin = '', end = '', ...between] = members(6 + below(5));
      const middle = period >> 1;
      return between.flatMap(node => [
        pay(origin, node, day + below(middle), large),
        pay(node, end, day + middle + below(period - middle), large * 0.9),
      ]);
    });
    plant('bipartite', (day, period) => {
      const half = 3 + below(3);
      const all = members(2 * half);
      return all.slice(0, half).flatMap(from => all.slice(half).map(to => pay(from, to, day + below(period), large)));
    });
    plant('stack', (day, period) => {
      const third = 2 + below(3);
      const all = members(3 * third);
      const middle = period >> 1;
      const layer = (start: number): string[] => all.slice(start * third, (start + 1) * third);
      return [0, 1].flatMap(level =>
        layer(level).flatMap(from =>
          layer(level + 1).map(to => pay(from, to, day + level * middle + below(middle), large * 0.95 ** level)),
        ),
      );
    });
    plant('rapid-movement', day => {
      const [from = '', to = ''] = members(2);
      return [pay(from, `MULE${i}`, day, large), pay(`MULE${i}`, to, day + below(4), large * 0.95)];
    });
    plant('pass-through', (day, period) =>
      Array.from({ length: 8 }, (_, hand) => {
        const [from = '', to = '', other = ''] = members(3);
        const at = day + Math.floor((hand * period) / 8);
        return [
          pay(from, `TRANSIT${i}`, at, large + 1000 * hand),
          pay(`TRANSIT${i}`, to, at + 1, large * 0.6),
          pay(`TRANSIT${i}`, other, at + below(2), large * 0.38),
        ];
      }).flat(),
    );
  }
  return { rows, planted };
};
