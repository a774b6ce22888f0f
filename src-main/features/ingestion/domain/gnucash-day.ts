import { type CivilDay, isoDate, parseIsoDate } from '../../../kernel/civil-date.ts';
import type { WarningTally } from './warning-tally.ts';

/** Time of day at which GnuCash 2.7 and later post: a day in any time zone (gnc-date.h, "neutral time"). */
const NEUTRAL_TIME = '10:59:00';

/**
 * The posting day of an instant that is kept in UTC. Since GnuCash 2.7 it is 10:59 of the day itself. Before, it was
 * midnight of the time zone of whoever entered it: then the day in the slot `date-posted` counts (`slotDay`, YYYYMMDD, ''
 * where there is none), else an hour after noon means the next day (east of Greenwich), which is told.
 * Forms of the instant: `2014-12-24 10:59:00` and the older `20141224105900`.
 */
export const dayOfUtc = (
  text: string,
  slotDay: string,
  tally: WarningTally,
): CivilDay | { readonly reason: string } => {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})(?:[ T]?(\d{2}):?(\d{2}):?(\d{2}))?/.exec(text);
  const day = match ? parseIsoDate(`${match[1]}-${match[2]}-${match[3]}`) : null;
  const slot = parseIsoDate(slotDay.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'));
  if (match === null || day === null)
    return slot ?? { reason: `the posting date "${text}" of its transaction is not a day of the calendar` };
  const [, , , , hour = '00', minute = '00', second = '00'] = match;
  const time = `${hour}:${minute}:${second}`;
  if (time === NEUTRAL_TIME) {
    if (slot !== null && slot !== day)
      tally.note(
        'gnucash.posting-day',
        null,
        `A transaction is posted on ${isoDate(day)} and its slot date-posted says ${isoDate(slot)}; the former counts, as in GnuCash's register`,
      );
    return day;
  }
  if (slot !== null) return slot;
  if (time === '00:00:00') return day;
  const isNextDay = Number(hour) >= 12;
  tally.note(
    'gnucash.posting-time',
    null,
    `Transactions are posted at ${time} UTC, as GnuCash before 2.7 kept midnight of a time zone: taken as ${isNextDay ? 'the day after' : 'the day itself'}`,
  );
  return isNextDay ? day + 1 : day;
};
