import { NexusError } from '../../../contract/errors.ts';
import type { Handlers } from '../../../engine/handler.ts';
import { onCommand, onQuery } from '../../../engine/handler.ts';
import type { ReadStore } from '../../../platform/store.ts';
import type { AuditEntry } from '../../audit/domain/audit-log.ts';
import { entriesOfCase } from '../../audit/storage/audit.repository.ts';
import { examinationOf } from '../../detection/service/examination-view.ts';
import { factCounts } from '../../detection/service/finding-view.ts';
import { assignCreator, casesOf } from '../../identity/service/case-access.ts';
import type { CaseRecord } from '../storage/case.repository.ts';
import { caseByName, insertCase, requireCase, sumOfSources } from '../storage/case.repository.ts';

const TIMELINE_ENTRIES = 100;

const summary = (store: ReadStore, record: CaseRecord) => {
  const findings = factCounts(store, record.id);
  return {
    id: record.id,
    name: record.name,
    createdAt: record.created_at,
    ...sumOfSources(store, record.id),
    findings: findings.all,
    openFindings: findings.open,
  };
};

/** What an audit entry says of a case, in a few words: its object's named values. */
const detailOf = (entry: AuditEntry): string =>
  Object.entries(entry.obj)
    .filter(([name]) => name !== 'case')
    .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(' · ');

export const caseHandlers: Handlers = {
  ...onCommand('cases.create', ({ store, session, ports, audit }, { name }) => {
    if (caseByName(store, name) !== undefined)
      throw new NexusError({
        code: 'case.exists',
        category: 'conflict',
        message: `There is already a case “${name}”.`,
        remedy: 'Choose another name, or open that case.',
      });
    const record = { id: ports.ids.next(), name, created_at: new Date(ports.clock.now()).toISOString() };
    insertCase(store, record);
    if (session.opened !== null) assignCreator(store, ports, record.id, session.opened.account);
    audit({ case: record.id, name });
    return summary(store, record);
  }),
  ...onQuery('cases.list', ({ store, session }) => ({
    cases: casesOf(store, session.opened?.account.id ?? '').map(record => summary(store, record)),
  })),
  ...onQuery('cases.read', ({ store }, { caseId }) => {
    const record = requireCase(store, caseId);
    const view = examinationOf(store, caseId);
    const { bySeverity } = factCounts(store, caseId);
    return {
      case: summary(store, record),
      examination:
        view === null
          ? null
          : {
              ranAt: view.ranAt,
              qualityScore: view.quality.score,
              duplicateGroups: view.duplicates.exactGroups,
              nearDuplicates: view.duplicates.near,
              reconciled: view.reconciliation.matched !== null,
              findingsBySeverity: { ...bySeverity },
              stale: view.stale,
            },
      timeline: entriesOfCase(store, caseId, TIMELINE_ENTRIES).map(stored => {
        const entry = JSON.parse(stored.entry) as AuditEntry;
        return { seq: entry.seq, at: entry.ts, actor: entry.actor, act: entry.act, detail: detailOf(entry) };
      }),
    };
  }),
};
