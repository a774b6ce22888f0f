import { formatUnits, parseDecimal } from '../../../../../kernel/decimal.ts';
import { formatAmount, textAt } from '../../figures.ts';
import type { TransactionTable } from '../../transaction-table.ts';
import type { CheckResult, CheckSettings, ExculpatoryCheck } from './exculpatory-check.ts';
import { reader } from './exculpatory-check.ts';

const scaled = (units: bigint, scale: number, to: number): bigint => units * 10n ** BigInt(to - scale);

const run = (table: TransactionTable, rows: Uint32Array, { materiality }: CheckSettings): CheckResult => {
  const read = reader(table);
  const limit = materiality === '' ? null : parseDecimal(materiality);
  if (limit === null) return { outcome: 'unclear', words: 'The case states no materiality to compare with.', rows };
  const unknown = [...rows].filter(row => Number.isNaN(read.amount(row))).length;
  const currencies = new Set(Array.from(rows, row => read.currency(row)));
  const sum = [...rows].reduce((total, row) => {
    const units = Math.abs(read.amount(row));
    return Number.isNaN(units) ? total : total + BigInt(units);
  }, 0n);
  if (currencies.size > 1)
    return {
      outcome: 'unclear',
      words: `The rows are in ${currencies.size} currencies, which are not added.`,
      rows,
    };
  const finest = Math.max(table.amountScale, limit.scale);
  const isBelow = scaled(sum, table.amountScale, finest) < scaled(BigInt(limit.units), limit.scale, finest);
  const currency = rows.length === 0 ? null : textAt(table.currency, rows[0]!);
  const total = Number.isSafeInteger(Number(sum))
    ? formatAmount(table, Number(sum), currency)
    : `${formatUnits(sum, table.amountScale)} ${currency ?? ''}`.trim();
  const words = `The rows sum to ${total} without regard to sign, ${isBelow ? 'below' : 'not below'} the materiality of ${materiality}.`;
  if (unknown > 0)
    return {
      outcome: isBelow ? 'unclear' : 'against',
      words: `${words} ${unknown} amounts are unknown or have too many digits.`,
      rows,
    };
  return { outcome: rows.length === 0 ? 'unclear' : isBelow ? 'supports' : 'against', words, rows };
};

export const immaterial: ExculpatoryCheck = {
  id: 'immaterial',
  version: '1.0.0',
  question: 'Does the sum lie below the case’s materiality?',
  run,
};
