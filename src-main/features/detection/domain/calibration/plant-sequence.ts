import type { Planter } from './planter.ts';

const series = (kind: string, at: number): string => `PLANTED${kind}${String(at).padStart(3, '0')}-`;

/** Motifs of the sequence tests: numbered series of their own. */
export const SEQUENCE_PLANTERS: readonly Planter[] = [
  {
    test: 'sequence-gap',
    motif: 'a new series of twelve numbers from which one is missing',
    plant: ({ rows }, from, at) => {
      const beside: number[] = [];
      for (let number = 1; number <= 12; number++) {
        if (number === 7) continue;
        const row = rows.add(from, { reference: `${series('GAP', at)}${1000 + number}` });
        if (number === 6 || number === 8) beside.push(row);
      }
      return beside;
    },
  },
  {
    test: 'sequence-duplicate',
    motif: 'a new series of eight numbers, one of them used again for another amount',
    plant: ({ rows, table }, from, at) => {
      const units = table.amountUnits![from]!;
      const own = Array.from({ length: 8 }, (_, i) =>
        rows.add(from, { reference: `${series('TWICE', at)}${2001 + i}`, amountUnits: units + i * 11 }),
      );
      return [own[3]!, rows.add(from, { reference: `${series('TWICE', at)}2004`, amountUnits: units * 3 })];
    },
  },
  {
    test: 'out-of-order',
    motif: 'a new series of twelve numbers, a day apart, one of which is dated four weeks before its place',
    needs: ['bookingDay'],
    plant: ({ rows, table }, from, at) => {
      const day = table.bookingDay![from]!;
      const own = Array.from({ length: 12 }, (_, i) =>
        rows.add(from, {
          reference: `${series('ORDER', at)}${3001 + i}`,
          bookingDay: day + i - (i === 7 ? 28 : 0),
        }),
      );
      return [own[7]!];
    },
  },
];
