/**
 * What a transaction looks like to the classifier: words (letters only: numbers and dates of a text never come again), pairs
 * of neighbours, the direction of money and the order of magnitude of the amount.
 */
export const tokensOf = (text: string, amount: number | null): string[] => {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter(word => word.length > 1);
  const tokens = new Set(words);
  for (let i = 0; i + 1 < words.length; i++) tokens.add(`${words[i]} ${words[i + 1]}`);
  if (amount !== null) {
    tokens.add(amount < 0 ? '−' : '+');
    tokens.add(`10^${Math.floor(Math.log10(Math.abs(amount) + 1))}`);
  }
  return [...tokens];
};

/** True for a token that is a word of the text: what a reason may name. */
export const isWord = (token: string): boolean => /^\p{L}/u.test(token);
