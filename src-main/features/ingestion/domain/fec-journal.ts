import { type Decimal, formatUnits, MAX_SCALE } from '../../../kernel/decimal.ts';
import type { StatementSink } from './statement-sink.ts';

/** Entries named one by one in warnings; the rest are counted. */
const NAMED_ENTRIES = 20;

/** Units of 10^-9, exact. */
const units = (value: Decimal): bigint => BigInt(value.units) * 10n ** BigInt(MAX_SCALE - value.scale);
const text = (sum: bigint): string => formatUnits(sum, MAX_SCALE, 2);

/** Adds up the lines of a double-entry journal by entry, and says which entries do not add up to zero. */
export class FecJournal {
  private readonly entries = new Map<string, { sum: bigint; readonly row: number }>();
  private debit = 0n;
  private credit = 0n;

  /** Adds a line to its entry; `side` is the column it was stated in. An entry '' is none. */
  add(entry: string, row: number, side: 'debit' | 'credit', stated: Decimal): void {
    const amount = units(stated);
    if (side === 'debit') this.debit += amount;
    else this.credit += amount;
    if (entry === '') return;
    const signed = side === 'debit' ? amount : -amount;
    const known = this.entries.get(entry);
    if (known) known.sum += signed;
    else this.entries.set(entry, { sum: signed, row });
  }

  get count(): number {
    return this.entries.size;
  }

  get debitText(): string {
    return text(this.debit);
  }

  get creditText(): string {
    return text(this.credit);
  }

  /** Warns of entries that do not add up to zero (`ledger.entry-unbalanced`) and of a journal that does not (`ledger.unbalanced`). */
  check(sink: StatementSink): void {
    let named = 0;
    let unnamed = 0;
    for (const [entry, { sum, row }] of this.entries) {
      if (sum === 0n) continue;
      if (++named > NAMED_ENTRIES) {
        unnamed++;
        continue;
      }
      sink.warn({
        row,
        code: 'ledger.entry-unbalanced',
        message: `The entry ${entry} does not balance: its lines add up to ${text(sum)}.`,
      });
    }
    if (unnamed > 0)
      sink.warn({
        row: null,
        code: 'ledger.entry-unbalanced',
        message: `${unnamed} more entries do not balance (${named} in all of ${this.entries.size}).`,
      });
    if (this.debit !== this.credit)
      sink.warn({
        row: null,
        code: 'ledger.unbalanced',
        message: `All debits come to ${this.debitText} and all credits to ${this.creditText}: the difference is ${text(this.debit - this.credit)}.`,
      });
  }
}
