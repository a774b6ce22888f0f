/** Record 11: bank, branch and account (18 digits), two dates, debit or credit, balance, currency, mode. */
const ACCOUNT_HEADER = /^11\d{18}\d{6}\d{6}[12]\d{14}\d{3}[123 ]/;

/** True for text whose first record, or the one after a leading record 00, is an account header of Norma 43. */
export const isNorma43 = (text: string): boolean => {
  const start = text.replace(/^\s+/, '');
  return ACCOUNT_HEADER.test(start) || (/^00/.test(start) && ACCOUNT_HEADER.test(start.replace(/^[^\r\n]*\s+/, '')));
};
