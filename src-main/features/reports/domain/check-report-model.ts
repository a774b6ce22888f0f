import type { Capped, ReportModel } from './report-model.ts';

const totalsOf = (model: ReportModel): readonly (readonly [what: string, capped: Capped<unknown>])[] => [
  ['near duplicates', model.duplicates.near],
  ['proposed pairs', model.reconciliation.proposals],
  ['unmatched bank transactions', model.reconciliation.unmatchedBank],
  ['unmatched ledger transactions', model.reconciliation.unmatchedLedger],
  ['rejected records', model.rejected],
  ['warnings', model.warnings],
  ...model.tests.map(test => [`findings of ${test.test}`, test.findings] as const),
];

const mustAgree = (what: string, one: number, other: number): void => {
  if (one !== other)
    throw new RangeError(`the report's figures disagree: ${what} is ${one} in one place and ${other} in another`);
};

/**
 * Throws RangeError where two figures of the model that state the same thing differ: a report that contradicts itself must
 * not be printed.
 */
export const checkReportModel = (model: ReportModel): void => {
  for (const [what, { total, shown }] of totalsOf(model))
    if (shown.length > total) throw new RangeError(`the report lists ${shown.length} ${what} but counts ${total}`);
  mustAgree(
    'the number of rejected records',
    model.rejected.total,
    model.sources.reduce((sum, source) => sum + source.rejected, 0),
  );
  for (const test of model.tests)
    mustAgree(
      `the number of findings of ${test.test}`,
      test.findings.total,
      Object.values(test.bySeverity).reduce((sum, count) => sum + count, 0),
    );
  const { matched, proposals, unmatchedBank, unmatchedLedger } = model.reconciliation;
  mustAgree('the number of proposed pairs', proposals.total, matched?.proposed ?? 0);
  mustAgree('the number of unmatched bank transactions', unmatchedBank.total, matched?.unmatchedBank ?? 0);
  mustAgree('the number of unmatched ledger transactions', unmatchedLedger.total, matched?.unmatchedLedger ?? 0);
};
