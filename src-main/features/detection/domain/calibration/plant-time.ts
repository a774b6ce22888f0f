import { UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { textAt } from '../figures.ts';
import type { Planter, PlantingGround } from './planter.ts';
import { plantedName } from './planter.ts';

/** Rows added on one day may not swamp the table they are to be found in. */
const MOST_ROWS_OF_A_BURST = 400;

/** Rows and active days of the account of a row. */
const activity = ({ table }: PlantingGround, from: number): { readonly rows: number; readonly days: number } => {
  const account = table.account?.codes[from];
  const days = new Set<number>();
  let rows = 0;
  for (let row = 0; row < table.rowCount; row++) {
    const day = table.bookingDay![row]!;
    if ((account !== undefined && table.account!.codes[row] !== account) || day === UNKNOWN_DAY) continue;
    rows += 1;
    days.add(day);
  }
  return { rows, days: days.size };
};

/** 1970-01-01 was a Thursday: days since then to the Saturday on or after a day. */
const saturdayFrom = (day: number): number => day + ((((2 - (day % 7)) % 7) + 7) % 7);

/** Motifs of the time tests. */
export const TIME_PLANTERS: readonly Planter[] = [
  {
    test: 'velocity',
    motif: 'a day on which an account moves eight times as often as on its average active day',
    needs: ['bookingDay'],
    plant: (ground, from, at) => {
      const { rows: own, days } = activity(ground, from);
      const count = Math.ceil((8 * own) / Math.max(1, days));
      // One account gives one motif; with too few active days no day can stand out (docs/specs/velocity.md).
      if (count > MOST_ROWS_OF_A_BURST || days < 12 || at >= 5) return [];
      return Array.from({ length: count }, (_, i) =>
        ground.rows.add(from, { reference: `PLANTED-V${at}-${i}`, party: plantedName(`BURST ${i}`, at) }),
      );
    },
  },
  {
    test: 'activity-burst',
    motif: 'a new party paid once a week for half a year and then forty times within five days',
    needs: ['bookingDay', 'party'],
    plant: ({ rows, table }, from, at) => {
      const day = table.bookingDay![from]!;
      const party = plantedName('ACTIVE', at);
      for (let week = 0; week < 26; week++)
        rows.add(from, { party, bookingDay: day + week * 7, reference: `PLANTED-W${at}-${week}` });
      return Array.from({ length: 40 }, (_, i) =>
        rows.add(from, { party, bookingDay: day + 190 + (i % 5), reference: `PLANTED-X${at}-${i}` }),
      );
    },
  },
  {
    test: 'weekend-holiday',
    motif: 'a new party with fifteen rows, all of them on Saturdays',
    needs: ['bookingDay', 'party'],
    plant: ({ rows, table }, from, at) =>
      Array.from({ length: 15 }, (_, i) =>
        rows.add(from, {
          party: plantedName('WEEKEND', at),
          bookingDay: saturdayFrom(table.bookingDay![from]!) + i * 7,
          reference: `PLANTED-H${at}-${i}`,
        }),
      ),
  },
  {
    test: 'backdated',
    motif: 'a row entered into the books 90 days after its booking day',
    needs: ['bookingDay', 'enteredDay'],
    plant: ({ rows, table }, from) => [rows.add(from, { enteredDay: table.bookingDay![from]! + 90 })],
  },
  {
    test: 'dormant-account-reactivated',
    motif: 'a new account with five rows in a week, silence for 400 days and then one large row',
    needs: ['bookingDay', 'account'],
    plant: ({ rows, table }, from, at) => {
      const day = table.bookingDay![from]!;
      const account = `${textAt(table.account, from) ?? 'ACCOUNT'} PLANTED ${at}`;
      for (let i = 0; i < 5; i++) rows.add(from, { account, bookingDay: day + i, reference: `PLANTED-D${at}-${i}` });
      return [
        rows.add(from, {
          account,
          bookingDay: day + 404,
          amountUnits: table.amountUnits![from]! * 10,
          reference: `PLANTED-D${at}-9`,
        }),
      ];
    },
  },
];
