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
  readonly joined: string;
  readonly letters: number;
}

const comparable = (name: string): ComparableName => {
  const all = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '');
  const named = all.filter(word => !LEGAL_FORMS.has(word));
  const words = named.length === 0 ? all : named;
  const joined = words.join('');
  return { words, joined, letters: letterSet(joined) };
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

  /** 0 where the names, written together, cannot be near `least`. */
  similarity(codeA: number, codeB: number, least: number): number {
    const a = this.of(codeA);
    const b = this.of(codeB);
    if (cannotReach(least * 0.8, a.joined, b.joined, a.letters, b.letters)) return 0;
    const shortest = Math.min(a.joined.length, b.joined.length);
    const edited = shortest >= LEAST_EDITED_LENGTH && editDistance(a.joined, b.joined, 1) <= 1;
    return Math.max(wordSimilarity(a.words, b.words), edited ? 1 - 1 / (2 * shortest) : 0);
  }

  private of(code: number): ComparableName {
    this.prepared[code] ??= comparable(this.names[code]!);
    return this.prepared[code];
  }
}
