import { formatUnits, UnitSum } from '../../../kernel/decimal.ts';
import { openDatabase } from '../../../platform/database.ts';
import { ReadStore } from '../../../platform/store.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { foldRecipe } from '../domain/recipe/fold-recipe.ts';
import type { RecipeEvent } from '../domain/recipe/recipe-step.ts';
import type { Rule } from '../domain/rules/rule.ts';
import type { RuleConflict } from '../domain/rules/run-rules.ts';
import { runRules } from '../domain/rules/run-rules.ts';
import { CaseRuleTable } from './case-rule-table.ts';

export interface DryRunTask {
  readonly task: 'dry-run-rule';
  readonly storePath: string;
  readonly key: Uint8Array;
  readonly sources: readonly CaseSource[];
  readonly events: readonly RecipeEvent[];
  /** The rule that is tried; it takes the place of the stored one of its id. */
  readonly rule: Rule;
  readonly examples: number;
}

export interface DryRun {
  readonly rows: number;
  readonly matched: number;
  readonly effective: number;
  /** Sum of the matched amounts where all are of one currency. */
  readonly sum: string | null;
  readonly conflicts: readonly RuleConflict[];
  readonly exampleIds: readonly number[];
}

/** Runs one rule among the others of the case and stores nothing. */
export const dryRunRule = ({ storePath, key, sources, events, rule, examples }: DryRunTask): DryRun => {
  const connection = openDatabase(storePath, key, { mode: 'read' });
  try {
    const { rules, parties } = foldRecipe(events);
    const table = new CaseRuleTable(sources, new ReadStore(connection), parties);
    // Tried as if it were on: a rule is switched off until it has been tried.
    const others = rules.filter(each => each.id !== rule.id);
    const run = runRules([...others, { ...rule, enabled: true }], table);
    const outcome = run.rules.find(each => each.ruleId === rule.id);
    const matched = outcome?.matched ?? new Uint32Array();
    return {
      rows: table.rowCount,
      matched: matched.length,
      effective: outcome?.effective ?? 0,
      sum: sumOfOneCurrency(table, matched),
      conflicts: run.conflicts.filter(({ winner, loser }) => winner === rule.id || loser === rule.id),
      exampleIds: [...matched.subarray(0, examples)].map(row => table.transactionId(row)),
    };
  } finally {
    connection.close();
  }
};

const sumOfOneCurrency = (table: CaseRuleTable, rows: Uint32Array): string | null => {
  const { codes } = table.coded('currency');
  const sum = new UnitSum();
  for (const row of rows) {
    const units = table.amountUnits[row]!;
    if (Number.isNaN(units) || codes[row] !== codes[rows[0]!]) return null;
    sum.add(units);
  }
  return rows.length === 0 ? null : formatUnits(sum.value, table.amountScale);
};
