/** The separators a flat FEC is met with. The law leaves the choice; the tax office's own tool wants tab or `|`. */
const FEC_SEPARATORS = ['\t', '|', ';'] as const;
export type FecSeparator = (typeof FEC_SEPARATORS)[number];

/** A column name as it is compared: without quotes, accents, blanks and case (`"Débit "` is `debit`). */
export const fecColumnName = (cell: string): string =>
  cell
    .normalize('NFD')
    .replace(/[\u0300-\u036f"\s_]/g, '')
    .toLowerCase();

/** The separator of a line that names the columns of a FEC; null for any other line. */
export const fecSeparatorOf = (line: string): FecSeparator | null => {
  for (const separator of FEC_SEPARATORS) {
    const names = new Set(line.split(separator).map(fecColumnName));
    const namesFec =
      names.has('journalcode') &&
      names.has('ecrituredate') &&
      names.has('comptenum') &&
      ((names.has('debit') && names.has('credit')) || (names.has('montant') && names.has('sens')));
    if (namesFec) return separator;
  }
  return null;
};

/** Whether a text begins as a French "fichier des écritures comptables": its first line names the columns of LPF art. A47 A-1. */
export const isFec = (text: string): boolean => {
  const first = /[^\s\uFEFF][^\r\n]*/.exec(text.slice(0, 8192))?.[0];
  return first !== undefined && fecSeparatorOf(first) !== null;
};
