import { cannotReach, editDistance, jaroWinkler, letterSet } from '../../../parties/domain/index.ts';

/** Legal forms say nothing of who a party is. */
const LEGAL_FORMS = new Set(
  'AB AG APS AS BV CO CORP CORPORATION EURL GBR GMBH INC KG KGAA LIMITED LLC LLP LTD NV OHG OY OYJ PLC PTY SA SARL SAS SE SL SNC SPA SRL UG'.split(
    ' ',
  ),
);
/** Whole names within one edit are alike from this length on. */
const LEAST_EDITED_LENGTH = 6;

interface ComparableName {
  readonly words: readonly string[];
  /** The letters of each word. */
  readonly wordLetters: readonly number[];
  readonly joined: string;
  readonly letters: number;
}

const MARKED = /[^\x20-\x7e]/;

const comparable = (name: string): ComparableName => {
  const plain = MARKED.test(name) ? name.normalize('NFKD').replace(/\p{M}/gu, '') : name;
  const all = plain
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '');
  const named = all.filter(word => !LEGAL_FORMS.has(word));
  const words = named.length === 0 ? all : named;
  const joined = words.join('');
  return { words, wordLetters: words.map(letterSet), joined, letters: letterSet(joined) };
};

/** True of a set of letters with one at most. */
const isOneLetter = (set: number): boolean => (set & (set - 1)) === 0;

/** Longer words are compared by their beginning only, which their lengths and letters say nothing of. */
const LONGEST_JUDGED = 256;
/** Far above the rounding of a similarity: what is ruled out stays below `least` however it is computed. */
const ROUNDING = 1e-9;

/** True where some word of the shorter name finds none in the longer one that can be near enough. */
const wordsCannotReach = (least: number, a: ComparableName, b: ComparableName): boolean => {
  const [fewer, more] = a.words.length <= b.words.length ? [a, b] : [b, a];
  if (fewer.words.length === 0 || more.words.length - fewer.words.length > 1) return true;
  for (let i = 0; i < fewer.words.length; i++) {
    const word = fewer.words[i]!;
    const letters = fewer.wordLetters[i]!;
    let found = false;
    for (let j = 0; j < more.words.length && !found; j++) {
      const other = more.words[j]!;
      // cannotReach grants a common prefix of four, 0.4 of what lacks to 1: without one, m must be `least` where it takes 0.4 + 0.6 m.
      const needed = word.charCodeAt(0) === other.charCodeAt(0) ? least : 0.4 + 0.6 * least;
      const isLong = word.length > LONGEST_JUDGED || other.length > LONGEST_JUDGED;
      found = isLong || word === other || !cannotReach(needed - ROUNDING, word, other, letters, more.wordLetters[j]!);
    }
    if (!found) return true;
  }
  return false;
};

/** The least of what each word of the shorter name finds in the longer one: one different word tells two names apart. */
const wordSimilarity = (a: readonly string[], b: readonly string[]): number => {
  const [fewer, more] = a.length <= b.length ? [a, b] : [b, a];
  if (fewer.length === 0 || more.length - fewer.length > 1) return 0;
  const free = [...more];
  let least = 1;
  for (const word of fewer) {
    let best = 0;
    let at = 0;
    for (const [i, other] of free.entries()) {
      const similarity = jaroWinkler(word, other);
      if (similarity > best) [best, at] = [similarity, i];
    }
    free.splice(at, 1);
    least = Math.min(least, best);
    if (least === 0) return 0;
  }
  // A word more is a doubt: a first name, a branch.
  return more.length > fewer.length ? 0.95 * least : least;
};

/**
 * Similarity of parties' names, 0 to 1: word by word (Jaro-Winkler), in any order, without legal forms; a name within one
 * edit of another, written together, is alike too (SKY NET and SKYNET). Names are prepared when first compared.
 */
export class ComparableNames {
  private readonly names: readonly string[];
  private readonly prepared: (ComparableName | undefined)[];
  constructor(names: readonly string[]) {
    this.names = names;
    this.prepared = new Array<undefined>(names.length);
  }

  /** Exact where it is `least` or more; 0, or less than `least`, where it is not. */
  similarity(codeA: number, codeB: number, least: number): number {
    const a = this.of(codeA);
    const b = this.of(codeB);
    if (cannotReach(least * 0.8, a.joined, b.joined, a.letters, b.letters)) return 0;
    const shortest = Math.min(a.joined.length, b.joined.length);
    const edited =
      shortest >= LEAST_EDITED_LENGTH &&
      isOneLetter(a.letters & ~b.letters) &&
      isOneLetter(b.letters & ~a.letters) &&
      editDistance(a.joined, b.joined, 1) <= 1;
    const byWords = wordsCannotReach(least, a, b) ? 0 : wordSimilarity(a.words, b.words);
    return Math.max(byWords, edited ? 1 - 1 / (2 * shortest) : 0);
  }

  private of(code: number): ComparableName {
    this.prepared[code] ??= comparable(this.names[code]!);
    return this.prepared[code];
  }
}
