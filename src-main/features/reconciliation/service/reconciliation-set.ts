import type { QueryContext } from '../../../engine/handler.ts';
import { caseSources } from '../../ingestion/service/case-source.ts';
import { rowsOfCash } from './cash-proofs.ts';
import { explainedRows, leftoverProposals } from './leftovers.ts';
import { isMatched } from './match-view.ts';
import type { ShownReconciliation } from './shown-reconciliation.ts';
import { shownReconciliation } from './shown-reconciliation.ts';
import { currencyReader, eachRow, MATCHED, ROW_STATES, sideParts } from './side-rows.ts';

const SIDE = /^(a|b|ab):(total|open|suggested|matched|unsettled)(?::(.*))?$/s;
const MATCHES = /^pairs:(suggested|confirmed|accepted|hand|rejected|matched)$/;
const MATCH = /^match:(r?[\d-]+)$/;
const PROPOSED = /^proposal:(a|b):(.+)$/s;

/**
 * Rows behind a figure of the shown reconciliation, by its name: `a:open`, `b:matched:EUR` (empty after the colon: rows of no
 * known currency), `ab:unsettled:EUR` (open and suggested rows of both), `pairs:suggested` (both sides of all such matches),
 * `match:KEY`, `proposal:a:KIND`, `explained`, `cash:…` (a figure of a proof of cash). Ascending ids; none for a name that is no figure.
 */
export const reconciliationRows = async (
  context: QueryContext,
  caseId: string,
  name: string,
): Promise<Float64Array> => {
  const shown = shownReconciliation(context, context.store, caseId);
  if (shown === null) return new Float64Array();
  const matches = MATCHES.exec(name);
  if (matches !== null)
    return ascending(
      shown.view.matches
        .filter(match => (matches[1] === 'matched' ? isMatched(match) : match.judgment === matches[1]))
        .flatMap(({ a, b }) => [...a, ...b]),
    );
  const match = MATCH.exec(name);
  if (match !== null) return rowsOfMatch(shown, match[1] ?? '');
  const proposed = PROPOSED.exec(name);
  if (proposed !== null)
    return ascending(
      leftoverProposals(context.store, shown)
        .filter(({ side, kinds }) => side === proposed[1] && kinds.includes(proposed[2] ?? ''))
        .map(({ id }) => id),
    );
  if (name === 'explained') return ascending(explainedRows(shown));
  if (name.startsWith('cash:')) return rowsOfCash(context, caseId, shown, name);
  const side = SIDE.exec(name);
  if (side === null) return new Float64Array();
  const [, which, state, currency] = side;
  const sources = await caseSources(context, caseId);
  const a = sideParts(sources, shown.basis.sides.a, shown.view);
  const b = sideParts(sources, shown.basis.sides.b, shown.view);
  const wanted = (row: number | undefined): boolean =>
    state === 'total' || (state === 'unsettled' ? row !== MATCHED : row !== undefined && ROW_STATES[row] === state);
  const ids: number[] = [];
  for (const [letter, own, other] of [
    ['a', a, b],
    ['b', b, a],
  ] as const) {
    if (!which?.includes(letter)) continue;
    const currencyOf = currencyReader(own, other);
    for (const part of own)
      eachRow(part, row => {
        if (!wanted(part.state[row])) return;
        if (currency !== undefined && (currencyOf(part, row) ?? '') !== currency) return;
        ids.push(part.source.firstTransactionId + row);
      });
  }
  return ascending(ids);
};

const ascending = (ids: readonly number[]): Float64Array => Float64Array.from(new Set(ids)).sort();

const rowsOfMatch = ({ view }: ShownReconciliation, key: string): Float64Array => {
  const rejected = /^r(\d+)-(\d+)$/.exec(key);
  const match =
    rejected === null
      ? view.matchOfRow.get(Number(key))
      : view.matches.find(
          ({ judgment, seq, a, b }) =>
            judgment === 'rejected' && seq === Number(rejected[1]) && [...a, ...b].includes(Number(rejected[2])),
        );
  return ascending(match === undefined ? [] : [...match.a, ...match.b]);
};
