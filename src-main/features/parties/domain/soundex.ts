/** Soundex classes of a to z (U.S. National Archives, "The Soundex Indexing System"): 0 vowel, 7 h and w. */
const CLASSES = '01230127022455012623017202';

/**
 * American Soundex of a folded word: its first letter and three digits; h and w do not separate letters of one class.
 * '' for a word that does not begin with a letter a to z.
 */
export const soundex = (word: string): string => {
  const first = word.charCodeAt(0) - 97;
  if (!(first >= 0 && first < 26)) return '';
  let code = word[0]!;
  let last = CLASSES[first]!;
  for (let i = 1; i < word.length && code.length < 4; i++) {
    const letter = word.charCodeAt(i) - 97;
    if (!(letter >= 0 && letter < 26)) continue;
    const of = CLASSES[letter]!;
    if (of === '7') continue;
    if (of !== '0' && of !== last) code += of;
    last = of;
  }
  return code.padEnd(4, '0');
};
