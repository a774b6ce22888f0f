import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measured {
  readonly seconds: number;
  /** Highest resident memory of the process; null where the system does not tell (no /proc). */
  readonly peakMiB: number | null;
  readonly output: string;
}

const peakOf = (pid: number): number | null => {
  try {
    const match = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return match === null ? null : Number(match[1]) / 1024;
  } catch {
    return null; // ended between two looks
  }
};

/** Runs a command from start to exit; rejects when it fails. */
export const measure = (command: string, args: readonly string[]): Promise<Measured> =>
  new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let peak: number | null = null;
    const look = setInterval(() => {
      const seen = child.pid === undefined ? null : peakOf(child.pid);
      if (seen !== null) peak = Math.max(peak ?? 0, seen);
    }, 20);
    const out: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', reject);
    child.on('close', code => {
      clearInterval(look);
      if (code !== 0)
        reject(new Error(`${command} ${args.join(' ')} ended with ${code}: ${Buffer.concat(errors).toString()}`));
      else
        resolve({
          seconds: (performance.now() - started) / 1000,
          peakMiB: peak,
          output: Buffer.concat(out).toString(),
        });
    });
  });
