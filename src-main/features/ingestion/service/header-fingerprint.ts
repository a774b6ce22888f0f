/** Header names so that spelling aside they compare: NFKC, lower case, spaces collapsed. */
export const normalizedHeader = (names: readonly string[]): string[] =>
  names.map(name => name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim());

/** What a profile is found by: the normalized header names in their order. Empty names do not tell layouts apart. */
export const headerFingerprint = (names: readonly string[]): string => JSON.stringify(normalizedHeader(names));
