import { mod97 } from './standard-account.ts';

/** A payment reference as it is compared, and what is wrong with it. */
export interface StandardReference {
  readonly kind: 'creditor-reference' | 'belgian-communication' | 'text';
  readonly standardized: string;
  readonly problem: string | null;
}

/** Marks by which banks say that there is none. */
const NO_REFERENCE = /^(?:NOTPROVIDED|NOT PROVIDED|NONREF|NON REF|NONE|N\/A|-+|\.+|0+)$/i;

/**
 * A reference without compatibility forms and surplus blanks; '' where it says that there is none. A structured creditor
 * reference (ISO 11649, RF and two check digits) and a Belgian structured communication (+++123/4567/89012+++, the last two
 * digits the rest by 97) are checked; one that does not check stays as it is and has a problem.
 */
export const standardReference = (written: string): StandardReference => {
  const text = written.normalize('NFKC').replace(/\s+/g, ' ').trim();
  if (NO_REFERENCE.test(text)) return { kind: 'text', standardized: '', problem: null };
  const compact = text.replace(/ /g, '').toUpperCase();
  if (/^RF\d{2}[A-Z0-9]{1,21}$/.test(compact)) {
    const problem = mod97(compact) === 1 ? null : 'the check digits of the creditor reference do not fit (ISO 11649)';
    return { kind: 'creditor-reference', standardized: compact, problem };
  }
  const belgian = /^[+*]{3}(\d{3})\/?(\d{4})\/?(\d{3})(\d{2})[+*]{3}$/.exec(compact);
  if (belgian !== null) {
    const digits = `${belgian[1]}${belgian[2]}${belgian[3]}`;
    const rest = Number(digits) % 97;
    const problem =
      (rest === 0 ? 97 : rest) === Number(belgian[4])
        ? null
        : 'the check digits of the structured communication do not fit';
    return {
      kind: 'belgian-communication',
      standardized: `+++${belgian[1]}/${belgian[2]}/${belgian[3]}${belgian[4]}+++`,
      problem,
    };
  }
  return { kind: 'text', standardized: text, problem: null };
};
