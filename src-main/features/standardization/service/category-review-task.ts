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
import { recordPlaces, rowLabels, trainingLabels } from './training-labels.ts';

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
export const categoryReview = (task: CategoryReviewTask): CategorySuggestion[] =>
  withOpenRows(task, ({ table, classifier, openRows }) => {
    const groups = new Map<string, { party: string; direction: 'in' | 'out'; rows: number; units: number }>();
    for (const { party, direction, row } of openRows()) {
      const key = `${direction} ${party}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { party, direction, rows: 1, units: table.amountUnits[row]! });
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
  });

/** Ids of the transactions counted for one suggestion, ascending. */
export const rowsOfSuggestion = (
  task: Omit<CategoryReviewTask, 'task'>,
  wanted: Pick<CategorySuggestion, 'party' | 'direction'>,
): Float64Array =>
  withOpenRows(task, ({ table, openRows }) => {
    const rows: number[] = [];
    for (const { party, direction, row } of openRows())
      if (party === wanted.party && direction === wanted.direction) rows.push(row);
    return table.transactionIds(Uint32Array.from(rows));
  });

interface OpenRow {
  readonly party: string;
  readonly direction: 'in' | 'out';
  readonly row: number;
}
interface OpenRows {
  readonly table: CaseRuleTable;
  readonly classifier: CategoryClassifier;
  /** Rows with a party whose category nobody gave, in order. */
  readonly openRows: () => Iterable<OpenRow>;
}

const withOpenRows = <T>(
  { storePath, key, sources, events }: Omit<CategoryReviewTask, 'task'>,
  work: (open: OpenRows) => T,
): T => {
  const connection = openDatabase(storePath, key, { mode: 'read' });
  try {
    const store = new ReadStore(connection);
    const state = foldRecipe(events);
    const table = new CaseRuleTable(sources, store, state.parties);
    const places = recordPlaces(sources);
    const classifier = new CategoryClassifier(trainingLabels(store, places, state), true);
    const labels = rowLabels(table, state.recordLabels);
    const { origins } = categorize(table, runRules(state.rules, table), state, labels, classifier);
    const open = [ORIGINS.indexOf('learned'), ORIGINS.indexOf('unknown')];
    const party = table.coded('party');
    const openRows = function* (): Iterable<OpenRow> {
      for (let row = 0; row < table.rowCount; row++) {
        const name = party.values[party.codes[row]!];
        if (name === undefined || !open.includes(origins[row]!)) continue;
        yield { party: name, direction: table.amountUnits[row]! < 0 ? 'out' : 'in', row };
      }
    };
    return work({ table, classifier, openRows });
  } finally {
    connection.close();
  }
};
