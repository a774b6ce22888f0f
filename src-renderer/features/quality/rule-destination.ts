import { paths } from '../../app/paths.ts';

/** What a rule counts: its failed figure is so many of these. */
export type RuleUnit = 'rows' | 'records' | 'statements' | 'files';

const UNITS: Readonly<Record<string, RuleUnit>> = {
  'validity.readable-record': 'records',
  'accuracy.statement-balance': 'statements',
  'accuracy.balance-chain': 'statements',
  'accuracy.period-gaps': 'statements',
  'accuracy.control-totals': 'files',
};

export const unitOfRule = (ruleId: string): RuleUnit => UNITS[ruleId] ?? 'rows';

/**
 * Where what failed a rule can be seen: its rows, the rows of statements that failed, the records that could not be read
 * (of the bank side, which quality is measured on), or the files.
 */
export const ruleDestination = (caseId: string, ruleId: string): string => {
  switch (unitOfRule(ruleId)) {
    case 'records':
      return paths.rejectedOfSide(caseId, 'bank');
    case 'files':
      return paths.caseHome(caseId);
    default:
      return paths.records(caseId, { qualityRule: ruleId });
  }
};

/** Where a rule on statements is proved, statement by statement; null for a rule that its rows alone explain. */
export const ruleProof = (caseId: string, ruleId: string): string | null => {
  switch (ruleId) {
    case 'accuracy.statement-balance':
      return paths.reconciliation(caseId);
    case 'accuracy.balance-chain':
    case 'accuracy.period-gaps':
      return paths.coverage(caseId);
    case 'uniqueness.overlap':
      return paths.duplicates(caseId, { kind: 'overlap', state: 'any' });
    case 'uniqueness.near':
      return paths.duplicates(caseId, { kind: 'near', state: 'any' });
    case 'uniqueness.exact':
      return paths.duplicates(caseId, { kind: 'exact', state: 'any' });
    default:
      return null;
  }
};
