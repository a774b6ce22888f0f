import type { SharedColumns } from '../domain/shared-columns.ts';
import type { StatementFacts } from '../domain/statement-facts.ts';
import type { Dialect, ParseWarning, RejectedRecord, StatementHeader } from '../domain/statement-sink.ts';
import type { ColumnSlice } from '../domain/transaction-columns.ts';
import type { TranscriptFacts } from './transcript.ts';

/** What a parser worker hands back of a file. */
export interface ParsedSource {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string | null;
  readonly compression: 'gzip' | null;
  /** Bytes once unpacked. */
  readonly plainBytes: number;
  readonly format: string;
  readonly encoding: string;
  readonly dialect: Dialect;
  readonly statements: readonly (StatementFacts & { readonly owner: string | null })[];
  readonly headers: readonly StatementHeader[];
  readonly rejected: readonly RejectedRecord[];
  readonly warnings: readonly ParseWarning[];
  readonly scale: number;
  readonly count: number;
  readonly columns: SharedColumns;
  /** SHA-256 over the columns in their fixed order. */
  readonly columnsSha256: string;
  /** SHA-256 over references, descriptions and dictionaries; null when no slices were sent for storing. */
  readonly textsSha256: string | null;
  readonly partial: boolean;
  /** What the places of records refer to, where that is not the original. */
  readonly transcript: TranscriptFacts | null;
}
export type ParserMessage =
  | { readonly kind: 'slice'; readonly slice: ColumnSlice }
  | { readonly kind: 'progress'; readonly done: number; readonly total: number };
