import { type CivilDay, civilDay, civilParts } from '../../../kernel/civil-date.ts';

/**
 * The settlement date of a batch header: three digits, the day of a year that is not stated. The year is the one that
 * brings it nearest to `near`, a date of the same file (effective entry date or file creation). Null where there is none.
 */
export const settlementDay = (digits: string, near: CivilDay | null): CivilDay | null => {
  const ordinal = /^\d{3}$/.test(digits) ? Number(digits) : 0;
  if (ordinal < 1 || ordinal > 366 || near === null) return null;
  let best: CivilDay | null = null;
  const { year } = civilParts(near);
  for (const candidate of [year - 1, year, year + 1]) {
    const first = civilDay(candidate, 1, 1);
    if (first === null) continue;
    const day = first + ordinal - 1;
    if (civilParts(day).year !== candidate) continue;
    if (best === null || Math.abs(day - near) < Math.abs(best - near)) best = day;
  }
  return best;
};
