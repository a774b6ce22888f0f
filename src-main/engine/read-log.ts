import type { ReadMark } from '../contract/channel.ts';
import type { ChannelName } from '../contract/index.ts';
import { findingById } from '../features/detection/storage/finding.repository.ts';
import { sourceById } from '../features/ingestion/storage/source.repository.ts';
import { reportById } from '../features/reports/storage/report.repository.ts';
import { hex, sha256, utf8 } from '../platform/digest.ts';
import type { Ports } from '../platform/ports.ts';
import type { ReadStore } from '../platform/store.ts';
import type { OpenedSession } from './session.ts';
import { ViewMemory } from './view-memory.ts';

type Named = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The case that a query's input leads to; null where it names none that is there. */
const caseOf = (store: ReadStore, input: Named): string | null => {
  const caseId = textOf(input.caseId);
  const sourceId = textOf(input.sourceId);
  const findingId = textOf(input.findingId);
  const reportId = textOf(input.reportId);
  if (caseId !== null) return caseId;
  if (sourceId !== null) return sourceById(store, sourceId)?.case_id ?? null;
  if (findingId !== null) return findingById(store, findingId)?.case_id ?? null;
  if (reportId !== null) return reportById(store, reportId)?.case_id ?? null;
  return null;
};

/** What left: the file's content, or the answer as a whole. */
const exportedText = (output: Named): string => textOf(output.content) ?? JSON.stringify(output);

/**
 * Logs what was read, before the answer is given: a look at evidence once a session, case, kind and ten minutes, an
 * export each time with its digest. A store that is held because it is older than its anchor can be read and not written:
 * its readers are not in its log.
 */
export class ReadLog {
  private readonly ports: Ports;
  private readonly seen = new WeakMap<OpenedSession, ViewMemory>();
  constructor(ports: Ports) {
    this.ports = ports;
  }

  note(opened: OpenedSession, channel: ChannelName, mark: ReadMark, input: Named, output: Named): void {
    const { workspace } = opened;
    if (workspace.trail.isHeld) return;
    const caseId = caseOf(workspace.read, input);
    if (mark.kind === 'view' && !this.isNew(opened, `${caseId ?? ''} ${mark.of}`)) return;
    const named = { channel, of: mark.of, ...(caseId === null ? {} : { case: caseId }) };
    workspace.write.transaction(() => {
      if (mark.kind === 'view') workspace.trail.append(workspace.write, opened, 'evidence.viewed', named);
      else {
        const digest = `sha256:${hex(sha256(utf8(exportedText(output))))}`;
        const act = mark.of === 'reports' ? 'report.exported' : 'records.exported';
        workspace.trail.append(workspace.write, opened, act, {
          ...named,
          digest,
          ...(typeof input.reportId === 'string' ? { report: input.reportId } : {}),
        });
      }
    });
  }

  private isNew(opened: OpenedSession, what: string): boolean {
    let memory = this.seen.get(opened);
    if (memory === undefined) {
      memory = new ViewMemory();
      this.seen.set(opened, memory);
    }
    return memory.isNew(what, this.ports.clock.monotonic());
  }
}
