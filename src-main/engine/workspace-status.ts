import type { z } from 'zod';
import type { WorkspaceStatus } from '../contract/workspaces.contract.ts';
import { rightsOf } from '../features/identity/domain/policy.ts';
import { accountSlot } from '../features/identity/service/account-keys.ts';
import { casesOf } from '../features/identity/service/case-access.ts';
import { accountById } from '../features/identity/storage/account.repository.ts';
import { readHeader } from '../platform/workspace-files.ts';
import type { OpenedSession, Session } from './session.ts';

type Status = z.input<typeof WorkspaceStatus>;

const CLOSED: Status = {
  open: false,
  name: null,
  path: null,
  actor: null,
  role: null,
  account: null,
  secondSecret: null,
  lastSignIn: null,
  secondStepDue: false,
  permissions: ['public'],
  caseCount: 0,
  anchor: null,
  unwitnessed: null,
};

const accountOf = ({ workspace, account, role }: OpenedSession): Status['account'] => {
  const stored = accountById(workspace.read, account.id);
  const { roles, id, username, supervisor } = account;
  return {
    id,
    username,
    displayName: stored?.displayName ?? username,
    role,
    secondaryRoles: roles.filter(other => other !== role),
    supervisor,
    analysisMode: stored?.analysisMode ?? 'standard',
    aiInterventionLevel: stored?.aiInterventionLevel ?? 'off',
  };
};

/** What is open in a session, as whom, with which permissions. */
export const statusOf = ({ opened }: Session): Status => {
  if (opened === null) return CLOSED;
  const { workspace } = opened;
  return {
    open: true,
    name: workspace.name,
    path: workspace.folder,
    actor: opened.actor,
    role: opened.pov,
    account: accountOf(opened),
    secondSecret: accountSlot(readHeader(workspace.folder), opened.actor)?.second ?? null,
    lastSignIn: opened.lastSignIn,
    secondStepDue: opened.secondStepDue,
    permissions: [...rightsOf(opened.account, opened.pov)],
    caseCount: casesOf(workspace.read, opened.account.id).length,
    anchor: workspace.trail.problem,
    unwitnessed: workspace.trail.unwitnessed(),
  };
};
