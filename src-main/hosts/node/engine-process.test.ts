import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WireResult } from '../../contract/errors.ts';
import type { NexusEvent } from '../../contract/events.ts';
import type { SessionId } from '../../engine/engine-client.ts';
import type { EnginePort } from '../../engine/engine-worker-protocol.ts';
import { type LockingEngine, lockingEngine } from '../../engine/locking-engine.ts';
import { forkEngine } from './engine-process.ts';

const PASSPHRASE = 'correct horse battery staple';
const OPEN = { location: { name: 'Inquiry' }, passphrase: PASSPHRASE, actor: 'Ada' };

// The vault lies in the home folder: no desktop's keychain is asked, and none is filled by a test.
process.env.DBUS_SESSION_BUS_ADDRESS = 'unix:path=/nonexistent';

let home: string;
let engine: LockingEngine;
let session: SessionId;
let ports: EnginePort[];
let events: { readonly event: NexusEvent; readonly session: SessionId | null }[];
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'nexus-process-'));
  ports = [];
  events = [];
  engine = lockingEngine(() => {
    const port = forkEngine({ homeFolder: home, fixedClock: null });
    ports.push(port);
    return port;
  });
  engine.subscribe((event, to) => events.push({ event, session: to }));
  session = await engine.openSession();
});
afterEach(async () => {
  await engine.close();
  rmSync(home, { recursive: true });
});

const value = async (channel: string, input: unknown, by = session): Promise<Record<string, unknown>> => {
  const answer: WireResult<unknown> = await engine.invoke(by, channel, input);
  if (!answer.ok) throw new Error(`${channel}: ${JSON.stringify(answer.error)}`);
  return answer.value as Record<string, unknown>;
};

/** Process ids of the children of this one that run an engine. */
const enginePids = (): string[] =>
  readdirSync('/proc').filter(pid => {
    if (!/^\d+$/.test(pid) || !existsSync(`/proc/${pid}/cmdline`)) return false;
    try {
      return (
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('engine-process') &&
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(home)
      );
    } catch {
      // It ended while it was looked at.
      return false;
    }
  });

const until = async (condition: () => boolean): Promise<void> => {
  const startedMs = performance.now();
  while (!condition()) {
    if (performance.now() - startedMs > 30_000) throw new Error('waited in vain');
    await new Promise(resolve => setTimeout(resolve, 20));
  }
};

describe('the engine in a process of its own', { timeout: 120_000 }, () => {
  it('ends at a lock with every key in it; the window goes on with a fresh one, signed out', async () => {
    await value('workspaces.create', OPEN);
    await value('cases.create', { name: 'Kept' });
    const [before] = enginePids();
    expect(enginePids()).toHaveLength(1);
    // its memory is left out of core dumps.
    expect(Number.parseInt(readFileSync(`/proc/${before}/coredump_filter`, 'utf8'), 16)).toBe(0);
    await engine.lock('suspended');
    expect(events.at(-1)).toEqual({ event: { name: 'session.locked', payload: { reason: 'suspended' } }, session });
    await until(() => !existsSync(`/proc/${before}`));
    expect(await value('workspaces.status', {})).toMatchObject({ open: false });
    expect(enginePids()).toHaveLength(1);
    expect(enginePids()).not.toContain(before);
    expect(await value('workspaces.open', OPEN)).toMatchObject({ open: true, caseCount: 1 });
    const log = (await value('audits.list', {})).entries as { act: string; object: string }[];
    expect(log.map(entry => entry.act)).toEqual(expect.arrayContaining(['session.locked', 'workspace.closed']));
  });

  it('also ends when the last workspace is closed, or locked by the window itself', async () => {
    await value('workspaces.create', OPEN);
    const [first] = enginePids();
    await value('workspaces.close', {});
    await until(() => !existsSync(`/proc/${first}`));
    await value('workspaces.open', OPEN);
    const [second] = enginePids();
    await value('sessions.lock', {});
    await until(() => !existsSync(`/proc/${second}`));
    expect(ports).toHaveLength(3);
  });

  it('stays while another window still works', async () => {
    await value('workspaces.create', OPEN);
    const other = await engine.openSession();
    await value('workspaces.open', OPEN, other);
    const [pid] = enginePids();
    await value('workspaces.close', {});
    expect(await value('workspaces.status', {}, other)).toMatchObject({ open: true });
    expect(enginePids()).toEqual([pid]);
  });

  it('is not replaced while nobody ever signed in, nor by a wrong passphrase', async () => {
    await value('workspaces.create', OPEN);
    await value('workspaces.close', {});
    await until(() => ports.length === 2);
    expect(
      await engine.invoke(session, 'workspaces.open', { ...OPEN, passphrase: 'wrong horse battery staple' }),
    ).toMatchObject({
      ok: false,
      error: { code: 'workspace.locked' },
    });
    await value('workspaces.list', {});
    expect(ports).toHaveLength(2);
  });

  it('that does not answer a lock is ended: it keeps its keys no longer', async () => {
    const others = enginePids();
    const hung = lockingEngine(() => forkEngine({ homeFolder: home, fixedClock: null }), 300);
    try {
      const told: NexusEvent[] = [];
      hung.subscribe(event => told.push(event));
      const window = await hung.openSession();
      expect(await hung.invoke(window, 'workspaces.create', OPEN)).toMatchObject({ ok: true });
      const pid = enginePids().find(candidate => !others.includes(candidate));
      process.kill(Number(pid), 'SIGSTOP');
      await hung.lock('suspended');
      expect(existsSync(`/proc/${pid}`)).toBe(false);
      expect(told.at(-1)).toEqual({ name: 'session.locked', payload: { reason: 'engine-stopped' } });
      expect(await hung.invoke(window, 'workspaces.open', OPEN)).toMatchObject({ ok: true });
    } finally {
      await hung.close();
    }
  });

  it('that is killed in the middle of a try does not forget the try (R-15)', async () => {
    await value('workspaces.create', OPEN);
    await value('workspaces.close', {});
    await until(() => ports.length === 2);
    await until(() => enginePids().length === 1);
    const tries = () => readdirSync(join(home, '.station')).some(name => name.startsWith('tries.'));
    expect(tries()).toBe(false);
    const asked = engine.invoke(session, 'workspaces.open', { ...OPEN, passphrase: 'wrong horse battery staple' });
    await until(tries);
    process.kill(Number(enginePids().at(-1)), 'SIGKILL');
    expect(await asked).toMatchObject({ ok: false, error: { code: 'engine.stopped' } });
    expect(await value('workspaces.open', OPEN)).toMatchObject({ open: true, lastSignIn: { failedSince: 1 } });
  });

  it('that is killed is replaced; windows are told and what was confirmed is there', async () => {
    await value('workspaces.create', OPEN);
    await value('cases.create', { name: 'Confirmed' });
    const [pid] = enginePids();
    process.kill(Number(pid), 'SIGKILL');
    await until(() => events.some(({ event }) => event.name === 'session.locked'));
    expect(events.at(-1)).toEqual({
      event: { name: 'session.locked', payload: { reason: 'engine-stopped' } },
      session,
    });
    expect(await value('workspaces.open', OPEN)).toMatchObject({ caseCount: 1 });
  });
});
