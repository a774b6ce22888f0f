import { countOf, formatAmount, sharedCurrency } from '../../figures.ts';
import type { TransactionTable } from '../../transaction-table.ts';
import type { CheckResult, ExculpatoryCheck } from './exculpatory-check.ts';
import { memberOf, outcomeOf, reader, rowSet, said } from './exculpatory-check.ts';

/** Other parties with the same amount that make a price list likely. */
const LEAST_PARTIES = 5;

interface Price {
  readonly rows: number[];
  readonly parties: Set<number>;
}

const run = (table: TransactionTable, rows: Uint32Array): CheckResult => {
  const read = reader(table);
  const members = memberOf(table.rowCount, rows);
  const size = (row: number): number => Math.abs(read.amount(row));
  const known = [...rows].filter(row => size(row) > 0);
  const prices = new Map<number, Map<number, Price>>();
  const priceAt = (row: number): Price | undefined => prices.get(read.currency(row))?.get(size(row));
  for (const row of known) {
    const amounts = prices.get(read.currency(row)) ?? new Map<number, Price>();
    prices.set(read.currency(row), amounts);
    if (!amounts.has(size(row))) amounts.set(size(row), { rows: [], parties: new Set() });
  }
  for (let row = 0; row < table.rowCount; row++) {
    if (members[row] === 1 || read.party(row) < 0) continue;
    const price = priceAt(row);
    if (price === undefined) continue;
    price.rows.push(row);
    price.parties.add(read.party(row));
  }
  const others = (row: number): number => {
    const parties = priceAt(row)?.parties;
    return parties === undefined ? 0 : parties.size - (parties.has(read.party(row)) ? 1 : 0);
  };
  const tested = table.party === null ? [] : known;
  const listed = tested.filter(row => others(row) >= LEAST_PARTIES);
  const widest = tested.toSorted((a, b) => others(b) - others(a) || size(a) - size(b))[0];
  const example =
    widest === undefined
      ? ''
      : ` ${formatAmount(table, size(widest), sharedCurrency(table, [widest]))}: ${countOf(others(widest), 'other party', 'other parties')}.`;
  return {
    outcome: outcomeOf(listed.length, tested.length, rows.length),
    words: said(
      `${countOf(listed.length, 'row')} of ${tested.length} ${listed.length === 1 ? 'has' : 'have'} an amount that ${LEAST_PARTIES} or more other parties have too, outside this finding.${example}`,
      tested.length,
      rows.length,
      'the amount is unknown or has too many digits, or the records name no parties',
    ),
    rows: rowSet(listed.flatMap(row => priceAt(row)!.rows)),
  };
};

export const fixedTariff: ExculpatoryCheck = {
  id: 'fixed-tariff',
  version: '1.0.0',
  question: 'Is it a tariff or list price: the same amount with many parties?',
  run,
};
