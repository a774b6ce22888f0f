/** A communication in plain words, and what of it speaks of the counterparty. */
export interface CodaCommunication {
  readonly text: string;
  /** Name of the counterparty, '' where the communication gives none. */
  readonly counterparty: string;
  /** False where a structured communication (OGM/VCS) fails its check digits. */
  readonly isValid: boolean;
}

const collapse = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Belgian structured communication (OGM/VCS): ten digits and two check digits, the ten modulo 97, where 0 is written 97. */
export const isStructuredReference = (digits: string): boolean =>
  /^\d{12}$/.test(digits) &&
  Number(digits.slice(0, 10)) % 97 === Number(digits.slice(10)) % 97 &&
  digits.slice(10) !== '00';

const plain = (text: string): CodaCommunication => ({ text: collapse(text), counterparty: '', isValid: true });

const reference = (data: string): CodaCommunication => {
  const digits = data.slice(0, 12);
  const rest = data.slice(12);
  if (!isStructuredReference(digits)) return { ...plain(data), isValid: false };
  return plain(`+++${digits.slice(0, 3)}/${digits.slice(3, 7)}/${digits.slice(7)}+++ ${rest}`);
};

/** Type 127, European direct debit: settlement date 6, type 1, scheme 1, paid 1, creditor 35, mandate 35, communication 62. */
const directDebit = (data: string): CodaCommunication => {
  const creditor = data.slice(9, 44).trim();
  const mandate = data.slice(44, 79).trim();
  const text = [
    data.slice(79, 141),
    mandate === '' ? '' : `mandate ${mandate}`,
    creditor === '' ? '' : `creditor ${creditor}`,
  ];
  return plain(text.filter(part => part.trim() !== '').join(' '));
};

/**
 * Reads a communication zone (standard 2.6, enclosure III). `zone` is the zone of a movement or information record with
 * its continuation; of a structured one the first three characters are the type. Types 101 and 102 are the reference
 * with check digits, 127 the direct debit, 001 the counterparty, 008 and 009 ultimate parties; others stay as written.
 */
export const readCodaCommunication = (zone: string, isStructured: boolean): CodaCommunication => {
  if (!isStructured) return plain(zone);
  const type = zone.slice(0, 3);
  const data = zone.slice(3);
  if (type === '101' || type === '102') return reference(data);
  if (type === '127') return directDebit(data);
  if (type === '001') return { text: '', counterparty: collapse(data.slice(0, 70)), isValid: true };
  if (type === '008') return plain(`ultimate creditor ${data.slice(0, 70)}`);
  if (type === '009') return plain(`ultimate debtor ${data.slice(0, 70)}`);
  return plain(`[${type}] ${data}`);
};
