import { existsSync, unlinkSync } from 'node:fs';
import { sealedPaths } from '../../../platform/sealed-file.ts';
import type { WriteStore } from '../../../platform/store.ts';
import type { AuditTrail } from '../../audit/service/audit-trail.ts';
import { SYSTEM_ACTOR } from '../../audit/service/audit-trail.ts';
import type { SourceRecord } from '../storage/source.repository.ts';
import {
  deleteSource,
  deleteTransactions,
  lastTransactionId,
  unfinishedSources,
} from '../storage/source.repository.ts';

/** Rows a unit of work deletes: short enough not to be felt. */
const DELETE_ROWS = 10_000;

interface Workspace {
  readonly write: WriteStore;
  readonly trail: AuditTrail;
  readonly evidenceFolder: string;
}

/** The steps that remove an import that never completed, each a unit of work; the last also writes the audit entry. */
export function* discardImport(workspace: Workspace, source: SourceRecord, reason: string): Generator<void> {
  const last = lastTransactionId(workspace.write);
  for (let id = source.first_transaction_id; id <= last; id += DELETE_ROWS) {
    workspace.write.transaction(() => deleteTransactions(workspace.write, id, DELETE_ROWS));
    yield;
  }
  workspace.write.transaction(() => {
    deleteSource(workspace.write, source.ordinal);
    workspace.trail.append(workspace.write, SYSTEM_ACTOR, 'evidence.import-discarded', {
      case: source.case_id,
      source: source.id,
      name: source.name,
      reason,
    });
  });
  for (const path of sealedPaths(workspace.evidenceFolder, source.id)) if (existsSync(path)) unlinkSync(path);
}

/** Removes what a crash or a kill left of imports: an import is whole or it is not there. Called when a workspace opens. */
export const discardUnfinishedImports = (workspace: Workspace): void => {
  for (const source of unfinishedSources(workspace.write))
    for (const _step of discardImport(workspace, source, 'the import did not complete')) {
      // each step has committed
    }
};
