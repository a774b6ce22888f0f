import type { SideChoice } from '../../../contract/reconciliation-sides.ts';
import type { JUDGMENTS, MATCH_KINDS } from '../../../contract/reconciliation-work.contract.ts';
import { parseIsoDate } from '../../../kernel/civil-date.ts';
import type { ReadStore } from '../../../platform/store.ts';
import type { SourceRecord } from '../../ingestion/storage/source.repository.ts';
import { completeSources, sourcesOfCase } from '../../ingestion/storage/source.repository.ts';
import { transactionById } from '../../ingestion/storage/transaction.repository.ts';
import type { IndexedMatch } from '../storage/reconciliation.repository.ts';
import { matchIndex } from '../storage/reconciliation.repository.ts';
import { rowsWithin } from '../storage/run.repository.ts';
import type { Basis } from './current-basis.ts';
import type { DecisionEvent } from './decision-event.ts';
import type { DecisionState } from './fold-decisions.ts';
import { foldDecisions } from './fold-decisions.ts';
import type { RowPlaces } from './row-places.ts';
import { rowPlaces } from './row-places.ts';

export type Judgment = (typeof JUDGMENTS)[number];
export type MatchKind = (typeof MATCH_KINDS)[number];
export type SideName = 'a' | 'b';

/** A match as it is shown: what the engine said, and what a person decided of it. Rows by their ids, ascending. */
export interface ViewMatch {
  readonly judgment: Judgment;
  readonly kind: MatchKind;
  readonly score: number | null;
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** Where the run says why; null where no run made it. */
  readonly origin: Pick<IndexedMatch, 'status' | 'ordinal'> | null;
  /** The decision it rests on; null for the engine's own. */
  readonly seq: number | null;
  readonly note: string;
  readonly rates: readonly string[];
  /** The engine would confirm it, but a row lies in a locked period. */
  readonly heldBack: boolean;
}

export interface MatchView {
  readonly matches: readonly ViewMatch[];
  /** The match that a row stands in, by id of the row; rejected ones hold no row. */
  readonly matchOfRow: ReadonlyMap<number, ViewMatch>;
  readonly state: DecisionState;
  readonly events: readonly DecisionEvent[];
  readonly places: RowPlaces;
  readonly sources: readonly SourceRecord[];
  readonly isLocked: (id: number) => boolean;
  /** The side a row lies on; null for a row of neither. */
  readonly sideOf: (id: number) => SideName | null;
}

/** Sources as `rowPlaces` takes them. */
export const placed = (sources: readonly SourceRecord[]): Parameters<typeof rowPlaces>[0] =>
  sources.map(source => ({
    sha256: source.sha256,
    firstTransactionId: source.first_transaction_id,
    columns: { count: source.transaction_count },
  }));

/** The sources of a case whose records are used: an archive's are its members'. */
export const usedSources = (store: ReadStore, caseId: string): SourceRecord[] =>
  completeSources(store, caseId).filter(({ format }) => format !== 'zip');

const kindOf = (a: readonly number[], b: readonly number[]): MatchKind => {
  if (a.length === 0 || b.length === 0) return 'own-transfer';
  if (a.length === 1) return b.length === 1 ? 'one-to-one' : 'one-to-many';
  return b.length === 1 ? 'many-to-one' : 'many-to-many';
};

const KINDS: readonly string[] = ['one-to-one', 'one-to-many', 'many-to-one', 'many-to-many', 'own-transfer'];
const isKind = (kind: string): kind is MatchKind => KINDS.includes(kind);

const idsOf = (text: string): number[] => (JSON.parse(text) as number[]).sort((x, y) => x - y);
const ascending = (ids: readonly number[]): readonly number[] =>
  ids.length < 2 ? ids : [...ids].sort((x, y) => x - y);
const sameIds = (x: readonly number[], y: readonly number[]): boolean =>
  x.length === y.length && x.every((id, i) => id === y[i]);

const isChosen = (
  choice: SideChoice,
  source: SourceRecord,
  account: string | null,
  ledgerAccount: string | null,
): boolean =>
  (choice.side === undefined || choice.side === source.side) &&
  (choice.sourceIds === undefined || choice.sourceIds.includes(source.id)) &&
  (choice.accounts === undefined || choice.accounts.includes(account ?? '')) &&
  (choice.ledgerAccounts === undefined || choice.ledgerAccounts.includes(ledgerAccount ?? ''));

const sideLookup = (store: ReadStore, sources: readonly SourceRecord[], sides: Basis['sides']): MatchView['sideOf'] => {
  const byOrdinal = new Map(sources.map(source => [source.ordinal, source]));
  return id => {
    const record = transactionById(store, id);
    const source = record === undefined ? undefined : byOrdinal.get(record.source);
    if (record === undefined || source === undefined) return null;
    if (isChosen(sides.a, source, record.account, record.ledger_account)) return 'a';
    return isChosen(sides.b, source, record.account, record.ledger_account) ? 'b' : null;
  };
};

const lockedRows = (store: ReadStore, sources: readonly SourceRecord[], locks: DecisionState['locks']): Set<number> => {
  const ordinals = sources.map(({ ordinal }) => ordinal);
  const locked = new Set<number>();
  for (const { from, to } of locks) {
    const [fromDay, toDay] = [parseIsoDate(from), parseIsoDate(to)];
    if (fromDay === null || toDay === null) continue;
    for (const id of rowsWithin(store, ordinals, fromDay, toDay)) locked.add(id);
  }
  return locked;
};

/** A match as a run stored it. Rows by their ids, ascending. */
interface EngineMatch {
  readonly record: IndexedMatch;
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** The matches of a run: read once, since a run never changes. */
export interface RunMatches {
  readonly matches: readonly EngineMatch[];
  readonly matchOfRow: ReadonlyMap<number, EngineMatch>;
}

export const runMatches = (store: ReadStore, run: number): RunMatches => {
  const matches = matchIndex(store, run).map(
    (record): EngineMatch => ({
      record,
      a: idsOf(record.bank_transactions),
      b: idsOf(record.ledger_transactions),
    }),
  );
  const matchOfRow = new Map<number, EngineMatch>();
  for (const match of matches) for (const ids of [match.a, match.b]) for (const id of ids) matchOfRow.set(id, match);
  return { matches, matchOfRow };
};

/** The matches of a run with every decision of the case applied to them. */
export const matchView = (
  store: ReadStore,
  caseId: string,
  basis: Basis,
  events: readonly DecisionEvent[],
  found: RunMatches,
): MatchView => {
  const sources = usedSources(store, caseId);
  // A source that was set aside since the run still has its matches in it.
  const places = rowPlaces(placed(sourcesOfCase(store, caseId)));
  const state = foldDecisions(events, places.idOf);
  const locked = lockedRows(store, sources, state.locks);
  const sideOf = sideLookup(store, sources, basis.sides);

  /** Ids of decided rows on the sides as they are now chosen, turned round where the sides are; null where they lie elsewhere. */
  const onSides = (
    decidedA: readonly number[],
    decidedB: readonly number[],
  ): { readonly a: readonly number[]; readonly b: readonly number[]; readonly engine: EngineMatch | null } | null => {
    const [first, second] = [ascending(decidedA), ascending(decidedB)];
    // Below 0: the file is not in this case.
    if ((first[0] ?? 0) < 0 || (second[0] ?? 0) < 0) return null;
    const engine = found.matchOfRow.get(first[0] ?? second[0] ?? -1);
    if (engine !== undefined) {
      if (sameIds(engine.a, first) && sameIds(engine.b, second)) return { a: first, b: second, engine };
      if (sameIds(engine.a, second) && sameIds(engine.b, first)) return { a: second, b: first, engine };
    }
    const lie = (rows: readonly number[], side: SideName): boolean => rows.every(id => sideOf(id) === side);
    if (lie(first, 'a') && lie(second, 'b')) return { a: first, b: second, engine: null };
    return lie(first, 'b') && lie(second, 'a') ? { a: second, b: first, engine: null } : null;
  };

  const matches: ViewMatch[] = [];
  const matchOfRow = new Map<number, ViewMatch>();
  const settled = new Set<EngineMatch>();
  const add = (match: ViewMatch): void => {
    matches.push(match);
    if (match.judgment === 'rejected') return;
    for (const id of match.a) matchOfRow.set(id, match);
    for (const id of match.b) matchOfRow.set(id, match);
  };
  for (const held of state.held) {
    const rows = onSides(held.a, held.b);
    if (rows === null) continue;
    if (rows.engine !== null) settled.add(rows.engine);
    add({
      judgment: held.by === 'lock' ? 'confirmed' : held.by,
      kind: kindOf(rows.a, rows.b),
      score: held.score,
      a: rows.a,
      b: rows.b,
      origin: rows.engine?.record ?? null,
      seq: held.by === 'lock' ? null : held.seq,
      note: held.reason,
      rates: held.rates,
      heldBack: false,
    });
  }
  const rejectedBy = new Map<EngineMatch, number>();
  for (const rejection of state.rejected.values()) {
    const rows = onSides(rejection.a, rejection.b);
    if (rows === null) continue;
    if (rows.engine !== null) rejectedBy.set(rows.engine, rejection.seq);
    else
      add({
        judgment: 'rejected',
        kind: kindOf(rows.a, rows.b),
        score: rejection.score,
        a: rows.a,
        b: rows.b,
        origin: null,
        seq: rejection.seq,
        note: '',
        rates: [],
        heldBack: false,
      });
  }
  const isTaken = (ids: readonly number[]): boolean => ids.some(id => matchOfRow.has(id));
  const touchesLock = (ids: readonly number[]): boolean => ids.some(id => locked.has(id));
  for (const match of found.matches) {
    const { record, a, b } = match;
    const rejection = rejectedBy.get(match) ?? null;
    // A row of it is matched otherwise by now: the engine's match is no more.
    if (rejection === null && (settled.has(match) || isTaken(a) || isTaken(b))) continue;
    const heldBack = record.status === 'confirmed' && locked.size > 0 && (touchesLock(a) || touchesLock(b));
    const own = record.status === 'confirmed' && !heldBack ? 'confirmed' : 'suggested';
    add({
      judgment: rejection === null ? own : 'rejected',
      kind: isKind(record.kind) ? record.kind : kindOf(a, b),
      score: record.score,
      a,
      b,
      origin: record,
      seq: rejection,
      note: '',
      rates: [],
      heldBack: rejection === null && heldBack,
    });
  }
  return { matches, matchOfRow, state, events, places, sources, isLocked: id => locked.has(id), sideOf };
};

/** Matches that settle their rows. */
export const isMatched = ({ judgment }: Pick<ViewMatch, 'judgment'>): boolean =>
  judgment === 'confirmed' || judgment === 'accepted' || judgment === 'hand';

/** Names a match among those shown. */
export const matchName = ({ judgment, seq, a, b }: Pick<ViewMatch, 'judgment' | 'seq' | 'a' | 'b'>): string => {
  const first = Math.min(a[0] ?? Number.POSITIVE_INFINITY, b[0] ?? Number.POSITIVE_INFINITY);
  return judgment === 'rejected' ? `r${seq ?? 0}-${first}` : String(first);
};
