import type { Handlers, Output } from '../../../engine/handler.ts';
import { onJob, onQuery } from '../../../engine/handler.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { latestRun } from '../../detection/storage/finding.repository.ts';
import { caseSources } from '../../ingestion/service/case-source.ts';
import { transactionRows } from '../../ingestion/service/transaction-rows.ts';
import { countMatches, countOrphans, matchesOf, orphansOf } from '../storage/reconciliation.repository.ts';
import { cashProofsOf } from './cash-proofs.ts';
import { exportPlan } from './export-csv.ts';
import { leftoversOf } from './leftovers.ts';
import { pairPage } from './pair-list.ts';
import { readShown } from './read-shown.ts';
import type { ReconcileFilesTask } from './reconcile-files.ts';
import { reconciliationRows } from './reconciliation-set.ts';
import { runReconciliation } from './run-reconciliation.ts';
import { shownReconciliation } from './shown-reconciliation.ts';
import { sideOptions } from './side-options.ts';

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
  ...onQuery('reconciliations.options', async (context, { caseId }) => {
    requireCase(context.store, caseId);
    return { sources: sideOptions(await caseSources(context, caseId)) };
  }),
  ...onJob('reconciliations.run', {
    title: () => 'Reconciliation',
    onCancel: 'Every decision and the reconciliation before it stay; the unfinished one is discarded.',
    run: runReconciliation,
  }),
  ...onQuery('reconciliations.read', async (context, { caseId }) => {
    const shown = shownReconciliation(context, context.store, caseId);
    return shown === null ? null : readShown(context.store, shown, await caseSources(context, caseId));
  }),
  ...onQuery('reconciliations.pairs', async (context, { caseId, ...page }) => {
    const shown = shownReconciliation(context, context.store, caseId);
    return shown === null
      ? { total: 0, byJudgment: {}, byKind: {}, byScore: [], pairs: [] }
      : pairPage(context.store, shown, await caseSources(context, caseId), page);
  }),
  ...onQuery('reconciliations.leftovers', (context, { caseId, transactionIds }) => {
    const shown = shownReconciliation(context, context.store, caseId);
    return { rows: shown === null ? [] : leftoversOf(context.store, shown, transactionIds) };
  }),
  ...onQuery('reconciliations.proofOfCash', async (context, { caseId }) => {
    const shown = shownReconciliation(context, context.store, caseId);
    return shown === null
      ? { accounts: [], proofs: [], unplaced: { a: 0, b: 0 } }
      : cashProofsOf(context, caseId, shown);
  }),
  ...onQuery('reconciliations.export', async (context, { caseId, offset, limit, ...filter }) => {
    const shown = shownReconciliation(context, context.store, caseId);
    if (shown === null) return { total: 0, lines: 0, fileName: 'reconciliation.csv', content: '' };
    const [a, b] = [
      await reconciliationRows(context, caseId, 'a:open'),
      await reconciliationRows(context, caseId, 'b:open'),
    ];
    const { proof } = readShown(context.store, shown, await caseSources(context, caseId));
    const plan = exportPlan(context.store, shown, filter, { a, b }, proof);
    return {
      total: plan.total,
      lines: Math.min(limit, Math.max(0, plan.total - offset)),
      fileName: 'reconciliation.csv',
      content: plan.content(offset, limit),
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
