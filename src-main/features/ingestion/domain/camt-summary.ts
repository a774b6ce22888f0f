import { parseDecimal } from '../../../kernel/decimal.ts';
import type { StatementField } from './camt-fields.ts';
import type { StatementSink } from './statement-sink.ts';
import type { XmlFields } from './xml-paths.ts';
import { sumText, unitsOf } from './xml-values.ts';

interface Side {
  count: number;
  sum: bigint;
}

/** True where a statement sums up its entries: the schema puts that before them. */
export const hasSummary = (fields: XmlFields<StatementField>): boolean =>
  fields.first('statedEntries', 'statedSum', 'statedCredits', 'statedCreditSum', 'statedDebits', 'statedDebitSum') !==
  '';

/** Adds up the entries of one statement and compares them with what it states of them (TxsSummry). */
export class CamtSummary {
  private readonly all: Readonly<Record<'credit' | 'debit', Side>> = {
    credit: { count: 0, sum: 0n },
    debit: { count: 0, sum: 0n },
  };
  private readonly booked: Readonly<Record<'credit' | 'debit', Side>> = {
    credit: { count: 0, sum: 0n },
    debit: { count: 0, sum: 0n },
  };
  private unreadable = 0;
  private readonly currencies = new Set<string>();

  /** One entry; `units` (10^-9, with its sign) is null where its amount cannot be read. */
  add(units: bigint | null, currency: string, isBooked: boolean): void {
    if (units === null) {
      this.unreadable++;
      return;
    }
    this.currencies.add(currency);
    const side = units < 0n ? 'debit' : 'credit';
    for (const sums of isBooked ? [this.all, this.booked] : [this.all]) {
      sums[side].count++;
      sums[side].sum += units < 0n ? -units : units;
    }
  }

  /** Some institutions count entries that are not booked, some do not: either is right. Sums of several currencies say nothing. */
  check(fields: XmlFields<StatementField>, sink: StatementSink): void {
    const counts: readonly (readonly [string, StatementField, (of: typeof this.all) => number])[] = [
      ['entries', 'statedEntries', of => of.credit.count + of.debit.count + this.unreadable],
      ['credit entries', 'statedCredits', of => of.credit.count],
      ['debit entries', 'statedDebits', of => of.debit.count],
    ];
    for (const [what, field, count] of counts) {
      const stated = fields.get(field);
      if (/^\d+$/.test(stated) && ![this.all, this.booked].map(count).includes(Number(stated)))
        this.warn(sink, 'control.count', fields, `${stated} ${what}`, `${count(this.all)}`);
    }
    if (this.currencies.size > 1 || this.unreadable > 0) return;
    const sums: readonly (readonly [string, StatementField, (of: typeof this.all) => bigint])[] = [
      ['sum of entries', 'statedSum', of => of.credit.sum + of.debit.sum],
      ['sum of credit entries', 'statedCreditSum', of => of.credit.sum],
      ['sum of debit entries', 'statedDebitSum', of => of.debit.sum],
    ];
    for (const [what, field, sum] of sums) {
      const stated = parseDecimal(fields.get(field));
      if (stated !== null && ![this.all, this.booked].map(sum).includes(unitsOf(stated)))
        this.warn(sink, 'control.total', fields, `a ${what} of ${fields.get(field)}`, sumText(sum(this.all)));
    }
  }

  private warn(
    sink: StatementSink,
    code: 'control.count' | 'control.total',
    fields: XmlFields<StatementField>,
    stated: string,
    found: string,
  ): void {
    const statement = fields.first('id', 'electronicNumber');
    sink.warn({ row: null, code, message: `Statement ${statement} states ${stated} (TxsSummry) and has ${found}` });
  }
}
