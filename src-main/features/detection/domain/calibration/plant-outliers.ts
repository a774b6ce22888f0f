import type { Planter } from './planter.ts';
import { plantedName } from './planter.ts';

/** Motifs of the tests that rank leads. */
export const OUTLIER_PLANTERS: readonly Planter[] = [
  {
    test: 'isolation-forest',
    motif: 'a row of a new party, two hundred times as large as the pattern row',
    needs: ['party'],
    plant: ({ rows, table }, from, at) => [
      rows.add(from, {
        party: plantedName('LONE', at),
        amountUnits: table.amountUnits![from]! * 200,
        reference: `PLANTED-L${at}-1`,
      }),
    ],
  },
];
