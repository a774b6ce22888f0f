import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { unitsAtLeast } from '../amount-bound.ts';
import { describeRow, formatAmount, formatCount, textAt } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { ForensicTest } from '../forensic-test.ts';
import { decimalParameter, textParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { requireColumn } from '../transaction-table.ts';
import { LargeOfCurrency } from './large-of-currency.ts';
import { PAYMENT_SIGN, paymentSign } from './payment-sign.ts';

const MOST_FINDINGS = 200;

/** Parties that were paid once only, and a large amount. Spec: docs/specs/one-time-vendor.md. */
export const oneTimeVendor: ForensicTest = {
  id: 'one-time-vendor',
  version: '2.0.0',
  title: 'Party with one transaction only',
  group: 'duplicates',
  side: 'bank',
  needs: ['amount', 'party'],
  uses: ['account', 'currency', 'date'],
  parameters: [
    {
      name: 'minimum',
      kind: 'decimal',
      default: '0',
      minimum: 0,
      meaning: 'least amount reported; 0 is the amount that one in twenty of its currency exceeds',
    },
    PAYMENT_SIGN,
  ],
  explanations: ['reversed', 'own-transfer', 'immaterial'],
  run(table, parameters, context) {
    const amounts = requireColumn(table.amountUnits, 'amount');
    const { codes, values } = requireColumn(table.party, 'party');
    const { sign, told } = paymentSign(table, amounts, textParameter(parameters, 'sign'));
    const currencies = table.currency;
    const currencyOf = (row: number): number => currencies?.codes[row] ?? UNKNOWN_CODE;
    const rowsOf = new Uint32Array(values.length);
    const rowOf = new Uint32Array(values.length);
    const excluded = { amount: 0, party: 0, received: 0 };
    const sizes = new LargeOfCurrency(table.rowCount, currencies?.values.length ?? 0);
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
        else {
          sizes.add(Math.abs(units), currencyOf(row));
          used++;
        }
      }
    }
    const stated = unitsAtLeast(decimalParameter(parameters, 'minimum'), table.amountScale);
    const bounds = stated > 0 ? null : sizes.bounds();
    const leastOf = (row: number): number => bounds?.[currencyOf(row) + 1] ?? stated;
    let single = 0;
    const large: number[] = [];
    for (let party = 0; party < values.length; party++) {
      if (rowsOf[party] !== 1) continue;
      const units = amounts[rowOf[party]!]!;
      if (units * sign <= 0) continue;
      single++;
      if (Math.abs(units) >= leastOf(rowOf[party]!)) large.push(rowOf[party]!);
    }
    // Amounts of different currencies cannot be ranked: each is seen beside the largest of its own.
    const largest = new Map<number, number>();
    for (const row of large)
      largest.set(currencyOf(row), Math.max(largest.get(currencyOf(row)) ?? 0, Math.abs(amounts[row]!)));
    const scoreOf = (row: number): number => Math.abs(amounts[row]!) / largest.get(currencyOf(row))!;
    const listed = large.toSorted((a, b) => scoreOf(b) - scoreOf(a) || a - b).slice(0, MOST_FINDINGS);
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
          score: scoreOf(row),
          reason: `${describeRow(table, row)}: the only transaction with this party, and at least ${formatAmount(table, leastOf(row), textAt(table.currency, row))}.`,
        })),
      ),
      limits: [
        'A party seen once in the period examined may be an old one: the records before it say.',
        ...(told === null ? [] : [told]),
        ...(excluded.received > 0
          ? ['Amounts received count as transactions of a party; only payments are reported.']
          : []),
        ...(large.length > MOST_FINDINGS
          ? [`The ${MOST_FINDINGS} largest of ${formatCount(large.length)} are listed.`]
          : []),
      ],
    };
  },
};
