import { powerOfTen } from '../../../../kernel/decimal.ts';
import { Dictionary } from '../../../../kernel/dictionary.ts';
import type { CategoryClassifier, Suggestion } from '../categories/classifier.ts';
import { categoryOfMerchantCode } from '../categories/merchant-category.ts';
import type { Category } from '../categories/taxonomy.ts';
import { partyKey } from '../party-key.ts';
import type { RecipeState } from '../recipe/fold-recipe.ts';
import { partyLabelKey } from '../recipe/fold-recipe.ts';
import type { RuleTable } from '../rules/rule-table.ts';
import type { RulesRun } from '../rules/run-rules.ts';
import type { StandardType } from '../values/standard-type.ts';
import { standardType } from '../values/standard-type.ts';
import type { Origin } from './origin.ts';
import { ORIGINS } from './origin.ts';

/** Every row's category, where it comes from and how sure it is. */
export interface Categories {
  /** -1: no category. */
  readonly codes: Int32Array;
  readonly values: readonly string[];
  /** Index into ORIGINS. */
  readonly origins: Uint8Array;
  /** Hundredths; 100 where it is not a suggestion. */
  readonly confidence: Uint8Array;
}

/** A category one row gets, with the reason in words. */
export interface CategoryDecision {
  readonly category: string | null;
  readonly origin: Origin;
  readonly confidence: number;
  readonly reason: string;
  readonly suggestion: Suggestion | null;
}

/** A suggestion below this is no category yet: it is only offered for review. */
export const SUGGESTION_THRESHOLD = 0.5;
/** Texts of rows without a party whose suggestion is remembered. */
const REMEMBERED_TEXTS = 100_000;

const UNKNOWN: CategoryDecision = {
  category: null,
  origin: 'unknown',
  confidence: 0,
  reason: 'no rule, label or statement of the file says what it is',
  suggestion: null,
};

/** What the file says of a category: the meaning of a merchant category code, or the text itself. */
export const statedCategory = (stated: string): CategoryDecision | null => {
  const text = stated.trim();
  if (text === '') return null;
  const merchant = categoryOfMerchantCode(text);
  if (merchant !== null)
    return {
      category: merchant.category,
      origin: 'standardizer',
      confidence: 1,
      reason: `merchant category code ${merchant.code} (ISO 18245)`,
      suggestion: null,
    };
  // A code whose meaning is not known is no name of a category.
  if (/^\d+$/.test(text)) return null;
  return { category: text, origin: 'file', confidence: 1, reason: 'as the file states it', suggestion: null };
};

const OF_TYPE: Readonly<Partial<Record<StandardType, readonly [moneyIn: Category | null, moneyOut: Category | null]>>> =
  {
    salary: ['Salary', 'Payroll'],
    fee: [null, 'Bank charges'],
    interest: ['Interest received', 'Interest paid'],
    dividend: ['Dividends', null],
    cash: ['Cash', 'Cash'],
    tax: [null, 'Taxes'],
    loan: ['Loans', 'Loans'],
    refund: ['Refunds', null],
    securities: ['Securities', 'Securities'],
    'foreign-exchange': ['Currency exchange', 'Currency exchange'],
  };

/** What the kind of transaction alone says of its category: a fee paid is a bank charge, whoever the party is. */
export const typeCategory = (type: string, direction: 'in' | 'out'): CategoryDecision | null => {
  const standard = standardType(type);
  const category = standard === null ? null : (OF_TYPE[standard]?.[direction === 'in' ? 0 : 1] ?? null);
  return category === null
    ? null
    : {
        category,
        origin: 'standardizer',
        confidence: 1,
        reason: `the transaction type “${type}” is ${standard}`,
        suggestion: null,
      };
};

/** What the classifier makes of a text. */
export const learnedCategory = (
  classifier: CategoryClassifier,
  text: string,
  amount: number | null,
): CategoryDecision => {
  const suggestion = classifier.suggest(text, amount);
  if (suggestion === null) return UNKNOWN;
  const because =
    suggestion.words.length === 0
      ? 'direction and size of the amount'
      : `the words ${suggestion.words.map(word => `“${word}”`).join(', ')}`;
  const sure = suggestion.confidence >= SUGGESTION_THRESHOLD;
  return {
    category: sure ? suggestion.category : null,
    origin: sure ? 'learned' : 'unknown',
    confidence: suggestion.confidence,
    reason: sure
      ? `suggested: ${because}`
      : `not sure enough (${Math.round(suggestion.confidence * 100)} %) that it is ${suggestion.category}: ${because}`,
    suggestion,
  };
};

/**
 * Gives every row its category. First to say so wins: a label confirmed for the transaction, a rule, a label confirmed for
 * its party in that direction, what the file states, what the type of transaction says, then what the classifier suggests from the party's name or, where no
 * party is known, from the description. Decided once a distinct party or text, not once a row.
 */
export const categorize = (
  table: RuleTable,
  rules: RulesRun,
  state: Pick<RecipeState, 'partyLabels'>,
  rowLabels: ReadonlyMap<number, string>,
  classifier: CategoryClassifier,
): Categories => {
  const dictionary = new Dictionary();
  const codes = new Int32Array(table.rowCount).fill(-1);
  const origins = new Uint8Array(table.rowCount);
  const confidence = new Uint8Array(table.rowCount);
  const give = (row: number, { category, origin, confidence: sure }: CategoryDecision): void => {
    codes[row] = category === null ? -1 : dictionary.code(category);
    origins[row] = ORIGINS.indexOf(origin);
    confidence[row] = Math.round(sure * 100);
  };
  const stated = table.coded('category');
  const statedBy = stated.values.map(statedCategory);
  const type = table.coded('type');
  const byType = {
    in: type.values.map(value => typeCategory(value, 'in')),
    out: type.values.map(value => typeCategory(value, 'out')),
  };
  const party = table.coded('party');
  const byParty = new Map<number, CategoryDecision>();
  const spelling = table.coded('counterparty');
  // A label given to a party stays with its rows when the party is merged into another.
  const ownKeys = state.partyLabels.size === 0 ? [] : spelling.values.map(partyKey);
  const labelOf = (name: string, written: number, direction: 'in' | 'out'): string | undefined =>
    state.partyLabels.get(partyLabelKey(name, direction)) ??
    state.partyLabels.get(partyLabelKey(ownKeys[written] ?? name, direction));
  const { codes: ruled, values: ruleValues } = rules.set.category;
  const needText: number[] = [];
  const scale = powerOfTen(table.amountScale);
  for (let row = 0; row < table.rowCount; row++) {
    const label = rowLabels.get(row);
    if (label !== undefined) {
      give(row, { category: label, origin: 'confirmed', confidence: 1, reason: '', suggestion: null });
      continue;
    }
    if (ruled[row]! >= 0) {
      give(row, { category: ruleValues[ruled[row]!]!, origin: 'rule', confidence: 1, reason: '', suggestion: null });
      continue;
    }
    const partyCode = party.codes[row]!;
    const units = table.amountUnits[row]!;
    const direction = units < 0 ? 'out' : 'in';
    const partyLabel = partyCode < 0 ? undefined : labelOf(party.values[partyCode]!, spelling.codes[row]!, direction);
    if (partyLabel !== undefined) {
      give(row, { category: partyLabel, origin: 'confirmed', confidence: 1, reason: '', suggestion: null });
      continue;
    }
    const said = stated.codes[row]! < 0 ? null : (statedBy[stated.codes[row]!] ?? null);
    if (said !== null) {
      give(row, said);
      continue;
    }
    const meant = type.codes[row]! < 0 ? null : (byType[direction][type.codes[row]!] ?? null);
    if (meant !== null) {
      give(row, meant);
      continue;
    }
    if (partyCode < 0) {
      needText.push(row);
      continue;
    }
    const magnitude = Number.isNaN(units) ? -1 : Math.floor(Math.log10(Math.abs(units / scale) + 1));
    const key = (partyCode * 64 + magnitude + 1) * 2 + (units < 0 ? 1 : 0);
    let decision = byParty.get(key);
    if (decision === undefined) {
      decision = learnedCategory(classifier, party.values[partyCode]!, Number.isNaN(units) ? null : units / scale);
      byParty.set(key, decision);
    }
    give(row, decision);
  }
  if (needText.length > 0) {
    const known = new Map<string, CategoryDecision>();
    let next = 0;
    let row = 0;
    for (const text of table.texts('description')) {
      if (row === needText[next]) {
        next += 1;
        const units = table.amountUnits[row]!;
        const key = `${units < 0 ? '-' : '+'}${Math.floor(Math.log10(Math.abs(units / scale) + 1))} ${text}`;
        let decision = known.get(key);
        if (decision === undefined) {
          decision = learnedCategory(classifier, text, Number.isNaN(units) ? null : units / scale);
          if (known.size < REMEMBERED_TEXTS) known.set(key, decision);
        }
        give(row, decision);
        if (next === needText.length) break;
      }
      row += 1;
    }
  }
  return { codes, values: dictionary.values, origins, confidence };
};
