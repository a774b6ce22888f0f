import { contract } from '../contract/index.ts';
import { auditHandlers } from '../features/audit/service/audit.handlers.ts';
import { auditExportHandlers } from '../features/audit/service/audit-export.handlers.ts';
import { auditSearchHandlers } from '../features/audit/service/audit-search.handlers.ts';
import { custodyHandlers } from '../features/audit/service/custody.handlers.ts';
import { retentionHandlers } from '../features/audit/service/custody-retention.handlers.ts';
import { caseHandlers } from '../features/cases/service/case.handlers.ts';
import { calibrationHandlers } from '../features/detection/service/calibration.handlers.ts';
import { detectionSettingsHandlers } from '../features/detection/service/detection-settings.handlers.ts';
import { duplicateHandlers } from '../features/detection/service/duplicate.handlers.ts';
import { examinationHandlers } from '../features/detection/service/examination.handlers.ts';
import { findingHandlers } from '../features/detection/service/finding.handlers.ts';
import { graphHandlers } from '../features/detection/service/graph.handlers.ts';
import { riskHandlers } from '../features/detection/service/risk.handlers.ts';
import { testHandlers } from '../features/detection/service/test.handlers.ts';
import { typologyHandlers } from '../features/detection/service/typology.handlers.ts';
import { approvalHandlers } from '../features/identity/service/approval.handlers.ts';
import { caseAssignmentHandlers } from '../features/identity/service/case-assignment.handlers.ts';
import { factorHandlers } from '../features/identity/service/factor.handlers.ts';
import { oauthHandlers } from '../features/identity/service/oauth.handlers.ts';
import { alertHandlers } from '../features/identity/service/threat-alert.handlers.ts';
import { importHandlers } from '../features/ingestion/service/import.handlers.ts';
import { profileHandlers } from '../features/ingestion/service/profile.handlers.ts';
import { sourceHandlers } from '../features/ingestion/service/source.handlers.ts';
import { transactionHandlers } from '../features/ingestion/service/transaction.handlers.ts';
import { partyHandlers } from '../features/parties/service/party.handlers.ts';
import { partyReviewHandlers } from '../features/parties/service/party-review.handlers.ts';
import { decisionHandlers } from '../features/reconciliation/service/decision.handlers.ts';
import { reconciliationHistoryHandlers } from '../features/reconciliation/service/history.handlers.ts';
import { reconciliationHandlers } from '../features/reconciliation/service/reconciliation.handlers.ts';
import { reportHandlers } from '../features/reports/service/report.handlers.ts';
import { settingsHandlers } from '../features/settings/service/settings.handlers.ts';
import { coverageHandlers } from '../features/standardization/service/coverage.handlers.ts';
import { qualityHandlers } from '../features/standardization/service/quality.handlers.ts';
import { recipeHandlers } from '../features/standardization/service/recipe.handlers.ts';
import { ruleHandlers } from '../features/standardization/service/rule.handlers.ts';
import { standardizationHandlers } from '../features/standardization/service/standardization.handlers.ts';
import { accountHandlers } from './account.handlers.ts';
import type { Handler } from './handler.ts';
import { jobHandlers } from './job.handlers.ts';
import { type LockSessions, sessionHandlers } from './session.handlers.ts';
import { workspaceHandlers } from './workspace.handlers.ts';
import type { WorkspaceEntrance } from './workspace-entrance.ts';
import type { WorkspaceShelf } from './workspace-shelf.ts';

/** The handler of every channel. Throws at start when a channel of the contract has none, or a handler no channel. */
export const handlersOf = (
  shelf: WorkspaceShelf,
  entrance: WorkspaceEntrance,
  lock: LockSessions,
): ReadonlyMap<string, Handler> => {
  const bound = [
    workspaceHandlers(shelf, entrance),
    accountHandlers(entrance),
    sessionHandlers(shelf, entrance, lock),
    factorHandlers(entrance.heldProofs),
    oauthHandlers(entrance.heldProofs),
    approvalHandlers,
    alertHandlers,
    settingsHandlers,
    caseHandlers,
    caseAssignmentHandlers,
    importHandlers,
    profileHandlers,
    sourceHandlers,
    transactionHandlers,
    examinationHandlers,
    duplicateHandlers,
    testHandlers,
    detectionSettingsHandlers,
    findingHandlers,
    partyHandlers,
    reconciliationHandlers,
    decisionHandlers,
    reconciliationHistoryHandlers,
    recipeHandlers,
    ruleHandlers,
    standardizationHandlers,
    coverageHandlers,
    partyReviewHandlers,
    qualityHandlers,
    riskHandlers,
    typologyHandlers,
    calibrationHandlers,
    graphHandlers,
    reportHandlers,
    auditHandlers,
    auditExportHandlers,
    auditSearchHandlers,
    custodyHandlers,
    retentionHandlers,
    jobHandlers,
  ].flatMap(handlers => Object.entries(handlers));
  const handlers = new Map<string, Handler>();
  for (const [channel, handler] of bound) {
    if (handlers.has(channel)) throw new Error(`channel ${channel} is bound twice`);
    handlers.set(channel, handler);
  }
  const unbound = Object.keys(contract).filter(channel => !handlers.has(channel));
  if (unbound.length > 0) throw new Error(`channels without a handler: ${unbound.join(', ')}`);
  return handlers;
};
