import type { STANDARD_FIELDS } from '../../../contract/standardization.contract.ts';
import { openDatabase } from '../../../platform/database.ts';
import { ReadStore } from '../../../platform/store.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { CategoryClassifier } from '../domain/categories/classifier.ts';
import { categorize } from '../domain/pipeline/categorize.ts';
import { ORIGINS } from '../domain/pipeline/origin.ts';
import { STANDARDIZED_COLUMNS } from '../domain/pipeline/standardize-columns.ts';
import { standardizeReference } from '../domain/pipeline/standardize-value.ts';
import type { RecipeState } from '../domain/recipe/fold-recipe.ts';
import { foldRecipe } from '../domain/recipe/fold-recipe.ts';
import type { RecipeEvent } from '../domain/recipe/recipe-step.ts';
import type { RulesRun } from '../domain/rules/run-rules.ts';
import { runRules } from '../domain/rules/run-rules.ts';
import { CaseRuleTable } from './case-rule-table.ts';
import { recordPlaces, trainingLabels } from './training-labels.ts';

export type StandardFieldName = (typeof STANDARD_FIELDS)[number];

export interface ValueChangesTask {
  readonly task: 'value-changes';
  readonly storePath: string;
  readonly key: Uint8Array;
  readonly sources: readonly CaseSource[];
  readonly events: readonly RecipeEvent[];
  readonly field: StandardFieldName;
}

/** A distinct value before and after, with its rows. */
export interface ValueChange {
  readonly original: string;
  readonly standardized: string;
  readonly origin: (typeof ORIGINS)[number];
  readonly confidence: number | null;
  readonly reason: string;
  readonly problem: string | null;
  readonly rows: number;
}

/** References told apart at most: beyond this many distinct ones the list says nothing a person could read. */
const MAX_DISTINCT_REFERENCES = 200_000;

/** Every distinct value of a field before and after standardization, the commonest first. */
export const valueChanges = (task: ValueChangesTask): ValueChange[] => {
  const connection = openDatabase(task.storePath, task.key, { mode: 'read' });
  try {
    const store = new ReadStore(connection);
    const state = foldRecipe(task.events);
    const table = new CaseRuleTable(task.sources, store, state.parties);
    const rules = runRules(state.rules, table);
    const changes =
      task.field === 'party'
        ? partyChanges(table, rules, state)
        : task.field === 'reference'
          ? referenceChanges(table)
          : task.field === 'category'
            ? categoryChanges(table, rules, state, store, task.sources)
            : columnChanges(table, rules, task.field);
    return changes.sort((a, b) => b.rows - a.rows || (a.original < b.original ? -1 : 1));
  } finally {
    connection.close();
  }
};

/** Adds up rows of equal changes. */
class ChangeCounts {
  private readonly counts = new Map<string, { change: Omit<ValueChange, 'rows'>; rows: number }>();
  add(key: string, make: () => Omit<ValueChange, 'rows'>): void {
    const known = this.counts.get(key);
    if (known === undefined) this.counts.set(key, { change: make(), rows: 1 });
    else known.rows += 1;
  }
  list(): ValueChange[] {
    return [...this.counts.values()].map(({ change, rows }) => ({ ...change, rows }));
  }
  get size(): number {
    return this.counts.size;
  }
}

const columnChanges = (
  table: CaseRuleTable,
  rules: RulesRun,
  field: keyof typeof STANDARDIZED_COLUMNS,
): ValueChange[] => {
  const column = table.coded(field);
  const counts = new ChangeCounts();
  const ruled = field === 'type' ? rules.set.type : null;
  for (let row = 0; row < table.rowCount; row++) {
    const code = column.codes[row]!;
    const rule = ruled === null ? -1 : ruled.codes[row]!;
    if (code < 0 && rule < 0) continue;
    counts.add(`${code} ${rule}`, () => {
      const original = code < 0 ? '' : column.values[code]!;
      if (rule >= 0)
        return {
          original,
          standardized: ruled!.values[rule]!,
          origin: 'rule',
          confidence: null,
          reason: 'set by a rule',
          problem: null,
        };
      return { original, confidence: null, ...STANDARDIZED_COLUMNS[field](original) };
    });
  }
  return counts.list();
};

const partyChanges = (table: CaseRuleTable, rules: RulesRun, state: RecipeState): ValueChange[] => {
  const spelling = table.coded('counterparty');
  const party = table.coded('party');
  const { codes, values } = rules.set.party;
  const merged = new Set(state.parties.merged().map(({ name }) => name));
  const counts = new ChangeCounts();
  for (let row = 0; row < table.rowCount; row++) {
    const written = spelling.codes[row]!;
    const rule = codes[row]!;
    if (written < 0 && rule < 0) continue;
    counts.add(`${written} ${rule}`, () => {
      const original = spelling.values[written] ?? '';
      const name = party.values[party.codes[row]!] ?? '';
      const change = { original, confidence: null, problem: null };
      if (rule >= 0) return { ...change, standardized: values[rule]!, origin: 'rule', reason: 'set by a rule' };
      if (merged.has(name))
        return { ...change, standardized: name, origin: 'merged', reason: 'confirmed to be one party' };
      return {
        ...change,
        standardized: name,
        origin: name === original ? 'file' : 'standardizer',
        reason: name === original ? 'as in the file' : 'compatibility forms and blanks folded, in capitals',
      };
    });
  }
  return counts.list();
};

const referenceChanges = (table: CaseRuleTable): ValueChange[] => {
  const counts = new ChangeCounts();
  for (const text of table.texts('reference')) {
    if (text === '' || counts.size >= MAX_DISTINCT_REFERENCES) continue;
    counts.add(text, () => ({ original: text, confidence: null, ...standardizeReference(text) }));
  }
  return counts.list();
};

const categoryChanges = (
  table: CaseRuleTable,
  rules: RulesRun,
  state: RecipeState,
  store: ReadStore,
  sources: readonly CaseSource[],
): ValueChange[] => {
  const labels = new Map(
    [...state.recordLabels].flatMap(([key, category]) => {
      const row = table.rowOfKey(key);
      return row === null ? [] : [[row, category] as const];
    }),
  );
  const classifier = new CategoryClassifier(trainingLabels(store, recordPlaces(sources), state), true);
  const { codes, values, origins } = categorize(table, rules, state, labels, classifier);
  const stated = table.coded('category');
  const counts = new ChangeCounts();
  for (let row = 0; row < table.rowCount; row++)
    counts.add(`${stated.codes[row]} ${codes[row]} ${origins[row]}`, () => ({
      original: stated.values[stated.codes[row]!] ?? '',
      standardized: values[codes[row]!] ?? '',
      origin: ORIGINS[origins[row]!]!,
      confidence: null,
      reason: '',
      problem: null,
    }));
  return counts.list();
};
