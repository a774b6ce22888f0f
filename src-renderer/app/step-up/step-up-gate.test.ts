import { describe, expect, it } from 'vitest';
import type { NexusErrorData, WireResult } from '../../../src-main/contract/errors.ts';
import { engineApi } from '../engine/engine-api.ts';
import { createStore } from '../store.ts';
import type { Bridge } from '../transport/bridge.ts';
import { StepUpGate } from './step-up-gate.ts';

const NEEDED: NexusErrorData = { code: 'session.step-up-needed', category: 'permission', message: 'A proof is due.' };

/** An engine that refuses until it was proved. */
const guarded = (proved: { now: boolean }) => {
  const calls: string[] = [];
  const bridge: Bridge = {
    host: 'browser',
    invoke: async (channel): Promise<WireResult<unknown>> => {
      calls.push(channel);
      return proved.now ? { ok: true, value: {} } : { ok: false, error: NEEDED };
    },
    subscribe: () => () => {},
    chooseFiles: async () => [],
    chooseFolder: async () => null,
    grantDroppedFiles: async () => [],
    sampleFiles: async () => [],
  };
  return { bridge, calls };
};

describe('a call that needs a fresh proof', () => {
  it('waits for it, is made again, and answers as if nothing had been asked', async () => {
    const proved = { now: false };
    const gate = new StepUpGate();
    const { bridge, calls } = guarded(proved);
    const store = createStore(bridge, gate);
    const first = store.dispatch(engineApi.endpoints['factors.disable'].initiate({}));
    const second = store.dispatch(engineApi.endpoints['factors.renewCodes'].initiate({}));
    await expect.poll(() => calls).toHaveLength(2);
    expect(gate.isWaiting()).toBe(true);
    proved.now = true;
    gate.settle(true);
    expect((await first).error).toBeUndefined();
    expect((await second).error).toBeUndefined();
    expect(calls.filter(call => call === 'factors.disable')).toHaveLength(2);
    expect(gate.isWaiting()).toBe(false);
  });

  it('is refused where the person gives none, and is not made again', async () => {
    const gate = new StepUpGate();
    const { bridge, calls } = guarded({ now: false });
    const call = createStore(bridge, gate).dispatch(engineApi.endpoints['factors.disable'].initiate({}));
    await expect.poll(gate.isWaiting).toBe(true);
    gate.settle(false);
    expect((await call).error).toEqual(NEEDED);
    expect(calls).toEqual(['factors.disable']);
  });
});
