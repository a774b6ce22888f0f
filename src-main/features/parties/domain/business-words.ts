/**
 * Legal forms of enterprises as they stand in names, folded (no marks, no stops), by the register or law that defines
 * them; the list of ISO 20275 (Entity Legal Forms) is the reference, the commonest abbreviations of it are here.
 */
const LEGAL_FORMS = [
  // German, Austrian, Swiss
  ...['gmbh', 'mbh', 'ag', 'kg', 'kgaa', 'ohg', 'ug', 'gbr', 'ev', 'eg', 'ek', 'ekfm', 'partg', 'haftungsbeschrankt'],
  // British, Irish, American, Australian, Indian, Singaporean
  ...['ltd', 'limited', 'plc', 'llp', 'llc', 'lp', 'inc', 'incorporated', 'corp', 'corporation', 'co', 'company'],
  ...['pty', 'pvt', 'pte', 'dac', 'cic', 'pllc', 'pc', 'na'],
  // French, Belgian, Luxembourgish
  ...['sa', 'sas', 'sasu', 'sarl', 'eurl', 'snc', 'sci', 'scs', 'sca', 'scrl', 'sprl', 'asbl', 'sc', 'gie'],
  // Dutch, Flemish
  ...['bv', 'nv', 'vof', 'bvba', 'cvba', 'vzw', 'cv'],
  // Italian, Spanish, Portuguese
  ...['spa', 'srl', 'srls', 'sapa', 'sl', 'slu', 'sau', 'sll', 'lda', 'ltda', 'eireli', 'sgps'],
  // Nordic
  ...['ab', 'as', 'asa', 'aps', 'oy', 'oyj', 'ky', 'hb', 'kb', 'ehf', 'hf', 'ans', 'enk'],
  // Central and Eastern European, Turkish
  ...['sro', 'spol', 'zoo', 'doo', 'dd', 'kft', 'zrt', 'nyrt', 'bt', 'ood', 'eood', 'ooo', 'oao', 'zao', 'pao', 'jsc'],
  ...['ojsc', 'cjsc', 'uab', 'sia', 'ou', 'tov', 'sti', 'sanayi', 'ticaret'],
  // European and Asian
  ...['se', 'scee', 'bhd', 'sdn', 'kk', 'gk', 'tbk', 'pt'],
];

/** Words that join or decorate a name and tell nobody apart. */
const NOISE_WORDS = [
  'the',
  'and',
  'und',
  'et',
  'y',
  'e',
  'i',
  'of',
  'de',
  'der',
  'die',
  'das',
  'du',
  'la',
  'le',
  'les',
];

const LEGAL = new Set(LEGAL_FORMS);
const NOISE = new Set(NOISE_WORDS);

/** Legal forms of several words, folded; each is taken out whole. */
const LEGAL_PHRASES = [
  / gmbh (?:and|und|u|&)? ?co kgaa?(?= |$)/g,
  / (?:sp|spolka) z ?o ?o(?= |$)/g,
  / s de r l(?: de c v)?(?= |$)/g,
  / sa de cv(?= |$)/g,
  / sa r l(?= |$)/g,
  / (?:a b|a g|a s|b v|n v|s a|s a r l|s l|s p a|s r l|s r o|d o o|g m b h|l l c|l t d|p l c)$/g,
  / societe (?:anonyme|a responsabilite limitee)(?= |$)/g,
  / gesellschaft mit beschrankter haftung(?= |$)/g,
];

/**
 * A folded business name without legal forms and noise words: the part that tells it apart. A name that is nothing else
 * (“The Company Ltd”) stays as it is. The first word is never taken for a legal form.
 */
export const businessCore = (folded: string): string => {
  let text = folded;
  for (const phrase of LEGAL_PHRASES) text = text.replaceAll(phrase, '');
  const words = text.split(' ');
  const kept = words.filter((word, i) => !NOISE.has(word) && (i === 0 || !LEGAL.has(word)));
  return kept.length === 0 ? folded : kept.join(' ');
};
