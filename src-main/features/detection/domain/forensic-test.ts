import type { ColumnName, TransactionTable } from './transaction-table.ts';

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';

/** A parameter of a test, with its default. `choices` lists the only values allowed, where it is a choice; bounds are inclusive. */
export interface ParameterSpec {
  readonly name: string;
  readonly kind: 'decimal' | 'integer' | 'choice';
  readonly default: string;
  readonly choices?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly meaning: string;
}

export type Parameters = Readonly<Record<string, string>>;

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

export interface DigitBin {
  readonly key: string;
  readonly count: number;
  readonly expected: number;
  readonly z: number;
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
  readonly group: 'digits' | 'duplicates' | 'amounts' | 'sequence' | 'time';
  readonly needs: readonly ColumnName[];
  readonly uses: readonly ColumnName[];
  readonly parameters: readonly ParameterSpec[];
  run(table: TransactionTable, parameters: Parameters, context: TestContext): TestResult;
}
