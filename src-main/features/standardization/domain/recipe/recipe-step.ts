import type { Rule } from '../rules/rule.ts';

/**
 * A transaction by what it is, not by where this store keeps it: the digest of its file and its place among the file's
 * transactions (0-based). So a decision on it can be replayed wherever the same file is imported.
 */
export interface RecordKey {
  readonly source: string;
  readonly index: number;
}

/** What a person decided of a case's records. Everything the pipeline does beyond its own rules comes from these steps. */
export type RecipeStep =
  | { readonly kind: 'rule-saved'; readonly rule: Rule }
  | { readonly kind: 'rule-removed'; readonly ruleId: string }
  | {
      readonly kind: 'category-confirmed';
      /** All transactions with the party (standardized key) in one direction of money, or one transaction. */
      readonly subject: { readonly party: string; readonly direction: 'in' | 'out' } | { readonly record: RecordKey };
      readonly category: string;
    }
  | { readonly kind: 'parties-merged'; readonly parties: readonly string[]; readonly name: string }
  | { readonly kind: 'parties-split'; readonly parties: readonly string[] }
  | { readonly kind: 'parties-kept-apart'; readonly parties: readonly string[] }
  | { readonly kind: 'duplicates-confirmed'; readonly pairs: readonly DuplicateDecision[] }
  | { readonly kind: 'duplicates-rejected'; readonly pairs: readonly DuplicateDecision[] }
  | {
      /** How a file was read: written by the import itself, so that the whole can be repeated. */
      readonly kind: 'source-read';
      readonly source: string;
      readonly name: string;
      readonly side: string;
      readonly overrides: Readonly<Record<string, string>>;
    };

/** `duplicate` is counted no more, because it is the transaction `keep` again. */
export interface DuplicateDecision {
  readonly keep: RecordKey;
  readonly duplicate: RecordKey;
}

/** Takes a step back, or takes that back. */
export type RecipeReversal =
  | { readonly kind: 'step-undone'; readonly of: number }
  | { readonly kind: 'step-redone'; readonly of: number };

/** An event of a case's recipe. Events are only ever appended: undoing a step is an event too. */
export interface RecipeEvent {
  /** 1, 2, 3 … in the case. */
  readonly seq: number;
  readonly title: string;
  readonly actor: string;
  readonly at: string;
  readonly body: RecipeStep | RecipeReversal;
}
