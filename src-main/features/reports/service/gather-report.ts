import { NexusError } from '../../../contract/errors.ts';
import type { TransactionRow } from '../../../contract/transactions.contract.ts';
import { hex, sha256 } from '../../../platform/digest.ts';
import type { ReadStore } from '../../../platform/store.ts';
import type { AuditClass } from '../../audit/domain/audit-acts.ts';
import { actOf } from '../../audit/domain/audit-acts.ts';
import { MerkleAccumulator } from '../../audit/domain/audit-log.ts';
import type { Verification } from '../../audit/service/verify-workspace.ts';
import { allEntries } from '../../audit/storage/audit.repository.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { calibrationOf } from '../../detection/service/calibration-view.ts';
import type { RunSummary } from '../../detection/service/examination-view.ts';
import { isStale } from '../../detection/service/examination-view.ts';
import { standingOf } from '../../detection/service/finding-standing.ts';
import type { StatedFinding } from '../../detection/service/finding-view.ts';
import { findingStates } from '../../detection/service/finding-view.ts';
import { duplicatePairsOf } from '../../detection/storage/examination.repository.ts';
import { latestRun, rowsOfFinding } from '../../detection/storage/finding.repository.ts';
import { FORMATS } from '../../ingestion/domain/formats.ts';
import { sourceSummary } from '../../ingestion/service/source.handlers.ts';
import { transactionRows } from '../../ingestion/service/transaction-rows.ts';
import type { SourceRecord } from '../../ingestion/storage/source.repository.ts';
import { completeSources, rejectedOf, warningsOf } from '../../ingestion/storage/source.repository.ts';
import { RECONCILIATION_VERSION } from '../../reconciliation/domain/index.ts';
import {
  countMatches,
  countOrphans,
  matchesOf,
  orphansOf,
} from '../../reconciliation/storage/reconciliation.repository.ts';
import type {
  Capped,
  ReportFinding,
  ReportModel,
  ReportOrphan,
  ReportRow,
  ReportSeverity,
  ReportSource,
  ReportStep,
  ReportTest,
} from '../domain/index.ts';
import { REPORT_CAPS } from '../domain/index.ts';
import { dialectInWords } from './dialect-in-words.ts';

export interface ReportRequest {
  readonly productVersion: string;
  readonly caseId: string;
  readonly workspaceId: string;
  readonly builtAt: string;
  readonly examiner: { readonly actor: string; readonly role: string };
}

/** Acts that add nothing a report rests on (looks, and what left): building it again must give the same bytes. */
const PASSING_ACTS = new Set(['report.built', 'log.verified', 'access.denied']);
const PASSING_CLASSES: ReadonlySet<AuditClass | undefined> = new Set(['access', 'export']);
const isPassing = (act: string): boolean => PASSING_ACTS.has(act) || PASSING_CLASSES.has(actOf(act)?.class);

/** Size and root of the log up to the last entry that the report rests on. */
const logAtRest = (
  store: ReadStore,
): { readonly entries: number; readonly root: string; readonly unwitnessed: number } => {
  const tree = new MerkleAccumulator(sha256);
  let at = { entries: 0, root: hex(tree.root()), unwitnessed: 0 };
  for (const { entry, leaf } of allEntries(store)) {
    tree.append(leaf);
    const { act } = JSON.parse(entry) as { act: string };
    if (!isPassing(act)) at = { entries: tree.size, root: hex(tree.root()), unwitnessed: tree.size };
  }
  return at;
};

const reportRow = (row: TransactionRow): ReportRow => ({
  sourceId: row.sourceId,
  row: row.row,
  date: row.date,
  amount: row.amount,
  currency: row.currency,
  counterparty: row.counterparty,
  reference: row.reference,
  description: row.description,
});

const reportRows = (store: ReadStore, ids: Iterable<number>): ReportRow[] => transactionRows(store, ids).map(reportRow);

const reportSource = (store: ReadStore, source: SourceRecord): ReportSource => {
  const { id, name, side, sha256, bytes, format, encoding, importedAt, transactions, rejected, accounts, from, to } =
    sourceSummary(store, source);
  return {
    id,
    name,
    side,
    sha256,
    bytes,
    format,
    encoding,
    importedAt,
    transactions,
    rejected,
    accounts,
    from,
    to,
    ...dialectInWords(source.format, JSON.parse(source.dialect) as Record<string, unknown>),
  };
};

const steps = (sources: readonly SourceRecord[], summary: RunSummary): ReportStep[] => [
  ...[...new Set(sources.map(source => source.format))].map(format => ({
    title: `Reading ${FORMATS.find(known => known.format === format)?.title ?? format}`,
    algorithm: `read-${format}`,
    version: FORMATS.find(known => known.format === format)?.version ?? '',
    parameters: {},
  })),
  { title: 'Quality of the data', algorithm: 'data-quality', version: '1.0.0', parameters: {} },
  { title: 'Near duplicates', algorithm: 'near-duplicates', version: '1.0.0', parameters: {} },
  ...(summary.reconciliation.matched === null
    ? []
    : [
        {
          title: 'Reconciliation of bank and ledger',
          algorithm: 'reconciliation',
          version: RECONCILIATION_VERSION,
          parameters: summary.reconciliation.matched.parameters,
        },
      ]),
  ...summary.tests
    .filter(test => test.notRun === null)
    .map(test => ({ title: test.title, algorithm: test.test, version: test.version, parameters: test.parameters })),
];

const reportFinding = (
  store: ReadStore,
  finding: StatedFinding,
  parameters: Readonly<Record<string, string>>,
): ReportFinding => ({
  id: finding.id,
  severity: finding.severity as ReportSeverity,
  score: finding.score,
  state: finding.state,
  stateReason: finding.stateReason,
  reason: finding.reason,
  parameters,
  rowCount: finding.row_count,
  standing: standingOf(finding),
  rows: reportRows(store, rowsOfFinding(store, finding.ordinal).subarray(0, REPORT_CAPS.rowsPerFinding)),
});

const reportTest = (
  store: ReadStore,
  run: RunSummary['tests'][number],
  findings: readonly StatedFinding[],
): ReportTest => {
  const own = findings.filter(finding => finding.test === run.test);
  const bySeverity: Partial<Record<ReportSeverity, number>> = {};
  for (const { severity } of own)
    bySeverity[severity as ReportSeverity] = (bySeverity[severity as ReportSeverity] ?? 0) + 1;
  return {
    ...run,
    bySeverity,
    findings: {
      total: own.length,
      shown: own.slice(0, REPORT_CAPS.findingsPerTest).map(finding => reportFinding(store, finding, run.parameters)),
    },
  };
};

const orphans = (store: ReadStore, run: number, side: 'bank' | 'ledger'): Capped<ReportOrphan> => ({
  total: countOrphans(store, run, side),
  shown: orphansOf(store, run, side, 0, REPORT_CAPS.unmatchedPerSide).map(orphan => ({
    transaction: reportRows(store, [orphan.transaction_id])[0]!,
    candidates: JSON.parse(orphan.candidates) as string[],
  })),
});

const capped = <R, T>(
  sources: readonly SourceRecord[],
  count: (source: SourceRecord) => number,
  read: (source: SourceRecord, limit: number) => R[],
  limit: number,
  shape: (source: SourceRecord, row: R) => T,
): Capped<T> => {
  const shown: T[] = [];
  for (const source of sources) {
    if (shown.length >= limit) break;
    shown.push(
      ...read(source, limit - shown.length)
        .slice(0, limit - shown.length)
        .map(row => shape(source, row)),
    );
  }
  return { total: sources.reduce((sum, source) => sum + count(source), 0), shown };
};

/** The latest calibration, where it was measured on what the case holds now. */
const reportCalibration = (store: ReadStore, caseId: string): ReportModel['calibration'] => {
  const calibration = calibrationOf(store, caseId);
  if (calibration === null || calibration.stale) return null;
  const { ranAt, seed, motifs, rows, tests } = calibration;
  return {
    ranAt,
    seed,
    motifs,
    rows,
    tests: tests.flatMap(({ title, motif, planted, found, recallLow, recallHigh, alarms, alarmsPerThousand }) =>
      motif === null || planted === null || found === null || recallLow === null || recallHigh === null
        ? []
        : [{ title, motif, planted, found, recallLow, recallHigh, alarms: alarms ?? 0, alarmsPerThousand }],
    ),
    others: tests.flatMap(({ title, notCalibrated }) =>
      notCalibrated === null ? [] : [{ title, reason: notCalibrated }],
    ),
  };
};

/** Everything the report says of a case's latest examination. Throws `case.not-examined` or `case.stale`. */
export const gatherReport = (store: ReadStore, request: ReportRequest, verification: Verification): ReportModel => {
  const record = requireCase(store, request.caseId);
  const run = latestRun(store, request.caseId);
  if (run === undefined)
    throw new NexusError({
      code: 'case.not-examined',
      category: 'conflict',
      message: 'The case was not examined yet.',
      remedy: 'Run the examination first.',
    });
  const summary = JSON.parse(run.summary) as RunSummary;
  if (isStale(store, request.caseId, run, summary))
    throw new NexusError({
      code: 'case.stale',
      category: 'conflict',
      message: 'Sources, or decisions on parties or duplicates, have changed since the last examination.',
      remedy: 'Run the examination again, then build the report.',
    });
  const sources = completeSources(store, request.caseId);
  const findings = findingStates(store, request.caseId);
  const near = duplicatePairsOf(store, run.ordinal).filter(({ kind }) => kind === 'near');
  const exact = findings.filter(finding => finding.test === 'duplicate-exact').slice(0, REPORT_CAPS.duplicateGroups);
  const { matched, balances, chain } = summary.reconciliation;
  return {
    productVersion: request.productVersion,
    caseName: record.name,
    workspaceId: request.workspaceId,
    builtAt: request.builtAt,
    examinedAt: run.ran_at,
    runId: run.id,
    examiner: request.examiner,
    sources: sources.map(source => reportSource(store, source)),
    method: steps(sources, summary),
    calibration: reportCalibration(store, request.caseId),
    quality: summary.quality,
    duplicates: {
      exactGroups: summary.duplicates.exactGroups,
      exactRows: summary.duplicates.exactRows,
      confirmed: summary.duplicates.confirmed,
      groups: exact.map(finding => ({
        rowCount: finding.row_count,
        rows: reportRows(store, rowsOfFinding(store, finding.ordinal).subarray(0, REPORT_CAPS.rowsPerDuplicateGroup)),
      })),
      near: {
        total: near.length,
        shown: near.slice(0, REPORT_CAPS.nearDuplicates).map(pair => {
          const [a, b] = reportRows(store, [pair.first_transaction, pair.second_transaction]);
          return {
            score: pair.score,
            agree: JSON.parse(pair.agree) as string[],
            differ: JSON.parse(pair.differ) as string[],
            a: a!,
            b: b!,
          };
        }),
      },
    },
    reconciliation: {
      matched,
      balances,
      chain,
      proposals: {
        total: countMatches(store, run.ordinal, 'proposed'),
        shown: matchesOf(store, run.ordinal, 'proposed', 0, REPORT_CAPS.proposals).map(match => ({
          kind: match.kind,
          score: match.score,
          reasons: JSON.parse(match.reasons) as string[],
          bank: reportRows(store, JSON.parse(match.bank_transactions) as number[]),
          ledger: reportRows(store, JSON.parse(match.ledger_transactions) as number[]),
        })),
      },
      unmatchedBank: orphans(store, run.ordinal, 'bank'),
      unmatchedLedger: orphans(store, run.ordinal, 'ledger'),
    },
    tests: summary.tests.map(test => reportTest(store, test, findings)),
    rejected: capped(
      sources,
      source => source.rejected_count,
      (source, limit) => rejectedOf(store, source.ordinal, 0, limit),
      REPORT_CAPS.rejected,
      (source, row) => ({ sourceId: source.id, row: row.row_number, reason: row.reason, raw: row.raw }),
    ),
    warnings: capped(
      sources,
      source => source.warning_count,
      source => warningsOf(store, source.ordinal),
      REPORT_CAPS.warnings,
      (source, row) => ({ sourceId: source.id, row: row.row_number, message: row.message }),
    ),
    limits:
      matched === null
        ? [
            'No ledger was given, so movements were not matched with an independent record; balances were checked where the statements state them.',
          ]
        : [
            'Quality and the forensic tests cover the bank side only; the ledger’s rows take part in the reconciliation.',
          ],
    audit: {
      ...logAtRest(store),
      verification: {
        ok: verification.ok,
        evidenceFiles: verification.evidence.files,
        mismatched: verification.evidence.mismatched,
        problems: verification.problems,
      },
    },
  };
};
