import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { isCurrencyCode } from '../../../kernel/currency.ts';
import { ofxAmount, ofxDay, ofxMinute } from './ofx-values.ts';
import type { ParsedTransaction, RecordPlace } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';

/** The elements of one STMTTRN as `NAME` or, inside an aggregate of it, `AGGREGATE/NAME`. The first value that is not empty counts. */
export class OfxTransactionFields {
  private readonly values = new Map<string, string>();
  private readonly repeated = new Set<string>();

  add(name: string, value: string): void {
    if (value === '') return;
    const known = this.values.get(name);
    if (known === undefined) this.values.set(name, value);
    else if (known !== value) this.repeated.add(name);
  }

  /** The value; '' where it is not stated. */
  get(name: string): string {
    return this.values.get(name) ?? '';
  }

  /** The first name of several that has a value, as its value. */
  first(...names: readonly string[]): string {
    for (const name of names) {
      const value = this.values.get(name);
      if (value !== undefined) return value;
    }
    return '';
  }

  /** True where the element stood twice with different values. */
  isContradicted(name: string): boolean {
    return this.repeated.has(name);
  }
}

/**
 * TRNAMT is in the statement's currency (CURDEF), or in CURRENCY/CURSYM where that stands (OFX 1.0, 5.2);
 * ORIGCURRENCY only tells what it was converted from.
 */
export const currencyOf = (
  fields: OfxTransactionFields,
  statementCurrency: string | null,
  row: number,
  tally: WarningTally,
): string | null => {
  const own = fields.get('CURRENCY/CURSYM').toUpperCase();
  if (own === '' || own === statementCurrency) return statementCurrency;
  if (!isCurrencyCode(own)) {
    tally.note(
      'ofx.currency',
      row,
      `The currency "${own}" of a transaction is not a currency code and counts as not stated`,
    );
    return null;
  }
  if (statementCurrency !== null)
    tally.note('ofx.other-currency', row, `A transaction is in ${own}, its statement in ${statementCurrency}`);
  return own;
};

/** What has no field of its own: the cheque's number beside a FITID, and what the amount was converted from. */
const notesOf = (fields: OfxTransactionFields): string => {
  // Without a FITID the cheque's number is the reference.
  const isCheque = fields.get('TRNTYPE').toUpperCase() === 'CHECK' && fields.get('FITID') !== '';
  const check = isCheque && !/^0*$/.test(fields.get('CHECKNUM')) ? fields.get('CHECKNUM') : '';
  const original = fields.get('ORIGCURRENCY/CURSYM').toUpperCase();
  const rate = fields.get('ORIGCURRENCY/CURRATE');
  const converted = original === '' ? '' : `[converted from ${original}${rate === '' ? '' : ` at ${rate}`}]`;
  return [check === '' ? '' : `[check ${check}]`, converted].filter(Boolean).join(' ');
};

const isDirectionContradicted = (type: string, units: number): boolean =>
  (type === 'DEBIT' && units > 0) || (type === 'CREDIT' && units < 0);

/** One STMTTRN as a transaction, or the reason why it cannot be one. The sign is TRNAMT's own: money out is negative (OFX 2.3, 3.2.9.2). */
export const readOfxTransaction = (
  fields: OfxTransactionFields,
  statement: number,
  statementCurrency: string | null,
  place: RecordPlace,
  tally: WarningTally,
): ParsedTransaction | { readonly reason: string } => {
  const { row } = place;
  for (const name of ['TRNAMT', 'DTPOSTED', 'FITID'])
    if (fields.isContradicted(name)) return { reason: `${name} is stated twice, differently` };
  const posted = fields.get('DTPOSTED');
  if (posted === '') return { reason: 'there is no posting date (DTPOSTED)' };
  const bookingDate = ofxDay(posted);
  if (bookingDate === null) return { reason: `the posting date "${posted}" is not a day of the calendar` };
  const currency = currencyOf(fields, statementCurrency, row, tally);
  const amount = ofxAmount(fields.get('TRNAMT'), currency);
  if ('reason' in amount) return amount;
  const type = fields.get('TRNTYPE');
  if (isDirectionContradicted(type.toUpperCase(), amount.units))
    tally.note(
      'ofx.direction',
      row,
      `A transaction is typed ${type.toUpperCase()} and its amount has the other sign; the amount's sign counts`,
    );
  const available = fields.get('DTAVAIL');
  const valueDate = available === '' ? UNKNOWN_DAY : ofxDay(available);
  if (valueDate === null)
    tally.note(
      'ofx.value-date',
      row,
      `The value date "${available}" is not a day of the calendar and counts as not stated`,
    );
  const category = fields.get('SIC');
  const counterparty = fields.first('EXTDNAME', 'NAME', 'PAYEE/NAME');
  return {
    place,
    statement,
    bookingDate,
    valueDate: valueDate ?? UNKNOWN_DAY,
    amount,
    currency,
    description: [fields.get('MEMO') || counterparty, notesOf(fields)].filter(Boolean).join(' '),
    counterparty,
    reference: fields.first('FITID', 'CHECKNUM', 'REFNUM'),
    type,
    counterpartyAccount: fields.first('BANKACCTTO/ACCTID', 'CCACCTTO/ACCTID'),
    ...(category === '' ? {} : { category }),
    minute: ofxMinute(posted),
  };
};
