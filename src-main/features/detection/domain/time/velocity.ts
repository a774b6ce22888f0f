import { isoDate, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { type Decimal, powerOfTen } from '../../../../kernel/decimal.ts';
import type { CodedColumn } from '../../../../kernel/dictionary.ts';
import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { countOf } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { decimalParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { rowsByCode } from '../rows-by-code.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';

/** A table without accounts is one account without a name. */
const accountsOf = (table: TransactionTable): CodedColumn =>
  table.account ?? { codes: new Int32Array(table.rowCount), values: [''] };

/** The smallest row count of a day with count × active days > factor × rows, exactly. */
const leastBusyCount = (rows: number, activeDays: number, factor: Decimal): number =>
  Number((BigInt(factor.units) * BigInt(rows)) / (BigInt(activeDays) * 10n ** BigInt(factor.scale))) + 1;

/** Days on which an account moves far more often than it usually does. Spec: docs/specs/velocity.md. */
export const velocity: ForensicTest = {
  id: 'velocity',
  version: '1.0.0',
  title: 'Velocity',
  group: 'time',
  side: 'bank',
  needs: ['date'],
  uses: ['account'],
  parameters: [
    {
      name: 'factor',
      kind: 'decimal',
      default: '5',
      minimum: 1,
      maximum: 1_000_000,
      meaning: 'a day must have more than this many times the rows of an average active day',
    },
  ],
  explanations: ['customary-day', 'recurring', 'immaterial'],
  run(table, parameters, context) {
    const factor = decimalParameter(parameters, 'factor');
    const limit = factor.units / powerOfTen(factor.scale);
    const days = requireColumn(table.bookingDay, 'date');
    const accounts = accountsOf(table);
    const buckets = new Int32Array(table.rowCount);
    const excluded = { day: 0, account: 0 };
    let firstDay = Infinity;
    let lastDay = -Infinity;
    for (let row = 0; row < table.rowCount; row++) {
      reportProgress(context, row, table.rowCount, 0, 0.3);
      const day = days[row]!;
      const account = accounts.codes[row]!;
      buckets[row] = UNKNOWN_CODE;
      if (day === UNKNOWN_DAY) excluded.day++;
      else if (account === UNKNOWN_CODE) excluded.account++;
      else {
        buckets[row] = account;
        if (day < firstDay) firstDay = day;
        if (day > lastDay) lastDay = day;
      }
    }
    const { starts, rows } = rowsByCode(buckets, accounts.values.length);
    const perDay = new Uint32Array(rows.length === 0 ? 0 : lastDay - firstDay + 1);
    const findings: FindingDraft[] = [];
    let accountDays = 0;
    let tested = 0;
    for (let account = 0; account < accounts.values.length; account++) {
      reportProgress(context, account, accounts.values.length, 0.4, 1);
      const [from, to] = [starts[account]!, starts[account + 1]!];
      if (from === to) continue;
      tested++;
      let activeDays = 0;
      let most = 0;
      for (let i = from; i < to; i++) {
        const count = ++perDay[days[rows[i]!]! - firstDay]!;
        if (count === 1) activeDays++;
        if (count > most) most = count;
      }
      accountDays += activeDays;
      // The quick look in doubles spares most accounts the exact comparison.
      if (most * activeDays > 0.999 * limit * (to - from)) {
        const own = rows.subarray(from, to);
        const least = leastBusyCount(own.length, activeDays, factor);
        const busy = new Map<number, number[]>();
        for (const row of own) {
          if (perDay[days[row]! - firstDay]! < least) continue;
          const known = busy.get(days[row]!);
          if (known === undefined) busy.set(days[row]!, [row]);
          else known.push(row);
        }
        const name = accounts.values[account]!;
        const average = own.length / activeDays;
        for (const [day, dayRows] of busy) {
          const times = dayRows.length / average;
          findings.push({
            key: JSON.stringify([name, isoDate(day)]),
            rows: Uint32Array.from(dayRows),
            severity: 'medium',
            score: 1 - limit / times,
            reason: `${name === '' ? 'All rows' : `Account ${name}`}: ${countOf(dayRows.length, 'row')} on ${isoDate(day)}, ${times.toFixed(1)} times the average of ${average.toFixed(1)} on its ${countOf(activeDays, 'active day')}.`,
          });
        }
      }
      for (let i = from; i < to; i++) perDay[days[rows[i]!]! - firstDay] = 0;
    }
    return {
      population: {
        rows: table.rowCount,
        used: rows.length,
        excluded: [
          { reason: 'date is unknown', count: excluded.day },
          { reason: 'account is unknown', count: excluded.account },
        ].filter(group => group.count > 0),
      },
      statistics: { accounts: tested, accountDays, flagged: findings.length },
      bins: [],
      findings: inReportOrder(findings),
      limits: [
        'Days without a row do not count in the average; salary runs, month ends and direct-debit days are busy for innocent reasons.',
        ...(table.account === null ? ['No account column: all rows were taken as one account.'] : []),
      ],
    };
  },
};
