import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
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

const digest = (path: string) => ({ task: 'digest', origin: { kind: 'file', path }, name: 'file' });
const parse = (path: string) => ({
  task: 'parse',
  origin: { kind: 'file', path },
  name: 'file',
  source: -1,
  overrides: {},
  seal: null,
  textSeal: null,
  columnsSeal: null,
  sendSlices: true,
});
const code = (name: string) => expect.objectContaining({ data: expect.objectContaining({ code: name }) });

/** Workers the pool starts, as the process reports them: a test can only kill what it can reach. */
const started: Worker[] = [];
const remember = (worker: Worker): void => void started.push(worker);
process.on('worker', remember);
afterAll(() => void process.off('worker', remember));
const newest = async (): Promise<Worker> => {
  // The process reports a worker in the turn after its start.
  await new Promise(setImmediate);
  return started.at(-1)!;
};

let pool: WorkerPool;
beforeEach(() => {
  pool = new WorkerPool();
});
afterEach(() => pool.close());

describe('a worker pool', () => {
  it('runs tasks of the source as it stands', async () => {
    // printf 'date,amount\n2024-01-31,1.00\n' | sha256sum
    const expected = 'b7fac065362ed145e1c73158771bb9be48db6e183300aba02a807005ce404567';
    expect(await pool.run('parser', digest(small))).toBe(expected);
    const count = started.length;
    expect(await pool.run('parser', digest(small))).toBe(expected);
    expect(started.length).toBe(count);
  });

  it('fails a task with its own refusal and keeps the worker', async () => {
    await expect(pool.run('parser', digest(join(folder, 'nothing')))).rejects.toEqual(code('file.not-found'));
    expect(await pool.run('parser', digest(small))).toMatch(/^[0-9a-f]{64}$/);
  });

  it('ends a busy worker at a cancel', async () => {
    const controller = new AbortController();
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
    expect((await newest()).threadId).toBe(-1);
    expect(await pool.run('parser', digest(small))).toMatch(/^[0-9a-f]{64}$/);
  });

  it('refuses a task that was cancelled before it began', async () => {
    await expect(pool.run('parser', digest(small), { signal: AbortSignal.abort() })).rejects.toEqual(
      code('job.cancelled'),
    );
  });

  it('fails only the task of a worker that dies', async () => {
    const dying = pool.run('parser', parse(large), {
      onMessage: (_body, reply) => reply('credit'),
    });
    const victim = await newest();
    const others = [pool.run('parser', digest(large)), pool.run('analysis', { task: 'checkpoint', storePath, key })];
    await victim.terminate();
    await expect(dying).rejects.toEqual(code('parser.crashed'));
    expect(await Promise.all(others)).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), null]);
    expect(await pool.run('parser', digest(small))).toMatch(/^[0-9a-f]{64}$/);
  });

  it('does not wait for an idle worker that has died', async () => {
    await pool.run('parser', digest(small));
    await (await newest()).terminate();
    expect(await pool.run('parser', digest(small))).toMatch(/^[0-9a-f]{64}$/);
  });

  it('does not wait for a worker started ahead that has died', async () => {
    pool.warm('analysis');
    await (await newest()).terminate();
    expect(await pool.run('analysis', { task: 'checkpoint', storePath, key })).toBeNull();
  });

  it('survives the fault of an idle worker', async () => {
    await pool.run('parser', digest(small));
    (await newest()).emit('error', new Error('late fault'));
    expect(await pool.run('parser', digest(small))).toMatch(/^[0-9a-f]{64}$/);
  });

  it('says what kind of fault ended a task, without a stack', async () => {
    const failed = pool.run('analysis', { task: 'view' });
    await expect(failed).rejects.toEqual(code('internal.fault'));
    await failed.catch((error: unknown) =>
      expect(JSON.stringify((error as { data: unknown }).data)).not.toMatch(/\.ts:|node:internal/),
    );
  });

  it('leaves nothing running once closed', async () => {
    const running = pool
      .run('parser', parse(large), { onMessage: (_body, reply) => reply('credit') })
      .catch((error: unknown) => error);
    pool.warm('analysis');
    await pool.close();
    expect(await running).toEqual(code('worker.crashed'));
    expect(started.filter(worker => worker.threadId !== -1)).toEqual([]);
  });
});

describe('a reader of strangers’ files', () => {
  const hostile = new URL('../workers/hostile-parser.fixture.ts', import.meta.url);
  const file = (word: string): string => {
    const path = join(folder, `${word}.txt`);
    writeFileSync(path, `${word} of a hostile file`);
    return path;
  };
  const limited = (limits: ConstructorParameters<typeof WorkerPool>[0] = {}): WorkerPool =>
    new WorkerPool({ url: hostile, stallMs: 30_000, heapMb: 64, memoryMb: 512, ...limits });

  it.each([
    ['LOOP', 'parser.timeout', 'no progress for 1.5 s'],
    ['HEAP', 'parser.out-of-memory', '64 MiB of its own'],
    ['BUFFERS', 'parser.out-of-memory', '512 MiB in all'],
    ['EXIT', 'parser.crashed', 'exit code 7'],
    ['THROW', 'parser.crashed', 'thrown outside of any promise'],
  ])('is ended: %s gives %s, and the engine’s thread stays free', async (word, expected, text) => {
    const small = limited(word === 'LOOP' ? { stallMs: 1_500 } : {});
    let turns = 0;
    const turning = setInterval(() => turns++, 10);
    try {
      const began = performance.now();
      const error = (await small.run('parser', parse(file(word))).catch((thrown: unknown) => thrown)) as {
        data: { code: string; category: string; message: string };
      };
      expect([error.data.code, error.data.category]).toEqual([expected, 'input']);
      expect(error.data.message).toContain(text);
      const elapsedMs = performance.now() - began;
      expect(elapsedMs).toBeLessThan(20_000);
      // The loop that waits for it turned all the time: a tenth of the ideal leaves room for a busy machine.
      expect(turns).toBeGreaterThan(elapsedMs / 100);
      expect((await newest()).threadId).toBe(-1);
      // The next file is read by a worker of its own.
      expect(await small.run('parser', digest(large))).toMatch(/^[0-9a-f]{64}$/);
    } finally {
      clearInterval(turning);
      await small.close();
    }
  });

  it('is given all the time it needs while it makes progress', async () => {
    const small = limited({ stallMs: 4_000, memoryMb: 4096, heapMb: 1024 });
    const answers: (() => void)[] = [];
    const reading = small.run('parser', parse(large), {
      // The reader waits for its credits, each of which comes late, together longer than a stall may last.
      onMessage: (body, reply) => {
        if ((body as { kind: string }).kind === 'slice') answers.push(() => reply('credit'));
      },
    });
    const timer = setInterval(() => answers.shift()?.(), 2_500);
    try {
      const began = performance.now();
      expect(await reading).toMatchObject({ format: 'csv' });
      expect(performance.now() - began).toBeGreaterThan(4_000);
    } finally {
      clearInterval(timer);
      await small.close();
    }
  });

  it('has nothing of the environment', async () => {
    process.env.NEXUS_PASSPHRASE = 'not for a reader';
    const small = limited({
      url: new URL(
        `data:text/javascript,${encodeURIComponent(
          `import { parentPort } from 'node:worker_threads';
           parentPort.on('message', () => parentPort.postMessage({ kind: 'done', value: Object.keys(process.env) }));`,
        )}`,
      ),
    });
    try {
      expect(await small.run('parser', {})).toEqual([]);
    } finally {
      delete process.env.NEXUS_PASSPHRASE;
      await small.close();
    }
  });
});
