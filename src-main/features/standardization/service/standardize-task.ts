import { createHash } from 'node:crypto';
import { openDatabase } from '../../../platform/database.ts';
import { ReadStore } from '../../../platform/store.ts';
import type { TaskChannel } from '../../../platform/worker-task.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { CategoryClassifier } from '../domain/categories/classifier.ts';
import type { Categories } from '../domain/pipeline/categorize.ts';
import { categorize } from '../domain/pipeline/categorize.ts';
import type { Figure } from '../domain/pipeline/figures.ts';
import { FigureRows } from '../domain/pipeline/figures.ts';
import { ORIGINS } from '../domain/pipeline/origin.ts';
import type { StandardizedColumns } from '../domain/pipeline/standardize-columns.ts';
import { standardizeColumns } from '../domain/pipeline/standardize-columns.ts';
import type { RecipeState } from '../domain/recipe/fold-recipe.ts';
import { foldRecipe } from '../domain/recipe/fold-recipe.ts';
import type { RecipeEvent } from '../domain/recipe/recipe-step.ts';
import type { RuleConflict, RulesRun } from '../domain/rules/run-rules.ts';
import { runRules } from '../domain/rules/run-rules.ts';
import { CaseRuleTable } from './case-rule-table.ts';
import { recordPlaces, trainingLabels } from './training-labels.ts';

export interface StandardizeTask {
  readonly task: 'standardize';
  readonly storePath: string;
  readonly key: Uint8Array;
  readonly sources: readonly CaseSource[];
  readonly events: readonly RecipeEvent[];
}

export interface StandardizedStage {
  readonly stage: 'FormatStandardizer' | 'CategoryNormalizer' | 'DuplicateDetector' | 'RuleEngine';
  readonly changed: number;
  readonly figures: readonly { readonly name: string; readonly title: string; readonly ids: Float64Array }[];
}

export interface Standardized {
  readonly rows: number;
  readonly digest: string;
  readonly stages: readonly StandardizedStage[];
  readonly rules: readonly {
    readonly ruleId: string;
    readonly version: number;
    readonly matched: number;
    readonly effective: number;
    readonly dead: 'unmatched' | 'shadowed' | null;
  }[];
  readonly conflicts: readonly RuleConflict[];
  readonly timings: Readonly<Record<string, number>>;
}

/** Runs the pipeline over a case's columns: nothing is stored, nothing of the records is changed. */
export const standardize = (task: StandardizeTask, channel: TaskChannel): Standardized => {
  const timings: Record<string, number> = {};
  const timed = <T>(stage: string, work: () => T): T => {
    channel.send({ stage });
    const started = performance.now();
    const value = work();
    timings[stage] = Math.round((performance.now() - started) * 10) / 10;
    return value;
  };
  const connection = openDatabase(task.storePath, task.key, { mode: 'read' });
  try {
    const store = new ReadStore(connection);
    const state = foldRecipe(task.events);
    const table = new CaseRuleTable(task.sources, store, state.parties);
    const rules = timed('RuleEngine', () => runRules(state.rules, table));
    const columns = timed('FormatStandardizer', () => standardizeColumns(table, rules));
    const rowLabels = labelledRows(table, state);
    const categories = timed('CategoryNormalizer', () =>
      categorize(
        table,
        rules,
        state,
        rowLabels,
        new CategoryClassifier(trainingLabels(store, recordPlaces(task.sources), state), true),
      ),
    );
    const duplicates = timed('DuplicateDetector', () => confirmedDuplicates(table, state));
    const stages: StandardizedStage[] = [
      stageOf('FormatStandardizer', columns.changedRows, columns.figures, table),
      stageOf('CategoryNormalizer', countKnown(categories), categoryFigures(categories), table),
      stageOf('DuplicateDetector', duplicates.length, duplicateFigures(duplicates), table),
      stageOf(
        'RuleEngine',
        new Set(rules.rules.flatMap(({ effective, matched }) => (effective > 0 ? [...matched] : []))).size,
        ruleFigures(rules),
        table,
      ),
    ];
    return {
      rows: table.rowCount,
      digest: timed('digest', () => digestOf(columns, categories, rules, duplicates)),
      stages,
      rules: rules.rules.map(({ matched, ...outcome }) => ({ ...outcome, matched: matched.length })),
      conflicts: rules.conflicts,
      timings,
    };
  } finally {
    connection.close();
  }
};

const stageOf = (
  stage: StandardizedStage['stage'],
  changed: number,
  figures: readonly Figure[],
  table: CaseRuleTable,
): StandardizedStage => ({
  stage,
  changed,
  figures: figures.map(({ name, title, rows }) => ({ name, title, ids: table.transactionIds(rows) })),
});

/** Rows a person labelled one by one. */
const labelledRows = (table: CaseRuleTable, state: RecipeState): Map<number, string> => {
  const labels = new Map<number, string>();
  for (const [key, category] of state.recordLabels) {
    const row = table.rowOfKey(key);
    if (row !== null) labels.set(row, category);
  }
  return labels;
};

/** Rows a person confirmed to repeat others. */
const confirmedDuplicates = (table: CaseRuleTable, state: RecipeState): Uint32Array =>
  Uint32Array.from(
    [...state.duplicates.keys()].map(key => table.rowOfKey(key)).filter((row): row is number => row !== null),
  ).sort();

const duplicateFigures = (rows: Uint32Array): Figure[] =>
  rows.length === 0 ? [] : [{ name: 'duplicate:confirmed', title: 'Confirmed to repeat another transaction', rows }];

const countKnown = ({ codes }: Categories): number => codes.reduce((sum, code) => sum + (code >= 0 ? 1 : 0), 0);

/** A figure a category and origin: how far the labels of a category are a person’s, a rule’s, or only suggested. */
const categoryFigures = ({ codes, values, origins }: Categories): Figure[] => {
  const found = new FigureRows();
  for (let row = 0; row < codes.length; row++) {
    const category = codes[row]! < 0 ? '' : values[codes[row]!]!;
    found.add(`category:${ORIGINS[origins[row]!]}:${category}`, category === '' ? 'No category' : category, row);
  }
  return found.figures();
};

const ruleFigures = (run: RulesRun): Figure[] => [
  ...run.rules.map(({ ruleId, matched }) => ({
    name: `rule:${ruleId}`,
    title: 'Rows the rule matches',
    rows: matched,
  })),
  ...run.tags.map(({ tag, rows }) => ({ name: `tag:${tag}`, title: tag, rows })),
];

/** SHA-256 over everything the pipeline says of every row: the same records and recipe always give the same. */
const digestOf = (
  { columns }: StandardizedColumns,
  categories: Categories,
  rules: RulesRun,
  duplicates: Uint32Array,
): string => {
  const hash = createHash('sha256');
  const take = (name: string, values: readonly string[], ...arrays: ArrayBufferView[]): void => {
    hash.update(JSON.stringify([name, values]));
    for (const array of arrays) hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  };
  for (const [name, { column, values }] of Object.entries(columns))
    take(
      name,
      values.map(({ standardized }) => standardized),
      column.codes,
    );
  take('category', categories.values, categories.codes, categories.origins, categories.confidence);
  for (const [name, { codes, values }] of Object.entries(rules.set)) take(`rule ${name}`, values, codes);
  for (const { tag, rows } of rules.tags) take('tag', [tag], rows);
  take('duplicates', [], duplicates);
  return hash.digest('hex');
};
