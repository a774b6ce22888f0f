import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import type { Decimal } from '../../../kernel/decimal.ts';
import { dayOfDdmmyy } from './short-date.ts';

/** Length of a CODA record. */
export const CODA_RECORD_LENGTH = 128;

/** Positions as the standard counts them: from 1, both ends included. `line` is padded to the record's length. */
export const at = (line: string, from: number, to: number): string => line.slice(from - 1, to);

/** A day of DDMMYY; UNKNOWN_DAY for zeros or blanks, null for what is no day of the calendar. */
export const codaDay = (text: string): CivilDay | null =>
  /^(?:0{6}| {6})$/.test(text) ? UNKNOWN_DAY : dayOfDdmmyy(text);

/** Unsigned units of 10^-3 of an amount of 12 digits and 3 decimals; null when it is not 15 digits. */
export const codaThousandths = (text: string): number | null => (/^\d{15}$/.test(text) ? Number(text) : null);

/** Amount of 12 digits and 3 decimals with its sign (0 credit, 1 debit), at scale 2 where that is exact; null when either is none. */
export const codaAmount = (sign: string, digits: string): Decimal | null => {
  const thousandths = codaThousandths(digits);
  if (thousandths === null || (sign !== '0' && sign !== '1')) return null;
  const signed = sign === '1' && thousandths !== 0 ? -thousandths : thousandths;
  return signed % 10 === 0 ? { units: signed / 10, scale: 2 } : { units: signed, scale: 3 };
};

/** An account number and its currency, '' where not given. */
export interface CodaAccount {
  readonly number: string;
  readonly currency: string;
}

/**
 * Account zone of 37 characters (standard 2.6, 7.5). Structure 0: Belgian number 12, blank, currency 3 …; 1 and 3: foreign
 * number or IBAN 34, currency 3; 2: Belgian IBAN 31, extension 3, currency 3. Version 1 knows structure 0 only.
 */
export const codaAccount = (structure: string, zone: string): CodaAccount => {
  if (structure === '0') return { number: zone.slice(0, 12).trim(), currency: zone.slice(13, 16).trim() };
  const number = structure === '2' ? zone.slice(0, 31) : zone.slice(0, 34);
  return { number: number.trim(), currency: zone.slice(34, 37).trim() };
};

/** The counterparty's account zone does not say its structure: twelve digits and a blank are a Belgian number. */
export const codaCounterpartyAccount = (zone: string): CodaAccount =>
  codaAccount(/^\d{12} /.test(zone) ? '0' : '3', zone);
