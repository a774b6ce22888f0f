import { parseDecimal } from '../../../kernel/decimal.ts';
import { type DetailField, type EntryField, JOINED_DETAIL_FIELDS } from './camt-fields.ts';
import { type Party, partiesOf } from './camt-parties.ts';
import { directionSign } from './camt-values.ts';
import { XmlFields } from './xml-paths.ts';
import { sumText, unitsOf } from './xml-values.ts';

/** Details of a batch that its description names. */
const NAMED = 5;

interface NamedDetail {
  readonly debtor: Party;
  readonly creditor: Party;
  readonly amount: string;
  readonly sign: 1 | -1 | null;
}

/** What of the details of an entry does not fit the entry. */
export interface DetailsFault {
  readonly code: 'control.count' | 'control.details';
  readonly message: string;
}

/** Gathers the `TxDtls` of one entry: the fields of the first, and of all their number, their sum and a few names. */
export class CamtDetails {
  private readonly first = new XmlFields<DetailField>(JOINED_DETAIL_FIELDS);
  private readonly further = new XmlFields<DetailField>(JOINED_DETAIL_FIELDS);
  private named: NamedDetail[] = [];
  private signed = 0n;
  private unsigned = 0n;
  private readonly currencies = new Set<string>();
  private withoutAmount = 0;
  count = 0;

  /** The details being read. */
  get current(): XmlFields<DetailField> {
    return this.count === 0 ? this.first : this.further;
  }

  clear(): void {
    if (this.count > 1) {
      this.named = [];
      this.signed = 0n;
      this.unsigned = 0n;
      this.currencies.clear();
      this.withoutAmount = 0;
    }
    this.count = 0;
  }

  end(): void {
    this.count++;
    // Most entries have the details of one transaction, whose sum is the entry's.
    if (this.count === 2) this.addUp(this.first);
    if (this.count > 1) this.addUp(this.further);
  }

  /** The details, where the entry has exactly one. */
  get single(): XmlFields<DetailField> | null {
    return this.count === 1 ? this.first : null;
  }

  /** How many transactions the entry sums up, by its details or by what it states. */
  transactions(entry: XmlFields<EntryField>): number {
    const stated = Number(entry.get('batchSize'));
    return Math.max(this.count, Number.isInteger(stated) ? stated : 0);
  }

  /** `A 3 EUR; B -4 EUR; …` of the other parties of a batch; a minus is what goes against the entry's direction. */
  names(incoming: boolean, entrySign: 1 | -1 | null): string {
    if (this.count < 2) return '';
    const texts = this.named
      .map(({ debtor, creditor, amount, sign }) => {
        const against = amount !== '' && sign !== null && entrySign !== null && sign !== entrySign;
        return [(incoming ? debtor : creditor).name, `${against ? '-' : ''}${amount}`].filter(Boolean).join(' ');
      })
      .filter(text => text !== '');
    return `${texts.join('; ')}${texts.length > 0 && this.count > NAMED ? '; …' : ''}`;
  }

  /** Compares the details with their entry: their number with what it states, their sum with its amount. */
  faults(entry: XmlFields<EntryField>): readonly DetailsFault[] {
    if (this.count < 2) return [];
    const faults: DetailsFault[] = [];
    const stated = entry.get('batchSize');
    if (/^\d+$/.test(stated) && Number(stated) !== this.count)
      faults.push({
        code: 'control.count',
        message: `An entry states ${stated} transactions (NbOfTxs) and has the details of ${this.count}`,
      });
    const amount = parseDecimal(entry.get('amount'));
    const sign = directionSign(entry.get('direction'));
    const comparable =
      this.withoutAmount === 0 && this.currencies.size === 1 && this.currencies.has(entry.get('currency'));
    if (comparable && amount !== null && sign !== null) {
      const sum = BigInt(sign) * this.signed + this.unsigned;
      if (sum !== unitsOf(amount))
        faults.push({
          code: 'control.details',
          message: `The details of an entry make ${sumText(sum)}, the entry is ${sumText(unitsOf(amount))} ${entry.get('currency')} (charges may account for it)`,
        });
    }
    return faults;
  }

  private addUp(details: XmlFields<DetailField>): void {
    const own = details.get('amount');
    const text = own || details.get('transactionAmount');
    const currency = details.get(own === '' ? 'transactionCurrency' : 'currency');
    const amount = parseDecimal(text);
    const sign = directionSign(details.get('direction'));
    if (amount === null) this.withoutAmount++;
    else {
      this.currencies.add(currency);
      if (sign === null) this.unsigned += unitsOf(amount);
      else this.signed += BigInt(sign) * unitsOf(amount);
    }
    if (this.named.length < NAMED)
      this.named.push({ ...partiesOf(details), amount: `${text} ${currency}`.trim(), sign });
  }
}
