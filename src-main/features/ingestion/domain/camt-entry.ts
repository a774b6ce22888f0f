import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { isCurrencyCode } from '../../../kernel/currency.ts';
import type { CamtDetails } from './camt-details.ts';
import type { DetailField, EntryField } from './camt-fields.ts';
import { counterpartyOf } from './camt-parties.ts';
import type { StatementDay } from './camt-statement-day.ts';
import { directionSign, signedAmount } from './camt-values.ts';
import type { ParsedTransaction, RecordPlace } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';
import type { XmlFields } from './xml-paths.ts';
import { dayAsWritten, minuteAsWritten } from './xml-values.ts';

/** What an entry needs to know of the statement it stands in. */
export interface EntrySurroundings {
  readonly statement: number;
  readonly accountId: string | null;
  readonly day: StatementDay;
  readonly tally: WarningTally;
}

/** Placeholders that banks put where no reference was given (EPC: "NOTPROVIDED"). */
const isReference = (text: string): boolean => text !== '' && !/^not ?provided$/i.test(text);

const codeOf = (fields: XmlFields<EntryField> | XmlFields<DetailField>): string => {
  const code = [fields.get('domain'), fields.get('family'), fields.get('subFamily')]
    .filter(part => part !== '')
    .join('-');
  return code === '' ? fields.get('proprietaryCode') : code;
};

const referenceOf = (entry: XmlFields<EntryField>, details: XmlFields<DetailField> | null): string =>
  [
    entry.get('servicerReference'),
    entry.get('reference'),
    details?.get('servicerReference') ?? '',
    details?.get('endToEndId') ?? '',
    details?.get('transactionId') ?? '',
    details?.get('instructionId') ?? '',
    details?.get('chequeNumber') ?? '',
    details?.get('paymentInformationId') ?? '',
    details?.get('clearingReference') ?? '',
    details?.get('proprietaryReference') ?? '',
    details?.get('mandateId') ?? '',
    details?.get('messageId') ?? '',
    details?.get('uetr') ?? '',
  ].find(isReference) ?? '';

const remittanceOf = (details: XmlFields<DetailField>): string =>
  [details.get('unstructured'), details.get('structured'), details.get('structuredNote')]
    .filter(part => part !== '')
    .join(' ');

const returnOf = (details: XmlFields<DetailField>): string => {
  const reason = [details.get('returnReason'), details.get('returnNote')].filter(Boolean).join(' ');
  return reason === '' ? '' : `[returned: ${reason}]`;
};

/** Charges of the entry or its one transaction, where there are any. */
const chargesNote = (fields: XmlFields<EntryField> | XmlFields<DetailField>): string => {
  const charges = fields.get('charges');
  return /[1-9]/.test(charges) ? `[charges ${charges} ${fields.get('chargesCurrency')}]` : '';
};

/** What was instructed, where that was another currency than what was booked. */
const instructedNote = (fields: XmlFields<EntryField> | XmlFields<DetailField>, booked: string): string => {
  const currency = fields.get('instructedCurrency');
  const amount = fields.get('instructedAmount');
  return amount === '' || currency === '' || currency === booked ? '' : `[instructed ${amount} ${currency}]`;
};

const isReversal = (entry: XmlFields<EntryField>): boolean => /^(?:true|1)$/.test(entry.get('reversal'));

const descriptionOf = (entry: XmlFields<EntryField>, details: CamtDetails, incoming: boolean): string => {
  const { single } = details;
  const booked = entry.get('currency');
  let text = (single && (remittanceOf(single) || single.get('additional'))) || entry.get('additional');
  const add = (note: string): void => {
    if (note !== '') text = text === '' ? note : `${text} ${note}`;
  };
  if (isReversal(entry)) add('[reversal]');
  if (single) add(returnOf(single));
  add((single && instructedNote(single, booked)) || instructedNote(entry, booked));
  add((single && chargesNote(single)) || chargesNote(entry));
  const transactions = details.transactions(entry);
  if (transactions > 1) {
    const names = details.names(incoming, directionSign(entry.get('direction')));
    add(`[batch of ${transactions} transactions${names === '' ? '' : `: ${names}`}]`);
  }
  return text;
};

const bookingDay = (
  entry: XmlFields<EntryField>,
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
 * of a reversal (ISO 20022: with RvslInd true and CRDT the original was a debit).
 */
export const readEntry = (
  entry: XmlFields<EntryField>,
  details: CamtDetails,
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
  const reversal = isReversal(entry);
  const { single } = details;
  const party = single ? counterpartyOf(single, sign > 0, reversal, around.accountId) : { name: '', account: '' };
  return {
    place,
    statement: around.statement,
    bookingDate: booking,
    valueDate: valueDate ?? UNKNOWN_DAY,
    amount,
    currency: isCurrencyCode(currency) ? currency : null,
    description: descriptionOf(entry, details, sign > 0 !== reversal),
    counterparty: party.name,
    reference: referenceOf(entry, single),
    type: codeOf(entry) || (single ? codeOf(single) : ''),
    counterpartyAccount: party.account,
    minute: minuteAsWritten(entry.get('bookingDate')),
  };
};
