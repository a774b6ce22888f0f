import type { GrantedFile } from '../contract/bridge.ts';
import type { NexusErrorData, WireResult } from '../contract/errors.ts';
import type { NexusEvent } from '../contract/events.ts';
import type { LockReason } from '../contract/sessions.contract.ts';
import type { SessionId } from './engine-client.ts';

/** How the engine is started, on a thread or in a process of its own. */
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
  | { readonly id: number; readonly method: 'lock'; readonly reason: LockReason }
  /** Whether it still holds no key: it is asked for nothing else afterwards, unless it does. */
  | { readonly id: number; readonly method: 'retire' }
  | { readonly id: number; readonly method: 'warm' }
  | { readonly id: number; readonly method: 'close' };

export type EngineReply =
  | {
      readonly kind: 'reply';
      readonly id: number;
      readonly value: SessionId | WireResult<unknown> | GrantedFile | boolean | null;
    }
  | { readonly kind: 'refused'; readonly id: number; readonly error: NexusErrorData }
  | { readonly kind: 'event'; readonly event: NexusEvent; readonly session: SessionId | null }
  /** It held keys and holds none any more. */
  | { readonly kind: 'spent' };

/** A line to an engine, wherever it runs. */
export interface EnginePort {
  post(request: EngineRequest): void;
  onMessage(listener: (reply: EngineReply) => void): void;
  /** Told once, with what is known of the cause. */
  onEnd(listener: (cause: string) => void): void;
  /** Ends the thread or process; settles when it has ended. */
  end(): Promise<void>;
}
