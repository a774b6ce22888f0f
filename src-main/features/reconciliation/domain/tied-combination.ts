import { chanceOf, sizeWithinChance } from './combination-chance.ts';
import type { ComparableRows } from './comparable-rows.ts';
import type { FreeSide, GroupSearch } from './group-search.ts';
import { stepsOf, subsetsOfSum } from './subset-sum.ts';
import type { Tie } from './tie-index.ts';

/** A combination more likely chance than this explains nothing: one row in twenty would have one. */
const MOST_CHANCE = 0.05;
/** Up to so many rows near a target all that are tied are searched; of more only two that make its amount. */
const MOST_NEAR = 16;
/** Combinations of one target that are looked at. */
const MOST_KEPT = 6;

/** Rows of the other side that together make exactly the amount of one row, and what ties all of them to it. */
export interface TiedCombination {
  /** Row indexes in the order of their ranks. */
  readonly members: readonly number[];
  readonly tie: Exclude<Tie, 'none'>;
}

type IsTied = (row: number) => boolean;

/** Looks, cheaply, whether tied rows of the other side make up one row exactly. The full search for combinations is `GroupFinder`. */
export class TiedCombinationFinder {
  private readonly search: GroupSearch;
  private readonly takeSteps: (steps: number) => boolean;
  private readonly own: ComparableRows;
  private readonly other: FreeSide;
  constructor(search: GroupSearch, takeSteps: (steps: number) => boolean, own: ComparableRows, other: FreeSide) {
    this.search = search;
    this.takeSteps = takeSteps;
    this.own = own;
    this.other = other;
  }

  /** One that ties row `target`; rows of the same party count only where `partyCounts`. `stopped`: the steps are used up. */
  find(target: number, partyCounts: boolean): TiedCombination | null | 'stopped' {
    const { ties, ordered } = this.other;
    const { forbidden, parameters } = this.search;
    if (this.own.amount[target] === 0) return null;
    const near: number[] = [];
    for (const rank of ties.near(this.own, target, parameters.dayWindow, !partyCounts)) {
      const row = ordered.order[rank] ?? 0;
      if (forbidden.none || this.isAllowed(target, row)) near.push(row);
    }
    if (near.length < 2) return null;
    const known = new Map<number, Tie>();
    const tieOf = (row: number): Tie => {
      const tie = known.get(row) ?? ties.tie(this.own, target, row);
      known.set(row, tie);
      return tie;
    };
    const wanted = this.own.amount[target] ?? 0;
    const isDense = near.length > MOST_NEAR;
    const looked = isDense ? this.halves(wanted, near) : near;
    for (const tie of partyCounts ? (['reference', 'party'] as const) : (['reference'] as const)) {
      const isTied: IsTied = row => tieOf(row) === 'reference' || (tie === 'party' && tieOf(row) === 'party');
      const found =
        this.bundle(target, near, isTied) ??
        (isDense ? this.pair(wanted, looked.filter(isTied), near, isTied) : this.part(wanted, looked.filter(isTied)));
      if (found === 'stopped') return 'stopped';
      if (found !== null) return { members: found, tie };
    }
    return null;
  }

  private isAllowed(target: number, row: number): boolean {
    const { forbidden } = this.search;
    return this.own.name === 'bank' ? !forbidden.pair(target, row) : !forbidden.pair(row, target);
  }

  private amountsOf(rows: readonly number[]): Float64Array {
    return Float64Array.from(rows, row => this.other.ordered.rows.amount[row] ?? 0);
  }

  /** Rows of one reference, one text and day, or one day, of any number. */
  private bundle(target: number, near: readonly number[], isTied: IsTied): readonly number[] | null {
    const bundles = this.other.bundles.withSum(this.own.currency[target] ?? 0, this.own.amount[target] ?? 0);
    if (bundles.length === 0) return null;
    const known = new Set(near);
    return bundles.find(({ members }) => members.every(row => known.has(row) && isTied(row)))?.members ?? null;
  }

  /** All tied rows, or the fewest of them, that make the amount and are hardly chance. */
  private part(wanted: number, tied: readonly number[]): readonly number[] | null | 'stopped' {
    if (tied.length < 2) return null;
    const amounts = this.amountsOf(tied);
    // Sums beyond 2^53 would not be exact.
    if (!Number.isSafeInteger(amounts.reduce((sum, amount) => sum + Math.abs(amount), 0))) return null;
    if (amounts.reduce((sum, amount) => sum + amount, 0) === wanted) return tied;
    const maxSize = sizeWithinChance(wanted, tied.length, 0, this.search.parameters.groupSize, MOST_CHANCE);
    return maxSize < 2 ? null : this.fewest(wanted, maxSize === 2 ? this.halves(wanted, tied) : tied, maxSize, amounts);
  }

  /** Two of many tied rows that make the amount and are hardly chance. */
  private pair(
    wanted: number,
    tied: readonly number[],
    near: readonly number[],
    isTied: IsTied,
  ): readonly number[] | null | 'stopped' {
    return tied.length < 2
      ? null
      : this.fewest(wanted, this.halves(wanted, tied), 2, this.amountsOf(near.filter(isTied)));
  }

  /** `all`: the amounts of all tied rows, by which chance is judged. */
  private fewest(
    wanted: number,
    pool: readonly number[],
    maxSize: number,
    all: Float64Array,
  ): readonly number[] | null | 'stopped' {
    if (pool.length < 2) return null;
    if (!this.takeSteps(stepsOf(pool.length, maxSize))) return 'stopped';
    const amounts = this.amountsOf(pool);
    const amountsAt = (members: readonly number[]): number[] => members.map(at => amounts[at] ?? 0);
    const [best] = subsetsOfSum({ amounts, low: wanted, high: wanted, maxSize, keep: MOST_KEPT })
      .filter(members => chanceOf(wanted, all, amountsAt(members), members.length, 0) <= MOST_CHANCE)
      .sort((a, b) => a.length - b.length);
    return best === undefined ? null : best.map(at => pool[at] ?? 0);
  }

  /** Rows of which another one makes up the rest of the amount, in the same order. */
  private halves(wanted: number, rows: readonly number[]): readonly number[] {
    const amounts = this.amountsOf(rows);
    const sorted = amounts.slice().sort();
    const halves = new Set<number>();
    let [low, high] = [0, sorted.length - 1];
    while (low < high) {
      const sum = (sorted[low] ?? 0) + (sorted[high] ?? 0);
      if (sum === wanted) halves.add(sorted[low] ?? 0).add(sorted[high] ?? 0);
      if (sum <= wanted) low++;
      else high--;
    }
    return halves.size === 0 ? [] : rows.filter((_, at) => halves.has(amounts[at] ?? 0));
  }
}
