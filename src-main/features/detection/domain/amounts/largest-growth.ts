import { isoDate, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { powerOfTen } from '../../../../kernel/decimal.ts';
import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { countOf, formatAmount, sharedCurrency } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { dayParameter, decimalParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { requireColumn } from '../transaction-table.ts';

const MOST_FINDINGS = 25;

/** The middle of the days a table covers: the second half begins there. UNKNOWN_DAY without a date. */
const middleDay = (days: Int32Array): number => {
  let first = Infinity;
  let last = -Infinity;
  for (const day of days) {
    if (day === UNKNOWN_DAY) continue;
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return first > last ? UNKNOWN_DAY : first + Math.ceil((last - first + 1) / 2);
};

/** Parties whose money grew most from one period to the next. Spec: docs/specs/largest-growth.md. */
export const largestGrowth: ForensicTest = {
  id: 'largest-growth',
  version: '1.0.0',
  title: 'Largest growth',
  group: 'amounts',
  side: 'bank',
  needs: ['amount', 'date', 'party'],
  uses: ['currency'],
  parameters: [
    {
      name: 'split',
      kind: 'day',
      default: '',
      meaning: 'first day of the later period; none is the middle of the days covered',
    },
    {
      name: 'factor',
      kind: 'decimal',
      default: '3',
      minimum: 1,
      maximum: 1_000_000,
      meaning: 'the later sum must be more than this many times the earlier one',
    },
  ],
  explanations: ['recurring', 'own-transfer', 'immaterial'],
  run(table, parameters, context) {
    const amounts = requireColumn(table.amountUnits, 'amount');
    const days = requireColumn(table.bookingDay, 'date');
    const { codes, values } = requireColumn(table.party, 'party');
    const split = dayParameter(parameters, 'split') ?? middleDay(days);
    const factorParameter = decimalParameter(parameters, 'factor');
    const factor = factorParameter.units / powerOfTen(factorParameter.scale);
    // Sums of sizes stay exact below 2^53 units; a party beyond that is said.
    const before = new Float64Array(values.length);
    const after = new Float64Array(values.length);
    const excluded = { amount: 0, day: 0, party: 0 };
    for (let row = 0; row < table.rowCount; row++) {
      reportProgress(context, row, table.rowCount, 0, 0.6);
      const size = Math.abs(amounts[row]!);
      if (Number.isNaN(size)) excluded.amount++;
      else if (days[row] === UNKNOWN_DAY) excluded.day++;
      else if (codes[row] === UNKNOWN_CODE) excluded.party++;
      else if (days[row]! < split) before[codes[row]!]! += size;
      else after[codes[row]!]! += size;
    }
    const inexact = values.filter((_, party) => Math.max(before[party]!, after[party]!) > Number.MAX_SAFE_INTEGER);
    let appeared = 0;
    const grown = values.flatMap((_, party) => {
      if (before[party] === 0 && after[party]! > 0) appeared++;
      return before[party]! > 0 && after[party]! > factor * before[party]! ? [party] : [];
    });
    const listed = grown
      .toSorted((a, b) => after[b]! - before[b]! - (after[a]! - before[a]!) || a - b)
      .slice(0, MOST_FINDINGS);
    const rowsOf = new Map(listed.map(party => [party, [] as number[]]));
    const isListed = new Uint8Array(values.length);
    for (const party of listed) isListed[party] = 1;
    for (let row = 0; row < table.rowCount; row++) {
      const party = codes[row]!;
      if (party < 0 || isListed[party] === 0) continue;
      if (days[row] !== UNKNOWN_DAY && days[row]! >= split && !Number.isNaN(amounts[row]!))
        rowsOf.get(party)?.push(row);
    }
    const most = listed.length === 0 ? 1 : after[listed[0]!]! - before[listed[0]!]!;
    const findings = listed.map((party): FindingDraft => {
      const rows = Uint32Array.from(rowsOf.get(party)!);
      const currency = sharedCurrency(table, rows);
      const growth = after[party]! - before[party]!;
      return {
        key: values[party]!,
        rows,
        severity: 'low',
        // Ranked by the money, as the method is.
        score: growth / most,
        reason: `${values[party]}: ${formatAmount(table, before[party]!, currency)} before ${isoDate(split)}, ${formatAmount(table, after[party]!, currency)} from then on (${countOf(rows.length, 'row')}), ${(after[party]! / before[party]!).toFixed(1)} times as much.`,
      };
    });
    return {
      population: {
        rows: table.rowCount,
        used: table.rowCount - excluded.amount - excluded.day - excluded.party,
        excluded: [
          { reason: 'amount is unknown', count: excluded.amount },
          { reason: 'date is unknown', count: excluded.day },
          { reason: 'party is unknown', count: excluded.party },
        ].filter(group => group.count > 0),
      },
      statistics: {
        split: split === UNKNOWN_DAY ? null : isoDate(split),
        parties: values.length,
        grown: grown.length,
        appeared,
        flagged: findings.length,
      },
      bins: [],
      findings: inReportOrder(findings),
      limits: [
        'Amounts are added without their sign; growth of a business, a new project or a season has the same look.',
        `${countOf(appeared, 'party', 'parties')} without a row in the earlier period cannot have grown: see one-time-vendor and dormant-account-reactivated.`,
        ...(grown.length > MOST_FINDINGS
          ? [`The ${MOST_FINDINGS} largest of ${grown.length} growths are listed.`]
          : []),
        ...(inexact.length > 0 ? [`Sums beyond 2^53 units are not exact: ${inexact.length} parties.`] : []),
        ...(new Set(table.currency?.values ?? []).size > 1
          ? ['Parties with several currencies are added as they stand.']
          : []),
      ],
    };
  },
};
