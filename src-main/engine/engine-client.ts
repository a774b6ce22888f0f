import type { GrantedFile } from '../contract/bridge.ts';
import type { WireResult } from '../contract/errors.ts';
import type { NexusEvent } from '../contract/events.ts';

/** A session of one window, command or connection. Made by the host; the actor comes from it, never from a payload. */
export type SessionId = string & { readonly sessionBrand: unique symbol };

/** What a host sees of the engine, wherever it runs. No method throws for a refused request. */
export interface EngineClient {
  openSession(): Promise<SessionId>;
  /** Ends a session: closes its workspace if it was the last to use it. */
  closeSession(session: SessionId): Promise<void>;
  invoke(session: SessionId, channel: string, input: unknown): Promise<WireResult<unknown>>;
  /**
   * Lets a session use one file or folder that the user chose. Only hosts call this; a path never comes from a window.
   * Rejects with a NexusError when the path is not there or cannot be read.
   */
  grantPath(session: SessionId, path: string, kind: 'file' | 'folder'): Promise<GrantedFile>;
  subscribe(listener: (event: NexusEvent, session: SessionId | null) => void): () => void;
  /** Stops jobs, closes stores, ends the worker threads. */
  close(): Promise<void>;
}
