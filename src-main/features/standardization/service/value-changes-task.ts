import type { STANDARD_FIELDS } from '../../../contract/standardization.contract.ts';
import { openDatabase } from '../../../platform/database.ts';
import { ReadStore } from '../../../platform/store.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { CategoryClassifier } from '../domain/categories/classifier.ts';
import { categorize } from '../domain/pipeline/categorize.ts';
import type { Origin } from '../domain/pipeline/origin.ts';
import { ORIGINS } from '../domain/pipeline/origin.ts';
import { STANDARDIZED_COLUMNS } from '../domain/pipeline/standardize-columns.ts';
import { standardizeReference } from '../domain/pipeline/standardize-value.ts';
import type { RecipeState } from '../domain/recipe/fold-recipe.ts';
import { foldRecipe } from '../domain/recipe/fold-recipe.ts';
import type { RecipeEvent } from '../domain/recipe/recipe-step.ts';
import type { RulesRun } from '../domain/rules/run-rules.ts';
import { runRules } from '../domain/rules/run-rules.ts';
import { CaseRuleTable } from './case-rule-table.ts';
import { recordPlaces, rowLabels, trainingLabels } from './training-labels.ts';

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
  readonly origin: Origin;
  readonly confidence: number | null;
  readonly reason: string;
  readonly problem: string | null;
  readonly rows: number;
}
/** What tells a value from the others of its field. */
export type ValueIdentity = Pick<ValueChange, 'original' | 'standardized' | 'origin'>;
type Change = Omit<ValueChange, 'rows'>;

/** References told apart at most: beyond this many distinct ones the list says nothing a person could read. */
const MAX_DISTINCT_REFERENCES = 200_000;

/** Every distinct value of a field before and after standardization, the commonest first. */
export const valueChanges = (task: ValueChangesTask): ValueChange[] => {
  const tally = new ValueTally(null);
  withTable(task, opened => tallyField(opened, task.field, tally));
  return tally.list().sort((a, b) => b.rows - a.rows || (a.original < b.original ? -1 : 1));
};

/** Ids of the transactions counted for one value, ascending. */
export const rowsOfValue = (task: Omit<ValueChangesTask, 'task'>, wanted: ValueIdentity): Float64Array => {
  const tally = new ValueTally(wanted);
  return withTable(task, opened => {
    tallyField(opened, task.field, tally);
    return opened.table.transactionIds(Uint32Array.from(tally.wantedRows));
  });
};

interface OpenedTable {
  readonly table: CaseRuleTable;
  readonly rules: RulesRun;
  readonly state: RecipeState;
  readonly store: ReadStore;
  readonly sources: readonly CaseSource[];
}

const withTable = <T>(
  { storePath, key, sources, events }: Omit<ValueChangesTask, 'task' | 'field'>,
  work: (opened: OpenedTable) => T,
): T => {
  const connection = openDatabase(storePath, key, { mode: 'read' });
  try {
    const store = new ReadStore(connection);
    const state = foldRecipe(events);
    const table = new CaseRuleTable(sources, store, state.parties);
    return work({ table, rules: runRules(state.rules, table), state, store, sources });
  } finally {
    connection.close();
  }
};

/** Adds up rows of equal changes; of the wanted one it keeps which rows they are. */
class ValueTally {
  readonly wantedRows: number[] = [];
  private readonly wanted: ValueIdentity | null;
  private readonly counts = new Map<string, { readonly change: Change; rows: number; readonly kept: boolean }>();

  constructor(wanted: ValueIdentity | null) {
    this.wanted = wanted;
  }

  add(key: string, row: number, make: () => Change): void {
    let known = this.counts.get(key);
    if (known === undefined) {
      const change = make();
      known = { change, rows: 0, kept: this.isWanted(change) };
      this.counts.set(key, known);
    }
    known.rows += 1;
    if (known.kept) this.wantedRows.push(row);
  }

  /** True where another distinct value would be one too many; those that are known are still counted. */
  isFullFor(key: string, most: number): boolean {
    return this.wanted === null && this.counts.size >= most && !this.counts.has(key);
  }

  /** False for an original that cannot be the wanted value, so that it need not be told apart. */
  concerns(original: string): boolean {
    return this.wanted === null || this.wanted.original === original;
  }

  list(): ValueChange[] {
    return [...this.counts.values()].map(({ change, rows }) => ({ ...change, rows }));
  }

  private isWanted({ original, standardized, origin }: Change): boolean {
    const { wanted } = this;
    return (
      wanted !== null &&
      wanted.original === original &&
      wanted.standardized === standardized &&
      wanted.origin === origin
    );
  }
}

const tallyField = (opened: OpenedTable, field: StandardFieldName, tally: ValueTally): void => {
  if (field === 'party') tallyParties(opened, tally);
  else if (field === 'reference') tallyReferences(opened, tally);
  else if (field === 'category') tallyCategories(opened, tally);
  else tallyColumn(opened, field, tally);
};

const tallyColumn = (
  { table, rules }: OpenedTable,
  field: keyof typeof STANDARDIZED_COLUMNS,
  tally: ValueTally,
): void => {
  const column = table.coded(field);
  const ruled = field === 'type' ? rules.set.type : null;
  for (let row = 0; row < table.rowCount; row++) {
    const code = column.codes[row]!;
    const rule = ruled === null ? -1 : ruled.codes[row]!;
    if (code < 0 && rule < 0) continue;
    tally.add(`${code} ${rule}`, row, () => {
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
};

const tallyParties = ({ table, rules, state }: OpenedTable, tally: ValueTally): void => {
  const spelling = table.coded('counterparty');
  const party = table.coded('party');
  const { codes, values } = rules.set.party;
  const merged = new Set(state.parties.merged().map(({ name }) => name));
  for (let row = 0; row < table.rowCount; row++) {
    const written = spelling.codes[row]!;
    const rule = codes[row]!;
    if (written < 0 && rule < 0) continue;
    tally.add(`${written} ${rule}`, row, () => {
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
};

const tallyReferences = ({ table }: OpenedTable, tally: ValueTally): void => {
  let row = -1;
  for (const text of table.texts('reference')) {
    row += 1;
    if (text === '' || !tally.concerns(text) || tally.isFullFor(text, MAX_DISTINCT_REFERENCES)) continue;
    tally.add(text, row, () => ({ original: text, confidence: null, ...standardizeReference(text) }));
  }
};

/** Why a row has the category it has, where the origin alone says it. */
const CATEGORY_REASONS: Readonly<Record<Origin, string>> = {
  unknown: 'no rule, label or statement of the file says what it is, or not surely enough',
  file: 'as the file states it',
  standardizer: 'meaning of a merchant category code or of the transaction type',
  rule: 'set by a rule',
  confirmed: 'confirmed by a person',
  learned: 'suggested by words of the party or description',
  merged: 'merged',
};

const tallyCategories = ({ table, rules, state, store, sources }: OpenedTable, tally: ValueTally): void => {
  const labels = rowLabels(table, state.recordLabels);
  const classifier = new CategoryClassifier(trainingLabels(store, recordPlaces(sources), state), true);
  const { codes, values, origins } = categorize(table, rules, state, labels, classifier);
  const stated = table.coded('category');
  for (let row = 0; row < table.rowCount; row++)
    tally.add(`${stated.codes[row]} ${codes[row]} ${origins[row]}`, row, () => {
      const origin = ORIGINS[origins[row]!]!;
      return {
        original: stated.values[stated.codes[row]!] ?? '',
        standardized: values[codes[row]!] ?? '',
        origin,
        confidence: null,
        reason: CATEGORY_REASONS[origin],
        problem: null,
      };
    });
};
