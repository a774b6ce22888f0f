export * from './balance-check.ts';
export * from './proof.ts';
export * from './reconcile.ts';
export {
  parseReconciliationParameters,
  RECONCILIATION_PARAMETERS,
  type ReconciliationParameterSpec,
  type ReconciliationParameters,
} from './reconciliation-parameters.ts';
export type { ReconciliationSide } from './reconciliation-side.ts';
