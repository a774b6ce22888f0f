/**
 * A user name as it is compared: compatibility forms and case folded (Unicode NFKC, then full upper and lower case, which
 * folds as CaseFolding.txt does but for a handful of letters). “ADA” and “ada” are one person.
 */
export const foldedName = (username: string): string =>
  username.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC').trim();

/** True for the name under which the log writes what no person did: nobody may be called so. */
export const isReservedName = (username: string): boolean => foldedName(username) === 'system';
