import type { ComparableRows } from './comparable-rows.ts';
import type { GroupProposal } from './group-proposal.ts';
import type { FreeSide, GroupSearch } from './group-search.ts';
import { greatestCommonDivisor, stepsOf } from './subset-sum.ts';
import { type Tie, tieOf } from './tie-index.ts';

/** Rows of each side that are combined with each other, and most members of one side. */
const MOST_ROWS = 8;
const MOST_MEMBERS = 5;
/** Combinations that chance explains more often than this are not proposed. */
const MOST_CHANCE = 0.1;

interface Part {
  readonly members: readonly number[];
  readonly sum: number;
}

/** All parts of two to MOST_MEMBERS rows, smallest first. `anchor` is a member of each where given. */
const partsOf = (rows: ComparableRows, pool: readonly number[], anchor: number | null): Part[] => {
  const parts: Part[] = [];
  for (let mask = 1; mask < 1 << pool.length; mask++) {
    const members = pool.filter((_, at) => (mask & (1 << at)) !== 0);
    if (members.length < 2 || members.length > MOST_MEMBERS || (anchor !== null && !members.includes(anchor))) continue;
    parts.push({ members, sum: members.reduce((sum, index) => sum + (rows.amount[index] ?? 0), 0) });
  }
  return parts.sort((a, b) => a.members.length - b.members.length);
};

interface Pools {
  readonly tie: Tie;
  readonly bank: readonly number[];
  readonly ledger: readonly number[];
}

/** The rows around one bank row: its tied ledger rows, and the bank rows tied to one of them. */
const tiedPools = (search: GroupSearch, bank: FreeSide, ledger: FreeSide, anchor: number): Pools | null => {
  const window = search.parameters.dayWindow;
  const { byReference, byParty } = ledger.ties.tiedTo(bank.ordered.rows, anchor, window);
  const tie: Tie = byReference.length >= 2 ? 'reference' : 'party';
  const partners = tie === 'reference' ? byReference : [...byReference, ...byParty];
  if (partners.length < 2) return null;
  const [first] = partners;
  const back = ledger.ordered.rows;
  const others = bank.ties.tiedTo(back, first ?? 0, window);
  const near = [...others.byReference, ...others.byParty].filter(
    index => index !== anchor && tieOf(bank.ordered.rows, index, back, first ?? 0) !== 'none',
  );
  return { tie, bank: [anchor, ...near], ledger: partners };
};

const searchPools = (search: GroupSearch, { tie, bank, ledger }: Pools, anchor: number): GroupProposal | null => {
  const { sides, forbidden, budget, parameters } = search;
  if (bank.length < 2 || ledger.length < 2 || bank.length > MOST_ROWS || ledger.length > MOST_ROWS) return null;
  const small = (part: Part): boolean => part.members.length <= parameters.groupSize;
  if (!budget.take(stepsOf(bank.length + ledger.length, MOST_MEMBERS) * 16)) return null;
  const bankParts = partsOf(sides.bank, bank, anchor).filter(small);
  const bySum = new Map<number, Part[]>();
  const ledgerParts = partsOf(sides.ledger, ledger, null).filter(small);
  for (const part of ledgerParts) {
    const list = bySum.get(part.sum);
    if (list === undefined) bySum.set(part.sum, [part]);
    else list.push(part);
  }
  const fitting: { readonly bank: Part; readonly ledger: Part }[] = [];
  for (const ofBank of bankParts)
    for (const ofLedger of bySum.get(ofBank.sum) ?? [])
      if (Number.isSafeInteger(ofBank.sum) && withinWindow(search, ofBank, ofLedger))
        if (!forbidden.group(ofBank.members, ofLedger.members)) fitting.push({ bank: ofBank, ledger: ofLedger });
  const sizeOf = (pair: { readonly bank: Part; readonly ledger: Part }): number =>
    pair.bank.members.length + pair.ledger.members.length;
  fitting.sort((a, b) => sizeOf(a) - sizeOf(b));
  const [best] = fitting;
  if (best === undefined) return null;
  const size = sizeOf(best);
  const tried = (parts: readonly Part[]): number => parts.filter(({ members }) => members.length < size - 1).length;
  let grain = best.bank.sum;
  for (const b of best.bank.members) grain = greatestCommonDivisor(grain, sides.bank.amount[b] ?? 0);
  for (const l of best.ledger.members) grain = greatestCommonDivisor(grain, sides.ledger.amount[l] ?? 0);
  const chance =
    (tried(bankParts) * tried(ledgerParts)) / Math.max(1, Math.abs(best.bank.sum) / Math.max(1, Math.abs(grain)));
  if (chance > MOST_CHANCE) return null;
  return {
    bank: [...best.bank.members].sort((a, b) => a - b),
    ledger: [...best.ledger.members].sort((a, b) => a - b),
    tie,
    fee: 0,
    difference: 0,
    chance,
    lookedAt: bank.length + ledger.length,
    rivals: fitting.filter(pair => sizeOf(pair) === size).length - 1,
  };
};

const withinWindow = ({ sides, parameters }: GroupSearch, bank: Part, ledger: Part): boolean =>
  bank.members.every(b =>
    ledger.members.every(l => Math.abs((sides.bank.day[b] ?? 0) - (sides.ledger.day[l] ?? 0)) <= parameters.dayWindow),
  );

/** The free rows of both sides around one bank row, by date only. */
const nearPools = (search: GroupSearch, bank: FreeSide, ledger: FreeSide, anchor: number): Pools | null => {
  const window = search.parameters.dayWindow;
  const { rows } = bank.ordered;
  const near = ({ ordered }: FreeSide): number[] => {
    const found: number[] = [];
    const from = rankFrom(ordered.order, ordered.rows, rows.currency[anchor] ?? 0, (rows.day[anchor] ?? 0) - window);
    for (let rank = from; rank < ordered.order.length && found.length <= MOST_ROWS; rank++) {
      const index = ordered.order[rank] ?? 0;
      if (ordered.rows.currency[index] !== rows.currency[anchor]) break;
      if ((ordered.rows.day[index] ?? 0) > (rows.day[anchor] ?? 0) + window) break;
      if (index !== anchor || ordered.rows.name !== 'bank') found.push(index);
    }
    return found;
  };
  return { tie: 'none', bank: [anchor, ...near(bank)], ledger: near(ledger) };
};

const rankFrom = (order: Int32Array, rows: ComparableRows, currency: number, day: number): number => {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const index = order[middle] ?? 0;
    const before =
      (rows.currency[index] ?? 0) < currency || (rows.currency[index] === currency && (rows.day[index] ?? 0) < day);
    if (before) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * Several bank rows that together make several ledger rows: around each free bank row, the rows that a reference or party
 * ties, and where nothing does the few rows that are near in date. Pools of more than MOST_ROWS rows are not combined.
 */
export const manyToMany = (
  search: GroupSearch,
  bank: FreeSide,
  ledger: FreeSide,
  tiedOnly: boolean,
): GroupProposal[] => {
  const found: GroupProposal[] = [];
  const known = new Set<string>();
  if (search.parameters.groupSize < 2) return found;
  for (const anchor of bank.ordered.order) {
    const pools =
      tiedPools(search, bank, ledger, anchor) ?? (tiedOnly ? null : nearPools(search, bank, ledger, anchor));
    const proposal = pools === null ? null : searchPools(search, pools, anchor);
    if (proposal === null) continue;
    // Each of its rows finds the same combination.
    const key = `${proposal.bank.join()} ${proposal.ledger.join()}`;
    if (!known.has(key)) found.push(proposal);
    known.add(key);
  }
  return found;
};
