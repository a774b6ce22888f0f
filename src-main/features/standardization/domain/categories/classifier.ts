import { LEXICON } from './lexicon.ts';
import { isWord, tokensOf } from './tokens.ts';

/** A transaction whose category a person confirmed. `amount` in whole currency units, null where unknown. */
export interface LabelledText {
  readonly text: string;
  readonly amount: number | null;
  readonly category: string;
}

export interface Suggestion {
  readonly category: string;
  /** Posterior probability under the model, 0 to 1. */
  readonly confidence: number;
  /** Words that speak most for the category against the others, strongest first. */
  readonly words: readonly string[];
  /** The next likely ones. */
  readonly alternatives: readonly { readonly category: string; readonly confidence: number }[];
}

/** Additive (Lidstone) smoothing; chosen by cross-validation on labelled bank texts (docs/specs/category-normalizer.md). */
const SMOOTHING = 0.1;
/** A lexicon entry counts this much of a confirmed label. */
const LEXICON_WEIGHT = 0.25;
const ALTERNATIVES = 3;
const REASON_WORDS = 3;

/**
 * Multinomial naive Bayes over words, word pairs, direction and magnitude (McCallum & Nigam 1998). Deterministic; trained in
 * one pass; every suggestion can say which words it rests on. Log-likelihoods are divided by the square root of their number,
 * because words of one text are not independent and plain posteriors are far too sure.
 */
export class CategoryClassifier {
  readonly categories: readonly string[];
  private readonly counts: readonly Map<string, number>[];
  private readonly totals: readonly number[];
  private readonly priors: readonly number[];
  private readonly vocabulary: ReadonlySet<string>;

  /** `withLexicon`: starts from the shipped words, so that something can be suggested before anything is labelled. */
  constructor(labels: readonly LabelledText[], withLexicon: boolean) {
    const categories = new Map<string, { counts: Map<string, number>; total: number; weight: number }>();
    const vocabulary = new Set<string>();
    const learn = (category: string, tokens: readonly string[], weight: number): void => {
      let known = categories.get(category);
      if (known === undefined) {
        known = { counts: new Map(), total: 0, weight: 0 };
        categories.set(category, known);
      }
      known.weight += weight;
      for (const token of tokens) {
        vocabulary.add(token);
        known.counts.set(token, (known.counts.get(token) ?? 0) + weight);
        known.total += weight;
      }
    };
    if (withLexicon)
      for (const [category, words] of LEXICON)
        for (const word of words.split(' ')) learn(category, [word], LEXICON_WEIGHT);
    for (const { text, amount, category } of labels) learn(category, tokensOf(text, amount), 1);
    // In the order of their names: the order of labels must not decide a tie.
    const sorted = [...categories].sort(([a], [b]) => (a < b ? -1 : 1));
    const weight = sorted.reduce((sum, [, known]) => sum + known.weight, 0);
    this.categories = sorted.map(([category]) => category);
    this.counts = sorted.map(([, known]) => known.counts);
    this.totals = sorted.map(([, known]) => known.total);
    this.priors = sorted.map(([, known]) => Math.log(known.weight / weight));
    this.vocabulary = vocabulary;
  }

  /** The likeliest category; null where the text holds no word the model knows. */
  suggest(text: string, amount: number | null): Suggestion | null {
    const tokens = tokensOf(text, amount).filter(token => this.vocabulary.has(token));
    if (!tokens.some(isWord) || this.categories.length < 2) return null;
    const scores = this.categories.map((_, c) => this.score(c, tokens));
    const best = Math.max(...scores);
    const temperature = Math.sqrt(tokens.length);
    const shares = scores.map(score => Math.exp((score - best) / temperature));
    const all = shares.reduce((sum, share) => sum + share, 0);
    const ranked = shares
      .map((share, c) => ({ c, confidence: share / all }))
      .sort((a, b) => b.confidence - a.confidence || a.c - b.c);
    const first = ranked[0]!;
    return {
      category: this.categories[first.c]!,
      confidence: first.confidence,
      words: this.wordsFor(first.c, tokens),
      alternatives: ranked
        .slice(1, 1 + ALTERNATIVES)
        .map(({ c, confidence }) => ({ category: this.categories[c]!, confidence })),
    };
  }

  private score(category: number, tokens: readonly string[]): number {
    return tokens.reduce((sum, token) => sum + this.likelihood(category, token), this.priors[category]!);
  }

  private likelihood(category: number, token: string): number {
    const count = this.counts[category]!.get(token) ?? 0;
    return Math.log((count + SMOOTHING) / (this.totals[category]! + SMOOTHING * this.vocabulary.size));
  }

  private wordsFor(category: number, tokens: readonly string[]): string[] {
    const lift = (token: string): number => {
      const others = this.categories.map((_, c) => (c === category ? -Infinity : this.likelihood(c, token)));
      return this.likelihood(category, token) - Math.max(...others);
    };
    return tokens
      .filter(token => isWord(token) && !token.includes(' '))
      .map(token => ({ token, by: lift(token) }))
      .filter(({ by }) => by > 0)
      .sort((a, b) => b.by - a.by || (a.token < b.token ? -1 : 1))
      .slice(0, REASON_WORDS)
      .map(({ token }) => token);
  }
}
