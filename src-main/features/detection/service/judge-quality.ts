import type { QualityShape } from '../../../contract/examinations.contract.ts';
import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import type { StatementLine } from '../../reconciliation/service/reconcile-case.ts';
import type { FoundRows, QualityStatement } from '../../standardization/domain/index.ts';
import { qualityScore, statementSuccession } from '../../standardization/domain/index.ts';
import type { DetectionTable } from './detection-table.ts';

export interface JudgedQuality {
  readonly quality: QualityShape;
  /** Transactions behind each rule that something failed: those that failed, or those of statements that failed. */
  readonly qualityFailures: readonly { readonly rule: string; readonly ids: Float64Array }[];
}

/** Duplicates as other stages found them. */
export interface FoundDuplicates {
  readonly exact: FoundRows;
  readonly near: FoundRows;
  /** Null where there is only one file. */
  readonly overlaps: FoundRows | null;
}

/** The QualityValidator over a case's rows: score, dimensions, and rules with what failed them. */
export const judgeQuality = (
  rows: DetectionTable,
  sources: readonly CaseSource[],
  lines: readonly StatementLine[],
  today: number,
  duplicates: FoundDuplicates,
): JudgedQuality => {
  const ordinals = new Set(sources.map(source => source.ordinal));
  const own = lines.filter(line => ordinals.has(line.source));
  const succession = statementSuccession(own);
  const currency = rows.coded('currency');
  const accounts = rows.coded('counterpartyAccount');
  const statementOf = rows.statements();
  const scored = qualityScore({
    rowCount: rows.table.rowCount,
    columns: {
      statement: statementOf,
      bookingDay: rows.days('bookingDay'),
      valueDay: rows.days('valueDay'),
      amountUnits: rows.amounts(),
      currency: currency.codes,
      counterparty: rows.parties().codes,
      counterpartyAccount: accounts.codes,
      referenceHash: rows.referenceHashes(),
    },
    currencies: currency.values,
    accounts: accounts.values,
    controlledFiles: sources.flatMap(({ controlsAgree }) => (controlsAgree === null ? [] : [controlsAgree])),
    rejectedCount: sources.reduce((sum, source) => sum + source.rejected, 0),
    statements: own.map(
      (line, i): QualityStatement => ({
        ...statedPeriod(line),
        ...succession[i]!,
        currency: line.currency,
        balanced: line.balanced,
      }),
    ),
    exactDuplicates: duplicates.exact,
    nearDuplicates: duplicates.near,
    overlapDuplicates: duplicates.overlaps,
    examinationDay: today,
  });
  return {
    quality: {
      score: scored.score,
      dimensions: Object.fromEntries(
        scored.dimensions.map(({ dimension, score, weight, explanation }) => [
          dimension,
          { score, weight, explanation },
        ]),
      ),
      rules: scored.rules.map(rule => ({
        id: rule.id,
        dimension: rule.dimension,
        title: rule.title,
        formula: rule.formula,
        threshold: rule.threshold,
        tested: rule.tested ?? 0,
        passed: rule.passed ?? 0,
        failed: rule.failedTotal ?? 0,
        share: rule.share,
        met: rule.meetsThreshold,
      })),
    },
    qualityFailures: scored.rules
      .filter(rule => rule.failed.length > 0 && (rule.unit === 'rows' || rule.unit === 'statements'))
      .map(rule => ({
        rule: rule.id,
        ids: rows.transactionIds(rule.unit === 'rows' ? rule.failed : rowsOfStatements(statementOf, rule.failed)),
      })),
  };
};

/** The period a statement states by its balances; one that was only seen in its rows proves nothing about them. */
const statedPeriod = (line: StatementLine): Pick<QualityStatement, 'from' | 'to'> =>
  line.opening === null || line.closing === null || line.openingDay === UNKNOWN_DAY || line.closingDay === UNKNOWN_DAY
    ? { from: UNKNOWN_DAY, to: UNKNOWN_DAY }
    : { from: line.openingDay, to: line.closingDay };

const rowsOfStatements = (statementOf: Int32Array, statements: Uint32Array): Uint32Array => {
  const wanted = new Set(statements);
  const rows: number[] = [];
  for (let row = 0; row < statementOf.length; row++) if (wanted.has(statementOf[row]!)) rows.push(row);
  return Uint32Array.from(rows);
};
