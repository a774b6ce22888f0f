import type { Planter, PlantingGround } from './planter.ts';
import { limitUnits, plantedName, signOf } from './planter.ts';

/** A new party with rows of the pattern's amount, each a little different, and one that is `factor` times as large: that one's row. */
const oneLarge = (
  { rows, table }: PlantingGround,
  from: number,
  name: string,
  { ordinary, factor }: { readonly ordinary: number; readonly factor: number },
): readonly number[] => {
  const units = table.amountUnits![from]!;
  const sign = signOf(table, from);
  const day = table.bookingDay?.[from];
  const on = (offset: number) => (day === undefined ? {} : { bookingDay: day + offset });
  for (let i = 0; i < ordinary; i++)
    rows.add(from, { party: name, amountUnits: units + sign * i * 7, reference: `${name}-${100 + i}`, ...on(i * 3) });
  return [
    rows.add(from, {
      party: name,
      amountUnits: units * factor,
      reference: `${name}-${100 + ordinary}`,
      ...on(ordinary * 3),
    }),
  ];
};

/** Shares (of a limit) just below it. */
const JUST_BELOW = [0.99, 0.985, 0.975, 0.98] as const;

/** Motifs of the amount tests. */
export const AMOUNT_PLANTERS: readonly Planter[] = [
  {
    test: 'relative-size-factor',
    motif: 'a new party with six ordinary rows and one 25 times as large',
    needs: ['party'],
    plant: (ground, from, at) => oneLarge(ground, from, plantedName('SIZE', at), { ordinary: 6, factor: 25 }),
  },
  {
    test: 'unusual-amount-for-party',
    motif: 'a new party with twenty ordinary rows and one 25 times as large',
    needs: ['party'],
    plant: (ground, from, at) => oneLarge(ground, from, plantedName('UNUSUAL', at), { ordinary: 20, factor: 25 }),
  },
  {
    test: 'just-below-threshold',
    motif: 'a new party with three rows within five days, each 1 to 2.5 % below the limit',
    needs: ['party', 'bookingDay'],
    plant: (ground, from, at) => {
      const limit = limitUnits(ground);
      if (limit === null) return [];
      const { rows, table } = ground;
      return [0, 1, 2].map(i =>
        rows.add(from, {
          party: plantedName('BELOW', at),
          amountUnits: signOf(table, from) * Math.round(limit * JUST_BELOW[i]!),
          bookingDay: table.bookingDay![from]! + i * 2,
          reference: `PLANTED-T${at}-${i}`,
        }),
      );
    },
  },
  {
    test: 'structuring',
    motif: 'a new party that pays cash in on four days in a row, each time 1 to 2.5 % below the reporting limit',
    needs: ['party', 'bookingDay'],
    plant: (ground, from, at) => {
      const { rows, table, parameters } = ground;
      // Where no column could say that a row is cash, the test looks at none.
      if (
        table.type === null &&
        table.category === null &&
        table.description === null &&
        parameters['all-cash'] !== 'yes'
      )
        return [];
      const limit = limitUnits(ground) ?? 10_000 * 10 ** table.amountScale;
      return [0, 1, 2, 3].map(i =>
        rows.add(from, {
          party: plantedName('CASH', at),
          amountUnits: Math.round(limit * JUST_BELOW[i]!),
          bookingDay: table.bookingDay![from]! + i,
          type: 'CASH',
          category: 'CASH',
          description: 'cash deposit',
          reference: `PLANTED-C${at}-${i}`,
        }),
      );
    },
  },
  {
    test: 'split-transaction',
    motif: 'a purchase above the approval limit, paid to a new party in three parts on one day, each below the limit',
    needs: ['party', 'bookingDay'],
    plant: (ground, from, at) => {
      const limit = limitUnits(ground);
      if (limit === null) return [];
      return [0.7, 0.65, 0.6].map((share, i) =>
        ground.rows.add(from, {
          party: plantedName('SPLIT', at),
          amountUnits: -Math.round(limit * share),
          reference: `PLANTED-S${at}-${i}`,
        }),
      );
    },
  },
];
