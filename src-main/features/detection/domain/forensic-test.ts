import type { ColumnName, TransactionTable } from './transaction-table.ts';

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';

/**
 * A parameter of a test, with its default. `choices` lists the only values allowed, where it is a choice; bounds are
 * inclusive. A `decimals` value is a list of decimals and a `columns` value a list of column names, parted by commas; `time` is
 * HH:MM; `day` is YYYY-MM-DD; `month-day` is a day of any year, MM-DD; `country` is two letters (ISO 3166 alpha-2). Of `text`,
 * `day`, `country`, `columns` and `decimals`, '' means that none is given.
 */
export interface ParameterSpec {
  readonly name: string;
  readonly kind:
    | 'decimal'
    | 'integer'
    | 'choice'
    | 'text'
    | 'decimals'
    | 'day'
    | 'month-day'
    | 'time'
    | 'country'
    | 'columns';
  readonly default: string;
  readonly choices?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly meaning: string;
}

export type Parameters = Readonly<Record<string, string>>;

/** The groups of the catalogue (docs/specs): `outliers` ranks leads and accuses nobody. */
export type TestGroup = 'digits' | 'duplicates' | 'amounts' | 'sequence' | 'time' | 'journal' | 'flows' | 'outliers';

/**
 * Innocent explanations that an examiner must have tried before a finding is relied on; each is a check over the records
 * (docs/specs/exculpatory-checks.md).
 */
export const EXPLANATIONS = [
  /** An equal amount the other way with the same party. */
  'reversed',
  /** The same party and amount at regular intervals: rent, subscription, instalment. */
  'recurring',
  /** The money stays among the accounts under examination. */
  'own-transfer',
  /** Each row has a reference of its own: separate invoices. */
  'distinct-references',
  /** The amount lies within what this party usually has. */
  'customary-amount',
  /** That weekday, hour or day of the month is usual on this account. */
  'customary-day',
  /** A tariff or list price: the same amount with many parties. */
  'fixed-tariff',
  /** The sum lies below the case's materiality. */
  'immaterial',
] as const;
export type Explanation = (typeof EXPLANATIONS)[number];

/** A fact the test found: `rows` are indexes into the table (not row numbers), ascending. */
export interface FindingDraft {
  /** Stable within the test and its parameters, the same in every run on the same rows. */
  readonly key: string;
  readonly rows: Uint32Array;
  readonly severity: Severity;
  /** 0 to 1: how strongly this test asks for attention. Comparable within a test only. */
  readonly score: number;
  /** One or two plain sentences, with the figures. */
  readonly reason: string;
}

/** A class of a distribution. */
export interface DigitBin {
  readonly key: string;
  /** Rows in it: those that `rowsOfBin` lists, unless `rows` says otherwise. */
  readonly count: number;
  /** Rows that `rowsOfBin` lists, where `count` counts something else (differences of amounts). */
  readonly rows?: number;
  /** Rows the method expects; null where it expects none in particular. */
  readonly expected: number | null;
  /** Null where the test has no statistic for a single class. */
  readonly z: number | null;
  /** Sum of its amounts, where the test is about money: exact decimal text. */
  readonly amount?: string;
  /** The sum the method expects, where it expects one. */
  readonly expectedAmount?: string;
}

export interface TestResult {
  readonly population: {
    readonly rows: number;
    readonly used: number;
    readonly excluded: readonly { readonly reason: string; readonly count: number }[];
  };
  /** Figures by name; null is "could not be computed" (said in `limits`). */
  readonly statistics: Readonly<Record<string, number | string | null>>;
  readonly bins: readonly DigitBin[];
  readonly findings: readonly FindingDraft[];
  /** What this run could not test, in plain words. */
  readonly limits: readonly string[];
}

export interface TestContext {
  /** Called now and then with 0…1; throws when the run was cancelled. */
  progress(share: number): void;
}

/** A forensic test: one file, one spec page in docs/specs, one version. Deterministic: same table and parameters, same result. */
export interface ForensicTest {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly group: TestGroup;
  /** The side of a case it is meant for: bank statements (the ledger where there are none), or the ledger only. */
  readonly side: 'bank' | 'ledger';
  readonly needs: readonly ColumnName[];
  readonly uses: readonly ColumnName[];
  readonly parameters: readonly ParameterSpec[];
  /** The innocent explanations to try on each of its findings. */
  readonly explanations: readonly Explanation[];
  run(table: TransactionTable, parameters: Parameters, context: TestContext): TestResult;
  /** Rows (indexes, ascending) of the class `key` that the same run reports in `bins`; for tests that have bins. */
  rowsOfBin?(table: TransactionTable, parameters: Parameters, key: string): Uint32Array;
}
