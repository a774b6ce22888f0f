import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generate } from '../engine/engine.fixture.ts';
import { openDatabase } from './database.ts';
import { WorkerPool } from './worker-pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'nexus-pool-'));
afterAll(() => rmSync(folder, { recursive: true }));
const small = join(folder, 'small.csv');
writeFileSync(small, 'date,amount\n2024-01-31,1.00\n');
const large = join(folder, 'large.csv');
generate(large, 150_000);
const storePath = join(folder, 'store.db');
const key = new Uint8Array(randomBytes(32));
openDatabase(storePath, key, { mode: 'create' }).close();

const digest = (path: string) => ({ task: 'digest', path, name: 'file' });
const parse = (path: string) => ({
  task: 'parse',
  path,
  name: 'file',
  source: -1,
  overrides: {},
  seal: null,
  sendSlices: true,
});
const code = (name: string) => expect.objectContaining({ data: expect.objectContaining({ code: name }) });

/** A key that is no bytes makes an analysis worker read far beyond what a thread may hold: it dies, as of a fault of its own. */
const fatalTask = { task: 'fatal' };

let pool: WorkerPool;
beforeEach(() => {
  pool = new WorkerPool();
});
afterEach(() => pool.close());

describe('a worker pool', () => {
  it('runs tasks of the source as it stands', async () => {
    // printf 'date,amount\n2024-01-31,1.00\n' | sha256sum
    expect(await pool.run('parser', digest(small))).toBe(
      'b1d79f5b8ac8f9c27a24d0bb1b4c8c05c1f0f0d8a1d8f1ae3a3cc3c1b1f1b4c6',
    );
  });

  it('fails a task with its own refusal and keeps the worker', async () => {
    await expect(pool.run('parser', digest(join(folder, 'nothing')))).rejects.toEqual(code('file.not-found'));
    expect(await pool.run('parser', digest(small))).toMatch(/^[0-9a-f]{64}$/);
  });

  it('ends a busy worker at a cancel, within a second', async () => {
    const controller = new AbortController();
    const started = performance.now();
    let slices = 0;
    const running = pool.run('parser', parse(large), {
      signal: controller.signal,
      onMessage: (body, reply) => {
        if ((body as { kind: string }).kind === 'slice') {
          slices += 1;
          reply('credit');
          controller.abort();
        }
      },
    });
    await expect(running).rejects.toEqual(code('job.cancelled'));
    expect(slices).toBe(1);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(await pool.run('parser', digest(small))).toMatch(/^[0-9a-f]{64}$/);
  });

  it('refuses a task that was cancelled before it began', async () => {
    await expect(pool.run('parser', digest(small), { signal: AbortSignal.abort() })).rejects.toEqual(
      code('job.cancelled'),
    );
  });
});
