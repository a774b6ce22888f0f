import type { Handlers } from '../../../engine/handler.ts';
import { onJob, onQuery } from '../../../engine/handler.ts';
import type { OpenWorkspace } from '../../../engine/open-workspace.ts';
import { hex } from '../../../platform/digest.ts';
import type { AuditEntry } from '../domain/audit-log.ts';
import { countEntries, pageOfEntries } from '../storage/audit.repository.ts';
import { auditRoot } from './audit-trail.ts';
import type { Verification, VerifyTask } from './verify-workspace.ts';

/** What a worker needs to verify a workspace. */
export const verifyTask = (workspace: OpenWorkspace): VerifyTask => ({
  task: 'verify',
  storePath: workspace.storePath,
  key: workspace.dataKey,
  evidenceFolder: workspace.evidenceFolder,
});

export const auditHandlers: Handlers = {
  ...onQuery('audits.list', ({ store }, { offset, limit }) => ({
    total: countEntries(store),
    root: auditRoot(store).root,
    entries: pageOfEntries(store, offset, limit).map(stored => {
      const entry = JSON.parse(stored.entry) as AuditEntry;
      return {
        seq: entry.seq,
        at: entry.ts,
        actor: entry.actor,
        role: entry.role,
        act: entry.act,
        object: JSON.stringify(entry.obj),
        leaf: hex(stored.leaf),
      };
    }),
  })),
  ...onJob('audits.verify', {
    title: () => 'Verification of log and evidence',
    onCancel: 'Nothing is changed by a verification.',
    run: async context => {
      const workspace = context.workspace();
      const verification = (await context.pool.run('analysis', verifyTask(workspace), {
        signal: context.signal,
      })) as Verification;
      context.write((_store, audit) =>
        audit('log.verified', { ok: verification.ok, entries: verification.entries, root: verification.root }),
      );
      return verification;
    },
  }),
};
