import { describe, expect, it } from 'vitest';
import type { Rule } from '../../../src-main/features/standardization/domain/rules/rule.ts';
import { ruleProblems } from '../../../src-main/features/standardization/domain/rules/rule-problems.ts';
import { draftOfTransaction, emptyDraft, problemAt, type RuleDraft, trialOf } from './rule-draft.ts';

const TRANSACTION = {
  transaction: {
    id: 1,
    sourceId: '00000002-0000-4000-8000-000000000001',
    row: 2,
    account: null,
    date: '2025-03-04',
    valueDate: null,
    amount: '-25.00',
    currency: 'EUR',
    counterparty: 'Café  Central',
    reference: '',
    description: 'CARD 12 COFFEE',
    type: '',
  },
  party: 'CAFÉ CENTRAL',
  source: { id: '', name: '', sha256: '', format: '' },
  raw: { text: '', byteOffset: 0, byteLength: 0, truncated: false },
  lineage: [],
  findings: [],
};
const problemsOf = (draft: RuleDraft) =>
  ruleProblems({ ...draft, when: draft.when as Rule['when'] }).map(({ path, message }) => ({
    path: [...path],
    message,
  }));

describe('rule draft', () => {
  it('starts from a transaction by party and direction, or by its words where it names no party', () => {
    expect(draftOfTransaction(TRANSACTION).when.rules).toEqual([
      { field: 'party', operator: '=', value: 'CAFÉ CENTRAL' },
      { field: 'direction', operator: '=', value: 'out' },
    ]);
    expect(draftOfTransaction({ ...TRANSACTION, party: null }).when.rules[0]).toEqual({
      field: 'description',
      operator: 'contains',
      value: 'CARD 12 COFFEE',
    });
  });

  it('can be tried before it has a name or an action, but not before its conditions can be run', () => {
    const draft = draftOfTransaction(TRANSACTION);
    const unnamed = { ...draft, name: '' };
    const trial = trialOf(unnamed, problemsOf(unnamed));
    expect(trial).not.toBeNull();
    expect(problemsOf(trial!)).toEqual([]);
    expect(trialOf(emptyDraft(), problemsOf(emptyDraft()))).toBeNull();
    const bare = { ...draft, when: { combinator: 'and' as const, rules: [] } };
    expect(trialOf(bare, problemsOf(bare))).toBeNull();
  });

  it('puts a problem beside the part it concerns', () => {
    const problems = problemsOf({
      ...emptyDraft(),
      when: {
        combinator: 'and',
        rules: [
          { field: 'description', operator: 'notNull', value: '' },
          { combinator: 'or', rules: [{ field: 'amount', operator: '<', value: '1,5' }] },
        ],
      },
    });
    expect(problemAt(problems, [1, 0])).toContain('“1,5” is not an amount');
    expect(problemAt(problems, [0])).toBeUndefined();
    expect(problemAt(problems, [1])).toBeUndefined();
  });
});
