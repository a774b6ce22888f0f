export * from './balance-check.ts';
export * from './proof.ts';
export * from './reconcile.ts';
export { parseReconciliationParameters } from './reconciliation-parameters.ts';
export type { ReconciliationSide } from './reconciliation-side.ts';
