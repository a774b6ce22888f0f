/** Where a record states no time of day. */
export const UNKNOWN_MINUTE = -1;
export const MINUTES_A_DAY = 1440;

/** Minutes since midnight; UNKNOWN_MINUTE where there is no such time. */
export const minuteOfDay = (hours: number, minutes: number): number =>
  hours >= 0 && hours <= 23 && minutes >= 0 && minutes <= 59 ? hours * 60 + minutes : UNKNOWN_MINUTE;

/** The minute of a text HH:MM; UNKNOWN_MINUTE for any other. */
export const minuteOfText = (text: string): number => {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  return match === null ? UNKNOWN_MINUTE : minuteOfDay(Number(match[1]), Number(match[2]));
};

/** HH:MM of a minute of the day. */
export const timeText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Hours and minutes parted by a colon, what is finer, and the half of the day; anywhere in a text. */
const COLON_TIME = /(\d{1,2}):(\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?(?:\s*([AaPp])\.?[Mm]\b)?/;
/** The same in ways that a date could have too, as the whole of a text: `14.05`, `14h05`, `140500`. */
const OTHER_TIME = /^\s*(\d{1,2})[.hH](\d{2})(?:[.mM](\d{2})s?)?\s*()$/;
const COMPACT_TIME = /^\s*(\d{1,2})(\d{2})(\d{2})()\s*$/;

/**
 * The minute of the day that a text states, as written: no time zone is applied. A time of 00:00 (and no seconds) is
 * UNKNOWN_MINUTE: programs write it where a field takes a time and there is none, so that it says nothing.
 */
export const timeOfDay = (text: string): number => {
  const match = COLON_TIME.exec(text) ?? OTHER_TIME.exec(text) ?? COMPACT_TIME.exec(text);
  if (match === null) return UNKNOWN_MINUTE;
  const [, hourText, minuteText, secondText, letter] = match;
  const hour = Number(hourText);
  const half = letter === undefined || letter === '' ? null : letter.toLowerCase();
  if (half !== null && (hour < 1 || hour > 12)) return UNKNOWN_MINUTE;
  const hours = half === null ? hour : (hour % 12) + (half === 'p' ? 12 : 0);
  const minute = minuteOfDay(hours, Number(minuteText));
  return minute === 0 && half === null && (secondText === undefined || secondText === '00') ? UNKNOWN_MINUTE : minute;
};

/** True for a text that is a time of day and nothing else. */
export const looksLikeTime = (text: string): boolean =>
  /^\d{1,2}[:.hH]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?(?:Z|[+-]\d{2}:?\d{2})?$|^\d{6}$/.test(
    text.trim(),
  ) &&
  (timeOfDay(text) !== UNKNOWN_MINUTE || /^[0:.]+$/.test(text.trim()));

const COLON = 58;
const digit = (byte: number | undefined): number => (byte !== undefined && byte >= 48 && byte <= 57 ? byte - 48 : -1);

/**
 * The same straight from the bytes of a plain time `HH:MM…` at `start`; -2 where it is written in another way, which
 * `timeOfDay` then decides.
 */
export const plainTimeOfDay = (bytes: Uint8Array, start: number, end: number): number => {
  const [a, b, c, d] = [digit(bytes[start]), digit(bytes[start + 1]), digit(bytes[start + 3]), digit(bytes[start + 4])];
  if (end - start < 5 || bytes[start + 2] !== COLON || a < 0 || b < 0 || c < 0 || d < 0) return -2;
  // Seconds, fractions and offsets end in digits or Z; a half of the day does not.
  const last = bytes[end - 1]!;
  if (digit(last) < 0 && last !== 90) return -2;
  const minute = minuteOfDay(a * 10 + b, c * 10 + d);
  const seconds = bytes[start + 5] === COLON ? digit(bytes[start + 6]) * 10 + digit(bytes[start + 7]) : 0;
  return minute === 0 && seconds === 0 ? UNKNOWN_MINUTE : minute;
};
