import type { Handlers } from '../../../engine/handler.ts';
import { onCommand, onJob, onQuery } from '../../../engine/handler.ts';
import type { OpenWorkspace } from '../../../engine/open-workspace.ts';
import { hex } from '../../../platform/digest.ts';
import type { ReadStore } from '../../../platform/store.ts';
import type { AuditEntry } from '../domain/audit-log.ts';
import type { StoredEntry } from '../domain/verify-chain.ts';
import { clockEvents, countEntries, pageOfEntries } from '../storage/audit.repository.ts';
import { allStations, countCheckpoints, pageOfCheckpoints } from '../storage/audit-checkpoint.repository.ts';
import { auditRoot } from './log-state.ts';
import type { Verification, VerifyTask } from './verify-workspace.ts';

/** What a worker needs to verify a workspace. */
export const verifyTask = (workspace: OpenWorkspace): VerifyTask => ({
  task: 'verify',
  storePath: workspace.storePath,
  key: workspace.dataKey,
  evidenceFolder: workspace.evidenceFolder,
  known: workspace.trail.known(),
});

/** Numbers of the entries of a page, newest first, whose time was not believed when they were written. */
const strayIn = (store: ReadStore, page: readonly StoredEntry[]): ReadonlySet<number> => {
  const stray = new Set<number>();
  let next = 0;
  for (const event of clockEvents(store, page[0]?.seq ?? -1)) {
    const isAnomaly = event.entry.startsWith('{"act":"clock.anomaly"');
    for (; next < page.length && page[next]!.seq >= event.seq; next++) if (isAnomaly) stray.add(page[next]!.seq);
    if (next === page.length) break;
  }
  return stray;
};

export const auditHandlers: Handlers = {
  ...onQuery('audits.list', ({ store }, { offset, limit }) => {
    const page = pageOfEntries(store, offset, limit);
    const stray = strayIn(store, page);
    return {
      total: countEntries(store),
      root: auditRoot(store).root,
      entries: page.map(stored => {
        const entry = JSON.parse(stored.entry) as AuditEntry;
        return {
          seq: entry.seq,
          at: entry.ts,
          actor: entry.actor,
          role: entry.role,
          act: entry.act,
          object: JSON.stringify(entry.obj),
          leaf: hex(stored.leaf),
          clock: stray.has(stored.seq) ? ('unverified' as const) : ('consistent' as const),
        };
      }),
    };
  }),
  ...onQuery('audits.checkpoints', ({ store }, { offset, limit }) => ({
    total: countCheckpoints(store),
    checkpoints: pageOfCheckpoints(store, offset, limit).map(({ size, root, at, reason, station, note }) => ({
      size,
      root: hex(root),
      at,
      reason,
      station,
      note,
    })),
    stations: allStations(store).map(({ station, vkey, from_size: fromSize, at }) => ({ station, vkey, fromSize, at })),
  })),
  ...onCommand('audits.acceptRollback', ({ store, workspace, ports, audit }, { reason }) => {
    const { trail } = workspace();
    const before = trail.head();
    const { problem, mark } = trail.acceptRollback();
    audit({
      reason,
      problem: problem.code,
      'mark-size': mark?.size ?? problem.markSize,
      'mark-root': mark?.root ?? '',
      'mark-at': mark?.at ?? problem.markedAt,
      'store-size': before.size,
      'store-root': before.root,
    });
    trail.checkpoint(store, 'rollback');
    return { mark: { ...trail.head(), at: new Date(ports.clock.now()).toISOString() } };
  }),
  ...onJob('audits.verify', {
    title: () => 'Verification of log and evidence',
    onCancel: 'Nothing is changed by a verification.',
    run: async context => {
      const verification = (await context.pool.run('analysis', verifyTask(context.workspace()), {
        signal: context.signal,
      })) as Verification;
      // In a store that is held nothing is written: its verification is all the more needed.
      if (!context.workspace().trail.isHeld)
        context.write((_store, audit) =>
          audit('log.verified', { ok: verification.ok, entries: verification.entries, root: verification.root }),
        );
      return verification;
    },
  }),
};
