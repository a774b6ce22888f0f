import { isoDate, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import type { CodedColumn } from '../../../../kernel/dictionary.ts';
import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { countOf, formatAmount, formatCount, sharedCurrency } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { integerParameter } from '../parameters.ts';
import { rowsByCode } from '../rows-by-code.ts';
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
  version: '1.0.0',
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
    const undated = days.reduce((count, day) => count + (day === UNKNOWN_DAY ? 1 : 0), 0);
    let examined = 0;
    for (const [at, [what, { codes, values }]] of columns.entries()) {
      context.progress(at / columns.length);
      const dated = codes.map((code, row) => (days[row] === UNKNOWN_DAY ? UNKNOWN_CODE : code));
      const { starts, rows } = rowsByCode(dated, values.length);
      for (let code = 0; code < values.length; code++) {
        const own = rows.subarray(starts[code]!, starts[code + 1]!);
        if (own.length <= LEAST_ROWS_BEFORE || values[code] === '') continue;
        examined++;
        const sorted = own.slice().sort((a, b) => days[a]! - days[b]! || a - b);
        let longest = 0;
        for (let i = 1; i < sorted.length; i++) {
          const pause = days[sorted[i]!]! - days[sorted[i - 1]!]!;
          const before = longest;
          longest = Math.max(longest, pause);
          if (i < LEAST_ROWS_BEFORE || pause < silence || pause < UNUSUAL * before) continue;
          const last = days[sorted[i]!]! + AFTER_DAYS;
          const after = Array.from(sorted.subarray(i)).filter(row => days[row]! <= last);
          const moved = after.reduce((sum, row) => sum + Math.abs(table.amountUnits?.[row] ?? 0), 0);
          const figure =
            table.amountUnits === null || !Number.isSafeInteger(moved)
              ? ''
              : `, ${formatAmount(table, moved, sharedCurrency(table, after))} in all`;
          findings.push({
            key: JSON.stringify([what, values[code], isoDate(days[sorted[i]!]!)]),
            rows: Uint32Array.from([sorted[i - 1]!, ...after]).sort(),
            severity: what === 'Account' ? 'medium' : 'low',
            score: 1 - silence / (pause + 1),
            reason: `${what} ${values[code]}: nothing for ${countOf(pause, 'day')} after ${isoDate(days[sorted[i - 1]!]!)} (before that ${countOf(before, 'day')} at the longest), then ${countOf(after.length, 'row')} within ${AFTER_DAYS} days from ${isoDate(days[sorted[i]!]!)}${figure}.`,
          });
        }
      }
    }
    const listed = inReportOrder(findings);
    return {
      population: {
        rows: table.rowCount,
        used: table.rowCount - undated,
        excluded: [{ reason: 'date is unknown', count: undated }].filter(({ count }) => count > 0),
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
