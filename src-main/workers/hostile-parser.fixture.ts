import { readFileSync } from 'node:fs';
import type { ParserTask } from '../features/ingestion/service/parser-tasks.ts';
import { runParserTask } from '../features/ingestion/service/parser-tasks.ts';
import { serveTasks } from '../platform/worker-task.ts';

// The parser worker as it is, with the faults a hostile file could drive a reader into: which one, the file's first word says.
const FAULTS: Readonly<Record<string, () => void>> = {
  LOOP: () => {
    for (;;) Math.sqrt(2);
  },
  HEAP: () => {
    const kept: number[][] = [];
    for (;;) kept.push(Array.from({ length: 10_000 }, (_, i) => i + kept.length));
  },
  BUFFERS: () => {
    const kept: Buffer[] = [];
    // 4 GiB and then a loop: nothing of it is on the worker's own heap.
    while (kept.length < 400) kept.push(Buffer.alloc(10 << 20));
    for (;;) Math.sqrt(kept.length);
  },
  EXIT: () => process.exit(7),
  THROW: () => {
    setImmediate(() => {
      throw new Error('thrown outside of any promise');
    });
  },
};

serveTasks(async (task, channel) => {
  const { task: kind, origin } = task as ParserTask & { readonly origin?: { readonly path?: string } };
  const path = kind === 'parse' ? origin?.path : undefined;
  const word = path === undefined ? '' : (/^[A-Z]+/.exec(readFileSync(path).toString('latin1', 0, 16))?.[0] ?? '');
  const fault = FAULTS[word];
  if (fault === undefined) return runParserTask(task as ParserTask, channel);
  fault();
  // What was thrown later ends the worker before this does.
  return new Promise<never>(() => undefined);
});
