import { UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { countOf, formatAmount, textAt } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import { MINIMUM, samePartyAmount } from './same-party-amount.ts';

/** Two payments this close in time ask more than a rent that returns every month. */
const CLOSE_DAYS = 7;
const NO_REFERENCE = 0;

const distinctReferences = (references: Float64Array, rows: Uint32Array): number => {
  const distinct = new Set<number>();
  for (const row of rows) if (references[row] !== NO_REFERENCE) distinct.add(references[row]!);
  return distinct.size;
};

/** Smallest number of days between two rows with different references; null where the days are not known. */
const closestDays = (table: TransactionTable, references: Float64Array, rows: Uint32Array): number | null => {
  const days = table.bookingDay;
  if (days === null) return null;
  const dated = [...rows]
    .filter(row => references[row] !== NO_REFERENCE && days[row] !== UNKNOWN_DAY)
    .sort((a, b) => days[a]! - days[b]! || a - b);
  let closest: number | null = null;
  // In order of days the closest pair with different references has neighbours with different references between its ends.
  for (let i = 1; i < dated.length; i++) {
    if (references[dated[i]!] === references[dated[i - 1]!]) continue;
    const apart = days[dated[i]!]! - days[dated[i - 1]!]!;
    if (closest === null || apart < closest) closest = apart;
  }
  return closest;
};

const findingOf = (
  table: TransactionTable,
  rows: Uint32Array,
  references: number,
  closest: number | null,
): FindingDraft => {
  const first = rows[0]!;
  const units = table.amountUnits![first]!;
  const currency = textAt(table.currency, first);
  const party = textAt(table.party, first);
  const apart = closest === null ? '' : ` The closest two are ${countOf(closest, 'day')} apart.`;
  return {
    key: JSON.stringify([party, units, currency]),
    rows,
    severity: closest !== null && closest <= CLOSE_DAYS ? 'high' : 'medium',
    score: closest === null ? 0.5 : CLOSE_DAYS / (CLOSE_DAYS + closest),
    reason: `${party}: ${countOf(rows.length, 'row')} of ${formatAmount(table, units, currency)} under ${countOf(references, 'different reference')}.${apart}`,
  };
};

/** Same party and amount, different references. Spec: docs/specs/same-same-different.md. */
export const sameSameDifferent: ForensicTest = {
  id: 'same-same-different',
  version: '1.0.0',
  title: 'Same party, same amount, different reference',
  group: 'duplicates',
  side: 'bank',
  needs: ['amount', 'party', 'reference'],
  uses: ['currency', 'date'],
  parameters: [MINIMUM],
  explanations: ['reversed', 'recurring', 'distinct-references', 'fixed-tariff', 'immaterial'],
  run(table, parameters, context) {
    const references = requireColumn(table.referenceHash, 'reference');
    const { groups, population, tested } = samePartyAmount(table, parameters, context);
    let unreferenced = 0;
    for (let row = 0; row < table.rowCount; row++)
      if (tested[row] === 1 && references[row] === NO_REFERENCE) unreferenced++;
    const findings: FindingDraft[] = [];
    let listed = 0;
    for (const rows of groups) {
      const different = distinctReferences(references, rows);
      if (different < 2) continue;
      listed += rows.length;
      findings.push(findingOf(table, rows, different, closestDays(table, references, rows)));
    }
    return {
      population,
      statistics: { groups: findings.length, rows: listed, rowsWithoutReference: unreferenced },
      bins: [],
      findings: inReportOrder(findings),
      limits: [
        'Regular payments of one amount (rent, subscriptions) are listed too: the days between them tell them apart.',
        ...(unreferenced > 0
          ? [
              `${countOf(unreferenced, 'row')} without a reference cannot show a different one; they are listed beside rows that do.`,
            ]
          : []),
        ...(table.currency === null ? ['No currency column: equal figures are taken as equal amounts.'] : []),
        ...(table.bookingDay === null ? ['No date column: how far apart the payments lie was not considered.'] : []),
      ],
    };
  },
};
