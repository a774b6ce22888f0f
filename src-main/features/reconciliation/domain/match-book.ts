import type { DecidedRows, ReconciliationMatch } from './reconciliation-match.ts';

/** Which rows are matched, and by what: each row by one match at most. */
export class MatchBook {
  /** Position of the match in `matches` by row index; -1 where the row is free. */
  readonly ofBank: Int32Array;
  readonly ofLedger: Int32Array;
  private readonly made: (ReconciliationMatch | null)[] = [];
  constructor(bankRows: number, ledgerRows: number) {
    this.ofBank = new Int32Array(bankRows).fill(-1);
    this.ofLedger = new Int32Array(ledgerRows).fill(-1);
  }
  /** Enters a match; throws where one of its rows is matched already, which would count it twice. */
  add(match: ReconciliationMatch): void {
    const at = this.made.push(match) - 1;
    for (const [rows, of] of [
      [match.bank, this.ofBank],
      [match.ledger, this.ofLedger],
    ] as const)
      for (const index of rows) {
        if (of[index] !== -1) throw new RangeError(`row ${index} is matched twice`);
        of[index] = at;
      }
  }
  at(position: number): ReconciliationMatch | null {
    return this.made[position] ?? null;
  }
  /** Takes a match out again; its rows are free. */
  release(position: number): void {
    const match = this.at(position);
    if (match === null) return;
    for (const index of match.bank) this.ofBank[index] = -1;
    for (const index of match.ledger) this.ofLedger[index] = -1;
    this.made[position] = null;
  }
  /** By the first row, bank before ledger. */
  matches(): ReconciliationMatch[] {
    const first = (match: ReconciliationMatch): number => match.bank[0] ?? this.ofBank.length + (match.ledger[0] ?? 0);
    return this.made.filter(match => match !== null).sort((a, b) => first(a) - first(b));
  }
}

/** The rows that people said are not to be matched together. */
export class Forbidden {
  private readonly partners = new Map<string, Set<number>>();
  constructor(rejected: readonly DecidedRows[]) {
    const forbid = (key: string, index: number): void => {
      const set = this.partners.get(key);
      if (set === undefined) this.partners.set(key, new Set([index]));
      else set.add(index);
    };
    for (const { bank, ledger } of rejected) {
      for (const b of bank) for (const l of ledger) forbid(`bank ${b}`, l);
      if (ledger.length === 0) for (const i of bank) for (const j of bank) forbid(`own bank ${i}`, j);
      if (bank.length === 0) for (const i of ledger) for (const j of ledger) forbid(`own ledger ${i}`, j);
    }
  }
  get none(): boolean {
    return this.partners.size === 0;
  }
  pair(bankIndex: number, ledgerIndex: number): boolean {
    return !this.none && this.partners.get(`bank ${bankIndex}`)?.has(ledgerIndex) === true;
  }
  ownPair(side: 'bank' | 'ledger', one: number, other: number): boolean {
    return !this.none && this.partners.get(`own ${side} ${one}`)?.has(other) === true;
  }
  /** Some two rows of a combination are not to be matched together. */
  group(bank: readonly number[], ledger: readonly number[]): boolean {
    return !this.none && bank.some(b => ledger.some(l => this.pair(b, l)));
  }
}
