import type { ParsedTransaction } from './statement-sink.ts';
import { UNKNOWN_MINUTE } from './time-of-day.ts';
import type { WarningTally } from './warning-tally.ts';
import { dayAsWritten, minuteAsWritten } from './xml-values.ts';

/**
 * Who entered a record and when: SourceID ("details of the person or application that entered the transaction") and
 * SystemEntryDate ("date captured by system"; a date and time in PT), OECD SAF-T 2.0.
 */
export const entryTrailOf = (
  sourceId: string,
  systemEntryDate: string,
  row: number,
  tally: WarningTally,
): Pick<ParsedTransaction, 'poster' | 'enteredDay' | 'minute'> => {
  const day = systemEntryDate === '' ? null : dayAsWritten(systemEntryDate);
  if (day === null && systemEntryDate !== '')
    tally.note(
      'saft.entry-date',
      row,
      `The date of entry (SystemEntryDate) "${systemEntryDate}" is not a day and counts as not stated`,
    );
  const minute = day === null ? UNKNOWN_MINUTE : minuteAsWritten(systemEntryDate);
  return {
    ...(sourceId === '' ? {} : { poster: sourceId }),
    ...(day === null ? {} : { enteredDay: day }),
    ...(minute === UNKNOWN_MINUTE ? {} : { minute }),
  };
};
