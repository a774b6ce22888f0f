import type { Handlers } from '../../../engine/handler.ts';
import { onQuery } from '../../../engine/handler.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { assignedCases } from '../../identity/storage/case-assignment.repository.ts';
import type { Compliance, ComplianceTask } from './audit-search-compliance.ts';
import type { AuditSearch, AuditSearchTask } from './audit-search-task.ts';

export const auditSearchHandlers: Handlers = {
  ...onQuery('audits.search', async (context, { offset, limit, ...filter }) => {
    const { storePath, dataKey: key } = context.workspace();
    const assigned = [...assignedCases(context.store, context.session.opened?.account.id ?? '')];
    const task: AuditSearchTask = { task: 'audit-search', storePath, key, filter, assigned, offset, limit };
    return (await context.pool.run('analysis', task)) as AuditSearch;
  }),
  ...onQuery('audits.compliance', async (context, filter) => {
    if (filter.caseId !== undefined) requireCase(context.store, filter.caseId);
    const { storePath, dataKey: key } = context.workspace();
    const assigned = [...assignedCases(context.store, context.session.opened?.account.id ?? '')];
    const task: ComplianceTask = { task: 'audit-compliance', storePath, key, filter, assigned };
    return (await context.pool.run('analysis', task)) as Compliance;
  }),
};
