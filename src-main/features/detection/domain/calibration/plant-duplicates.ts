import { textAt } from '../figures.ts';
import type { Planter } from './planter.ts';
import { plantedName } from './planter.ts';

/** Motifs of the duplicate tests: copies of the case's own rows. */
export const DUPLICATE_PLANTERS: readonly Planter[] = [
  {
    test: 'duplicate-exact',
    motif: 'a row of the case a second time, equal in every column',
    plant: ({ rows }, from) => [from, rows.add(from, { sameRecord: true })],
  },
  {
    test: 'same-same-same',
    motif: 'a payment entered twice: same party, amount, day and reference, another text',
    plant: ({ rows }, from) => [from, rows.add(from, {})],
  },
  {
    test: 'same-same-different',
    motif: 'a payment made twice under two references: same party and amount, another reference',
    plant: ({ rows }, from, at) => {
      const first = rows.add(from, { reference: `PLANTED-A${at}-7001` });
      return [first, rows.add(from, { reference: `PLANTED-B${at}-7002` })];
    },
  },
  {
    test: 'same-same-near',
    motif: 'a payment made again three days later under another reference',
    needs: ['bookingDay'],
    plant: ({ rows, table }, from, at) => [
      from,
      rows.add(from, { bookingDay: table.bookingDay![from]! + 3, reference: `PLANTED-N${at}-7001` }),
    ],
  },
  {
    test: 'same-same-similar',
    motif: 'a payment made twice under an invoice number with a letter added (102, 102a)',
    plant: ({ rows }, from, at) => {
      const first = rows.add(from, { reference: `PL${71_000 + at * 37}` });
      return [first, rows.add(from, { reference: `PL${71_000 + at * 37}A` })];
    },
  },
  {
    test: 'duplicate-fuzzy',
    motif: 'a payment made again the next day to the same party with a typing slip in its name',
    needs: ['bookingDay', 'party'],
    plant: ({ rows, table }, from) => {
      const name = textAt(table.party, from) ?? '';
      if (name.length < 5) return [];
      const middle = name.length >> 1;
      const slipped = `${name.slice(0, middle)}${name[middle + 1] ?? ''}${name[middle]!}${name.slice(middle + 2)}`;
      if (slipped === name) return [];
      return [from, rows.add(from, { party: slipped, bookingDay: table.bookingDay![from]! + 1 })];
    },
  },
  {
    test: 'shared-attribute',
    motif: 'two new parties that are paid into one bank account',
    needs: ['party', 'counterpartyAccount'],
    plant: ({ rows }, from, at) => {
      const counterpartyAccount = `PLANTED${String(at).padStart(10, '0')}`;
      return ['FIRST', 'SECOND'].map(which =>
        rows.add(from, { party: plantedName(`SHARED ${which}`, at), counterpartyAccount }),
      );
    },
  },
  {
    test: 'one-time-vendor',
    motif: 'a new party that is paid once, ten times what the pattern row moved',
    needs: ['party'],
    plant: ({ rows, table }, from, at) => [
      rows.add(from, {
        party: plantedName('ONCE', at),
        amountUnits: -Math.abs(table.amountUnits![from]!) * 10,
        reference: `PLANTED-O${at}-1`,
      }),
    ],
  },
];
