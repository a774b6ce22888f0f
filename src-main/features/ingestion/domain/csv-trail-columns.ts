import { isDates } from './csv-column-fit.ts';
import { type ColumnPlan, choose } from './csv-column-plan.ts';
import { DATE_ORDERS, type DateOrder, type DateReading, dateParts, dayInOrder } from './csv-date.ts';
import { type ColumnRole, headerEvidence } from './csv-header-lexicon.ts';
import { looksLikeTime } from './time-of-day.ts';

/** Evidence of a known name, whole: a part of another name says too little of who or when. */
const NAMED = 0.6;
/** Share of a column's filled values that must be times of day. */
const LEAST_TIMES = 0.6;

/** The free column whose name says the role best and whose content agrees. */
const chooseNamed = (plan: ColumnPlan, role: ColumnRole, agrees: (column: number) => boolean, why: string): void => {
  const { header, profiles, taken } = plan;
  if (header === null) return;
  let best = -1;
  let most = 0;
  for (const [column, name] of header.entries()) {
    const evidence = headerEvidence(name, role);
    if (taken.has(column) || evidence < NAMED || evidence <= most || profiles[column] === undefined) continue;
    if (profiles[column].filled === 0 || !agrees(column)) continue;
    best = column;
    most = evidence;
  }
  if (best >= 0) choose(plan, role, [best], most, `named "${header[best]!.trim()}"; ${why}`);
};

/** Who entered the records: before a column of names is taken for a description. */
export const choosePoster = (plan: ColumnPlan): void =>
  chooseNamed(
    plan,
    'poster',
    column => !isDates(plan.profiles[column]!) && plan.profiles[column]!.fractions === 0,
    'it names who entered the rows',
  );

/** When the records were entered: of what the booking and value date leave over. */
export const chooseEntered = (plan: ColumnPlan): void => {
  chooseNamed(plan, 'entered', column => isDates(plan.profiles[column]!), 'its values are dates');
  chooseNamed(
    plan,
    'time',
    column => {
      const values = plan.rows.map(fields => (fields[column] ?? '').trim()).filter(text => text !== '');
      return values.filter(looksLikeTime).length >= LEAST_TIMES * values.length;
    },
    'its values are times of day',
  );
};

/**
 * The order of the dates of entry: the booking dates' own where it fits them all, else the only one that does; null
 * where neither is so, and the dates cannot be told.
 */
export const enteredOrder = (values: readonly string[], bookingOrder: DateReading): DateReading | null => {
  if (bookingOrder === 'excel1900' || bookingOrder === 'excel1904') return bookingOrder;
  const parts = values.flatMap(text => (text.trim() === '' ? [] : [dateParts(text)]));
  const readable = parts.filter(part => part !== null);
  const fits = (order: DateOrder): boolean => readable.every(part => dayInOrder(part, order) !== null);
  if (fits(bookingOrder)) return bookingOrder;
  const orders = DATE_ORDERS.filter(fits);
  return orders.length === 1 ? orders[0]! : null;
};
