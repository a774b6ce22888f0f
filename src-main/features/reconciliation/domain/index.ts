export * from './balance-check.ts';
export * from './cash-line.ts';
export * from './proof.ts';
export * from './proof-of-cash.ts';
export * from './reconcile.ts';
export * from './reconciliation-match.ts';
export { parseReconciliationParameters } from './reconciliation-parameters.ts';
export type { ReconciliationSide } from './reconciliation-side.ts';
