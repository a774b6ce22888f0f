import type { Ports } from '../../../platform/ports.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import type { AuditObject } from '../../audit/domain/audit-log.ts';
import { allCases } from '../../cases/storage/case.repository.ts';
import {
  appendAssignment,
  assignedCases,
  hasNoAssignments,
  isAssigned,
} from '../storage/case-assignment.repository.ts';

/** Who a case is assigned to, or by whom. */
export interface AssignedPerson {
  readonly id: string;
  readonly username: string;
}

/** Assigns a case to whoever makes it, in the unit of work that makes it. */
export const assignCreator = (store: WriteStore, ports: Ports, caseId: string, creator: AssignedPerson): void =>
  appendAssignment(store, {
    case_id: caseId,
    account_id: creator.id,
    assigned: 1,
    actor: creator.username,
    at: new Date(ports.clock.now()).toISOString(),
  });

/**
 * Cases of before assignments go to the account that opens the workspace first: inside a unit of work. Does nothing where
 * anybody was ever assigned to anything.
 */
export const adoptCases = (
  store: WriteStore,
  ports: Ports,
  account: AssignedPerson,
  audit: (act: string, obj: AuditObject) => void,
): void => {
  if (!hasNoAssignments(store)) return;
  for (const { id } of allCases(store)) {
    assignCreator(store, ports, id, account);
    audit('assignment.granted', {
      case: id,
      account: account.id,
      username: account.username,
      reason: 'older workspace',
    });
  }
};

/** True when cases are there that nobody was ever assigned to. */
export const casesWaitForAdoption = (store: ReadStore): boolean =>
  hasNoAssignments(store) && allCases(store).length > 0;

/** The cases of the workspace that an account works on, as they are listed. */
export const casesOf = (store: ReadStore, accountId: string) => {
  const assigned = assignedCases(store, accountId);
  return allCases(store).filter(({ id }) => assigned.has(id));
};

/** True while an account works on a case: whatever is in it is for these only. */
export const mayWorkOn = (store: ReadStore, accountId: string, caseId: string): boolean =>
  isAssigned(store, accountId, caseId);
