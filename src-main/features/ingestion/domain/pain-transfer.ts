import { type CivilDay, parseIsoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { isCurrencyCode } from '../../../kernel/currency.ts';
import { parseDecimal } from '../../../kernel/decimal.ts';
import type { PainField } from './pain-fields.ts';
import type { ParsedTransaction, RecordPlace } from './statement-sink.ts';
import type { XmlFields } from './xml-paths.ts';

type PainFields = XmlFields<PainField>;

/** The day of an ISODate or ISODateTime exactly as written, without moving it to another time zone; null when it is no day. */
export const executionDay = (text: string): CivilDay | null =>
  /^\d{4}-\d{2}-\d{2}(?:T.*|Z|[+-]\d{2}:\d{2})?$/.test(text) ? parseIsoDate(text.slice(0, 10)) : null;

/** Placeholders that are put where no reference was given (EPC: "NOTPROVIDED"). */
const isReference = (text: string): boolean => text !== '' && !/^not ?provided$/i.test(text);

/** `TRF SEPA INST`: payment method, service level and local instrument, of the transfer or else of its payment. */
const typeOf = (transfer: PainFields, payment: PainFields): string =>
  [
    payment.get('method'),
    transfer.get('service') || payment.get('service'),
    transfer.get('instrument') || payment.get('instrument'),
  ]
    .filter(part => part !== '')
    .join(' ');

const descriptionOf = (transfer: PainFields): string => {
  const other = transfer.get('transferCurrency');
  const cheque = transfer.get('chequeNumber');
  return [
    transfer.get('unstructured'),
    transfer.get('structured'),
    transfer.get('document'),
    transfer.get('note'),
    cheque === '' ? '' : `cheque ${cheque}`,
    other === '' ? '' : `[to be transferred in ${other}]`,
  ]
    .filter(part => part !== '')
    .join(' ');
};

/** Amount text and currency of a transfer: the instructed amount, else the equivalent in the debtor's currency. */
export const transferAmount = (transfer: PainFields): { readonly text: string; readonly currency: string } =>
  transfer.get('amount') !== ''
    ? { text: transfer.get('amount'), currency: transfer.get('amountCurrency') }
    : { text: transfer.get('equivalentAmount'), currency: transfer.get('equivalentCurrency') };

/** One `CdtTrfTxInf` as money out of the debtor's account, or the reason why it cannot be one. */
export const readTransfer = (
  transfer: PainFields,
  payment: PainFields,
  statement: number,
  bookingDate: CivilDay,
  place: RecordPlace,
): ParsedTransaction | { readonly reason: string } => {
  const { text, currency } = transferAmount(transfer);
  if (text === '') return { reason: 'the transfer states no amount' };
  for (const field of ['amount', 'amountCurrency', 'equivalentAmount', 'equivalentCurrency'] as const)
    if (transfer.isContradicted(field)) return { reason: 'the transfer states its amount twice, differently' };
  const amount = text.startsWith('-') ? null : parseDecimal(text);
  if (amount === null)
    return { reason: `the amount "${text}" is not an unsigned decimal number that can be held exactly` };
  if (!isCurrencyCode(currency)) return { reason: `the amount's currency "${currency}" is not a currency code` };
  const references = [transfer.get('endToEndId'), transfer.get('instruction'), transfer.get('uetr')];
  const category = transfer.get('purpose') || transfer.get('categoryPurpose') || payment.get('categoryPurpose');
  return {
    place,
    statement,
    bookingDate,
    valueDate: UNKNOWN_DAY,
    amount: { units: amount.units === 0 ? 0 : -amount.units, scale: amount.scale },
    currency,
    description: descriptionOf(transfer),
    counterparty: transfer.first('name', 'ultimateName', 'agentName', 'agentBic'),
    reference: references.find(isReference) ?? '',
    type: typeOf(transfer, payment),
    counterpartyAccount: transfer.get('account'),
    ...(category === '' ? {} : { category }),
  };
};
