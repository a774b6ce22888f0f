import { paths } from '../../app/paths.ts';

/**
 * Where what failed a rule can be seen. Most rules fail transactions; the ones named here fail something else:
 * records that could not be read (of the bank side, which quality is measured on) or whole statements.
 */
export const ruleDestination = (caseId: string, ruleId: string): string => {
  switch (ruleId) {
    case 'validity.readable-record':
      return paths.rejectedOfSide(caseId, 'bank');
    case 'accuracy.statement-balance':
      return paths.reconciliation(caseId);
    default:
      return paths.records(caseId, { qualityRule: ruleId });
  }
};
