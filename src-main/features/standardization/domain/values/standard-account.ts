/** A counterparty's or own account as it is compared: what it is, its electronic form, and what is wrong with it. */
export interface StandardAccount {
  readonly kind: 'iban' | 'bic' | 'number' | 'masked' | 'text';
  /** Electronic form: no blanks, capital letters. As written where the kind is `text`. */
  readonly standardized: string;
  /** Null where nothing is wrong, or nothing can be checked. */
  readonly problem: string | null;
}

/** IBAN length by country: SWIFT IBAN Registry, release 99. */
const IBAN_LENGTHS: Readonly<Record<string, number>> = {
  AD: 24,
  AE: 23,
  AL: 28,
  AT: 20,
  AZ: 28,
  BA: 20,
  BE: 16,
  BG: 22,
  BH: 22,
  BI: 27,
  BR: 29,
  BY: 28,
  CH: 21,
  CR: 22,
  CY: 28,
  CZ: 24,
  DE: 22,
  DJ: 27,
  DK: 18,
  DO: 28,
  EE: 20,
  EG: 29,
  ES: 24,
  FI: 18,
  FK: 18,
  FO: 18,
  FR: 27,
  GB: 22,
  GE: 22,
  GI: 23,
  GL: 18,
  GR: 27,
  GT: 28,
  HN: 28,
  HR: 21,
  HU: 28,
  IE: 22,
  IL: 23,
  IQ: 23,
  IS: 26,
  IT: 27,
  JO: 30,
  KW: 30,
  KZ: 20,
  LB: 28,
  LC: 32,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  LY: 25,
  MC: 27,
  MD: 24,
  ME: 22,
  MK: 19,
  MN: 20,
  MR: 27,
  MT: 31,
  MU: 30,
  NI: 28,
  NL: 18,
  NO: 15,
  OM: 23,
  PK: 24,
  PL: 28,
  PS: 29,
  PT: 25,
  QA: 29,
  RO: 24,
  RS: 22,
  RU: 33,
  SA: 24,
  SC: 31,
  SD: 18,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  SO: 23,
  ST: 25,
  SV: 28,
  TL: 23,
  TN: 24,
  TR: 26,
  UA: 29,
  VA: 22,
  VG: 24,
  XK: 20,
  YE: 30,
};

const IBAN_FORM = /^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/;
/** ISO 9362: four letters or digits of the party, country, two of the location, three of the branch. */
const BIC_FORM = /^[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/;

/**
 * Remainder of a text of letters and digits by 97, letters as 10 to 35, first four characters moved to the end: 1 for
 * valid check digits (ISO 7064 MOD 97-10, as ISO 13616 and ISO 11649 use it). The text must hold nothing else.
 */
export const mod97 = (text: string): number => {
  let remainder = 0;
  for (const character of text.slice(4) + text.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
};

/**
 * Tells IBAN (ISO 13616: country, length, check digits), BIC (ISO 9362), account numbers and masked numbers apart. A
 * value in the form of an IBAN whose length or check digits do not fit stays as it is and has a problem: it is never mended.
 */
export const standardAccount = (written: string): StandardAccount => {
  const text = written.normalize('NFKC').trim();
  const compact = text
    .replace(/^IBAN\s*:?\s*/i, '')
    .replace(/[\s.\-/]/g, '')
    .toUpperCase();
  if (compact === '') return { kind: 'text', standardized: '', problem: null };
  if (IBAN_FORM.test(compact) && IBAN_LENGTHS[compact.slice(0, 2)] !== undefined) {
    const length = IBAN_LENGTHS[compact.slice(0, 2)];
    const problem =
      compact.length !== length
        ? `an IBAN of ${compact.slice(0, 2)} has ${length} characters, this one ${compact.length}`
        : mod97(compact) === 1
          ? null
          : 'the check digits of the IBAN do not fit (ISO 13616)';
    return { kind: 'iban', standardized: compact, problem };
  }
  if (/[Xx*•]{3,}|\*{2,}/.test(text) && /\d{2,}/.test(text))
    return { kind: 'masked', standardized: compact, problem: null };
  if (/^\d{4,}$/.test(compact)) return { kind: 'number', standardized: compact, problem: null };
  // Words have the form of a BIC too: one is written without blanks and in capitals.
  if (BIC_FORM.test(text)) return { kind: 'bic', standardized: compact, problem: null };
  return { kind: 'text', standardized: text.replace(/\s+/g, ' '), problem: null };
};
