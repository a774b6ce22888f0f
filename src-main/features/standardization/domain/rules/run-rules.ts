import { UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { flaggedRows } from '../pipeline/figures.ts';
import { numberTest } from './match-number.ts';
import { comparedText, textTest } from './match-text.ts';
import type { CodedField, NumberField, Rule, RuleAction, RuleCondition, RuleGroup, TextField } from './rule.ts';
import { CODED_FIELDS, inOrder, isGroup, TEXT_FIELDS } from './rule.ts';
import type { RuleTable } from './rule-table.ts';

/** What a rule sets, by the name of what is set. Tags add up and are never in conflict. */
export type SetTarget = 'category' | 'party' | 'type';

/** Two rules that matched the same rows and set the same thing differently; the first in order decided. */
export interface RuleConflict {
  readonly winner: string;
  readonly loser: string;
  readonly target: SetTarget;
  readonly rows: number;
}

/** What one rule did. */
export interface RuleOutcome {
  readonly ruleId: string;
  readonly version: number;
  /** Rows that meet its conditions, ascending. */
  readonly matched: Uint32Array;
  /** Rows on which at least one of its actions took effect (it was first to set something, or it gave a tag). */
  readonly effective: number;
  /** Those rows, ascending. */
  readonly decided: Uint32Array;
  /** `unmatched`: no row meets it. `shadowed`: rows do, and earlier rules had set everything it sets. */
  readonly dead: 'unmatched' | 'shadowed' | null;
}

/** Decisions of all rules: for each target, which rule's value a row got. */
export interface RulesRun {
  readonly rules: readonly RuleOutcome[];
  readonly conflicts: readonly RuleConflict[];
  /** Rows of each conflict, ascending, in the order of `conflicts`. */
  readonly conflictRows: readonly Uint32Array[];
  /** For each target: index into `values`, -1 where no rule set it. */
  readonly set: Readonly<Record<SetTarget, { readonly codes: Int32Array; readonly values: readonly string[] }>>;
  readonly tags: readonly { readonly tag: string; readonly rows: Uint32Array }[];
}

const TARGET_OF: Readonly<Record<RuleAction['kind'], SetTarget | null>> = {
  'set-category': 'category',
  'set-party': 'party',
  'set-type': 'type',
  'add-tag': null,
};
const TARGETS: readonly SetTarget[] = ['category', 'party', 'type'];

/**
 * Runs enabled rules over a table. Conditions see the transactions as they were before any rule, so the outcome of one
 * rule never depends on another; only who comes first decides what is set. Each text column is read once for all rules.
 * Rules must have no problems (`ruleProblems`). Cost: one pass a condition, one a text column.
 */
export const runRules = (rules: readonly Rule[], table: RuleTable): RulesRun => {
  const enabled = inOrder(rules.filter(rule => rule.enabled));
  const texts = askTexts(enabled, table);
  const set = {
    category: new TargetColumn(table.rowCount),
    party: new TargetColumn(table.rowCount),
    type: new TargetColumn(table.rowCount),
  };
  const conflicts = new Map<string, FoundConflict>();
  const tags = new Map<string, Uint8Array>();
  const outcomes = enabled.map((rule, ordinal): RuleOutcome => {
    const matched = flaggedRows(groupRows(rule.when, table, texts));
    const done = new Uint8Array(matched.length);
    for (const action of rule.actions) {
      const target = TARGET_OF[action.kind];
      if (target === null) {
        const tagged = tags.get(action.value) ?? new Uint8Array(table.rowCount);
        tags.set(action.value, tagged);
        matched.forEach((row, k) => {
          tagged[row] = 1;
          done[k] = 1;
        });
        continue;
      }
      const column = set[target];
      const code = column.code(action.value);
      matched.forEach((row, k) => {
        const before = column.codes[row]!;
        if (before < 0) {
          column.codes[row] = code;
          column.by[row] = ordinal;
          done[k] = 1;
        } else if (before !== code) addConflict(conflicts, enabled[column.by[row]!]!.id, rule.id, target, row);
      });
    }
    const decided = matched.filter((_row, k) => done[k] === 1);
    const effective = decided.length;
    return {
      ruleId: rule.id,
      version: rule.version,
      matched,
      effective,
      decided,
      dead: matched.length === 0 ? 'unmatched' : effective === 0 ? 'shadowed' : null,
    };
  });
  return {
    rules: outcomes,
    conflicts: [...conflicts.values()].map(({ rows, ...conflict }) => ({ ...conflict, rows: rows.length })),
    conflictRows: [...conflicts.values()].map(({ rows }) => Uint32Array.from(rows)),
    set: Object.fromEntries(
      TARGETS.map(target => [target, { codes: set[target].codes, values: set[target].values }]),
    ) as unknown as RulesRun['set'],
    tags: [...tags].map(([tag, rows]) => ({ tag, rows: flaggedRows(rows) })),
  };
};

/** Values a target gets, row by row, and which rule gave them. */
class TargetColumn {
  readonly codes: Int32Array;
  readonly by: Int32Array;
  readonly values: string[] = [];
  constructor(rowCount: number) {
    this.codes = new Int32Array(rowCount).fill(-1);
    this.by = new Int32Array(rowCount).fill(-1);
  }
  code(value: string): number {
    const known = this.values.indexOf(value);
    return known >= 0 ? known : this.values.push(value) - 1;
  }
}

type FoundConflict = Omit<RuleConflict, 'rows'> & { readonly rows: number[] };

const addConflict = (
  conflicts: Map<string, FoundConflict>,
  winner: string,
  loser: string,
  target: SetTarget,
  row: number,
): void => {
  const key = `${winner} ${loser} ${target}`;
  const known = conflicts.get(key);
  if (known === undefined) conflicts.set(key, { winner, loser, target, rows: [row] });
  else known.rows.push(row);
};

/** Flags of conditions on texts, found while each text column is read once. */
type TextFlags = ReadonlyMap<RuleCondition, Uint8Array>;

const isTextField = (field: string): field is TextField => (TEXT_FIELDS as readonly string[]).includes(field);

const conditionsOf = (group: RuleGroup): RuleCondition[] =>
  group.rules.flatMap(part => (isGroup(part) ? conditionsOf(part) : [part]));

const askTexts = (rules: readonly Rule[], table: RuleTable): TextFlags => {
  const flags = new Map<RuleCondition, Uint8Array>();
  for (const field of TEXT_FIELDS) {
    const asked = rules
      .flatMap(rule => conditionsOf(rule.when))
      .filter(condition => isTextField(condition.field) && condition.field === field)
      .map(condition => ({
        test: textTest(condition.operator, condition.value),
        flags: new Uint8Array(table.rowCount),
        condition,
      }));
    if (asked.length === 0) continue;
    let row = 0;
    for (const text of table.texts(field)) {
      const compared = comparedText(text);
      for (const each of asked) if (each.test(compared)) each.flags[row] = 1;
      row += 1;
    }
    for (const each of asked) flags.set(each.condition, each.flags);
  }
  return flags;
};

const groupRows = (group: RuleGroup, table: RuleTable, texts: TextFlags): Uint8Array => {
  const and = group.combinator === 'and';
  const result = new Uint8Array(table.rowCount).fill(and ? 1 : 0);
  for (const part of group.rules) {
    const flags = isGroup(part) ? groupRows(part, table, texts) : conditionRows(part, table, texts);
    if (and) for (let row = 0; row < result.length; row++) result[row]! &= flags[row]!;
    else for (let row = 0; row < result.length; row++) result[row]! |= flags[row]!;
  }
  if (group.not === true) for (let row = 0; row < result.length; row++) result[row]! ^= 1;
  return result;
};

const conditionRows = (condition: RuleCondition, table: RuleTable, texts: TextFlags): Uint8Array => {
  const { field, operator, value } = condition;
  const known = texts.get(condition);
  if (known !== undefined) return known;
  const flags = new Uint8Array(table.rowCount);
  if (field === 'direction') {
    const sign = value === 'in' ? 1 : -1;
    for (let row = 0; row < flags.length; row++) if (table.amountUnits[row]! * sign > 0) flags[row] = 1;
  } else if ((CODED_FIELDS as readonly string[]).includes(field)) {
    // Asked once a distinct value, not once a row.
    const { codes, values } = table.coded(field as CodedField);
    const test = textTest(operator, value);
    const passes = Uint8Array.from(values, text => (test(comparedText(text)) ? 1 : 0));
    const unknown = test(comparedText('')) ? 1 : 0;
    for (let row = 0; row < flags.length; row++) flags[row] = codes[row]! < 0 ? unknown : passes[codes[row]!]!;
  } else {
    const test = numberTest(field as NumberField, operator, value, table.amountScale);
    const numbers = field === 'amount' ? table.amountUnits : table.bookingDay;
    for (let row = 0; row < flags.length; row++) {
      const number = numbers[row]!;
      if (test(field === 'date' && number === UNKNOWN_DAY ? Number.NaN : number)) flags[row] = 1;
    }
  }
  return flags;
};
