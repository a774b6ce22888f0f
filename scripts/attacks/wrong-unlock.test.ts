import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Engine } from '../../src-main/engine/engine.ts';
import { systemPorts } from '../../src-main/platform/system-ports.ts';
import { lookAfter, startWorkload, stationFolder, tries } from './attacked-station.ts';
import { ACTOR, passphraseOf, WORKSPACE, type WorkloadLine } from './workload-lines.ts';

// wrong unlocks never create, truncate or re-key anything: every file of the workspace keeps its digest and the time
// of its last change. Between tries the station's memory of wrong tries is put back, so that each meets the lock and none
// only the throttle; one series runs against the throttle too.
const TRIES = tries(12, 50);
const station = stationFolder();
const workspace = join(station.home, WORKSPACE);
const memory = join(station.home, '.station');
let lines: readonly WorkloadLine[] = [];

const stateOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => {
      const path = join(entry.parentPath, entry.name);
      const { size, mtimeNs } = statSync(path, { bigint: true });
      return `${path} ${createHash('sha256').update(readFileSync(path)).digest('hex')} ${size} ${mtimeNs}`;
    })
    .sort();

beforeAll(async () => {
  const workload = startWorkload(station.path, { rounds: 1 });
  expect(await workload.ended).toMatchObject({ code: 0 });
  lines = workload.lines;
}, 180_000);
afterAll(() => station.remove());

/** Wrong in every way: empty-looking, nearly right, other letters' case, right but for its form, another's. */
const wrongPassphrase = (i: number): string =>
  [
    'x',
    passphraseOf(1).toUpperCase(),
    `${passphraseOf(1)} `,
    passphraseOf(0),
    passphraseOf(1).slice(1),
    '\0'.repeat(8),
  ][i % 6]! + (i < 6 ? '' : String(i));

const tryOnce = async (passphrase: string): Promise<string> => {
  const engine = new Engine({ homeFolder: station.home, ports: systemPorts() });
  const answer = await engine.invoke(engine.openSession(), 'workspaces.open', {
    location: { name: WORKSPACE },
    passphrase,
    actor: ACTOR,
  });
  await engine.close();
  return answer.ok ? 'opened' : answer.error.code;
};

it(
  `${TRIES} wrong unlocks leave every byte and every time as they were`,
  async () => {
    const before = stateOf(workspace);
    expect(before.length).toBeGreaterThanOrEqual(4);
    const kept = join(station.path, 'memory');
    cpSync(memory, kept, { recursive: true });
    const answers: string[] = [];
    for (let i = 0; i < TRIES; i++) {
      answers.push(await tryOnce(wrongPassphrase(i)));
      rmSync(memory, { recursive: true });
      cpSync(kept, memory, { recursive: true });
    }
    expect(new Set(answers)).toEqual(new Set(['workspace.locked']));
    expect(stateOf(workspace)).toEqual(before);
  },
  TRIES * 20_000,
);

it('wrong unlocks in a row are slowed down, and still change nothing', async () => {
  const before = stateOf(workspace);
  const answers: string[] = [];
  for (let i = 0; i < 8; i++) answers.push(await tryOnce(wrongPassphrase(i)));
  expect(answers[0]).toBe('workspace.locked');
  expect(answers).toContain('workspace.throttled');
  expect(stateOf(workspace)).toEqual(before);
  rmSync(memory, { recursive: true });
  cpSync(join(station.path, 'memory'), memory, { recursive: true });
}, 120_000);

it('and the right one opens it, with all that was promised', async () => {
  expect(await lookAfter(station.home, lines)).toMatchObject({ lost: [], broken: [] });
}, 60_000);
