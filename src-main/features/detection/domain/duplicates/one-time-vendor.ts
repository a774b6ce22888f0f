import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { unitsAtLeast } from '../amount-bound.ts';
import { describeRow, formatAmount, formatCount, textAt } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { ForensicTest } from '../forensic-test.ts';
import { valueAtRank } from '../order-statistics.ts';
import { decimalParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { requireColumn } from '../transaction-table.ts';

const MOST_FINDINGS = 200;
/** Where no least amount is given: the amount that only one in twenty of all tested amounts exceeds. */
const LARGE_SHARE = 0.95;

const paymentSign = (amounts: Float64Array): 1 | -1 => {
  let balance = 0;
  for (let row = 0; row < amounts.length; row++) balance += amounts[row]! > 0 ? 1 : amounts[row]! < 0 ? -1 : 0;
  return balance > 0 ? 1 : -1;
};

/** Parties that were paid once only, and a large amount. Spec: docs/specs/one-time-vendor.md. */
export const oneTimeVendor: ForensicTest = {
  id: 'one-time-vendor',
  version: '1.0.0',
  title: 'Party with one transaction only',
  group: 'duplicates',
  side: 'bank',
  needs: ['amount', 'party'],
  uses: ['currency', 'date'],
  parameters: [
    {
      name: 'minimum',
      kind: 'decimal',
      default: '0',
      minimum: 0,
      meaning: 'least amount reported; 0 is the amount that one in twenty exceeds',
    },
  ],
  explanations: ['reversed', 'own-transfer', 'immaterial'],
  run(table, parameters, context) {
    const amounts = requireColumn(table.amountUnits, 'amount');
    const { codes, values } = requireColumn(table.party, 'party');
    // Payments have the sign that most amounts have: negative on a statement, positive in a list of payments with credits.
    const sign = paymentSign(amounts);
    const statement = amounts.some(units => units * sign < 0);
    const rowsOf = new Uint32Array(values.length);
    const rowOf = new Uint32Array(values.length);
    const excluded = { amount: 0, party: 0, received: 0 };
    const sizes = new Float64Array(table.rowCount);
    let used = 0;
    for (let row = 0; row < table.rowCount; row++) {
      reportProgress(context, row, table.rowCount, 0, 0.8);
      const units = amounts[row]!;
      const party = codes[row]!;
      if (Number.isNaN(units)) excluded.amount++;
      else if (party === UNKNOWN_CODE) excluded.party++;
      else {
        rowsOf[party]!++;
        rowOf[party] = row;
        if (units * sign <= 0) excluded.received++;
        else sizes[used++] = Math.abs(units);
      }
    }
    const stated = unitsAtLeast(decimalParameter(parameters, 'minimum'), table.amountScale);
    const least =
      stated > 0
        ? stated
        : used === 0
          ? Infinity
          : valueAtRank(sizes.subarray(0, used), Math.floor(LARGE_SHARE * (used - 1)));
    let single = 0;
    const large: number[] = [];
    for (let party = 0; party < values.length; party++) {
      if (rowsOf[party] !== 1) continue;
      const units = amounts[rowOf[party]!]!;
      if (units * sign <= 0) continue;
      single++;
      if (Math.abs(units) >= least) large.push(rowOf[party]!);
    }
    const listed = large
      .toSorted((a, b) => Math.abs(amounts[b]!) - Math.abs(amounts[a]!) || a - b)
      .slice(0, MOST_FINDINGS);
    const largest = Math.abs(amounts[listed[0] ?? 0] ?? 1);
    return {
      population: {
        rows: table.rowCount,
        used,
        excluded: [
          { reason: 'amount is unknown', count: excluded.amount },
          { reason: 'party is unknown', count: excluded.party },
          { reason: 'money received, or zero', count: excluded.received },
        ].filter(group => group.count > 0),
      },
      statistics: { parties: values.length, oneTimeParties: single, large: large.length, flagged: listed.length },
      bins: [],
      findings: inReportOrder(
        listed.map(row => ({
          key: textAt(table.party, row) ?? '',
          rows: Uint32Array.of(row),
          severity: 'low' as const,
          score: Math.abs(amounts[row]!) / largest,
          reason: `${describeRow(table, row)}: the only transaction with this party, and at least ${formatAmount(table, least, null)}.`,
        })),
      ),
      limits: [
        'A party seen once in the period examined may be an old one: the records before it say.',
        ...(statement ? ['Amounts received count as transactions of a party; only payments are reported.'] : []),
        ...(large.length > MOST_FINDINGS
          ? [`The ${MOST_FINDINGS} largest of ${formatCount(large.length)} are listed.`]
          : []),
      ],
    };
  },
};
