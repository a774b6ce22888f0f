import { countOf, formatAmount, formatCount, textAt } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { reportProgress } from '../row-progress.ts';
import { requireColumn } from '../transaction-table.ts';
import { MINIMUM, samePartyAmount } from './same-party-amount.ts';
import { referenceLikeness } from './similar-references.ts';

/** Different references of one party and amount that are compared with each other. */
const MOST_REFERENCES = 60;

/** Among more references than this of one party and amount (a rent, a subscription) a chance likeness says nothing. */
const FEW_REFERENCES = 4;
const CERTAIN: ReadonlySet<string> = new Set(['written alike', 'one has a character more']);

/** Same party and amount under references that are nearly the same. Spec: docs/specs/same-same-similar.md. */
export const sameSameSimilar: ForensicTest = {
  id: 'same-same-similar',
  version: '1.0.0',
  title: 'Same party, same amount, similar reference',
  group: 'duplicates',
  side: 'bank',
  needs: ['amount', 'party', 'reference-text'],
  uses: ['currency', 'reference', 'date'],
  parameters: [MINIMUM],
  explanations: ['reversed', 'recurring', 'distinct-references', 'immaterial'],
  run(table, parameters, context) {
    const amounts = requireColumn(table.amountUnits, 'amount');
    const texts = requireColumn(table.referenceText, 'reference-text');
    const { groups, population } = samePartyAmount(table, parameters, context);
    const findings: FindingDraft[] = [];
    let bounded = 0;
    for (const [at, group] of groups.entries()) {
      reportProgress(context, at, groups.length, 0.5, 1);
      // The hash tells without a look at the text that all are one reference.
      if (
        table.referenceHash !== null &&
        group.every(row => table.referenceHash![row] === table.referenceHash![group[0]!])
      )
        continue;
      const rowsOf = new Map<string, number[]>();
      for (const row of group) {
        const text = texts.at(row);
        if (text === '') continue;
        const rows = rowsOf.get(text);
        if (rows === undefined) rowsOf.set(text, [row]);
        else rows.push(row);
      }
      const references = [...rowsOf.keys()].sort();
      if (references.length > MOST_REFERENCES) {
        bounded++;
        continue;
      }
      for (const [i, a] of references.entries())
        for (const b of references.slice(i + 1)) {
          const likeness = referenceLikeness(a, b);
          if (likeness === null || (references.length > FEW_REFERENCES && !CERTAIN.has(likeness))) continue;
          const rows = [...rowsOf.get(a)!, ...rowsOf.get(b)!].sort((x, y) => x - y);
          const first = rows[0]!;
          const party = textAt(table.party, first);
          const currency = textAt(table.currency, first);
          findings.push({
            key: JSON.stringify([party, amounts[first], currency, a, b]),
            rows: Uint32Array.from(rows),
            severity: CERTAIN.has(likeness) ? 'high' : 'medium',
            score: likeness === 'written alike' ? 1 : likeness === 'two characters are swapped' ? 0.9 : 0.7,
            reason: `${party}: ${countOf(rows.length, 'row')} of ${formatAmount(table, amounts[first]!, currency)} under the references ${a} and ${b}: ${likeness}.`,
          });
        }
    }
    return {
      population,
      statistics: { groups: groups.length, flagged: findings.length },
      bins: [],
      findings: inReportOrder(findings),
      limits: [
        'References of which only the last character differs are consecutive numbers and not listed.',
        ...(bounded > 0
          ? [`${formatCount(bounded)} groups with more than ${MOST_REFERENCES} different references were not compared.`]
          : []),
        ...(table.currency === null ? ['No currency column: equal figures are taken as equal amounts.'] : []),
      ],
    };
  },
};
