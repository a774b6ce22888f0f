import { formatUnits, UnitSum } from '../../../kernel/decimal.ts';
import type { NachaEntry } from './nacha-entry.ts';
import type { WarningTally } from './warning-tally.ts';

const money = (cents: number | bigint): string => formatUnits(cents, 2);

/** What a control record states; null for a field that is not all digits. */
export interface NachaControl {
  readonly entries: number | null;
  readonly hash: number | null;
  readonly debits: number | null;
  readonly credits: number | null;
}

/** Counts, entry hash and totals of a batch or a file, to compare with its control record. */
export class NachaTotals {
  entries = 0;
  private readonly hash = new UnitSum();
  private readonly debits = new UnitSum();
  private readonly credits = new UnitSum();

  /** Counts an entry with its addenda; one whose amount cannot be read adds to no total. */
  add(entry: NachaEntry): void {
    this.entries += 1 + entry.addenda.length;
    this.hash.add(entry.routing ?? 0);
    const cents = entry.signedCents ?? 0;
    if (cents < 0) this.debits.add(-cents);
    else this.credits.add(cents);
  }

  /** Warns of every disagreement with a control record. The entry hash is the last ten digits of the sum. */
  check(control: NachaControl, what: string, row: number, tally: WarningTally): void {
    const stated = (value: number | null, as: (units: number) => string = String): string =>
      value === null ? 'no number' : as(value);
    if (control.entries !== this.entries)
      tally.note(
        'control.count',
        row,
        `The ${what} control states ${stated(control.entries)} entries and addenda, there are ${this.entries}`,
      );
    const hash = this.hash.value % 10_000_000_000n;
    if (control.hash === null || BigInt(control.hash) !== hash)
      tally.note(
        'control.hash',
        row,
        `The ${what} control states the entry hash ${stated(control.hash)}, the entries give ${hash}`,
      );
    for (const [name, value, sum] of [
      ['debit', control.debits, this.debits.value],
      ['credit', control.credits, this.credits.value],
    ] as const)
      if (value === null || BigInt(value) !== sum)
        tally.note(
          'control.total',
          row,
          `The ${what} control states a ${name} total of ${stated(value, money)}, the entries add up to ${money(sum)}`,
        );
  }
}
