import { formatUnits, MAX_SCALE } from '../../../kernel/decimal.ts';
import { directionSign, signedAmount } from './camt-values.ts';
import type { StatementSink } from './statement-sink.ts';

/** ISO 20022 ExternalEntryStatus1Code, other than BOOK. */
const MEANINGS: Readonly<Record<string, string>> = {
  PDNG: 'pending',
  INFO: 'for information only',
  FUTR: 'booked in the future',
};

/** Adds up the entries that are stated and not booked, so that they are told with count and amount. */
export class UnbookedEntries {
  private readonly sums = new Map<string, { count: number; units: bigint; unreadable: number }>();

  /** Counts one entry and returns the reason for which it is kept out of the transactions. */
  add(status: string, amount: string, currency: string, direction: string): string {
    const key = `${status} ${currency}`;
    const sum = this.sums.get(key) ?? { count: 0, units: 0n, unreadable: 0 };
    this.sums.set(key, sum);
    sum.count++;
    const value = signedAmount(amount, directionSign(direction) ?? 1);
    if (value && directionSign(direction) !== null)
      sum.units += BigInt(value.units) * 10n ** BigInt(MAX_SCALE - value.scale);
    else sum.unreadable++;
    const meaning = MEANINGS[status];
    return `${meaning ?? 'its status is no known booking status'}, not booked (status ${status}): ${amount} ${currency} ${direction}`;
  }

  /** Sends a warning for each status and currency. */
  warn(sink: StatementSink): void {
    for (const [key, { count, units, unreadable }] of this.sums) {
      const [status, currency] = key.split(' ');
      const rest = unreadable === 0 ? '' : `, ${unreadable} of them without a legible amount`;
      sink.warn({
        row: null,
        code: 'camt.not-booked',
        message: `${count} entries have status ${status} and are not part of the booked balance: ${formatUnits(units, MAX_SCALE, 2)} ${currency} together${rest}. They are kept as rejected records.`,
      });
    }
  }
}
