import { isoDate, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import type { CodedColumn } from '../../../../kernel/dictionary.ts';
import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { knownDays } from '../calendar.ts';
import { countOf, formatAmount, formatCount, sharedCurrency } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { integerParameter } from '../parameters.ts';
import { rowsByCodeInTime } from '../rows-in-time.ts';
import { rowsOfNobody } from '../rows-of-nobody.ts';
import { requireColumn } from '../transaction-table.ts';

const MOST_FINDINGS = 300;
/** Rows of the first days after the silence are what a finding shows. */
const AFTER_DAYS = 30;
/** A silence asks only where it is this many times the longest pause before it: a yearly payment is never dormant. */
const UNUSUAL = 2;
const LEAST_ROWS_BEFORE = 3;

/** Accounts and parties that move again after a long silence. Spec: docs/specs/dormant-account-reactivated.md. */
export const dormantAccountReactivated: ForensicTest = {
  id: 'dormant-account-reactivated',
  version: '1.1.0',
  title: 'Dormant account or party reactivated',
  group: 'duplicates',
  side: 'bank',
  needs: ['date'],
  uses: ['account', 'party', 'amount', 'currency'],
  parameters: [
    {
      name: 'days',
      kind: 'integer',
      default: '180',
      minimum: 2,
      maximum: 36_500,
      meaning: 'days without a transaction that make it dormant',
    },
  ],
  explanations: ['recurring', 'own-transfer', 'immaterial'],
  run(table, parameters, context) {
    const days = requireColumn(table.bookingDay, 'date');
    const silence = integerParameter(parameters, 'days');
    const columns = (
      [
        ['Account', table.account],
        ['Party', table.party],
      ] as const
    ).filter((entry): entry is readonly ['Account' | 'Party', CodedColumn] => entry[1] !== null);
    const findings: FindingDraft[] = [];
    const span = knownDays(days) ?? { first: 0, last: 0 };
    let undated = 0;
    for (let row = 0; row < days.length; row++) if (days[row] === UNKNOWN_DAY) undated++;
    let examined = 0;
    for (const [at, [what, { codes, values }]] of columns.entries()) {
      context.progress(at / columns.length);
      const dated = codes.slice();
      for (let row = 0; row < dated.length; row++) if (days[row] === UNKNOWN_DAY) dated[row] = UNKNOWN_CODE;
      const { starts, rows } = rowsByCodeInTime(dated, values.length, days, span);
      for (let code = 0; code < values.length; code++) {
        const [from, to] = [starts[code]!, starts[code + 1]!];
        if (to - from <= LEAST_ROWS_BEFORE || values[code] === '') continue;
        examined++;
        let longest = 0;
        for (let i = from + 1; i < to; i++) {
          const awake = days[rows[i]!]!;
          const lastDay = days[rows[i - 1]!]!;
          const pause = awake - lastDay;
          const before = longest;
          longest = Math.max(longest, pause);
          if (i - from < LEAST_ROWS_BEFORE || pause < silence || pause < UNUSUAL * before) continue;
          let end = i;
          while (end < to && days[rows[end]!]! <= awake + AFTER_DAYS) end++;
          // All rows of the last day: which of them came last is not stated.
          let start = i;
          while (start > from && days[rows[start - 1]!] === lastDay) start--;
          const after = rows.subarray(i, end);
          const moved = after.reduce((sum, row) => sum + Math.abs(table.amountUnits?.[row] ?? 0), 0);
          const figure =
            table.amountUnits === null || !Number.isSafeInteger(moved)
              ? ''
              : `, ${formatAmount(table, moved, sharedCurrency(table, after))} in all`;
          findings.push({
            key: JSON.stringify([what, values[code], isoDate(awake)]),
            rows: rows.slice(start, end).sort(),
            severity: what === 'Account' ? 'medium' : 'low',
            score: 1 - silence / (pause + 1),
            reason: `${what} ${values[code]}: nothing for ${countOf(pause, 'day')} after ${isoDate(lastDay)} (before that ${countOf(before, 'day')} at the longest), then ${countOf(after.length, 'row')} within ${AFTER_DAYS} days from ${isoDate(awake)}${figure}.`,
          });
        }
      }
    }
    const listed = inReportOrder(findings);
    const excluded = [{ reason: 'date is unknown', count: undated }, rowsOfNobody(table)].filter(
      ({ count }) => count > 0,
    );
    return {
      population: {
        rows: table.rowCount,
        used: excluded.reduce((rest, { count }) => rest - count, table.rowCount),
        excluded,
      },
      statistics: { examined, reactivated: listed.length, flagged: Math.min(listed.length, MOST_FINDINGS) },
      bins: [],
      findings: listed.slice(0, MOST_FINDINGS),
      limits: [
        'A month whose statement is missing looks like a silence: see the coverage of the case.',
        `Less than ${LEAST_ROWS_BEFORE} transactions before the silence say nothing of what is usual.`,
        ...(columns.length === 0 ? ['There is neither an account nor a party column: nothing could be examined.'] : []),
        ...(listed.length > MOST_FINDINGS
          ? [`The ${MOST_FINDINGS} longest of ${formatCount(listed.length)} silences are listed.`]
          : []),
      ],
    };
  },
};
