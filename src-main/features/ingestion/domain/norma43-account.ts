/** Weights of the check digits of the Código Cuenta Cliente, for ten digits from the left (2^position modulo 11). */
const WEIGHTS = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6];

const checkDigit = (tenDigits: string): string => {
  let sum = 0;
  for (const [position, weight] of WEIGHTS.entries()) sum += Number(tenDigits[position]) * weight;
  const digit = 11 - (sum % 11);
  return String(digit === 10 ? 1 : digit === 11 ? 0 : digit);
};

/** Remainder modulo 97 of a decimal text of any length (ISO 7064). */
const modulo97 = (digits: string): number => {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest;
};

/**
 * The Spanish IBAN of a bank (4 digits), branch (4) and account (10), as record 11 gives them: the national check digits,
 * which Norma 43 leaves out, are computed (CCC, modulo 11), then those of the IBAN (ISO 13616). Null where these are not 18 digits.
 */
export const computedIban = (bankBranchAccount: string): string | null => {
  if (!/^\d{18}$/.test(bankBranchAccount)) return null;
  const bankAndBranch = bankBranchAccount.slice(0, 8);
  const account = bankBranchAccount.slice(8);
  const national = `${bankAndBranch}${checkDigit(`00${bankAndBranch}`)}${checkDigit(account)}${account}`;
  // ES is 14 28 in ISO 13616.
  const check = String(98 - modulo97(`${national}142800`)).padStart(2, '0');
  return `ES${check}${national}`;
};
