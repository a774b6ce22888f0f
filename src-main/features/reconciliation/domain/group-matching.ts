import { type ComparableSides, withoutRows } from './comparable-rows.ts';
import { type GroupProposal, groupMatch } from './group-proposal.ts';
import { freeSide, GroupFinder, type GroupSearch } from './group-search.ts';
import { manyToMany } from './many-to-many.ts';
import type { ReconciliationMatch } from './reconciliation-match.ts';
import type { Tie } from './tie-index.ts';

/** After so many rounds what is left over lost its rows to better combinations each time. */
const MOST_ROUNDS = 4;

/** A combination that may undo a proposed pair must be less likely chance than this. */
const MOST_CHANCE_OVER_PAIRS = 0.01;

const STRENGTH: Readonly<Record<Tie, number>> = { reference: 0, party: 1, none: 2 };

export interface GroupMatches {
  readonly matches: readonly ReconciliationMatch[];
  /** Rows whose search the step limit stopped. */
  readonly stoppedBank: ReadonlySet<number>;
  readonly stoppedLedger: ReadonlySet<number>;
}

const byStrength = (sides: ComparableSides) => (a: GroupProposal, b: GroupProposal) => {
  const dayOf = ({ bank }: GroupProposal): number => sides.bank.day[bank[0] ?? 0] ?? 0;
  const amountOf = ({ bank }: GroupProposal): number => sides.bank.amount[bank[0] ?? 0] ?? 0;
  return (
    Number(a.fee !== 0) - Number(b.fee !== 0) ||
    Number(a.difference !== 0) - Number(b.difference !== 0) ||
    STRENGTH[a.tie] - STRENGTH[b.tie] ||
    a.rivals - b.rivals ||
    a.chance - b.chance ||
    dayOf(a) - dayOf(b) ||
    amountOf(a) - amountOf(b) ||
    (sides.bank.rowNumber[a.bank[0] ?? 0] ?? 0) - (sides.bank.rowNumber[b.bank[0] ?? 0] ?? 0) ||
    (sides.ledger.rowNumber[a.ledger[0] ?? 0] ?? 0) - (sides.ledger.rowNumber[b.ledger[0] ?? 0] ?? 0)
  );
};

/** Proposals by the rows that they use. */
const usersOf = (proposals: readonly GroupProposal[]): Map<string, number[]> => {
  const users = new Map<string, number[]>();
  proposals.forEach(({ bank, ledger }, at) => {
    for (const key of [...bank.map(b => `b${b}`), ...ledger.map(l => `l${l}`)]) {
      const list = users.get(key);
      if (list === undefined) users.set(key, [at]);
      else list.push(at);
    }
  });
  return users;
};

/** Other proposals, as strongly tied, that claim a row of this one. */
const contenders = (proposals: readonly GroupProposal[], at: number, users: ReadonlyMap<string, number[]>): number => {
  const own = proposals[at];
  if (own === undefined) return 0;
  const found = new Set<number>();
  for (const key of [...own.bank.map(b => `b${b}`), ...own.ledger.map(l => `l${l}`)])
    for (const other of users.get(key) ?? []) {
      const rival = proposals[other];
      if (other === at || rival === undefined || STRENGTH[rival.tie] > STRENGTH[own.tie]) continue;
      if (rival.fee !== 0 && own.fee === 0) continue;
      found.add(other);
    }
  return found.size;
};

const same = (a: GroupProposal, b: GroupProposal): boolean =>
  a.bank.join() === b.bank.join() && a.ledger.join() === b.ledger.join();

/**
 * Matches one row to several, several to one and several to several among the rows that are free, best first; who loses its
 * rows to a better combination searches again. `tiedOnly`: only rows that a reference or a party ties.
 */
export const matchGroups = (
  search: GroupSearch,
  isFree: { readonly bank: (index: number) => boolean; readonly ledger: (index: number) => boolean },
  tiedOnly: boolean,
  progress: (share: number) => void,
): GroupMatches => {
  const { sides, parameters } = search;
  const takenBank = new Set<number>();
  const takenLedger = new Set<number>();
  const stopped = { bank: new Set<number>(), ledger: new Set<number>() };
  const matches: ReconciliationMatch[] = [];
  let retry: { readonly bank: ReadonlySet<number>; readonly ledger: ReadonlySet<number> } | null = null;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    // A row of no amount adds nothing to any combination.
    const bank = freeSide(
      withoutRows(sides.bank, index => !isFree.bank(index) || takenBank.has(index) || sides.bank.amount[index] === 0),
    );
    const ledger = freeSide(
      withoutRows(
        sides.ledger,
        index => !isFree.ledger(index) || takenLedger.has(index) || sides.ledger.amount[index] === 0,
      ),
    );
    const proposals: GroupProposal[] = [];
    const tried = bank.ordered.order.length + ledger.ordered.order.length;
    let done = 0;
    for (const [own, other, again, ofSide] of [
      [bank, ledger, retry?.bank, stopped.bank],
      [ledger, bank, retry?.ledger, stopped.ledger],
    ] as const) {
      const finder = new GroupFinder(search, own.ordered.rows, other);
      for (const target of own.ordered.order) {
        if (done++ % 256 === 0) progress((round + done / Math.max(1, tried)) / MOST_ROUNDS);
        if (again !== undefined && !again.has(target)) continue;
        const found = finder.find(target, tiedOnly);
        if (found === 'stopped') ofSide.add(target);
        else if (found !== 'none' && (!tiedOnly || found.chance <= MOST_CHANCE_OVER_PAIRS)) proposals.push(found);
      }
    }
    if (round === 0 || proposals.length === 0) proposals.push(...manyToMany(search, bank, ledger, tiedOnly));
    const ordered = proposals
      .sort(byStrength(sides))
      .filter((proposal, at, all) => at === 0 || !same(proposal, all[at - 1] ?? proposal));
    const users = usersOf(ordered);
    const lost = { bank: new Set<number>(), ledger: new Set<number>() };
    let accepted = 0;
    ordered.forEach((proposal, at) => {
      if (proposal.bank.some(b => takenBank.has(b)) || proposal.ledger.some(l => takenLedger.has(l))) {
        for (const b of proposal.bank) lost.bank.add(b);
        for (const l of proposal.ledger) lost.ledger.add(l);
        return;
      }
      for (const b of proposal.bank) takenBank.add(b);
      for (const l of proposal.ledger) takenLedger.add(l);
      accepted++;
      const rivals = Math.max(proposal.rivals, contenders(ordered, at, users));
      matches.push(groupMatch(sides, proposal, rivals, tried, parameters));
    });
    if (accepted === 0 || lost.bank.size + lost.ledger.size === 0) break;
    retry = lost;
  }
  return { matches, stoppedBank: stopped.bank, stoppedLedger: stopped.ledger };
};
