import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { IPC_CHANNELS } from '../../../src-preload/ipc-channels.ts';
import { NexusErrorShape, type WireResult } from '../../contract/errors.ts';
import { type ChannelName, contract } from '../../contract/index.ts';
import { Station } from '../../engine/engine.fixture.ts';
import type { EngineClient } from '../../engine/engine-client.ts';

vi.mock('electron', () => import('./electron-double.fixture.ts'));

const electron = await import('./electron-double.fixture.ts');
const { connectWindow } = await import('./ipc-transport.ts');

// mutated calls over every channel, through the window's own transport into a real engine with an open workspace:
// no crash, no unhandled rejection, every answer a result of the one shape, no stack and no path of the program in it.
const CHANNELS = Object.keys(contract) as ChannelName[];
const CALLS = process.env.NEXUS_ATTACKS === 'full' ? 1_000 * CHANNELS.length : 10_000;

interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
}

const WORDS = [
  'a',
  'EUR',
  '2024-01-31',
  '10.00',
  'grant-00000000-0000-4000-8000-000000000001',
  'bank',
  'duplicate-exact',
];
const IDS = ['00000000-0000-4000-8000-000000000003', '00000000-0000-4000-8000-0000000000ff'];

/** Values that fit a channel's input, mostly: the rest is for the channel to refuse. */
const fitting = (schema: Schema): fc.Arbitrary<unknown> => {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices !== undefined) return fc.oneof(...choices.map(fitting));
  switch (schema.type) {
    case 'string':
      return schema.pattern?.includes('[0-9a-f]{8}') ? fc.constantFrom(...IDS) : fc.constantFrom(...WORDS);
    case 'integer':
    case 'number':
      return fc
        .integer({ min: 0, max: 1_000 })
        .map(step => Math.min(schema.maximum ?? Number.MAX_SAFE_INTEGER, Math.ceil(schema.minimum ?? 0) + step));
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(fitting(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: 3 });
    case 'object':
      return fc.record(
        Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, value]) => [key, fitting(value)])),
        { requiredKeys: [...(schema.required ?? [])] },
      );
    default:
      return fc.constant(null);
  }
};

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
/** JSON texts no form sends: unsafe numbers, lone surrogates, control and direction characters, paths, depth, size. */
const HOSTILE = [
  '9007199254740993',
  '-9007199254740993',
  '1e308',
  '1e999',
  '-0',
  '0.1',
  'null',
  'true',
  '{}',
  '[]',
  '"\\ud800"',
  '"\\udc00x"',
  '"\\u0000"',
  '"\\u202efdp.exe"',
  '"\\u001b[2J"',
  '"../../../etc/passwd"',
  '"C:\\\\Windows\\\\win.ini"',
  '"\\\\\\\\?\\\\C:\\\\x"',
  '"__proto__"',
  '"constructor"',
  '"\'; DROP TABLE cases; --"',
  '"%{(#a=1)}"',
  `"${'x'.repeat(20_000)}"`,
  nested(50),
  nested(5_000),
  `{"a":${nested(500)}}`,
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"toJSON":1}',
  '{"length":4294967295}',
];
/** Where a value stands in a JSON text: a replacement of one of these by anything else is a mutation. */
const VALUE_OR_KEY = /"(?:[^"\\]|\\.)*"(:?)|-?\d+(?:\.\d+)?|true|false|null/g;

const mutated = (text: string): fc.Arbitrary<string> => {
  const values = [...text.matchAll(VALUE_OR_KEY)].filter(([, colon]) => colon !== ':');
  const replaced = fc.tuple(fc.nat(), fc.constantFrom(...HOSTILE)).map(([pick, hostile]) => {
    const value = values[pick % Math.max(1, values.length)];
    return value === undefined
      ? hostile
      : text.slice(0, value.index) + hostile + text.slice(value.index + value[0].length);
  });
  const added = fc
    .tuple(
      fc.constantFrom('__proto__', 'constructor', 'unknownKey', 'actor', 'role', 'toString'),
      fc.constantFrom(...HOSTILE),
    )
    .map(([key, hostile]) => `{${JSON.stringify(key)}:${hostile}${text === '{}' ? '' : ','}${text.slice(1)}`);
  const cutOff = fc.nat({ max: text.length }).map(at => text.slice(0, at));
  const whole = fc.constantFrom(...HOSTILE);
  const anything = fc.json();
  return fc.oneof({ weight: 6, arbitrary: replaced }, { weight: 4, arbitrary: added }, cutOff, whole, anything);
};

/** A channel's fitting inputs; made once, a schema is slow to read. */
const inputs = new Map(
  CHANNELS.map(channel => {
    const schema = z.toJSONSchema(contract[channel].input, { io: 'input', unrepresentable: 'any' }) as Schema;
    return [channel, fitting(schema)] as const;
  }),
);
const mutatedCall: fc.Arbitrary<readonly [channel: ChannelName, text: string]> = fc
  .constantFrom(...CHANNELS)
  .chain(channel =>
    inputs.get(channel)!.chain(value => mutated(JSON.stringify(value)).map(text => [channel, text] as const)),
  );

const station = new Station();
const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
beforeAll(async () => {
  await station.create();
  await station.createCase();
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
}, 60_000);
afterAll(async () => {
  process.off('unhandledRejection', note);
  process.off('uncaughtException', note);
  vi.restoreAllMocks();
  await station.close();
});

describe(`${CALLS} mutated calls over ${CHANNELS.length} channels`, () => {
  it('are answered, each by a result of the one shape, and nothing of the program shows', async () => {
    const engine: EngineClient = {
      openSession: async () => station.engine.openSession(),
      closeSession: session => station.engine.closeSession(session),
      invoke: (session, channel, input) => station.engine.invoke(session, channel, input),
      grantPath: async (session, path, kind) => station.engine.grantPath(session, path, kind),
      subscribe: listener => station.engine.subscribe(listener),
      close: async () => undefined,
    };
    const window = new electron.BrowserWindow({});
    connectWindow({ engine, session: station.session, window: window as never, sampleFolder: station.folder });
    const event = { sender: window.webContents, senderFrame: window.webContents.mainFrame };
    // A clock that leaps: the quotas, tested elsewhere, would refuse nearly all of it unread.
    let nowMs = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => {
      nowMs += 1_000;
      return nowMs;
    });
    const codes: Record<string, number> = {};
    const reached = new Set<string>();
    const faults: string[] = [];
    const invoke = electron.ipcHandlers.get(IPC_CHANNELS.invoke)! as (
      ...args: unknown[]
    ) => Promise<WireResult<unknown>>;
    await fc.assert(
      fc.asyncProperty(mutatedCall, async ([channel, text]) => {
        const answer = await invoke(event, channel, text);
        reached.add(channel);
        const code = answer.ok ? 'ok' : answer.error.code;
        codes[code] = (codes[code] ?? 0) + 1;
        if (code === 'internal.fault' || code === 'host.fault') faults.push(`${channel} ${text.slice(0, 300)}`);
        // A mutation may lock or close: the others need an open workspace.
        if (code === 'workspace.closed') await station.open();
        if (answer.ok) {
          // A mutation may still be a valid call. One that starts a job has shown what it had to: it may end here.
          const { jobId } = (answer.value ?? {}) as { jobId?: string };
          if (jobId !== undefined && channel !== 'jobs.read')
            await station.engine.invoke(station.session, 'jobs.cancel', { jobId });
          return;
        }
        NexusErrorShape.parse(answer.error);
        expect(JSON.stringify(answer.error)).not.toMatch(
          /\n\s+at |\.[cm]?[jt]s:\d|node:internal|node_modules|src-main|SQLITE_/,
        );
      }),
      { numRuns: CALLS, endOnFailure: true },
    );
    console.info(`${CALLS} mutated calls: ${JSON.stringify(codes)}`);
    expect(reached.size).toBe(CHANNELS.length);
    // Those that were refused at the door and those that went through it: both must have been met.
    expect(codes['input.invalid']).toBeGreaterThan(CALLS / 4);
    expect(codes['rate.exceeded'] ?? 0).toBeLessThan(CALLS / 100);
    expect(faults).toEqual([]);
    expect(unhandled).toEqual([]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(await station.call('formats.list', {})).toMatchObject({ ok: true });
  }, 600_000);

  it('leave the store whole', async () => {
    if (!(await station.invoke('workspaces.status', {})).open) await station.open();
    const { view, result } = await station.run('audits.verify', {});
    expect([view.state, result.ok, result.problems]).toEqual(['done', true, []]);
  }, 60_000);
});
