import type { NexusEvents } from '../../contract/events.ts';
import { SYSTEM_ACTOR } from '../../features/audit/service/audit-trail.ts';
import { ThreatWatch } from '../../features/identity/service/threat-watch.ts';
import type { Ports } from '../../platform/ports.ts';
import type { OpenWorkspace } from '../open-workspace.ts';

/** Looks at what each call added to a workspace's log, and raises alerts over it (S26). */
export class ThreatAlerts {
  private readonly ports: Ports;
  private readonly watches = new WeakMap<OpenWorkspace, ThreatWatch>();
  private readonly told: (workspace: OpenWorkspace, alert: NexusEvents['security.alert-raised']) => void;

  /** `told` hears of each alert once it is kept. */
  constructor(ports: Ports, told: (workspace: OpenWorkspace, alert: NexusEvents['security.alert-raised']) => void) {
    this.ports = ports;
    this.told = told;
  }

  /** After a call: what stands in the log since the last look. A store that is held cannot be written to, and is not watched. */
  look(workspace: OpenWorkspace): void {
    const { write, trail } = workspace;
    if (trail.isHeld || !write.connection.open || write.connection.inTransaction) return;
    let watch = this.watches.get(workspace);
    if (watch === undefined) {
      watch = new ThreatWatch(write, this.ports);
      this.watches.set(workspace, watch);
    }
    const signs = watch.look(write);
    if (signs.length === 0) return;
    const own = watch;
    const raised = write.transaction(() =>
      own.raise(write, signs, (act, obj) => trail.append(write, SYSTEM_ACTOR, act, obj)),
    );
    for (const { id, rule, severity, words } of raised) this.told(workspace, { id, rule, severity, words });
  }
}
