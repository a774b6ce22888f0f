import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { textAt } from '../figures.ts';
import type { RowChanges } from './planted-table.ts';
import type { Planter, PlantingGround } from './planter.ts';
import { unitsOf } from './planter.ts';

/** Lines of the journal entry that a row belongs to; itself where it has none. */
const linesOf = ({ table }: PlantingGround, from: number): number[] => {
  const code = table.entry?.codes[from] ?? UNKNOWN_CODE;
  if (table.entry === null || code === UNKNOWN_CODE) return [from];
  const lines: number[] = [];
  for (let row = 0; row < table.rowCount && lines.length < 50; row++)
    if (table.entry.codes[row] === code) lines.push(row);
  return lines;
};

/** A copy of the whole entry of a row under a new number, with changes by line. */
const entryCopy = (
  ground: PlantingGround,
  from: number,
  entry: string,
  changes: (line: number, at: number) => RowChanges,
): number[] =>
  linesOf(ground, from).map((line, at) =>
    ground.rows.add(line, { entry, reference: `${entry}-${at}`, ...changes(line, at) }),
  );

/** Motifs of the journal tests: copies of the case's own entries with one thing wrong. */
export const JOURNAL_PLANTERS: readonly Planter[] = [
  {
    test: 'journal-unbalanced',
    motif: 'an entry of the case again, one of whose lines is three currency units off',
    needs: ['entry'],
    plant: (ground, from, at) =>
      entryCopy(ground, from, `PLANTED-UNBALANCED-${at}`, (line, i) =>
        i === 0 ? { amountUnits: ground.table.amountUnits![line]! + unitsOf(ground.table, 3) } : {},
      ),
  },
  {
    test: 'journal-no-description',
    motif: 'an entry of the case again, without any description',
    needs: ['description'],
    plant: (ground, from, at) => entryCopy(ground, from, `PLANTED-SILENT-${at}`, () => ({ description: '' })),
  },
  {
    test: 'journal-keyword',
    motif: 'an entry of the case again, described as “plug per CEO”',
    needs: ['description'],
    plant: (ground, from, at) => entryCopy(ground, from, `PLANTED-WORD-${at}`, () => ({ description: 'plug per CEO' })),
  },
  {
    test: 'journal-seldom-used-account',
    motif: 'an entry of the case again, one line of it on an account that nothing else uses',
    needs: ['ledgerAccount'],
    plant: (ground, from, at) =>
      entryCopy(ground, from, `PLANTED-ACCOUNT-${at}`, (_, i) => (i === 0 ? { ledgerAccount: `999${7000 + at}` } : {})),
  },
  {
    test: 'journal-unusual-poster',
    motif: 'an entry of the case again, entered by somebody who enters nothing else',
    needs: ['poster'],
    plant: (ground, from, at) =>
      entryCopy(ground, from, `PLANTED-POSTER-${at}`, () => ({ poster: `PLANTED USER ${at}` })),
  },
  {
    test: 'journal-reversal',
    motif: 'an entry of the case again and its exact opposite three days later',
    needs: ['bookingDay'],
    plant: (ground, from, at) => {
      const { table } = ground;
      const booked = entryCopy(ground, from, `PLANTED-BOOKED-${at}`, () => ({}));
      const undone = entryCopy(ground, from, `PLANTED-UNDONE-${at}`, line => ({
        amountUnits: -table.amountUnits![line]!,
        bookingDay: table.bookingDay![line]! + 3,
      }));
      return textAt(table.entry, from) === null ? [] : [...booked, ...undone];
    },
  },
];
