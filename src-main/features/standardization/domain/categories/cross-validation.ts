import type { LabelledText } from './classifier.ts';
import { CategoryClassifier } from './classifier.ts';

export interface CrossValidation {
  readonly examples: number;
  readonly categories: number;
  /** Share of examples whose suggestion is the confirmed category; a text without a suggestion counts as wrong. */
  readonly accuracy: number;
  /** Share that the commonest category alone would get right. */
  readonly baseline: number;
  /** Of suggestions at or above each confidence: how many there are and how many of them are right. */
  readonly byConfidence: readonly { readonly atLeast: number; readonly share: number; readonly accuracy: number }[];
}

const LEVELS = [0.5, 0.7, 0.9];
/** Knuth's multiplicative hash: parts examples in a fixed order that has nothing to do with how they came. */
const fold = (index: number, folds: number): number => (Math.imul(index + 1, 2654435761) >>> 0) % folds;

/** k-fold cross-validation (Stone 1974): every example is judged by a model that has not seen it. Deterministic. */
export const crossValidate = (examples: readonly LabelledText[], folds = 10): CrossValidation => {
  const judged: { readonly right: boolean; readonly confidence: number }[] = [];
  for (let k = 0; k < folds; k++) {
    const model = new CategoryClassifier(
      examples.filter((_, i) => fold(i, folds) !== k),
      false,
    );
    examples.forEach(({ text, amount, category }, i) => {
      if (fold(i, folds) !== k) return;
      const suggestion = model.suggest(text, amount);
      judged.push({ right: suggestion?.category === category, confidence: suggestion?.confidence ?? 0 });
    });
  }
  const counts = new Map<string, number>();
  for (const { category } of examples) counts.set(category, (counts.get(category) ?? 0) + 1);
  const accuracyOf = (list: typeof judged): number =>
    list.length === 0 ? 0 : list.filter(({ right }) => right).length / list.length;
  return {
    examples: examples.length,
    categories: counts.size,
    accuracy: accuracyOf(judged),
    baseline: examples.length === 0 ? 0 : Math.max(...counts.values()) / examples.length,
    byConfidence: LEVELS.map(atLeast => {
      const sure = judged.filter(({ confidence }) => confidence >= atLeast);
      return { atLeast, share: judged.length === 0 ? 0 : sure.length / judged.length, accuracy: accuracyOf(sure) };
    }),
  };
};
