import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { ledgerDescription } from './ledger-description.ts';
import { nanoText, nanoUnits, parseSieAmount } from './sie-amount.ts';
import { type SieCompany, sieDate } from './sie-company.ts';
import { type SieField, textAt } from './sie-fields.ts';
import type { ParsedTransaction, RecordPlace } from './statement-sink.ts';

/** Dimensions the format reserves (SIE 4B, 8.17) for what a transaction has a field for. */
const CUSTOMER = '8';
const SUPPLIER = '9';
const EMPLOYEE = '7';
const INVOICE = '10';

/** A voucher (`#VER`) whose transactions are being read. */
export interface SieVoucher {
  readonly entry: string;
  readonly series: string;
  readonly day: CivilDay;
  readonly text: string;
  /** Day on which it was registered, UNKNOWN_DAY where not stated, and the signature. */
  readonly enteredDay: CivilDay;
  readonly signature: string;
  readonly row: number;
  /** Sum of its transactions, in units of 10^-9. */
  sum: bigint;
  /** Whether a transaction of it could not be read. */
  incomplete: boolean;
  /** Added rows (`#RTRANS`) whose identical `#TRANS` has not come yet. */
  awaited: { readonly fields: readonly SieField[]; readonly place: RecordPlace; readonly raw: string } | null;
}

/** Names vouchers: series and number, made unique within the file, for both may be missing or stand again. */
export class SieVoucherNames {
  private readonly used = new Map<string, number>();
  private ordinal = 0;
  repeated = 0;

  /** `A 17`; `#3` for the file's third voucher where it has no number; `A 17 (2)` where the name is taken. */
  name(series: string, number: string): string {
    this.ordinal++;
    const base = number === '' || number === '0' ? `${series} #${this.ordinal}`.trim() : `${series} ${number}`.trim();
    const times = (this.used.get(base) ?? 0) + 1;
    this.used.set(base, times);
    if (times === 1) return base;
    this.repeated++;
    return `${base} (${times})`;
  }

  get count(): number {
    return this.ordinal;
  }
}

/** Whether two rows post the same: programs leave text, quantity or signature out of one of them. */
export const samePosting = (one: readonly SieField[], other: readonly SieField[]): boolean => {
  const amounts = [one, other].map(fields => parseSieAmount(textAt(fields, 2)));
  const [first, second] = amounts;
  if (textAt(one, 0) !== textAt(other, 0)) return false;
  if (!first || !second) return textAt(one, 2) === textAt(other, 2);
  return nanoUnits(first.value) === nanoUnits(second.value);
};

interface SieTransaction {
  readonly transaction: ParsedTransaction;
  readonly account: string;
  readonly standardAmount: boolean;
}

/**
 * A `#TRANS` of a voucher: account, object list, amount, date, text, quantity, signature (SIE 4B, `#TRANS`). Returns the
 * reason where it cannot be read. The object list may be missing in files of careless programs.
 */
export const sieTransaction = (
  stated: readonly SieField[],
  voucher: SieVoucher,
  company: SieCompany,
  statement: number,
  place: RecordPlace,
): SieTransaction | string => {
  const hasList = Array.isArray(stated[1]);
  const objects = hasList ? (stated[1] as readonly string[]) : [];
  const fields: readonly SieField[] = hasList ? stated : [stated[0] ?? '', [], ...stated.slice(1)];
  const account = textAt(fields, 0);
  if (account === '') return 'the transaction has no account';
  const amount = parseSieAmount(textAt(fields, 2));
  if (amount === null) return `the amount "${textAt(fields, 2)}" is no number with a decimal point`;
  const dateText = textAt(fields, 3);
  const date = dateText === '' ? null : sieDate(dateText);
  if (dateText !== '' && date === null) return `the date "${dateText}" is not a day of the calendar`;
  const party = partyOf(objects, company);
  return {
    account,
    standardAmount: amount.standard,
    transaction: {
      place,
      statement,
      bookingDate: voucher.day,
      valueDate: date ?? UNKNOWN_DAY,
      amount: amount.value,
      currency: company.currency,
      description: ledgerDescription(voucher.text, textAt(fields, 4)),
      counterparty: party.name,
      counterpartyAccount: party.number,
      reference: memberOf(objects, INVOICE) ?? '',
      type: voucher.series,
      category: categoryOf(objects, company),
      ledgerAccount: company.account(account),
      entry: voucher.entry,
      poster: textAt(fields, 6) || voucher.signature,
      enteredDay: voucher.enteredDay,
    },
  };
};

/** The sum by which a voucher does not balance, as decimal text; null where it does. */
export const imbalance = (voucher: SieVoucher): string | null => (voucher.sum === 0n ? null : nanoText(voucher.sum));

export const addTo = (voucher: SieVoucher, { amount }: ParsedTransaction): void => {
  voucher.sum += nanoUnits(amount);
};

/** The object of a dimension in an object list, which holds dimensions and objects by turns. */
const memberOf = (objects: readonly string[], dimension: string): string | null => {
  for (let i = 0; i + 1 < objects.length; i += 2) if (objects[i] === dimension) return objects[i + 1]!;
  return null;
};

const partyOf = (
  objects: readonly string[],
  company: SieCompany,
): { readonly name: string; readonly number: string } => {
  for (const dimension of [CUSTOMER, SUPPLIER, EMPLOYEE]) {
    const number = memberOf(objects, dimension);
    if (number !== null) return { name: company.object(dimension, number), number };
  }
  return { name: '', number: '' };
};

/** Cost centre, project and further objects as `Projekt 4 Bergs pensionat`; '' where there are none. */
const categoryOf = (objects: readonly string[], company: SieCompany): string => {
  const parts: string[] = [];
  for (let i = 0; i + 1 < objects.length; i += 2) {
    const dimension = objects[i]!;
    const number = objects[i + 1]!;
    if ([CUSTOMER, SUPPLIER, EMPLOYEE, INVOICE].includes(dimension)) continue;
    parts.push(`${company.dimension(dimension)} ${number} ${company.object(dimension, number)}`.trim());
  }
  return parts.join('; ');
};
