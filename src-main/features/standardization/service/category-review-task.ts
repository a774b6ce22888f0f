import { powerOfTen } from '../../../kernel/decimal.ts';
import { openDatabase } from '../../../platform/database.ts';
import { ReadStore } from '../../../platform/store.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import type { Suggestion } from '../domain/categories/classifier.ts';
import { CategoryClassifier } from '../domain/categories/classifier.ts';
import { categorize, learnedCategory } from '../domain/pipeline/categorize.ts';
import { ORIGINS } from '../domain/pipeline/origin.ts';
import { foldRecipe } from '../domain/recipe/fold-recipe.ts';
import type { RecipeEvent } from '../domain/recipe/recipe-step.ts';
import { runRules } from '../domain/rules/run-rules.ts';
import { CaseRuleTable } from './case-rule-table.ts';
import { recordPlaces, trainingLabels } from './training-labels.ts';

export interface CategoryReviewTask {
  readonly task: 'category-review';
  readonly storePath: string;
  readonly key: Uint8Array;
  readonly sources: readonly CaseSource[];
  readonly events: readonly RecipeEvent[];
}

/** A party, in one direction of money, whose category nobody has confirmed. */
export interface CategorySuggestion {
  readonly party: string;
  readonly direction: 'in' | 'out';
  readonly rows: number;
  readonly category: string | null;
  readonly confidence: number | null;
  readonly reason: string;
  readonly alternatives: Suggestion['alternatives'];
}

/** Parties whose category is only suggested or unknown, those with most rows first. */
export const categoryReview = (task: CategoryReviewTask): CategorySuggestion[] => {
  const connection = openDatabase(task.storePath, task.key, { mode: 'read' });
  try {
    const store = new ReadStore(connection);
    const state = foldRecipe(task.events);
    const table = new CaseRuleTable(task.sources, store, state.parties);
    const classifier = new CategoryClassifier(trainingLabels(store, recordPlaces(task.sources), state), true);
    const { origins } = categorize(table, runRules(state.rules, table), state, new Map(), classifier);
    const open = [ORIGINS.indexOf('learned'), ORIGINS.indexOf('unknown')];
    const party = table.coded('party');
    const groups = new Map<string, { party: string; direction: 'in' | 'out'; rows: number; units: number }>();
    for (let row = 0; row < table.rowCount; row++) {
      const name = party.values[party.codes[row]!];
      if (name === undefined || !open.includes(origins[row]!)) continue;
      const units = table.amountUnits[row]!;
      const direction = units < 0 ? 'out' : 'in';
      const key = `${direction} ${name}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { party: name, direction, rows: 1, units });
      else group.rows += 1;
    }
    const scale = powerOfTen(table.amountScale);
    return [...groups.values()]
      .sort((a, b) => b.rows - a.rows || (a.party < b.party ? -1 : 1))
      .map(({ units, ...group }) => {
        const decision = learnedCategory(classifier, group.party, Number.isNaN(units) ? null : units / scale);
        return {
          ...group,
          category: decision.suggestion?.category ?? null,
          confidence: decision.suggestion?.confidence ?? null,
          reason: decision.reason,
          alternatives: decision.suggestion?.alternatives ?? [],
        };
      });
  } finally {
    connection.close();
  }
};
