import type { z } from 'zod';
import type { standardizationContract } from '../../../contract/standardization.contract.ts';
import type { ReadStore } from '../../../platform/store.ts';
import type { SourceRecord } from '../../ingestion/storage/source.repository.ts';
import type { TransactionRecord } from '../../ingestion/storage/transaction.repository.ts';
import { CategoryClassifier } from '../domain/categories/classifier.ts';
import { categorize, learnedCategory, statedCategory, typeCategory } from '../domain/pipeline/categorize.ts';
import { ORIGINS } from '../domain/pipeline/origin.ts';
import type { StandardizedValue } from '../domain/pipeline/standardize-value.ts';
import {
  standardizeAccount,
  standardizeCurrency,
  standardizeReference,
  standardizeType,
} from '../domain/pipeline/standardize-value.ts';
import type { RecipeState } from '../domain/recipe/fold-recipe.ts';
import { firstRepeated, recordKeyText } from '../domain/recipe/fold-recipe.ts';
import type { RuleAction } from '../domain/rules/rule.ts';
import type { RulesRun } from '../domain/rules/run-rules.ts';
import { runRules } from '../domain/rules/run-rules.ts';
import { RowRuleTable } from './row-rule-table.ts';
import type { RecordPlace } from './training-labels.ts';
import { idOfKey, trainingLabels } from './training-labels.ts';

type StandardizedRow = z.output<(typeof standardizationContract)['standardization.row']['output']>;
type Field = StandardizedRow['fields'][number];

const field = (name: Field['field'], original: string, value: StandardizedValue): Field => ({
  field: name,
  original,
  standardized: value.standardized,
  origin: value.origin,
  confidence: null,
  reason: value.reason,
  problem: value.problem,
});

/** What the pipeline says of one transaction, each value beside the original, and which rules decided what. */
export const standardizedRow = (
  store: ReadStore,
  sources: readonly SourceRecord[],
  source: SourceRecord,
  record: TransactionRecord,
  state: RecipeState,
): StandardizedRow => {
  const places = sources.map(
    ({ sha256, first_transaction_id, transaction_count }): RecordPlace => ({
      sha256,
      firstTransactionId: first_transaction_id,
      count: transaction_count,
    }),
  );
  const key = recordKeyText({ source: source.sha256, index: record.id - source.first_transaction_id });
  const table = new RowRuleTable(record, source.name, state.parties);
  const run = runRules(state.rules, table);
  const matched = run.rules.filter(outcome => outcome.matched.length > 0);
  const duplicateKey = firstRepeated(state.duplicates, key, kept => idOfKey(places, kept) !== null);
  const type = ruledValue(run, 'type');
  // Rules are asked in their order: the first that sets something decides it, tags add up.
  const set = new Set<RuleAction['kind']>();
  const isFirst = (kind: RuleAction['kind']): boolean =>
    kind === 'add-tag' || (!set.has(kind) && set.add(kind).size > 0);
  return {
    fields: [
      partyField(table, run, state),
      field(
        'counterpartyAccount',
        record.counterparty_account ?? '',
        standardizeAccount(record.counterparty_account ?? ''),
      ),
      field('account', record.account ?? '', standardizeAccount(record.account ?? '')),
      type === null
        ? field('type', record.type ?? '', standardizeType(record.type ?? ''))
        : field('type', record.type ?? '', {
            standardized: type,
            origin: 'rule',
            reason: 'set by a rule',
            problem: null,
          }),
      field('currency', record.currency ?? '', standardizeCurrency(record.currency ?? '')),
      field('reference', record.reference, standardizeReference(record.reference)),
      categoryField(table, run, state, key, new CategoryClassifier(trainingLabels(store, places, state), true)),
    ],
    rules: matched.map(({ ruleId, version }) => {
      const rule = state.rules.find(each => each.id === ruleId);
      return {
        ruleId,
        name: rule?.name ?? '',
        version,
        decided: (rule?.actions ?? [])
          .filter(action => isFirst(action.kind))
          .map(action => `${action.kind}: ${action.value}`),
      };
    }),
    tags: run.tags.filter(({ rows }) => rows.length > 0).map(({ tag }) => tag),
    duplicateOf: duplicateKey === null ? null : idOfKey(places, duplicateKey),
  };
};

const ruledValue = (run: RulesRun, target: 'party' | 'type'): string | null => {
  const { codes, values } = run.set[target];
  return codes[0]! < 0 ? null : (values[codes[0]!] ?? null);
};

const partyField = (table: RowRuleTable, run: RulesRun, state: RecipeState): Field => {
  const original = table.coded('counterparty').values[0] ?? '';
  const name = table.coded('party').values[0] ?? '';
  const ruled = ruledValue(run, 'party');
  if (ruled !== null)
    return field('party', original, { standardized: ruled, origin: 'rule', reason: 'set by a rule', problem: null });
  const merged = state.parties.merged().find(group => group.name === name);
  return field('party', original, {
    standardized: name,
    origin: merged === undefined ? (name === original ? 'file' : 'standardizer') : 'merged',
    reason:
      merged === undefined
        ? name === original
          ? 'as in the file'
          : 'compatibility forms and blanks folded, in capitals'
        : `confirmed to be one party: ${merged.members.join(', ')}`,
    problem: null,
  });
};

const categoryField = (
  table: RowRuleTable,
  run: RulesRun,
  state: RecipeState,
  key: string,
  classifier: CategoryClassifier,
): Field => {
  const label = state.recordLabels.get(key);
  const labels = new Map(label === undefined ? [] : [[0, label] as const]);
  const { codes, values, origins, confidence } = categorize(table, run, state, labels, classifier);
  const original = table.coded('category').values[0] ?? '';
  const origin = ORIGINS[origins[0]!]!;
  const party = table.coded('party').values[0];
  const [description = ''] = table.texts('description');
  const type = table.coded('type').values[0] ?? '';
  const direction = table.amountUnits[0]! < 0 ? 'out' : 'in';
  const reasons: Readonly<Record<string, string>> = {
    rule: 'set by a rule',
    confirmed: label === undefined ? 'confirmed for this party' : 'confirmed for this transaction',
    file: 'as the file states it',
    standardizer: (statedCategory(original) ?? typeCategory(type, direction))?.reason ?? '',
  };
  return {
    field: 'category',
    original,
    standardized: codes[0]! < 0 ? '' : (values[codes[0]!] ?? ''),
    origin,
    confidence: origin === 'learned' || origin === 'unknown' ? confidence[0]! / 100 : null,
    reason:
      reasons[origin] ??
      learnedCategory(classifier, party ?? description, table.amountUnits[0]! / 10 ** table.amountScale).reason,
    problem: null,
  };
};
