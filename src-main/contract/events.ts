import type { JobView } from './jobs.contract.ts';

/** What the engine tells its hosts. Names in the past tense. */
export interface NexusEvents {
  'job.started': JobView;
  'job.progressed': JobView;
  'job.finished': JobView;
  'workspace.opened': { readonly name: string };
  'workspace.closed': Record<string, never>;
  /** Something a screen may show changed; tags are RTK Query tag names. */
  'records.changed': { readonly tags: readonly string[] };
}
export type EventName = keyof NexusEvents;
export type NexusEvent = { [N in EventName]: { readonly name: N; readonly payload: NexusEvents[N] } }[EventName];
