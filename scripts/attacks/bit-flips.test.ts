import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { NexusErrorData } from '../../src-main/contract/errors.ts';
import type { ChannelResult } from '../../src-main/contract/index.ts';
import { Engine } from '../../src-main/engine/engine.ts';
import { systemPorts } from '../../src-main/platform/system-ports.ts';
import { startWorkload, stationFolder, tries } from './attacked-station.ts';
import { passphraseOf, WORKSPACE } from './workload-lines.ts';

// one bit changed anywhere in a workspace is told, with the place; nothing is changed or deleted by telling it, and
// deletion is never offered as the way out.
const FLIPS = tries(20, 400);
const station = stationFolder();
const workspace = join(station.home, WORKSPACE);
const memory = join(station.home, '.station');
const engine = new Engine({ homeFolder: station.home, ports: systemPorts() });
const session = engine.openSession();

const filesOf = (): string[] =>
  readdirSync(workspace, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    // SQLite's own scratch beside the store, made anew at each opening: no record lies in it.
    .filter(path => statSync(path).size > 0 && !path.endsWith('-shm'))
    .sort();
const digests = (): string[] =>
  filesOf().map(path => `${path} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`);

beforeAll(async () => {
  const workload = startWorkload(station.path, { rounds: 1 });
  expect(await workload.ended).toMatchObject({ code: 0 });
}, 180_000);
afterAll(async () => {
  await engine.close();
  station.remove();
});

type Told = { readonly ok: boolean; readonly places: readonly string[]; readonly words: string };

const verify = async (): Promise<Told> => {
  const refused = ({ code, message, remedy }: NexusErrorData): Told => ({
    ok: false,
    places: [code],
    words: `${message} ${remedy ?? ''}`,
  });
  const finished = new Promise<Told>(resolve => {
    const stop = engine.subscribe(event => {
      if (event.name !== 'job.finished') return;
      stop();
      const { result, error } = event.payload;
      if (error !== undefined && error !== null) return resolve(refused(error as NexusErrorData));
      const { ok, problems } = result as ChannelResult<'workspaces.verify'>;
      resolve({
        ok,
        places: problems.map(problem => `${problem.code} at ${problem.where}`),
        words: problems.map(problem => problem.message).join(' '),
      });
    });
  });
  const { grant } = engine.grantPath(session, workspace, 'folder');
  for (;;) {
    const answer = await engine.invoke(session, 'workspaces.verify', { grant, passphrase: passphraseOf(1) });
    if (answer.ok) return finished;
    if (answer.error.code !== 'rate.exceeded') return refused(answer.error);
    await new Promise(resolve => setTimeout(resolve, 500));
  }
};

it(
  `${FLIPS} changed bits, over every file: each is told, with its place, and nothing else is touched`,
  async () => {
    expect(await verify()).toMatchObject({ ok: true, places: [] });
    const whole = digests();
    const files = filesOf();
    expect(files.map(path => relative(workspace, path))).toEqual(
      expect.arrayContaining(['store.db', 'workspace.json', expect.stringMatching(/\.sealed$/)]),
    );
    const told: Record<string, number> = {};
    const untold: string[] = [];
    for (let i = 0; i < FLIPS; i++) {
      // Every file in turn; the store, where nearly all bytes are, every other time.
      const path = i % 2 === 0 ? join(workspace, 'store.db') : files[(i >> 1) % files.length]!;
      const bytes = readFileSync(path);
      const at = Math.floor(Math.random() * bytes.length);
      const bit = 1 << Math.floor(Math.random() * 8);
      const name = relative(workspace, path).replace(/[0-9a-f-]{36}/, '…');
      bytes[at]! ^= bit;
      writeFileSync(path, bytes);
      const damaged = digests();
      const { ok, places, words } = await verify();
      // A fault without a place tells nothing, nor does the throttle: its memory of this test's own tries goes.
      for (const kept of readdirSync(memory)) if (kept.startsWith('tries.')) rmSync(join(memory, kept));
      if (ok || places.length === 0 || ['internal.fault', 'workspace.throttled'].includes(places[0]!))
        untold.push(`bit ${bit} of byte ${at} in ${name}: ${places.join()} ${words}`);
      else told[`${name}: ${places[0]!.split(' ')[0]}`] = (told[`${name}: ${places[0]!.split(' ')[0]}`] ?? 0) + 1;
      expect(words).not.toMatch(/(?<!never )\b(delete|remove|discard)\b/i);
      expect(digests()).toEqual(damaged);
      bytes[at]! ^= bit;
      writeFileSync(path, bytes);
    }
    console.info(`${FLIPS - untold.length} of ${FLIPS} told: ${JSON.stringify(told)}`);
    expect(untold).toEqual([]);
    expect(digests()).toEqual(whole);
    expect(await verify()).toMatchObject({ ok: true });
  },
  FLIPS * 15_000,
);
