import { ofxAmount, ofxDay } from './ofx-values.ts';
import type { StatedBalance } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';

/** Balances that are not the ledger's are shown as stated, this many of a file. */
const OTHERS_KEPT = 100;

/** The balances of one statement: LEDGERBAL closes it, every other is shown as stated. */
export class OfxBalances {
  private readonly tally: WarningTally;
  private readonly others: string[];
  private amount = '';
  private date = '';
  private availableAmount = '';
  private listed = { name: '', value: '' };

  /** `others` receives the balances that are not the ledger's. */
  constructor(tally: WarningTally, others: string[]) {
    this.tally = tally;
    this.others = others;
  }

  /** Takes an element of a balance; false where it is none. The first ledger balance counts. */
  element(aggregate: string, name: string, value: string): boolean {
    if (aggregate === 'LEDGERBAL') {
      if (name === 'BALAMT') this.amount ||= value;
      else if (name === 'DTASOF') this.date ||= value;
      return true;
    }
    if (aggregate === 'AVAILBAL') {
      if (name === 'BALAMT') this.availableAmount = value;
      else if (name === 'DTASOF') this.show(`AVAILBAL ${this.availableAmount} ${value.slice(0, 8)}`);
      return true;
    }
    if (aggregate === 'INVBAL') {
      this.show(`${name} ${value}`);
      return true;
    }
    if (aggregate !== 'BAL') return false;
    if (name === 'NAME') this.listed.name = value;
    else if (name === 'VALUE') this.listed.value = value;
    return true;
  }

  /** A balance of the list (BALLIST) has ended. */
  endListed(): void {
    this.show(`${this.listed.name} ${this.listed.value}`);
    this.listed = { name: '', value: '' };
  }

  closing(currency: string | null): StatedBalance | null {
    if (this.amount === '') return null;
    const amount = ofxAmount(this.amount, currency);
    if ('reason' in amount) {
      this.tally.note(
        'ofx.balance',
        null,
        `The ledger balance "${this.amount}" cannot be read and counts as not stated`,
      );
      return null;
    }
    const date = ofxDay(this.date);
    if (date !== null) return { amount, date };
    this.tally.note(
      'ofx.balance-date',
      null,
      `The ledger balance "${this.amount}" has no date that is a day of the calendar (DTASOF "${this.date}") and counts as not stated`,
    );
    return null;
  }

  private show(text: string): void {
    if (this.others.length < OTHERS_KEPT) this.others.push(text.trim());
  }
}
