/** True where every word looked for occurs in the setting’s own words. */
export const isSettingFound = (search: string, ...words: readonly string[]): boolean => {
  const text = words.join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word));
};

/** Words of a list typed with commas or line ends between them. */
export const wordsOf = (typed: string): readonly string[] =>
  typed
    .split(/[,\n]/)
    .map(word => word.trim())
    .filter(word => word !== '');
