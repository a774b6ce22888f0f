import { basename } from 'node:path';
import type { WireResult } from '../../contract/errors.ts';
import type { NexusEvent } from '../../contract/events.ts';
import type { LockReason } from '../../contract/sessions.contract.ts';
import type { EngineClient, SessionId } from '../../engine/engine-client.ts';
import type { LockingEngine } from '../../engine/locking-engine.ts';

/** An engine for host tests: keeps what it was asked and answers `{channel, input}`, or what `answers` says. */
export class EngineDouble implements LockingEngine {
  readonly locked: LockReason[] = [];
  readonly invoked: { session: SessionId; channel: string; input: unknown }[] = [];
  readonly granted: { session: SessionId; path: string; kind: 'file' | 'folder' }[] = [];
  readonly open = new Set<SessionId>();
  closed = false;
  answer: (channel: string, input: unknown) => Promise<WireResult<unknown>> = (channel, input) =>
    Promise.resolve({ ok: true, value: { channel, input } });
  private readonly listeners = new Set<(event: NexusEvent, session: SessionId | null) => void>();
  private count = 0;

  openSession(): Promise<SessionId> {
    this.count += 1;
    const session = `session-${this.count}` as SessionId;
    this.open.add(session);
    return Promise.resolve(session);
  }
  closeSession(session: SessionId): Promise<void> {
    this.open.delete(session);
    return Promise.resolve();
  }
  invoke(session: SessionId, channel: string, input: unknown): Promise<WireResult<unknown>> {
    this.invoked.push({ session, channel, input });
    return this.answer(channel, input);
  }
  grantPath(session: SessionId, path: string, kind: 'file' | 'folder'): ReturnType<EngineClient['grantPath']> {
    this.granted.push({ session, path, kind });
    return Promise.resolve({ grant: `grant-${this.granted.length}`, name: basename(path), bytes: 1 });
  }
  subscribe(listener: (event: NexusEvent, session: SessionId | null) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  emit(event: NexusEvent, session: SessionId | null): void {
    for (const listener of this.listeners) listener(event, session);
  }
  lock(reason: LockReason): Promise<void> {
    this.locked.push(reason);
    return Promise.resolve();
  }
  get subscribers(): number {
    return this.listeners.size;
  }
  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}
