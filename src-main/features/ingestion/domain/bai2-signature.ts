/** A file header: two digits, then eight fields, the last of which is the version, and the delimiter. */
const HEADER = /^\s*\d{2},(?:[^,\r\n]*,){7}[123]\s*\/\s*(?:[\r\n]|$|02,)/;

/**
 * True for a text that begins with the file header of the BAI cash management format (record 01), or with a line of
 * the same shape and another record code, which is a broken file of that kind and no table.
 */
export const isBai2 = (text: string): boolean => HEADER.test(text);
