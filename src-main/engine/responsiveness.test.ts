import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobView } from '../contract/jobs.contract.ts';
import { generate, INSTANT } from './engine.fixture.ts';
import type { EngineClient, SessionId } from './engine-client.ts';
import { startEngine } from './start-engine.ts';

const ROWS = 150_000;
/**
 * A person is promised 50 ms. The test allows more, and bounds the median: an engine that computes on the thread which answers
 * misses it by seconds, other programs' work on the same processors does not. The slowest answers are printed.
 */
const BOUND_MS = 250;

const folder = mkdtempSync(join(tmpdir(), 'nexus-responsive-'));
const file = join(folder, 'large.csv');
const smallFile = join(folder, 'small.csv');
let engine: EngineClient;
let session: SessionId;
beforeAll(async () => {
  generate(file, ROWS);
  generate(smallFile, 5_000, { seed: 2 });
  engine = startEngine({ homeFolder: join(folder, 'home'), fixedClock: INSTANT });
  session = await engine.openSession();
}, 60_000);
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const invoke = async <T>(channel: string, input: unknown): Promise<T> => {
  const answer = await engine.invoke(session, channel, input);
  if (!answer.ok) throw new Error(`${channel} was refused: ${JSON.stringify(answer.error)}`);
  return answer.value as T;
};
const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)]!;

describe('while a large file is imported and examined', () => {
  it('the host’s thread and the interactive channels stay responsive', async () => {
    await invoke('workspaces.create', {
      location: { name: 'Large' },
      passphrase: 'correct horse battery staple',
      actor: 'Ada',
    });
    const { id: caseId } = await invoke<{ id: string }>('cases.create', { name: 'Large' });
    const small = await invoke<{ id: string }>('cases.create', { name: 'Small' });
    const page = (offset: number): Promise<unknown> =>
      invoke('transactions.page', { caseId: small.id, sort: 'amount', offset });
    const finished = (jobId: string): Promise<JobView> =>
      new Promise(resolve => {
        const stop = engine.subscribe(event => {
          if (event.name !== 'job.finished' || event.payload.jobId !== jobId) return;
          stop();
          resolve(event.payload);
        });
      });
    const run = async (channel: string, input: unknown): Promise<JobView> => {
      const { jobId } = await invoke<{ jobId: string }>(channel, input);
      return finished(jobId);
    };

    // A person who has a case open in the grid: the workers that answer have been started (a cold start is no answer time).
    const { grant: beside } = await engine.grantPath(session, smallFile, 'file');
    await run('imports.start', { caseId: small.id, files: [{ grant: beside }] });
    await Promise.all([page(0), invoke('transactions.facets', { caseId: small.id })]);

    const answeredMs: Record<string, number[]> = { 'jobs.list': [], 'cases.list': [], 'transactions.page': [] };
    const errors: unknown[] = [];
    const calls = Object.keys(answeredMs);
    const pending: Promise<void>[] = [];
    let asked = 0;
    const ask = async (channel: string): Promise<void> => {
      const from = performance.now();
      await (channel === 'transactions.page' ? page((asked * 100) % 4_000) : invoke(channel, {}));
      answeredMs[channel]!.push(performance.now() - from);
    };
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const started = performance.now();
    const timer = setInterval(
      () => pending.push(ask(calls[asked++ % calls.length]!).catch((error: unknown) => void errors.push(error))),
      20,
    );
    const grant = await engine.grantPath(session, file, 'file');
    const imported = await run('imports.start', { caseId, files: [{ grant: grant.grant }] });
    const examined = await run('examinations.run', { caseId });
    clearInterval(timer);
    delay.disable();
    await Promise.all(pending);

    expect(errors).toEqual([]);
    expect([imported.state, examined.state]).toEqual(['done', 'done']);
    const hostP99 = delay.percentile(99) / 1e6;
    console.info(
      `${ROWS} rows in ${Math.round(performance.now() - started)} ms; host event loop p99 ${hostP99.toFixed(1)} ms, worst ${(delay.max / 1e6).toFixed(1)} ms; ${calls
        .map(
          channel =>
            `${channel} (${answeredMs[channel]!.length}) p50 ${percentile(answeredMs[channel]!, 0.5).toFixed(1)} p99 ${percentile(answeredMs[channel]!, 0.99).toFixed(1)} worst ${Math.max(...answeredMs[channel]!).toFixed(1)} ms`,
        )
        .join('; ')}`,
    );
    expect(delay.percentile(50) / 1e6).toBeLessThan(BOUND_MS);
    for (const channel of calls) {
      expect(answeredMs[channel]!.length, channel).toBeGreaterThan(10);
      expect(percentile(answeredMs[channel]!, 0.5), channel).toBeLessThan(BOUND_MS);
    }
  }, 120_000);

  it('an engine whose thread ends refuses every call, and says what is kept', async () => {
    const other = startEngine({ homeFolder: join(folder, 'other') });
    const own = await other.openSession();
    await other.close();
    expect(await other.invoke(own, 'formats.list', {})).toMatchObject({
      ok: false,
      error: { code: 'engine.stopped', category: 'internal', kept: expect.any(String) },
    });
    await expect(other.grantPath(own, file, 'file')).rejects.toMatchObject({ data: { code: 'engine.stopped' } });
    await other.close();
  });
});
