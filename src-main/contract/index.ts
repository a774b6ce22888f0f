import type { z } from 'zod';
import { accountsContract } from './accounts.contract.ts';
import { alertsContract } from './alerts.contract.ts';
import { approvalsContract } from './approvals.contract.ts';
import { auditExportsContract } from './audit-exports.contract.ts';
import { auditsContract } from './audits.contract.ts';
import { calibrationsContract } from './calibrations.contract.ts';
import { casesContract } from './cases.contract.ts';
import type { ChannelEntry } from './channel.ts';
import { coverageContract } from './coverage.contract.ts';
import { custodyContract } from './custody.contract.ts';
import { detectionSettingsContract } from './detection-settings.contract.ts';
import { duplicatesContract } from './duplicates.contract.ts';
import { examinationsContract } from './examinations.contract.ts';
import { factorsContract } from './factors.contract.ts';
import { findingsContract } from './findings.contract.ts';
import { graphsContract } from './graphs.contract.ts';
import { importsContract } from './imports.contract.ts';
import { jobsContract } from './jobs.contract.ts';
import { oauthContract } from './oauth.contract.ts';
import { partiesContract } from './parties.contract.ts';
import { partyReviewsContract } from './party-reviews.contract.ts';
import { profilesContract } from './profiles.contract.ts';
import { qualityContract } from './quality.contract.ts';
import { recipesContract } from './recipes.contract.ts';
import { reconciliationDecisionsContract } from './reconciliation-decisions.contract.ts';
import { reconciliationWorkContract } from './reconciliation-work.contract.ts';
import { reconciliationsContract } from './reconciliations.contract.ts';
import { reportsContract } from './reports.contract.ts';
import { riskContract } from './risk.contract.ts';
import { rulesContract } from './rules.contract.ts';
import { sessionsContract } from './sessions.contract.ts';
import { settingsContract } from './settings.contract.ts';
import { standardizationContract } from './standardization.contract.ts';
import { testsContract } from './tests.contract.ts';
import { transactionsContract } from './transactions.contract.ts';
import { typologiesContract } from './typologies.contract.ts';
import { workspacesContract } from './workspaces.contract.ts';

/** THE contract: every channel, merged. A new channel is an entry here and a handler in its feature. */
export const contract = {
  ...workspacesContract,
  ...accountsContract,
  ...sessionsContract,
  ...factorsContract,
  ...oauthContract,
  ...approvalsContract,
  ...alertsContract,
  ...settingsContract,
  ...casesContract,
  ...importsContract,
  ...profilesContract,
  ...transactionsContract,
  ...examinationsContract,
  ...recipesContract,
  ...rulesContract,
  ...standardizationContract,
  ...coverageContract,
  ...partyReviewsContract,
  ...qualityContract,
  ...partiesContract,
  ...duplicatesContract,
  ...reconciliationsContract,
  ...reconciliationWorkContract,
  ...reconciliationDecisionsContract,
  ...testsContract,
  ...detectionSettingsContract,
  ...findingsContract,
  ...riskContract,
  ...typologiesContract,
  ...calibrationsContract,
  ...graphsContract,
  ...reportsContract,
  ...auditsContract,
  ...auditExportsContract,
  ...custodyContract,
  ...jobsContract,
} satisfies Record<string, ChannelEntry>;

export type Contract = typeof contract;
export type ChannelName = keyof Contract;
export type ChannelInput<C extends ChannelName> = z.input<Contract[C]['input']>;
/** What `invoke` answers: a job answers its id; its result is ChannelResult. */
export type ChannelAnswer<C extends ChannelName> = Contract[C]['kind'] extends 'job'
  ? { readonly jobId: string }
  : z.output<Contract[C]['output']>;
export type ChannelResult<C extends ChannelName> = z.output<Contract[C]['output']>;

export const isChannelName = (name: string): name is ChannelName => Object.hasOwn(contract, name);
