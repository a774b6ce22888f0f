/** Text as words are compared: lower case, without accents. */
export const plainText = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Finds words in texts: whole words (a word that ends in * stands for all that begin with it), without regard to case and
 * accents; blanks inside a phrase stand for any blanks or signs. Returns the first that a text holds, as it was given.
 */
export const wordFinder = (words: readonly string[]): ((text: string) => string | null) => {
  const byPlain = new Map<string, string>();
  for (const word of words) {
    const plain = plainText(word.trim());
    if (plain !== '' && plain !== '*' && !byPlain.has(plain)) byPlain.set(plain, word.trim());
  }
  if (byPlain.size === 0) return () => null;
  const list = [...byPlain];
  const source = list.map(([plain]) => {
    const open = plain.endsWith('*');
    const body = escaped(open ? plain.slice(0, -1) : plain).replace(/\s+/g, '[\\s\\p{P}]+');
    return `(${body})${open ? '' : '(?![\\p{L}\\p{N}])'}`;
  });
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${source.join('|')})`, 'u');
  return text => {
    if (text === '') return null;
    const match = pattern.exec(plainText(text));
    if (match === null) return null;
    const at = match.slice(1).findIndex(group => group !== undefined);
    return list[at]?.[1] ?? null;
  };
};

/** A parameter's words: parted by commas, and its default where none is given. */
export const wordsOf = (text: string, fallback: string): string[] =>
  (text.trim() === '' ? fallback : text)
    .split(',')
    .map(word => word.trim())
    .filter(word => word !== '');
