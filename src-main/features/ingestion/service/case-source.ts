import type { HandlerContext } from '../../../engine/handler.ts';
import type { ReadStore } from '../../../platform/store.ts';
import type { SharedColumns } from '../domain/shared-columns.ts';
import type { SourceRecord } from '../storage/source.repository.ts';
import { completeSources, statementsOf, warningsOf } from '../storage/source.repository.ts';

/** One source of a case as analysis needs it: its columns in shared memory and what they refer to. Structured-cloneable. */
export interface CaseSource {
  readonly ordinal: number;
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the original: what decisions on its records are tied to. */
  readonly sha256: string;
  readonly side: 'bank' | 'ledger';
  readonly rejected: number;
  /** Whether the file's own control totals agree with its records; null where its format carries none. */
  readonly controlsAgree: boolean | null;
  /** Transaction i of the source has this id + i in the store. */
  readonly firstTransactionId: number;
  /** Account of each statement, by statement ordinal; null where the file states none. */
  readonly accounts: readonly (string | null)[];
  readonly columns: SharedColumns;
}

/** Formats whose files carry control totals, record counts or check sums. */
const CONTROLLED = new Set(['bai2', 'coda', 'norma43', 'nacha', 'pain.001', 'saft', 'sie']);

const controlsAgree = (store: ReadStore, source: SourceRecord): boolean | null =>
  CONTROLLED.has(source.format)
    ? !warningsOf(store, source.ordinal).some(({ code }) => code.startsWith('control.'))
    : null;

const caseSource = (store: ReadStore, source: SourceRecord, columns: SharedColumns): CaseSource => ({
  ordinal: source.ordinal,
  id: source.id,
  name: source.name,
  sha256: source.sha256,
  side: source.side,
  rejected: source.rejected_count,
  controlsAgree: controlsAgree(store, source),
  firstTransactionId: source.first_transaction_id,
  accounts: statementsOf(store, source.ordinal).map(statement => statement.account_id),
  columns,
});

/** All sources of a case that hold records and are in use, with their columns, in import order. */
export const caseSources = async (context: HandlerContext, caseId: string): Promise<CaseSource[]> => {
  const workspace = context.workspace();
  // An archive is a source of its own; its records are its members'.
  const sources = completeSources(workspace.read, caseId).filter(source => source.format !== 'zip');
  const columns = await workspace.columns.get(
    context.pool,
    sources.map(source => source.ordinal),
  );
  return sources.map((source, i) => caseSource(workspace.read, source, columns[i]!));
};
