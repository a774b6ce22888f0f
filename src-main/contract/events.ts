import type { AlertRule } from './alerts.contract.ts';
import type { JobView } from './jobs.contract.ts';
import type { LockReason } from './sessions.contract.ts';

/** What the engine tells its hosts. Names in the past tense. */
export interface NexusEvents {
  'job.started': JobView;
  'job.progressed': JobView;
  'job.finished': JobView;
  'workspace.opened': { readonly name: string };
  'workspace.closed': Record<string, never>;
  /** A session's workspace was closed over its head: the window shows the sign-in, with the reason. */
  'session.locked': { readonly reason: LockReason };
  /** The threat rules raised an alert; told to sessions whose rights reach alerts. */
  'security.alert-raised': {
    readonly id: string;
    readonly rule: AlertRule;
    readonly severity: 'high' | 'medium';
    readonly words: string;
  };
  /** Something a screen may show changed; tags are RTK Query tag names. */
  'records.changed': { readonly tags: readonly string[] };
}
export type EventName = keyof NexusEvents;
export type NexusEvent = { [N in EventName]: { readonly name: N; readonly payload: NexusEvents[N] } }[EventName];
