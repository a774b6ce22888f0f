/**
 * The description of one line of a ledger: the text of its entry, then its own. An entry's text stands outside the raw
 * record of its lines, so a line's own text must not displace it; a text that repeats the other stands once.
 */
export const ledgerDescription = (entryText: string, lineText: string): string => {
  if (lineText.startsWith(entryText)) return lineText;
  return lineText === '' ? entryText : `${entryText}; ${lineText}`;
};
