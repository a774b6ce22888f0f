import type { GrantedFile } from '../contract/bridge.ts';
import type { NexusErrorData, WireResult } from '../contract/errors.ts';
import type { NexusEvent } from '../contract/events.ts';
import type { SessionId } from './engine-client.ts';

/** How the engine's worker is started. */
export interface EngineWorkerData {
  readonly homeFolder: string;
  /** A standing clock in milliseconds (repeatable runs); null for the real one. */
  readonly fixedClock: number | null;
}

export type EngineRequest =
  | { readonly id: number; readonly method: 'openSession' }
  | { readonly id: number; readonly method: 'closeSession'; readonly session: SessionId }
  | {
      readonly id: number;
      readonly method: 'invoke';
      readonly session: SessionId;
      readonly channel: string;
      readonly input: unknown;
    }
  | {
      readonly id: number;
      readonly method: 'grantPath';
      readonly session: SessionId;
      readonly path: string;
      readonly kind: 'file' | 'folder';
    }
  | { readonly id: number; readonly method: 'warm' }
  | { readonly id: number; readonly method: 'close' };

export type EngineReply =
  | {
      readonly kind: 'reply';
      readonly id: number;
      readonly value: SessionId | WireResult<unknown> | GrantedFile | null;
    }
  | { readonly kind: 'refused'; readonly id: number; readonly error: NexusErrorData }
  | { readonly kind: 'event'; readonly event: NexusEvent; readonly session: SessionId | null };
