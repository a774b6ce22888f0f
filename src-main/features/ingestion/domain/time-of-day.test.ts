import { describe, expect, it } from 'vitest';
import { looksLikeTime, plainTimeOfDay, timeOfDay, UNKNOWN_MINUTE } from './time-of-day.ts';
import { minuteAsWritten } from './xml-values.ts';

const bytes = (text: string): number => plainTimeOfDay(new TextEncoder().encode(text), 0, text.length);

describe('time of day', () => {
  it.each([
    ['09:15', 555],
    ['9:15', 555],
    ['23:59:59.999', 1439],
    ['14:05:32+02:00', 845],
    ['2:05 PM', 845],
    ['12:30 am', 30],
    ['12:30 p.m.', 750],
    ['14.05', 845],
    ['14h05', 845],
    ['140532', 845],
    ['00:00:01', 0],
    ['12:00 AM', 0],
    // What programs write where there is no time.
    ['00:00', UNKNOWN_MINUTE],
    ['00:00:00.000', UNKNOWN_MINUTE],
    ['000000', UNKNOWN_MINUTE],
    ['24:00', UNKNOWN_MINUTE],
    ['12:60', UNKNOWN_MINUTE],
    ['13:00 PM', UNKNOWN_MINUTE],
    ['noon', UNKNOWN_MINUTE],
    ['', UNKNOWN_MINUTE],
  ])('%s is minute %d', (text, minute) => {
    expect(timeOfDay(text)).toBe(minute);
    // From bytes the same, or left to the text.
    expect([minute, -2]).toContain(bytes(text));
  });

  it('of an xs:dateTime is taken as written; a zone alone is no time', () => {
    expect(minuteAsWritten('2024-03-01T10:20:30+05:00')).toBe(620);
    expect(minuteAsWritten('2024-03-01+05:00')).toBe(UNKNOWN_MINUTE);
    expect(minuteAsWritten('2024-03-01')).toBe(UNKNOWN_MINUTE);
    expect(minuteAsWritten('2024-03-01T00:00:00')).toBe(UNKNOWN_MINUTE);
  });

  it('is told from a number and a date', () => {
    expect(['09:15', '14h05', '140532', '00:00'].every(looksLikeTime)).toBe(true);
    expect(['2024-03-01', '12.345', '99:99', 'x'].some(looksLikeTime)).toBe(false);
  });
});
