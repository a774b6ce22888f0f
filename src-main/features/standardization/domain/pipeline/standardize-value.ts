import { currencyStatus } from '../values/iso-4217.ts';
import { standardAccount } from '../values/standard-account.ts';
import { standardReference } from '../values/standard-reference.ts';
import { standardType } from '../values/standard-type.ts';
import type { Origin } from './origin.ts';

/** A value beside what it is standardized to. */
export interface StandardizedValue {
  readonly standardized: string;
  readonly origin: Origin;
  readonly reason: string;
  readonly problem: string | null;
}

const value = (original: string, standardized: string, reason: string, problem: string | null): StandardizedValue => ({
  standardized,
  origin: standardized === original ? 'file' : 'standardizer',
  reason: standardized === original ? 'as in the file' : reason,
  problem,
});

/** A counterparty's or own account: electronic form, check digits proved (ISO 13616, ISO 9362). */
export const standardizeAccount = (original: string): StandardizedValue => {
  const { standardized, kind, problem } = standardAccount(original);
  return value(
    original,
    standardized,
    `${kind === 'iban' ? 'IBAN' : kind === 'bic' ? 'BIC' : 'number'} without blanks and in capitals`,
    problem,
  );
};

/** A transaction type: one of the standard types where the bank's words say so, else as written. */
export const standardizeType = (original: string): StandardizedValue => {
  const type = standardType(original);
  return value(original, type ?? original, `“${original}” means ${type ?? ''}`, null);
};

/** A currency: capital letters; a problem where ISO 4217 does not know it. A withdrawn code is right on an old statement. */
export const standardizeCurrency = (original: string): StandardizedValue => {
  const code = original.normalize('NFKC').trim().toUpperCase();
  const status = currencyStatus(code);
  // No currency is unknown, not wrong.
  const problem = code !== '' && status.status === 'unknown' ? `ISO 4217 knows no currency “${code}”` : null;
  const reason = status.status === 'withdrawn' ? `withdrawn since ${status.since.replace('_', ' ')}` : 'in capitals';
  return value(original, code, reason, problem);
};

/** A payment reference: without surplus blanks; check digits of structured references proved. */
export const standardizeReference = (original: string): StandardizedValue => {
  const { standardized, problem } = standardReference(original);
  return value(
    original,
    standardized,
    standardized === '' ? 'the bank’s word for none' : 'without surplus blanks',
    problem,
  );
};
