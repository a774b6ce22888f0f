import { type CivilDay, civilDay, civilParts } from '../../../../kernel/civil-date.ts';
import type { ParameterSpec, Parameters } from '../forensic-test.ts';
import { dayParameter, textParameter } from '../parameters.ts';

export const PERIOD_END: ParameterSpec = {
  name: 'period-end',
  kind: 'day',
  default: '',
  meaning: 'last day of the period; without it every financial year of the ledger is one',
};
export const YEAR_END: ParameterSpec = {
  name: 'year-end',
  kind: 'text',
  default: '12-31',
  meaning: 'last day of the financial year (MM-DD), where no period-end is given',
};

/** The close of the period that a day lies in, as the parameters say. A day after `period-end` lies in none: null. */
export const closeOf = (parameters: Parameters): ((day: CivilDay) => CivilDay | null) => {
  const end = dayParameter(parameters, 'period-end');
  if (end !== null) return day => (day <= end ? end : null);
  const match = /^(\d{2})-(\d{2})$/.exec(textParameter(parameters, 'year-end'));
  const [month, dayOfMonth] = match === null ? [12, 31] : [Number(match[1]), Number(match[2])];
  const byYear = new Map<number, CivilDay>();
  const closeIn = (year: number): CivilDay => {
    const known = byYear.get(year);
    if (known !== undefined) return known;
    // 02-29 is the last day of February in any year.
    const close = civilDay(year, month, dayOfMonth) ?? civilDay(year, month + 1, 1)! - 1;
    byYear.set(year, close);
    return close;
  };
  return day => {
    const { year } = civilParts(day);
    return day <= closeIn(year) ? closeIn(year) : closeIn(year + 1);
  };
};
