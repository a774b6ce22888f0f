import { formatUnits, MAX_SCALE } from '../../../kernel/decimal.ts';
import type { WarningTally } from './warning-tally.ts';

/** A decimal text in units of 10^-9; null for what is no unsigned decimal number of at most nine decimals. */
const unitsOf = (text: string): bigint | null => {
  const match = /^(\d+)(?:\.(\d*?)0*)?$/.exec(text);
  const fraction = match?.[2] ?? '';
  return match === null || fraction.length > MAX_SCALE ? null : BigInt(`${match[1]}${fraction.padEnd(MAX_SCALE, '0')}`);
};

const plain = (units: bigint): string => formatUnits(units, MAX_SCALE, 0);

/** Number and sum of the transfers of a payment or of a message, to compare with `NbOfTxs` and `CtrlSum`. */
export class PainControl {
  count = 0;
  private sum = 0n;

  /** Counts a transfer. `amountText` adds to the sum irrespective of its currency, as ISO 20022 defines CtrlSum. */
  add(amountText: string): void {
    this.count++;
    this.sum += unitsOf(amountText) ?? 0n;
  }

  /** Warns where a stated number or sum disagrees; '' is not stated. */
  check(statedCount: string, statedSum: string, what: string, row: number | null, tally: WarningTally): void {
    if (statedCount !== '' && !(/^\d+$/.test(statedCount) && BigInt(statedCount) === BigInt(this.count)))
      tally.note('control.count', row, `${what} states ${statedCount} transfers (NbOfTxs) and has ${this.count}`);
    if (statedSum !== '' && unitsOf(statedSum) !== this.sum)
      tally.note(
        'control.total',
        row,
        `${what} states the control sum ${statedSum} (CtrlSum), its transfers add up to ${plain(this.sum)}`,
      );
  }
}
