/** File header record 1 with the record size 094, blocking factor 10 and format code 1 (positions 35–40). */
const FILE_HEADER = /^\s*1[01 ][^\n]{31,34}094101/;
/** Batch header record 5 with its entry class (51–53), then an entry 6: a piece of a file, whose header is missing. */
const BATCH_HEADER = /^\s*5(?:200|220|225|280)[^\n]{46}[A-Z]{3}[^\n]{10,45}\n6[2-5][1-9]\d{8}/;

/**
 * True for text that begins as an ACH file does, or as a piece of one (a place off is still a damaged ACH file, not a
 * table): the parser then says what is missing.
 */
export const isNacha = (text: string): boolean => FILE_HEADER.test(text) || BATCH_HEADER.test(text);
