/**
 * Everything the report says, gathered by the service: plain values, no store, no clock. Amounts are exact decimal text,
 * days YYYY-MM-DD, instants ISO 8601 in UTC, digests lower-case hex. Where a list is capped, `total` counts all of it and
 * `shown` holds the first of it (REPORT_CAPS says how many the service asks for).
 */
export interface ReportModel {
  readonly productVersion: string;
  readonly caseName: string;
  readonly workspaceId: string;
  /** The instant of the injected clock at which the report is built. */
  readonly builtAt: string;
  /** The instant at which the examination ran. */
  readonly examinedAt: string;
  readonly runId: string;
  readonly examiner: { readonly actor: string; readonly role: string };
  readonly sources: readonly ReportSource[];
  /** The steps of the examination in the order in which they ran. */
  readonly method: readonly ReportStep[];
  /** What the tests found of planted motifs on a copy of these records; null where it was not measured on them. */
  readonly calibration: ReportCalibration | null;
  /** Null: quality was not measured. */
  readonly quality: ReportQuality | null;
  readonly duplicates: ReportDuplicates;
  readonly reconciliation: ReportReconciliation;
  /** The forensic tests, those that could not run included. */
  readonly tests: readonly ReportTest[];
  readonly rejected: Capped<ReportRejected>;
  readonly warnings: Capped<ReportWarning>;
  /** Further limits of this examination, in whole sentences. */
  readonly limits: readonly string[];
  readonly audit: ReportAudit;
}

export interface ReportCalibration {
  readonly ranAt: string;
  readonly seed: number;
  readonly motifs: number;
  readonly rows: number;
  readonly tests: readonly {
    readonly title: string;
    readonly motif: string;
    readonly planted: number;
    readonly found: number;
    /** Exact 95 % interval of the recall, 0 to 1. */
    readonly recallLow: number;
    readonly recallHigh: number;
    readonly alarms: number;
    readonly alarmsPerThousand: number | null;
  }[];
  /** Tests without figures, with the reason. */
  readonly others: readonly { readonly title: string; readonly reason: string }[];
}

export interface Capped<T> {
  readonly total: number;
  readonly shown: readonly T[];
}

export interface ReportSource {
  readonly id: string;
  readonly name: string;
  readonly side: 'bank' | 'ledger';
  readonly sha256: string;
  readonly bytes: number;
  readonly format: string;
  readonly encoding: string;
  /** Who says so: the file itself, NEXUS from the bytes, or the examiner. */
  readonly encodingBasis: 'stated' | 'detected' | 'chosen';
  /** How the file was read, in words: "Delimiter: semicolon (detected)". */
  readonly dialect: readonly string[];
  readonly importedAt: string;
  readonly transactions: number;
  readonly rejected: number;
  readonly accounts: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
}

export interface ReportStep {
  readonly title: string;
  readonly algorithm: string;
  readonly version: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A transaction as the report lists it; `row` is its 1-based record number in the source, header lines counted. */
export interface ReportRow {
  readonly sourceId: string;
  readonly row: number;
  readonly date: string | null;
  readonly amount: string;
  readonly currency: string | null;
  readonly counterparty: string;
  readonly reference: string;
  readonly description: string;
}

/** Scores are 0 to 100, null where nothing could be measured; thresholds are shares, 0 to 1. */
export interface ReportQuality {
  readonly score: number | null;
  readonly dimensions: Readonly<
    Record<string, { readonly score: number | null; readonly weight: number; readonly explanation: string }>
  >;
  readonly rules: readonly ReportQualityRule[];
}

interface ReportQualityRule {
  readonly id: string;
  readonly dimension: string;
  readonly title: string;
  readonly formula: string;
  readonly threshold: number;
  readonly tested: number;
  readonly passed: number;
  readonly failed: number;
  readonly met: boolean | null;
}

interface ReportDuplicates {
  readonly exactGroups: number;
  /** Copies beyond the first record of each group. */
  readonly exactRows: number;
  /** Records left out because a person confirmed that they repeat others. */
  readonly confirmed: number;
  /** The first exact groups; `rowCount` counts all rows of a group. */
  readonly groups: readonly { readonly rowCount: number; readonly rows: readonly ReportRow[] }[];
  readonly near: Capped<ReportNearDuplicate>;
}

interface ReportNearDuplicate {
  readonly score: number;
  readonly agree: readonly string[];
  readonly differ: readonly string[];
  readonly a: ReportRow;
  readonly b: ReportRow;
}

interface ReportReconciliation {
  /** Null: there was no ledger side, so nothing was matched. */
  readonly matched: {
    readonly confirmed: number;
    readonly proposed: number;
    readonly unmatchedBank: number;
    readonly unmatchedLedger: number;
    readonly sign: string;
    readonly limits: readonly string[];
    readonly proof: readonly ReportProofLine[];
    readonly parameters: Readonly<Record<string, string>>;
  } | null;
  readonly balances: readonly ReportBalanceLine[];
  readonly chain: readonly {
    readonly kind: string;
    readonly account: string | null;
    readonly message: string;
  }[];
  readonly proposals: Capped<ReportMatch>;
  readonly unmatchedBank: Capped<ReportOrphan>;
  readonly unmatchedLedger: Capped<ReportOrphan>;
}

export interface ReportProofLine {
  readonly currency: string | null;
  readonly bankTotal: string;
  readonly ledgerTotal: string;
  readonly matchedBank: string;
  readonly matchedLedger: string;
  readonly unmatchedBank: string;
  readonly unmatchedLedger: string;
  readonly difference: string;
  readonly foots: boolean;
}

export interface ReportBalanceLine {
  readonly account: string | null;
  readonly currency: string | null;
  readonly source: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly opening: string | null;
  readonly credits: string;
  readonly debits: string;
  readonly closing: string | null;
  readonly balanced: boolean | null;
  readonly difference: string | null;
}

interface ReportMatch {
  readonly kind: string;
  readonly score: number;
  readonly reasons: readonly string[];
  readonly bank: readonly ReportRow[];
  readonly ledger: readonly ReportRow[];
}

export interface ReportOrphan {
  readonly transaction: ReportRow;
  /** The nearest rows of the other side and why each was refused, in words. */
  readonly candidates: readonly string[];
}

export type ReportSeverity = 'critical' | 'high' | 'medium' | 'low' | 'info';

export interface ReportTest {
  readonly test: string;
  readonly version: string;
  readonly title: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly population: {
    readonly rows: number;
    readonly used: number;
    readonly excluded: readonly { readonly reason: string; readonly count: number }[];
  };
  readonly statistics: Readonly<Record<string, number | string | null>>;
  readonly bins: readonly ReportBin[];
  readonly limits: readonly string[];
  /** Why the test could not run; null when it ran. */
  readonly notRun: string | null;
  /** All findings of the test by severity; a severity without findings may be left out. */
  readonly bySeverity: Readonly<Partial<Record<ReportSeverity, number>>>;
  readonly findings: Capped<ReportFinding>;
}

export interface ReportBin {
  readonly key: string;
  readonly count: number;
  /** Null where the test expects nothing in particular. */
  readonly expected: number | null;
  /** Null where the test has no statistic for a single class. */
  readonly z: number | null;
  /** Sums as exact decimal text, where the test is about money. */
  readonly amount?: string | undefined;
  readonly expectedAmount?: string | undefined;
}

export interface ReportFinding {
  readonly id: string;
  readonly severity: ReportSeverity;
  readonly score: number;
  readonly state: 'open' | 'explained' | 'confirmed' | 'dismissed';
  readonly stateReason: string | null;
  readonly reason: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly rowCount: number;
  /** The first rows of the finding. */
  readonly rows: readonly ReportRow[];
  /** Who decided, what other tests hit the same rows, explanations tried, review: terms with words; absent where there is nothing. */
  readonly standing?: readonly (readonly [term: string, words: string])[];
}

interface ReportRejected {
  readonly sourceId: string;
  readonly row: number;
  readonly reason: string;
  readonly raw: string;
}

interface ReportWarning {
  readonly sourceId: string;
  readonly row: number | null;
  readonly message: string;
}

export interface ReportAudit {
  readonly entries: number;
  readonly root: string;
  /** Entries that no party outside this workspace has countersigned. */
  readonly unwitnessed: number;
  /** What a re-computation found when the report was built; null: none was made. */
  readonly verification: {
    readonly ok: boolean;
    readonly evidenceFiles: number;
    readonly mismatched: readonly string[];
    readonly problems: readonly { readonly code: string; readonly where: string; readonly message: string }[];
  } | null;
}
