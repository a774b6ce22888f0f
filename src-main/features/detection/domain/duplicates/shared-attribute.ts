import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { jaroWinkler } from '../../../parties/domain/index.ts';
import { countOf, formatCount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { integerParameter } from '../parameters.ts';
import { rowsByCode } from '../rows-by-code.ts';
import { requireColumn } from '../transaction-table.ts';
import { ATTRIBUTES, attributesOf, foldedColumn } from './attribute-values.ts';

const MOST_FINDINGS = 500;
/** Names this alike are spellings of one. */
const ONE_NAME = 0.9;
/** An account with more parties than this belongs to a payment service more often than to a ring. */
const SERVICE_PARTIES = 20;
const NAMES_SHOWN = 4;

/** Names of which none is a spelling of another listed before it. */
const differentNames = (names: readonly string[]): string[] => {
  const different: string[] = [];
  for (const name of names) if (different.every(other => jaroWinkler(name, other) < ONE_NAME)) different.push(name);
  return different;
};

/** One bank account, address or telephone number with several parties. Spec: docs/specs/shared-attribute.md. */
export const sharedAttribute: ForensicTest = {
  id: 'shared-attribute',
  version: '1.0.0',
  title: 'One account or address, several parties',
  group: 'duplicates',
  side: 'bank',
  needs: ['party'],
  uses: ['counterparty-account'],
  parameters: [
    ATTRIBUTES,
    {
      name: 'parties',
      kind: 'integer',
      default: '2',
      minimum: 2,
      maximum: 1000,
      meaning: 'least number of parties that share a value',
    },
  ],
  explanations: ['own-transfer', 'immaterial'],
  run(table, parameters, context) {
    const party = requireColumn(table.party, 'party');
    const least = integerParameter(parameters, 'parties');
    const attributes = attributesOf(table, parameters);
    const findings: FindingDraft[] = [];
    let spellings = 0;
    let shared = 0;
    const stated = new Uint8Array(table.rowCount);
    for (const [at, { name, column }] of attributes.entries()) {
      context.progress(at / attributes.length);
      const folded = foldedColumn(column);
      const known = folded.codes.map((code, row) => (party.codes[row] === UNKNOWN_CODE ? UNKNOWN_CODE : code));
      const { starts, rows } = rowsByCode(known, folded.values.length);
      for (const row of rows) stated[row] = 1;
      for (let code = 0; code < folded.values.length; code++) {
        const own = rows.subarray(starts[code]!, starts[code + 1]!);
        const parties = new Set<number>();
        for (const row of own) parties.add(party.codes[row]!);
        if (parties.size < least) continue;
        const names = [...parties].map(found => party.values[found]!).sort();
        const different = names.length > SERVICE_PARTIES ? names : differentNames(names);
        if (different.length < least) {
          spellings++;
          continue;
        }
        shared++;
        const service = different.length > SERVICE_PARTIES;
        const original = column.values[column.codes[own[0]!]!]!;
        const more = different.length > NAMES_SHOWN ? ` and ${formatCount(different.length - NAMES_SHOWN)} more` : '';
        findings.push({
          key: JSON.stringify([name, folded.values[code]]),
          rows: own.slice(),
          severity: service ? 'info' : 'high',
          score: service ? 0.2 : 1 - 1 / different.length,
          reason: `${original} (${name}) is stated with ${countOf(different.length, 'different party', 'different parties')} in ${countOf(own.length, 'row')}: ${different.slice(0, NAMES_SHOWN).join(', ')}${more}.`,
        });
      }
    }
    const used = stated.reduce((sum, flag) => sum + flag, 0);
    const listed = inReportOrder(findings);
    return {
      population: {
        rows: table.rowCount,
        used,
        excluded: [{ reason: 'party or attribute is unknown', count: table.rowCount - used }].filter(
          ({ count }) => count > 0,
        ),
      },
      statistics: { sharedValues: shared, spellingsOnly: spellings, flagged: Math.min(listed.length, MOST_FINDINGS) },
      bins: [],
      findings: listed.slice(0, MOST_FINDINGS),
      limits: [
        ...(attributes.length === 0
          ? ['There is no counterparty account, and no column was named in attributes: nothing could be compared.']
          : []),
        `Values shared only by spellings of one name are counted, not listed. With more than ${SERVICE_PARTIES} parties a payment service is the likelier reason.`,
        ...(listed.length > MOST_FINDINGS
          ? [`The ${MOST_FINDINGS} first of ${formatCount(listed.length)} are listed.`]
          : []),
      ],
    };
  },
};
