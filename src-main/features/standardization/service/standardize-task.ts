import { createHash } from 'node:crypto';
import { openDatabase } from '../../../platform/database.ts';
import { ReadStore } from '../../../platform/store.ts';
import type { TaskChannel } from '../../../platform/worker-task.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { CategoryClassifier } from '../domain/categories/classifier.ts';
import type { Categories } from '../domain/pipeline/categorize.ts';
import { categorize } from '../domain/pipeline/categorize.ts';
import type { Figure } from '../domain/pipeline/figures.ts';
import { FigureRows, flaggedRows } from '../domain/pipeline/figures.ts';
import type { Origin } from '../domain/pipeline/origin.ts';
import { ORIGINS } from '../domain/pipeline/origin.ts';
import type { StandardizedColumns } from '../domain/pipeline/standardize-columns.ts';
import { standardizeColumns } from '../domain/pipeline/standardize-columns.ts';
import type { RecipeState } from '../domain/recipe/fold-recipe.ts';
import { firstRepeated, foldRecipe } from '../domain/recipe/fold-recipe.ts';
import type { RecipeEvent } from '../domain/recipe/recipe-step.ts';
import type { Rule } from '../domain/rules/rule.ts';
import type { RuleConflict, RulesRun } from '../domain/rules/run-rules.ts';
import { runRules } from '../domain/rules/run-rules.ts';
import { CaseRuleTable } from './case-rule-table.ts';
import { recordPlaces, rowLabels, trainingLabels } from './training-labels.ts';

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
    const labels = rowLabels(table, state.recordLabels);
    const categories = timed('CategoryNormalizer', () =>
      categorize(
        table,
        rules,
        state,
        labels,
        new CategoryClassifier(trainingLabels(store, recordPlaces(task.sources), state), true),
      ),
    );
    const duplicates = timed('DuplicateDetector', () => confirmedDuplicates(table, state));
    const stages: StandardizedStage[] = [
      stageOf('FormatStandardizer', columns.changed, columns.figures, table),
      stageOf('CategoryNormalizer', knownRows(categories), categoryFigures(categories), table),
      stageOf('DuplicateDetector', duplicates, duplicateFigures(duplicates), table),
      stageOf('RuleEngine', decidedRows(rules, table.rowCount), ruleFigures(rules, state.rules), table),
    ];
    return {
      rows: table.rowCount,
      digest: timed('digest', () => digestOf(table, columns, categories, rules, duplicates)),
      stages,
      rules: rules.rules.map(({ matched, decided: _rows, ...outcome }) => ({ ...outcome, matched: matched.length })),
      conflicts: rules.conflicts,
      timings,
    };
  } finally {
    connection.close();
  }
};

const STAGE_TITLES: Readonly<Record<StandardizedStage['stage'], string>> = {
  FormatStandardizer: 'Standardized to something other than the file says',
  CategoryNormalizer: 'With a category',
  DuplicateDetector: 'Counted no more',
  RuleEngine: 'Decided by a rule',
};

/** A stage with its figures; the rows it changed come first, as `stage:<name>`. */
const stageOf = (
  stage: StandardizedStage['stage'],
  changed: Uint32Array,
  figures: readonly Figure[],
  table: CaseRuleTable,
): StandardizedStage => ({
  stage,
  changed: changed.length,
  figures: [
    ...(changed.length === 0 ? [] : [{ name: `stage:${stage}`, title: STAGE_TITLES[stage], rows: changed }]),
    ...figures,
  ].map(({ name, title, rows }) => ({ name, title, ids: table.transactionIds(rows) })),
});

/** Rows a person confirmed to repeat others that the case holds: the only copy of a transaction counts, whatever was decided. */
const confirmedDuplicates = (table: CaseRuleTable, { duplicates }: RecipeState): Uint32Array =>
  Uint32Array.from(
    [...duplicates.keys()].flatMap(key => {
      const row = table.rowOfKey(key);
      const repeats = row !== null && firstRepeated(duplicates, key, kept => table.rowOfKey(kept) !== null) !== null;
      return repeats ? [row] : [];
    }),
  ).sort();

const duplicateFigures = (rows: Uint32Array): Figure[] =>
  rows.length === 0 ? [] : [{ name: 'duplicate:confirmed', title: 'Confirmed to repeat another transaction', rows }];

const knownRows = ({ codes }: Categories): Uint32Array =>
  flaggedRows(Uint8Array.from(codes, code => (code >= 0 ? 1 : 0)));

const decidedRows = ({ rules }: RulesRun, rowCount: number): Uint32Array => {
  const decided = new Uint8Array(rowCount);
  for (const rule of rules) for (const row of rule.decided) decided[row] = 1;
  return flaggedRows(decided);
};

const ORIGIN_TITLES: Readonly<Record<Origin, string>> = {
  unknown: 'No category',
  file: 'As the file states it',
  standardizer: 'From a code or type of the file',
  rule: 'Set by a rule',
  confirmed: 'Confirmed by a person',
  learned: 'Only suggested',
  merged: 'Merged',
};

/** How many rows have a category from each origin, and a figure a category and origin. */
const categoryFigures = ({ codes, values, origins }: Categories): Figure[] => {
  const found = new FigureRows();
  // Named once a category and origin, not once a row.
  const names = new Map<number, { readonly name: string; readonly title: string }>();
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    const origin = ORIGINS[origins[row]!]!;
    found.add(`category-origin:${origin}`, ORIGIN_TITLES[origin], row);
    const key = (code + 1) * ORIGINS.length + origins[row]!;
    let figure = names.get(key);
    if (figure === undefined) {
      const category = code < 0 ? '' : values[code]!;
      const title =
        category === '' ? ORIGIN_TITLES.unknown : `Category “${category}”, ${ORIGIN_TITLES[origin].toLowerCase()}`;
      figure = { name: `category:${origin}:${category}`, title };
      names.set(key, figure);
    }
    found.add(figure.name, figure.title, row);
  }
  return found.figures();
};

/** Rows each rule matches and decides, rows two rules disagree on, and rows of each tag. */
const ruleFigures = (run: RulesRun, rules: readonly Rule[]): Figure[] => {
  const nameOf = (ruleId: string): string => rules.find(({ id }) => id === ruleId)?.name ?? ruleId;
  return [
    ...run.rules.flatMap(({ ruleId, matched, decided }) => [
      { name: `rule:${ruleId}`, title: `Rule “${nameOf(ruleId)}” matches`, rows: matched },
      { name: `rule-decided:${ruleId}`, title: `Rule “${nameOf(ruleId)}” decided`, rows: decided },
    ]),
    ...run.conflicts.map(({ winner, loser, target }, i) => ({
      name: `conflict:${target}:${winner}:${loser}`,
      title: `“${nameOf(winner)}” decided the ${target} before “${nameOf(loser)}”`,
      rows: run.conflictRows[i]!,
    })),
    ...run.tags.map(({ tag, rows }) => ({ name: `tag:${tag}`, title: `Tag “${tag}”`, rows })),
  ].filter(({ rows }) => rows.length > 0);
};

/** SHA-256 over everything the pipeline says of every row: the same records and recipe always give the same. */
const digestOf = (
  table: CaseRuleTable,
  { columns, references }: StandardizedColumns,
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
  const party = table.coded('party');
  take('party', party.values, party.codes);
  take('reference', [...references.values()], Uint32Array.from(references.keys()));
  take('category', categories.values, categories.codes, categories.origins, categories.confidence);
  for (const [name, { codes, values }] of Object.entries(rules.set)) take(`rule ${name}`, values, codes);
  for (const { tag, rows } of rules.tags) take('tag', [tag], rows);
  take('duplicates', [], duplicates);
  return hash.digest('hex');
};
