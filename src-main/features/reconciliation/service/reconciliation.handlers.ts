import type { Handlers, Output } from '../../../engine/handler.ts';
import { onJob, onQuery } from '../../../engine/handler.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { latestRun } from '../../detection/storage/finding.repository.ts';
import { transactionRows } from '../../ingestion/service/transaction-rows.ts';
import { countMatches, countOrphans, matchesOf, orphansOf } from '../storage/reconciliation.repository.ts';
import type { ReconcileFilesTask } from './reconcile-files.ts';

const idsOf = (text: string): number[] => JSON.parse(text) as number[];

export const reconciliationHandlers: Handlers = {
  ...onQuery('reconciliations.matches', ({ store }, { caseId, status, offset, limit }) => {
    requireCase(store, caseId);
    const run = latestRun(store, caseId);
    if (run === undefined) return { total: 0, matches: [] };
    return {
      total: countMatches(store, run.ordinal, status),
      matches: matchesOf(store, run.ordinal, status, offset, limit).map(match => ({
        status: match.status,
        kind: match.kind,
        score: match.score,
        reasons: JSON.parse(match.reasons) as string[],
        bank: transactionRows(store, idsOf(match.bank_transactions)),
        ledger: transactionRows(store, idsOf(match.ledger_transactions)),
      })),
    };
  }),
  ...onQuery('reconciliations.orphans', ({ store }, { caseId, side, offset, limit }) => {
    requireCase(store, caseId);
    const run = latestRun(store, caseId);
    if (run === undefined) return { total: 0, orphans: [] };
    return {
      total: countOrphans(store, run.ordinal, side),
      orphans: orphansOf(store, run.ordinal, side, offset, limit).map(orphan => ({
        transaction: transactionRows(store, [orphan.transaction_id])[0]!,
        candidates: JSON.parse(orphan.candidates) as string[],
      })),
    };
  }),
  ...onJob('files.reconcile', {
    title: () => 'Reconciliation of two files',
    onCancel: 'Nothing is stored.',
    run: async (context, { bank, ledger, parameters, overrides }) => {
      const look = (grant: string) => context.grants.take(context.session.id, grant, 'file');
      const bankFile = look(bank);
      const ledgerFile = look(ledger);
      const task: ReconcileFilesTask = {
        task: 'reconcile-files',
        bank: { path: bankFile.path, name: bankFile.name, overrides: overrides.bank },
        ledger: { path: ledgerFile.path, name: ledgerFile.name, overrides: overrides.ledger },
        parameters,
      };
      return (await context.pool.run('analysis', task, { signal: context.signal })) as Output<'files.reconcile'>;
    },
  }),
};
