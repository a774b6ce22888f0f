/** When people work, in a time zone. */
export interface Hours {
  /** ISO 8601 weekdays: 1 Monday … 7 Sunday. */
  readonly days: readonly number[];
  /** HH:MM. */
  readonly from: string;
  readonly to: string;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Tells whether an instant lies outside business hours, by the wall clock of an IANA time zone (summer time included). */
export const offHours = ({ days, from, to }: Hours, timeZone: string): ((atMs: number) => boolean) => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return atMs => {
    const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
    const time = `${parts.get('hour')}:${parts.get('minute')}`;
    const day = WEEKDAYS.indexOf(parts.get('weekday') ?? '') + 1;
    return !days.includes(day) || time < from || time >= to;
  };
};
