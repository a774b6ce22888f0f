import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import type { Decimal } from '../../../kernel/decimal.ts';
import { entryDay, negated, swiftAmount, swiftDay } from './mt940-values.ts';

/** Field 61, one entry of the account. */
export interface StatementLine {
  /** Entry date, else the value date. */
  readonly bookingDate: CivilDay;
  readonly valueDate: CivilDay;
  /** Negative for money out: D and RC. */
  readonly amount: Decimal;
  /** Money out, also of a zero amount. */
  readonly out: boolean;
  /** EC and ED: announced, not booked. */
  readonly expected: boolean;
  /** Transaction type and identification code (`NTRF`, `S103`, `FMSC`), '' where not stated. */
  readonly code: string;
  /** Reference for the account owner, '' for NONREF and words that point to field 86. */
  readonly ownerReference: string;
  /** Reference of the account servicing institution, '' for NONREF. */
  readonly bankReference: string;
  /** Supplementary details (subfield 9), the text of further lines included. */
  readonly supplementary: string;
  /** Counterparty, where the bank puts one into this field. */
  readonly counterparty: string;
  readonly counterpartyAccount: string;
  /** What was read otherwise than the standard has it. */
  readonly remarks: readonly ('decimal-point' | 'no-entry-date' | 'value-date')[];
}

const LINE =
  /^(\d{6})(\d{4}|\s{4})?\s*(RC|RD|EC|ED|C|D)([A-Z])?\s?(\d[\d,.]*)(?:([A-Z][A-Z0-9 ]{3})([^\n]*))?(?:\n([\s\S]*))?$/;
const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;
/** Words in the place of a reference that say there is none, or that it stands in field 86 under this code word. */
const NO_REFERENCE = /^(?:NONREF|NOTPROVIDED|[EKMP]REF\+?|MARF)$/;

const referenceOf = (text: string): string => {
  const trimmed = text.trim();
  return NO_REFERENCE.test(trimmed) ? '' : trimmed;
};

interface References {
  readonly owner: string;
  readonly bank: string;
  readonly counterparty: string;
  readonly account: string;
}

/** Subfields 7 and 8, with the dialects that put the counterparty there. */
const references = (text: string): References => {
  const at = text.indexOf('//');
  if (at >= 0)
    return {
      owner: referenceOf(text.slice(0, at)),
      bank: referenceOf(text.slice(at + 2)),
      counterparty: '',
      account: '',
    };
  // Rabobank's old format: the counterparty's account padded to 16 characters, then its name.
  const packed = /^(\S{1,15}) +(\S.*)$/.exec(text);
  if (packed && text.length > 16 && text[15] === ' ' && text.slice(0, 16).trimEnd() === packed[1])
    return {
      owner: '',
      bank: '',
      counterparty: text.slice(16).trim(),
      account: referenceOf(packed[1]),
    };
  // ASN and SNS put the counterparty's IBAN there, beyond the 16 characters of the standard.
  const owner = referenceOf(text);
  return IBAN.test(owner)
    ? { owner: '', bank: '', counterparty: '', account: owner }
    : { owner, bank: '', counterparty: '', account: '' };
};

/** A supplementary line that is nothing but an account: an IBAN, or a Postbank number as Rabobank writes it. */
const accountIn = (text: string): string => (IBAN.test(text) || /^P\d{9}$/.test(text) ? text : '');

/**
 * Field 61: `6!n[4!n]2a[1!a]15d1!a3!c16x[//16x]` and `[34x]` on the next line, in the dialects of banks: entry date
 * missing or blank, longer references, any letter before the code, no code at all, the amount on a line of its own.
 * The reason where it cannot be read. A value date that the calendar does not have (30 February) is unknown where the
 * entry date is stated, and makes the line unreadable where it is not.
 */
export const readStatementLine = (lines: readonly string[]): StatementLine | { readonly reason: string } => {
  const text = lines.map(line => line.trimEnd()).join('\n');
  const match = LINE.exec(text) ?? LINE.exec(text.replace('\n', ''));
  if (match === null)
    return { reason: 'field 61 does not begin with a date, a debit or credit mark and an amount (6!n[4!n]2a[1!a]15d)' };
  const [, value, entry, mark, , digits, code, rest, more] = match as unknown as (string | undefined)[];
  const remarks: StatementLine['remarks'][number][] = [];
  const amount = swiftAmount(digits!);
  if (amount === null)
    return { reason: `the amount "${digits}" is not an unsigned number with a decimal comma that can be kept exactly` };
  if (amount.point) remarks.push('decimal-point');
  const valueDay = swiftDay(value!);
  let bookingDate: CivilDay;
  if (entry === undefined || entry.trim() === '') {
    if (valueDay === null)
      return { reason: `the value date "${value}" is not a day of the calendar, and there is no entry date` };
    bookingDate = valueDay;
    remarks.push('no-entry-date');
  } else {
    const day = entryDay(entry, value!);
    if (day === null)
      return { reason: `the entry date "${entry}" (value date "${value}") is not a day of the calendar` };
    bookingDate = day;
    if (valueDay === null) remarks.push('value-date');
  }
  const out = mark === 'D' || mark === 'RC' || mark === 'ED';
  const reference = references(rest ?? '');
  const supplementary = (more ?? '').trim();
  return {
    bookingDate,
    valueDate: valueDay ?? UNKNOWN_DAY,
    amount: out ? negated(amount) : { units: amount.units, scale: amount.scale },
    out,
    expected: mark === 'EC' || mark === 'ED',
    code: (code ?? '').trim(),
    ownerReference: reference.owner,
    bankReference: reference.bank,
    supplementary,
    counterparty: reference.counterparty,
    counterpartyAccount: reference.account || accountIn(supplementary),
    remarks,
  };
};
