/**
 * `npm run bench -- unlock [--runs K] [--keychain]`: unlocking a workspace at the parameters that this machine gets by default,
 * in an engine process as the windows have it (R-06: at most 1.2 s), and how soon a fresh engine answers after a lock. Exit
 * code 1 when the median takes longer. `--keychain`: with a secret and the station's memory in the session's own keychain.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { lockingEngine } from '../src-main/engine/locking-engine.ts';
import { forkEngine } from '../src-main/hosts/node/engine-process.ts';

const LIMIT_SECONDS = 1.2;
const OPEN = { location: { name: 'Bench' }, passphrase: 'correct horse battery staple', actor: 'Ada' };

/** Runs the bench; answers its exit code. */
export const benchUnlock = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({
    args: [...args],
    options: { runs: { type: 'string', default: '7' }, keychain: { type: 'boolean', default: false } },
  });
  const home = mkdtempSync(join(tmpdir(), 'nexus-bench-unlock-'));
  if (!values.keychain) process.env.DBUS_SESSION_BUS_ADDRESS = 'unix:path=/nonexistent';
  const engine = lockingEngine(() => forkEngine({ homeFolder: home, fixedClock: null }));
  const unlocks: number[] = [];
  const returns: number[] = [];
  try {
    const session = await engine.openSession();
    const timed = async (channel: string, input: object, list?: number[]): Promise<void> => {
      const startedMs = performance.now();
      const answer = await engine.invoke(session, channel, input);
      if (!answer.ok) throw new Error(`${channel}: ${JSON.stringify(answer.error)}`);
      list?.push((performance.now() - startedMs) / 1000);
    };
    await timed('workspaces.create', { ...OPEN, secondSecret: values.keychain ? 'keychain' : 'none' });
    for (let run = 0; run < Number(values.runs); run++) {
      await engine.lock('user');
      await timed('workspaces.status', {}, returns);
      await timed('workspaces.open', OPEN, unlocks);
    }
    const header = readFileSync(join(home, 'Bench', 'workspace.json'), 'utf8');
    const { memoryKiB, passes, lanes } = (
      JSON.parse(header) as { slots: { argon2id?: { memoryKiB: number; passes: number; lanes: number } }[] }
    ).slots.find(slot => slot.argon2id !== undefined)!.argon2id!;
    const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] as number;
    const seconds = median(unlocks);
    process.stdout.write(
      [
        `Argon2id        ${memoryKiB / 1024} MiB, ${passes} passes, ${lanes} lanes (measured at creation)`,
        `unlock          median ${seconds.toFixed(2)} s, slowest ${Math.max(...unlocks).toFixed(2)} s of ${unlocks.length} (limit ${LIMIT_SECONDS} s)`,
        `after a lock    a fresh engine answers in ${median(returns).toFixed(2)} s`,
        '',
      ].join('\n'),
    );
    return seconds <= LIMIT_SECONDS ? 0 : 1;
  } finally {
    await engine.close();
    rmSync(home, { recursive: true, force: true });
  }
};
