import type { Planter, PlantingGround } from './planter.ts';
import { unitsOf } from './planter.ts';

/** Pays `units` from one account to another, `offset` days after the pattern row. Answers the row. */
type Pay = (from: string, to: string, offset: number, units: number) => number;

/**
 * Movements between accounts made for the motif, each stated once, by the payer: money out is negative where the case knows
 * signs; in a plain list of transfers every amount is positive and goes from the account to the party.
 */
const payer = ({ table, rows }: PlantingGround, template: number): Pay => {
  const sign = table.amountUnits!.some(units => units < 0) ? -1 : 1;
  return (from, to, offset, units) =>
    rows.add(template, {
      account: from,
      party: to,
      counterpartyAccount: to,
      amountUnits: sign * Math.round(units),
      bookingDay: table.bookingDay![template]! + offset,
      reference: `${from}-${to}-${offset}`,
    });
};

const node = (kind: string, at: number, member: number | string): string => `PLANTED ${kind} ${at} NODE ${member}`;
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

/** At least 5,000 currency units: motifs of flows move sums that are worth the trouble. */
const sizeOf = ({ table }: PlantingGround, from: number): number =>
  Math.max(Math.abs(table.amountUnits![from]!), unitsOf(table, 5000));

const flow = (
  test: string,
  motif: string,
  plant: (pay: Pay, name: (member: number | string) => string, units: number) => readonly number[],
): Planter => ({
  test,
  motif,
  needs: ['bookingDay', 'account', 'party'],
  // Accounts that stand out must stay few among those they stand out from.
  plant: (ground, from, at) =>
    at < Math.max(1, (ground.table.account?.values.length ?? 0) / 5)
      ? plant(payer(ground, from), member => node(test, at, member), sizeOf(ground, from))
      : [],
});

/** Motifs of the flow tests, shaped after the alert patterns of IBM AMLSim (2018), over accounts made for them. */
export const FLOW_PLANTERS: readonly Planter[] = [
  flow('fan-out', 'an account that pays fifteen others within five days', (pay, name, units) =>
    numbers(15).map(i => pay(name('HUB'), name(i), i % 5, units + i * 100)),
  ),
  flow('fan-in', 'fifteen accounts that pay one within five days', (pay, name, units) =>
    numbers(15).map(i => pay(name(i), name('HUB'), i % 5, units + i * 100)),
  ),
  flow(
    'circular-flow',
    'money that comes back over four accounts within eight days, each keeping 3 %',
    (pay, name, units) => numbers(4).map(i => pay(name(i), name((i + 1) % 4), i * 2, units * 0.97 ** i)),
  ),
  flow(
    'scatter-gather',
    'money spread over six accounts and gathered on another within eight days',
    (pay, name, units) => [
      ...numbers(6).map(i => pay(name('FROM'), name(i), i % 3, units + i)),
      ...numbers(6).map(i => pay(name(i), name('TO'), 4 + (i % 4), units * 0.95 + i)),
    ],
  ),
  flow('bipartite', 'four accounts that each pay the same four within six days', (pay, name, units) =>
    numbers(16).map(i => pay(name(`A${i >> 2}`), name(`B${i & 3}`), i % 6, units + i)),
  ),
  flow('stack', 'three layers of three accounts, every one paying every one of the next layer', (pay, name, units) =>
    numbers(18).map(i => {
      const layer = i < 9 ? 0 : 1;
      const pair = i % 9;
      return pay(
        name(`L${layer} ${Math.floor(pair / 3)}`),
        name(`L${layer + 1} ${pair % 3}`),
        layer * 5 + (pair % 4),
        units * 0.95 ** layer + pair,
      );
    }),
  ),
  flow('rapid-movement', 'an account that receives money and passes 95 % of it on the next day', (pay, name, units) => [
    pay(name('FROM'), name('MULE'), 0, units),
    pay(name('MULE'), name('TO'), 1, units * 0.95),
  ]),
  flow('pass-through', 'an account through which eight sums pass within a day each, leaving 2 %', (pay, name, units) =>
    numbers(8).flatMap(i => [
      pay(name(`IN ${i}`), name('TRANSIT'), i * 4, units + i * 1000),
      pay(name('TRANSIT'), name(`OUT ${i}`), i * 4 + 1, (units + i * 1000) * 0.98),
    ]),
  ),
];
