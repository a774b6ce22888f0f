import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { isCurrencyCode } from '../../../kernel/currency.ts';
import type { CamtFields, DetailField, EntryField } from './camt-fields.ts';
import type { StatementDay } from './camt-statement-day.ts';
import { dayAsWritten, directionSign, signedAmount } from './camt-values.ts';
import type { ParsedTransaction, RecordPlace } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';

/** What an entry needs to know of the statement it stands in. */
export interface EntrySurroundings {
  readonly statement: number;
  readonly accountId: string | null;
  readonly day: StatementDay;
  readonly tally: WarningTally;
}

/** Placeholders that banks put where no reference was given (EPC: "NOTPROVIDED"). */
const isReference = (text: string): boolean => text !== '' && !/^not ?provided$/i.test(text);

const codeOf = (fields: CamtFields<EntryField> | CamtFields<DetailField>): string => {
  const code = [fields.get('domain'), fields.get('family'), fields.get('subFamily')]
    .filter(part => part !== '')
    .join('-');
  return code === '' ? fields.get('proprietaryCode') : code;
};

const referenceOf = (entry: CamtFields<EntryField>, details: CamtFields<DetailField> | null): string =>
  [
    entry.get('servicerReference'),
    entry.get('reference'),
    details?.get('servicerReference') ?? '',
    details?.get('endToEndId') ?? '',
    details?.get('transactionId') ?? '',
    details?.get('instructionId') ?? '',
    details?.get('chequeNumber') ?? '',
  ].find(isReference) ?? '';

const descriptionOf = (
  entry: CamtFields<EntryField>,
  details: CamtFields<DetailField> | null,
  transactions: number,
): string => {
  const remittance = details
    ? [details.get('unstructured'), details.get('structured'), details.get('structuredNote')]
        .filter(part => part !== '')
        .join(' ')
    : '';
  const text = remittance || (details?.get('additional') ?? '') || entry.get('additional');
  if (transactions <= 1) return text;
  return `${text}${text === '' ? '' : ' '}[batch of ${transactions} transactions]`;
};

interface Party {
  readonly name: string;
  readonly account: string;
}

const debtorOf = (details: CamtFields<DetailField>): Party => ({
  name: details.get('debtor') || details.get('ultimateDebtor') || details.get('debtorBic'),
  account: details.get('debtorAccount'),
});

const creditorOf = (details: CamtFields<DetailField>): Party => ({
  name: details.get('creditor') || details.get('ultimateCreditor') || details.get('creditorBic'),
  account: details.get('creditorAccount'),
});

/**
 * Money that comes in comes from the debtor, money that goes out goes to the creditor. A reversal keeps the parties of
 * the payment that it undoes, so there the sides are swapped. A party whose account is the statement's own is never
 * the counterparty.
 */
const counterpartyOf = (
  details: CamtFields<DetailField>,
  incoming: boolean,
  reversal: boolean,
  ownAccount: string | null,
): Party => {
  const debtor = debtorOf(details);
  const creditor = creditorOf(details);
  const [likely, other] = incoming !== reversal ? [debtor, creditor] : [creditor, debtor];
  const isOwn = (party: Party): boolean => party.account !== '' && party.account === ownAccount;
  return isOwn(likely) && !isOwn(other) ? other : likely;
};

const bookingDay = (
  entry: CamtFields<EntryField>,
  row: number,
  around: EntrySurroundings,
): CivilDay | { reason: string } => {
  const booked = entry.get('bookingDate');
  const value = entry.get('valueDate');
  if (booked !== '')
    return dayAsWritten(booked) ?? { reason: `the booking date "${booked}" is not a day of the calendar` };
  if (value !== '') {
    const day = dayAsWritten(value);
    if (day === null)
      return { reason: `there is no booking date, and the value date "${value}" is not a day of the calendar` };
    around.tally.note('camt.date-from-value-date', row, 'An entry has no booking date; its value date is used');
    return day;
  }
  if (around.day.day === null) return { reason: `the entry has no booking and no value date, and ${around.day.why}` };
  around.tally.note(
    'camt.date-from-statement',
    row,
    `An entry has no date of its own; the day of its statement's ${around.day.from} is used`,
  );
  return around.day.day;
};

/**
 * One `Ntry` as a transaction, or the reason why it cannot be one. The entry's own CdtDbtInd states the direction, also
 * of a reversal (ISO 20022: with RvslInd true and CRDT the original was a debit). `details` are given where the entry
 * has exactly one `TxDtls`; `transactions` is how many the entry sums up.
 */
export const readEntry = (
  entry: CamtFields<EntryField>,
  details: CamtFields<DetailField> | null,
  transactions: number,
  place: RecordPlace,
  around: EntrySurroundings,
): ParsedTransaction | { readonly reason: string } => {
  const amountText = entry.get('amount');
  if (amountText === '') return { reason: 'the entry states no amount' };
  const sign = directionSign(entry.get('direction'));
  if (sign === null)
    return {
      reason: `the entry's credit or debit indicator (CdtDbtInd) is "${entry.get('direction')}", not CRDT or DBIT`,
    };
  for (const field of ['amount', 'currency', 'direction', 'bookingDate'] as const)
    if (entry.isContradicted(field)) return { reason: `the entry states its ${field} twice, differently` };
  const amount = signedAmount(amountText, sign);
  if (amount === null)
    return { reason: `the amount "${amountText}" is not an unsigned decimal number that can be held exactly` };
  const booking = bookingDay(entry, place.row, around);
  if (typeof booking === 'object') return booking;
  const value = entry.get('valueDate');
  const valueDate = value === '' ? UNKNOWN_DAY : dayAsWritten(value);
  if (valueDate === null)
    around.tally.note(
      'camt.value-date',
      place.row,
      `The value date "${value}" is not a day of the calendar and counts as not stated`,
    );
  const currency = entry.get('currency');
  if (!isCurrencyCode(currency))
    around.tally.note(
      'camt.currency',
      place.row,
      `An entry's currency "${currency}" is not a currency code and counts as not stated`,
    );
  const reversal = /^(true|1)$/.test(entry.get('reversal'));
  const party = details ? counterpartyOf(details, sign > 0, reversal, around.accountId) : { name: '', account: '' };
  return {
    place,
    statement: around.statement,
    bookingDate: booking,
    valueDate: valueDate ?? UNKNOWN_DAY,
    amount,
    currency: isCurrencyCode(currency) ? currency : null,
    description: descriptionOf(entry, details, transactions),
    counterparty: party.name,
    reference: referenceOf(entry, details),
    type: codeOf(entry) || (details ? codeOf(details) : ''),
    counterpartyAccount: party.account,
  };
};
