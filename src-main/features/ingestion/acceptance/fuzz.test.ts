import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const DATA = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));
const FUZZ = fileURLToPath(new URL('fuzz.ts', import.meta.url));
const INPUTS = 20_000;
/** The box: twenty thousand inputs take about two minutes of one core. */
const BOX_SECONDS = 600;
/** A hundred inputs take about a second: longer than this without a line and one of them hangs. */
const SILENCE_MS = 60_000;

interface Line {
  readonly at?: number;
  readonly fault?: string;
  readonly sample?: string;
  readonly seed?: number;
  readonly done?: { readonly inputs: number; readonly read: number; readonly refused: number };
}

it(
  'twenty thousand damaged files crash no parser, hang none and lose no record in silence',
  async () => {
    const child = spawn(process.execPath, [FUZZ, DATA, String(INPUTS), String(BOX_SECONDS), '1'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const faults: Line[] = [];
    let last: Line = {};
    let hung = false;
    const watch = (): NodeJS.Timeout =>
      setTimeout(() => {
        hung = true;
        child.kill('SIGKILL');
      }, SILENCE_MS);
    let timer = watch();
    for await (const text of createInterface({ input: child.stdout })) {
      clearTimeout(timer);
      timer = watch();
      last = JSON.parse(text) as Line;
      if (last.fault !== undefined) faults.push(last);
    }
    clearTimeout(timer);
    expect(faults).toEqual([]);
    expect(hung ? `hangs after input ${last.at}` : 'ended').toBe('ended');
    process.stdout.write(`\nfuzz: ${JSON.stringify(last.done)}\n`);
    expect(last.done?.inputs).toBe(INPUTS);
    expect(last.done?.read).toBeGreaterThan(INPUTS / 5);
  },
  (BOX_SECONDS + 60) * 1_000,
);
