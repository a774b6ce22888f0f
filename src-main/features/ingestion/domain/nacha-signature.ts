/**
 * True for text that begins as an ACH file does: file header record 1 with the record size 094, blocking factor 10 and
 * format code 1 (positions 35–40; a place off is still a damaged ACH file, not a table).
 */
export const isNacha = (text: string): boolean => /^\s*1[01 ][^\n]{31,34}094101/.test(text);
