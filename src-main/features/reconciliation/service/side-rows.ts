import type { SideChoice } from '../../../contract/reconciliation-sides.ts';
import { textList } from '../../ingestion/domain/case-table.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { decodeUtf8 } from '../../ingestion/service/decode-utf8.ts';
import { rowsOfChoice, sourcesOfChoice } from './chosen-side.ts';
import type { MatchView } from './match-view.ts';
import { isMatched } from './match-view.ts';

/** What became of a row, by its code: 0, 1, 2. */
export const ROW_STATES = ['open', 'suggested', 'matched'] as const;
const SUGGESTED = 1;
export const MATCHED = 2;

/** The rows of one side that lie in one source. */
export interface SidePart {
  readonly source: CaseSource;
  /** Rows of the source on this side, ascending; null for all of them. */
  readonly rows: Uint32Array | null;
  /** By row of the source: a code of ROW_STATES. */
  readonly state: Uint8Array;
  /** Currencies by their code in the source. */
  readonly currencies: readonly string[];
}

const stateOf = (source: CaseSource, view: Pick<MatchView, 'matches'>): Uint8Array => {
  const state = new Uint8Array(source.columns.count);
  const first = source.firstTransactionId;
  for (const match of view.matches) {
    if (match.judgment === 'rejected') continue;
    const reached = isMatched(match) ? MATCHED : SUGGESTED;
    for (const ids of [match.a, match.b])
      for (const id of ids) if (id >= first && id < first + state.length) state[id - first] = reached;
  }
  return state;
};

/** The rows of a side with what became of each. */
export const sideParts = (
  sources: readonly CaseSource[],
  choice: SideChoice,
  view: Pick<MatchView, 'matches'>,
): SidePart[] =>
  sourcesOfChoice(sources, choice).map(source => ({
    source,
    rows: rowsOfChoice([source], choice),
    state: stateOf(source, view),
    currencies: textList(source.columns.dictionaries.currency, decodeUtf8).map(value => value.trim().toUpperCase()),
  }));

/** Rows of a part in order: `each` gets the row of the source. */
export const eachRow = ({ source, rows }: SidePart, each: (row: number) => void): void => {
  if (rows === null) for (let row = 0; row < source.columns.count; row++) each(row);
  else for (const row of rows) each(row);
};

/**
 * The currency a row is compared in: the stated one. Where a whole side states none and the other has a single one, that one,
 * as the matching takes it; null where it is not known.
 */
export const currencyReader = (
  own: readonly SidePart[],
  other: readonly SidePart[],
): ((part: SidePart, row: number) => string | null) => {
  const namesOf = (parts: readonly SidePart[]): Set<string> => new Set(parts.flatMap(part => part.currencies));
  const others = [...namesOf(other)];
  const taken = namesOf(own).size === 0 && others.length === 1 ? (others[0] ?? null) : null;
  return (part, row) => part.currencies[part.source.columns.columns.currency[row] ?? -1] ?? taken;
};
