import { countOf, textAt } from './figures.ts';
import type { ForensicTest, TestResult } from './forensic-test.ts';
import type { TransactionTable } from './transaction-table.ts';

/** Why an amount that is known takes no part: it has no exact units at the table's scale. */
export const NO_EXACT_UNITS = 'amount has more digits than can be computed with exactly beside the others';

/** What tests say of a row (or of an entry's line) whose units are NaN. */
const UNKNOWN_AMOUNT = /\bamount( of the entry)? is unknown/;
/** Where an amount is one of several things that may be unknown. */
const AMONG_UNKNOWN = /\bamount, .*\bunknown\b/;
const MOST_NAMED = 3;

const hasUnknown = ({ amountUnits, offScaleAmounts }: TransactionTable): boolean => {
  if (amountUnits === null) return false;
  for (let row = 0; row < amountUnits.length; row++)
    if (Number.isNaN(amountUnits[row]!) && !offScaleAmounts.has(row)) return true;
  return false;
};

const limitOf = (table: TransactionTable): string => {
  const { offScaleAmounts, amountScale, currency } = table;
  const named = [...offScaleAmounts].slice(0, MOST_NAMED).map(([row, text]) => {
    const code = textAt(currency, row);
    return `${text.length > 40 ? `${text.slice(0, 40)}…` : text}${code === null ? '' : ` ${code}`}`;
  });
  const more = offScaleAmounts.size > named.length ? ' …' : '';
  return `${countOf(offScaleAmounts.size, 'amount')} cannot be computed with exactly beside the others at ${amountScale} decimals (2^53 units): ${named.join(', ')}${more}. Only digits were tested of them; examine files of such amounts in a case of their own.`;
};

/**
 * A test cannot tell an amount that is unknown from one that is known and has no exact units: both are NaN. Here its result
 * says which it was, and the limits name the amounts.
 */
export const tellOffScale = (test: ForensicTest, table: TransactionTable, result: TestResult): TestResult => {
  if (table.offScaleAmounts.size === 0 || ![...test.needs, ...test.uses].includes('amount')) return result;
  const { population } = result;
  const truth = (reason: string): string => {
    if (!UNKNOWN_AMOUNT.test(reason)) return AMONG_UNKNOWN.test(reason) ? `${reason}, or an ${NO_EXACT_UNITS}` : reason;
    return reason.replace(UNKNOWN_AMOUNT, (said, entry: string | undefined) => {
      const why = NO_EXACT_UNITS.replace('amount', `amount${entry ?? ''}`);
      return hasUnknown(table) ? `${said}, or the ${why}` : why;
    });
  };
  const excluded = population.excluded.map(({ reason, count }) => ({ reason: truth(reason), count }));
  return { ...result, population: { ...population, excluded }, limits: [...result.limits, limitOf(table)] };
};
