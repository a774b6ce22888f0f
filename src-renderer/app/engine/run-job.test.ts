import { describe, expect, it } from 'vitest';
import { createStore } from '../store.ts';
import type { Bridge } from '../transport/bridge.ts';
import { CASE_ID, createMemoryBridge } from '../transport/memory-bridge.fixture.ts';
import { runJob } from './run-job.ts';

/** Answers a job's id only after the job has ended, as a fast job over a slow connection does. */
const lateAnswers = (bridge: Bridge): Bridge => ({
  ...bridge,
  invoke: async (channel, input) => {
    const answer = await bridge.invoke(channel, input);
    await new Promise(resolve => setTimeout(resolve, 60));
    return answer;
  },
});

describe('runJob', () => {
  it('hands back the result of the job', async () => {
    const store = createStore(createMemoryBridge({ jobMs: 5 }));
    const outcome = await store.dispatch(runJob('audits.verify', {}));
    expect(outcome).toMatchObject({ state: 'done', result: { ok: true, entries: 42 } });
  });

  it('misses no job that ends before its id arrives', async () => {
    const store = createStore(lateAnswers(createMemoryBridge({ jobMs: 5 })));
    const outcome = await store.dispatch(runJob('examinations.run', { caseId: CASE_ID }));
    expect(outcome.state).toBe('done');
    expect(Object.values(store.getState().jobs.byId).map(job => job.state)).toEqual(['done']);
  });

  it('turns a refusal into an outcome, not an exception', async () => {
    const error = { code: 'permission.denied', category: 'permission', message: 'Not for judges' } as const;
    const bridge: Bridge = { ...createMemoryBridge(), invoke: async () => ({ ok: false, error }) };
    const outcome = await createStore(bridge).dispatch(runJob('audits.verify', {}));
    expect(outcome).toEqual({ state: 'failed', error });
  });
});
