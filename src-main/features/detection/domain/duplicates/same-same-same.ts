import { isoDate, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { countOf, formatAmount, textAt } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { requireColumn } from '../transaction-table.ts';
import { MINIMUM, samePartyAmount } from './same-party-amount.ts';

const NO_REFERENCE = 0;

/** Same party, amount and date, and the same reference where there are references. Spec: docs/specs/same-same-same.md. */
export const sameSameSame: ForensicTest = {
  id: 'same-same-same',
  version: '1.0.0',
  title: 'Same party, same amount, same date',
  group: 'duplicates',
  side: 'bank',
  needs: ['amount', 'party', 'date'],
  uses: ['currency', 'reference'],
  parameters: [MINIMUM],
  explanations: ['reversed', 'fixed-tariff', 'immaterial'],
  run(table, parameters, context) {
    const days = requireColumn(table.bookingDay, 'date');
    const references = table.referenceHash;
    const { groups, population, tested } = samePartyAmount(table, parameters, context);
    let undated = 0;
    for (let row = 0; row < table.rowCount; row++) if (tested[row] === 1 && days[row] === UNKNOWN_DAY) undated++;
    const findings: FindingDraft[] = [];
    let rowsListed = 0;
    for (const group of groups) {
      const byKey = new Map<string | number, number[]>();
      for (const row of group) {
        const day = days[row]!;
        if (day === UNKNOWN_DAY) continue;
        const key = references === null ? day : `${day} ${references[row]}`;
        const same = byKey.get(key);
        if (same === undefined) byKey.set(key, [row]);
        else same.push(row);
      }
      for (const rows of byKey.values()) {
        if (rows.length < 2) continue;
        rowsListed += rows.length;
        const first = rows[0]!;
        const party = textAt(table.party, first);
        const currency = textAt(table.currency, first);
        const amount = formatAmount(table, table.amountUnits![first]!, currency);
        const referenced = references !== null && references[first] !== NO_REFERENCE;
        findings.push({
          key: JSON.stringify([
            party,
            table.amountUnits![first],
            currency,
            isoDate(days[first]!),
            references?.[first] ?? 0,
          ]),
          rows: Uint32Array.from(rows),
          severity: referenced ? 'high' : 'medium',
          score: 1 - 1 / rows.length,
          reason: `${party}: ${countOf(rows.length, 'row')} of ${amount} on ${isoDate(days[first]!)}${referenced ? ' under one reference' : references === null ? '' : ', none with a reference'}.`,
        });
      }
    }
    return {
      population: {
        ...population,
        used: population.used - undated,
        excluded: [...population.excluded, { reason: 'date is unknown', count: undated }].filter(
          ({ count }) => count > 0,
        ),
      },
      statistics: { groups: findings.length, rows: rowsListed, surplus: rowsListed - findings.length },
      bins: [],
      findings: inReportOrder(findings),
      limits: [
        'Two deliveries, tickets or fees of one price on one day are equal for innocent reasons.',
        ...(references === null ? ['No reference column: rows under different references are listed together.'] : []),
        ...(table.currency === null ? ['No currency column: equal figures are taken as equal amounts.'] : []),
      ],
    };
  },
};
