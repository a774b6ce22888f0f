import { type CivilDay, civilParts } from '../../../../kernel/civil-date.ts';
import type { ParameterSpec, Parameters } from '../forensic-test.ts';
import { dayParameter, monthDayParameter } from '../parameters.ts';

export const PERIOD_END: ParameterSpec = {
  name: 'period-end',
  kind: 'day',
  default: '',
  meaning: 'last day of the period; without it every financial year of the ledger is one',
};
export const YEAR_END: ParameterSpec = {
  name: 'year-end',
  kind: 'month-day',
  default: '12-31',
  meaning: 'last day of the financial year (MM-DD), where no period-end is given',
};

/** The close of the period that a day lies in, as the parameters say. A day after `period-end` lies in none: null. */
export const closeOf = (parameters: Parameters): ((day: CivilDay) => CivilDay | null) => {
  const end = dayParameter(parameters, 'period-end');
  if (end !== null) return day => (day <= end ? end : null);
  const closeOfYear = monthDayParameter(parameters, 'year-end');
  const byYear = new Map<number, CivilDay | null>();
  const closeIn = (year: number): CivilDay | null => {
    const known = byYear.get(year);
    if (known !== undefined) return known;
    const close = closeOfYear(year);
    byYear.set(year, close);
    return close;
  };
  return day => {
    const { year } = civilParts(day);
    const close = closeIn(year);
    return close !== null && day <= close ? close : closeIn(year + 1);
  };
};
