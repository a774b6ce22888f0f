import { type AmountTolerance, percentOf, toleranceOf } from './amount-tolerance.ts';
import { type Bundles, bundlesBySum } from './bundles.ts';
import { chanceOf, sizeWithinChance } from './combination-chance.ts';
import type { ComparableRows, ComparableSides } from './comparable-rows.ts';
import { type GroupProposal, meanIdentity } from './group-proposal.ts';
import type { Forbidden } from './match-book.ts';
import { WEIGHTS } from './match-score.ts';
import { daysWithin, lowerBound, type OrderedRows, orderedRows } from './ordered-rows.ts';
import type { ReconciliationParameters } from './reconciliation-parameters.ts';
import { type StepBudget, stepsOf, subsetsOfSum } from './subset-sum.ts';
import { type Tie, TieIndex } from './tie-index.ts';

/** Combinations that chance explains more often than this say nothing and are not proposed. */
const MOST_CHANCE_PROPOSED = 0.5;
/** The same where the texts name somebody else. */
const MOST_CHANCE_OF_STRANGERS = 0.02;
/** Other combinations are counted up to here. */
const MOST_RIVALS = 5;

export interface GroupSearch {
  readonly sides: ComparableSides;
  readonly tolerance: AmountTolerance;
  /** Fixed part of the largest fee, in units of the common scale. */
  readonly feeUnits: number;
  readonly parameters: ReconciliationParameters;
  readonly forbidden: Forbidden;
  readonly budget: StepBudget;
}

/** The free rows of one side, found by tie, by day and amount, or as a bundle. */
export interface FreeSide {
  readonly ordered: OrderedRows;
  readonly ties: TieIndex;
  readonly bundles: Bundles;
}

export const freeSide = (rows: ComparableRows): FreeSide => {
  const ordered = orderedRows(rows);
  return { ordered, ties: new TieIndex(ordered), bundles: bundlesBySum(ordered) };
};

interface Combination {
  readonly members: readonly number[];
  readonly chance: number;
  readonly rivals: number;
  readonly lookedAt: number;
  readonly difference: number;
}

/** What became of the search for one row: `stopped` where the steps were used up before it. */
export type Searched = GroupProposal | 'none' | 'stopped';

/** Searches the rows of the other side that together make one row. */
export class GroupFinder {
  private readonly search: GroupSearch;
  private readonly own: ComparableRows;
  private readonly other: FreeSide;
  constructor(search: GroupSearch, own: ComparableRows, other: FreeSide) {
    this.search = search;
    this.own = own;
    this.other = other;
  }

  /** The best combination for row `target` of the own side; only rows that something ties where `tiedOnly`. */
  find(target: number, tiedOnly: boolean): Searched {
    const { ties, ordered } = this.other;
    const window = this.search.parameters.dayWindow;
    const tied = ties.tiedTo(this.own, target, window);
    const byReference = this.allowed(target, tied.byReference);
    const byParty = this.allowed(target, [...tied.byReference, ...tied.byParty]).sort(
      (a, b) => (ordered.rank[a] ?? 0) - (ordered.rank[b] ?? 0),
    );
    for (const [tie, pool] of [
      ['reference', byReference],
      ['party', byParty],
    ] as const) {
      const found = this.wholeOrPart(target, pool);
      if (found === 'stopped') return 'stopped';
      if (found !== null) return this.proposal(target, tie, found, 0);
    }
    const bundle = this.bundle(target, new Set(byParty), tiedOnly);
    if (bundle !== null) return bundle;
    const net = this.netOfFee(target, byReference, byParty);
    if (net !== null) return net;
    return tiedOnly ? 'none' : this.untied(target);
  }

  private allowed(target: number, rows: readonly number[]): number[] {
    const { forbidden } = this.search;
    if (forbidden.none) return [...rows];
    return rows.filter(row => (this.own.name === 'bank' ? !forbidden.pair(target, row) : !forbidden.pair(row, target)));
  }

  private amountsOf(rows: readonly number[]): Float64Array {
    return Float64Array.from(rows, row => this.other.ordered.rows.amount[row] ?? 0);
  }

  private toleranceAt(target: number): number {
    return toleranceOf(this.search.tolerance, this.own.amount[target] ?? 0);
  }

  /** Most members for which combinations by chance stay rare. */
  private sizeWithinChance(target: number, count: number, width: number): number {
    const { groupSize } = this.search.parameters;
    return sizeWithinChance(this.own.amount[target] ?? 0, count, width, groupSize, MOST_CHANCE_PROPOSED);
  }

  /** All rows of the pool, else a part of it, that makes the target: exactly, else within tolerance. */
  private wholeOrPart(target: number, pool: readonly number[]): Combination | null | 'stopped' {
    if (pool.length < 2 || this.search.parameters.groupSize < 2) return null;
    const wanted = this.own.amount[target] ?? 0;
    const amounts = this.amountsOf(pool);
    // Sums beyond 2^53 would not be exact.
    if (!Number.isSafeInteger(amounts.reduce((sum, amount) => sum + Math.abs(amount), 0))) return null;
    const total = amounts.reduce((sum, amount) => sum + amount, 0);
    const part = this.part(target, pool, amounts, 0);
    if (part === 'stopped') return part;
    const whole = total === wanted;
    const lookedAt = pool.length;
    if (whole && (part === null || part.members.length === pool.length))
      return {
        members: pool,
        chance: 1 / Math.max(1, Math.abs(wanted)),
        rivals: part?.rivals ?? 0,
        lookedAt,
        difference: 0,
      };
    if (part !== null) return part;
    const tolerance = this.toleranceAt(target);
    if (tolerance === 0) return null;
    if (Math.abs(total - wanted) <= tolerance)
      return {
        members: pool,
        chance: (2 * tolerance + 1) / Math.max(1, Math.abs(wanted)),
        rivals: 0,
        lookedAt,
        difference: this.ledgerMinusBank(wanted, total),
      };
    return this.part(target, pool, amounts, tolerance);
  }

  private ledgerMinusBank(own: number, other: number): number {
    return this.own.name === 'bank' ? other - own : own - other;
  }

  private part(
    target: number,
    pool: readonly number[],
    amounts: Float64Array,
    width: number,
  ): Combination | null | 'stopped' {
    const wanted = this.own.amount[target] ?? 0;
    const maxSize = this.sizeWithinChance(target, pool.length, width);
    if (maxSize < 2) return null;
    if (!this.search.budget.take(stepsOf(amounts.length, maxSize))) return 'stopped';
    const found = subsetsOfSum({ amounts, low: wanted - width, high: wanted + width, maxSize, keep: MOST_RIVALS + 1 });
    const sumOf = (members: readonly number[]): number => members.reduce((sum, at) => sum + (amounts[at] ?? 0), 0);
    const [best] = found
      .map(members => ({ members, off: Math.abs(sumOf(members) - wanted), spread: this.spread(target, members, pool) }))
      .sort((a, b) => a.off - b.off || a.members.length - b.members.length || a.spread - b.spread);
    if (best === undefined) return null;
    const members = best.members.map(at => amounts[at] ?? 0);
    const chance = chanceOf(wanted, amounts, members, members.length, width);
    if (chance > MOST_CHANCE_PROPOSED) return null;
    return {
      members: best.members.map(at => pool[at] ?? 0),
      chance,
      rivals: found.length - 1,
      lookedAt: pool.length,
      difference: this.ledgerMinusBank(wanted, sumOf(best.members)),
    };
  }

  /** Days of all members from the target, together. */
  private spread(target: number, members: readonly number[], pool: readonly number[]): number {
    const day = this.own.day[target] ?? 0;
    return members.reduce((sum, at) => sum + Math.abs((this.other.ordered.rows.day[pool[at] ?? 0] ?? 0) - day), 0);
  }

  private proposal(target: number, tie: Tie, found: Combination, fee: number): GroupProposal {
    const members = [...found.members].sort((a, b) => a - b);
    const [bank, ledger] = this.own.name === 'bank' ? [[target], members] : [members, [target]];
    const { chance, rivals, lookedAt, difference } = found;
    return { bank, ledger, tie, fee, difference, chance, rivals, lookedAt };
  }

  /** Rows that belong together by themselves (one reference, one text, one day) and make the target. */
  private bundle(target: number, tied: ReadonlySet<number>, tiedOnly: boolean): GroupProposal | null {
    if (this.search.parameters.groupSize < 2) return null;
    const { own, other } = this;
    const wanted = own.amount[target] ?? 0;
    const day = own.day[target] ?? 0;
    const window = this.search.parameters.dayWindow;
    const fitting = other.bundles
      .withSum(own.currency[target] ?? 0, wanted)
      .filter(
        ({ members, firstDay, lastDay }) =>
          day - firstDay <= window &&
          lastDay - day <= window &&
          this.allowed(target, members).length === members.length,
      );
    const [best] = fitting;
    if (best === undefined || (tiedOnly && !best.members.every(row => tied.has(row)))) return null;
    const chance = other.bundles.count / Math.max(1, Math.abs(wanted));
    if (chance > MOST_CHANCE_PROPOSED) return null;
    const tie = best.members.every(row => tied.has(row)) ? 'party' : 'none';
    return this.proposal(
      target,
      tie,
      { members: best.members, chance, rivals: fitting.length - 1, lookedAt: other.bundles.count, difference: 0 },
      0,
    );
  }

  /** All tied rows together, or one row of the same reference, of which the bank shows less by a fee. */
  private netOfFee(target: number, byReference: readonly number[], byParty: readonly number[]): GroupProposal | null {
    const wanted = this.own.amount[target] ?? 0;
    const sets: { readonly tie: Tie; readonly members: readonly number[] }[] = [];
    if (byReference.length > 0) sets.push({ tie: 'reference', members: byReference });
    if (byReference.length > 1) for (const row of byReference) sets.push({ tie: 'reference', members: [row] });
    if (byParty.length > 1) sets.push({ tie: 'party', members: byParty });
    const fitting: GroupProposal[] = [];
    for (const { tie, members } of sets) {
      if (members.length > 1 && this.search.parameters.groupSize < 2) continue;
      const sum = this.amountsOf(members).reduce((total, amount) => total + amount, 0);
      const fee = this.ledgerMinusBank(wanted, sum);
      const gross = this.own.name === 'bank' ? sum : wanted;
      const most = this.search.feeUnits + percentOf(gross, this.search.parameters.feePercent);
      if (fee <= 0 || fee > most || Math.sign(sum) !== Math.sign(wanted)) continue;
      const chance = Math.min(1, most / Math.max(1, Math.abs(wanted)));
      fitting.push(
        this.proposal(target, tie, { members, chance, rivals: 0, lookedAt: members.length, difference: 0 }, fee),
      );
    }
    const [best] = fitting;
    return best === undefined ? null : { ...best, rivals: fitting.length - 1 };
  }

  /** Rows of the same direction and a smaller amount within the window that nothing ties. */
  private untied(target: number): Searched {
    const { ordered } = this.other;
    const wanted = this.own.amount[target] ?? 0;
    const { dayWindow, groupSize } = this.search.parameters;
    if (wanted === 0 || groupSize < 2) return 'none';
    const [firstDay, endDay] = daysWithin(
      ordered,
      this.own.currency[target] ?? 0,
      this.own.day[target] ?? 0,
      dayWindow,
    );
    const ranges: (readonly [number, number])[] = [];
    let count = 0;
    for (let at = firstDay; at < endDay; at++) {
      const [start, end] = [ordered.dayFrom[at] ?? 0, ordered.dayFrom[at + 1] ?? 0];
      const [low, high] = wanted > 0 ? [1, wanted] : [wanted + 1, 0];
      const from = lowerBound(ordered.amount, start, end, low);
      const to = lowerBound(ordered.amount, from, end, high);
      if (to > from) ranges.push([from, to]);
      count += to - from;
    }
    if (count < 2 || this.sizeWithinChance(target, count, 0) < 2) return 'none';
    const pool: number[] = [];
    for (const [from, to] of ranges) for (let rank = from; rank < to; rank++) pool.push(ordered.order[rank] ?? 0);
    const allowed = this.allowed(target, pool);
    if (!Number.isSafeInteger(count * Math.abs(wanted))) return 'none';
    const found = this.part(target, allowed, this.amountsOf(allowed), 0);
    if (found === null || found === 'stopped') return found ?? 'none';
    const proposal = this.proposal(target, 'none', found, 0);
    return found.chance > MOST_CHANCE_OF_STRANGERS && meanIdentity(this.search.sides, proposal) < WEIGHTS.identity / 2
      ? 'none'
      : proposal;
  }
}
