import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import type { NexusEvent } from '../../../src-main/contract/events.ts';
import type { ConnectionState } from './bridge.ts';
import { createBrowserBridge } from './browser-bridge.ts';

const servers: WebSocketServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate();
    server.close();
  }
});

/** What a tab keeps over a reload. */
const tabStorage = (entries: Record<string, string> = {}) => {
  const kept = new Map(Object.entries(entries));
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
};

/** A host that echoes the channel, keeps every message, and says its session and an event after the token. */
const startHost = async (port = 0) => {
  const server = new WebSocketServer({ host: '127.0.0.1', port, path: '/bridge' });
  servers.push(server);
  const messages: unknown[] = [];
  server.on('connection', socket =>
    socket.on('message', data => {
      const message = JSON.parse((data as Buffer).toString()) as { id?: number; channel?: string };
      messages.push(message);
      if (message.id === undefined) {
        socket.send(JSON.stringify({ session: 'key-1' }));
        socket.send(JSON.stringify({ event: { name: 'workspace.opened', payload: { name: 'W' } } }));
      } else if (message.channel !== 'never')
        socket.send(JSON.stringify({ id: message.id, result: { ok: true, value: message.channel } }));
    }),
  );
  await new Promise(resolve => server.once('listening', resolve));
  const address = server.address() as { port: number };
  return { server, messages, port: address.port, origin: `http://127.0.0.1:${address.port}` };
};

describe('browser bridge', () => {
  it('sends the token first, then holds requests made before the connection stood', async () => {
    const host = await startHost();
    const bridge = createBrowserBridge(host.origin, 'secret', tabStorage());
    expect(await bridge.invoke('cases.list', {})).toEqual({ ok: true, value: 'cases.list' });
    expect(host.messages[0]).toEqual({ token: 'secret' });
  });

  it('hands events to every listener until it leaves', async () => {
    const host = await startHost();
    const bridge = createBrowserBridge(host.origin, '', tabStorage());
    const seen: NexusEvent[] = [];
    await new Promise<void>(resolve => {
      bridge.subscribe(event => {
        seen.push(event);
        resolve();
      });
    });
    expect(seen).toEqual([{ name: 'workspace.opened', payload: { name: 'W' } }]);
  });

  it('answers waiting requests when the connection is lost, says so, and connects again', async () => {
    const host = await startHost();
    const bridge = createBrowserBridge(host.origin, '', tabStorage());
    const states: ConnectionState[] = [];
    bridge.watchConnection?.(state => states.push(state));
    await bridge.invoke('cases.list', {});
    const waiting = bridge.invoke('never', {});
    for (const client of host.server.clients) client.terminate();
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'connection.lost' } });
    const deadline = Date.now() + 5_000;
    while (states.at(-1) !== 'connected' && Date.now() < deadline) await new Promise(done => setTimeout(done, 50));
    expect(states).toEqual(['connecting', 'connected', 'lost', 'connected']);
    expect(await bridge.invoke('cases.list', {})).toEqual({ ok: true, value: 'cases.list' });
  });

  it('joins its session again after a break and after a reload', async () => {
    const host = await startHost();
    const storage = tabStorage();
    const bridge = createBrowserBridge(host.origin, 'secret', storage);
    await bridge.invoke('cases.list', {});
    expect(storage.getItem('nexus.session')).toBe('key-1');
    const reloaded = createBrowserBridge(host.origin, 'secret', storage);
    await reloaded.invoke('cases.list', {});
    expect(host.messages).toContainEqual({ token: 'secret', session: 'key-1' });
  });

  // The codes are those of hosts/node: window-sessions.ts TAKEN_OVER, bridge-socket.ts NOT_AUTHENTICATED.
  it.each([
    [4409, 'taken-over'],
    [4401, 'refused'],
  ] as const)('does not come back after close code %i', async (code, state) => {
    const host = await startHost();
    const bridge = createBrowserBridge(host.origin, '', tabStorage());
    const states: ConnectionState[] = [];
    bridge.watchConnection?.(next => states.push(next));
    await bridge.invoke('cases.list', {});
    for (const client of host.server.clients) client.close(code);
    await new Promise(done => setTimeout(done, 800));
    expect(states).toEqual(['connecting', 'connected', state]);
    expect(await bridge.invoke('cases.list', {})).toMatchObject({ ok: false, error: { code: 'connection.lost' } });
  });
});
