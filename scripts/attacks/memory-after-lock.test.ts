import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { dataKeyOf } from '../../src-main/engine/engine.fixture.ts';
import { stationFolder } from './attacked-station.ts';
import { CANARIES, canaryStatement } from './canaries.ts';
import { joinHost, startHost } from './window-client.ts';
import { ACTOR, passphraseOf, WORKSPACE } from './workload-lines.ts';

// after a lock no process of the application holds the data key, and none but the host the evidence. Every readable and
// writable region of /proc/PID/mem of the product's own browser host, driven as its page drives it, and of all its children
// is searched; before the lock the same search must find both.
const station = stationFolder();
afterAll(() => station.remove());

/** The process and all below it. */
const family = (root: number): number[] => {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // The name in parentheses may hold blanks: the parent is the second field after it.
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // Ended meanwhile.
    }
  }
  const found = [root];
  for (const pid of found) found.push(...[...parents].filter(([, parent]) => parent === pid).map(([child]) => child));
  return found;
};

const PIECE = 16 << 20;

/** How often each of these stands in a process's writable memory. */
const countIn = (pid: number, needles: Readonly<Record<string, Buffer[]>>): Record<string, number> => {
  try {
    return countInMemory(pid, needles);
  } catch (error) {
    // The process has ended: it holds nothing.
    if (!existsSync(`/proc/${pid}`)) return {};
    throw error;
  }
};

/** Writable regions that hold anything, in memory or swapped out (proc(5), smaps): most are reserved and never touched. */
const writableRegions = (pid: number): [from: number, to: number][] => {
  const regions: [from: number, to: number][] = [];
  for (const text of readFileSync(`/proc/${pid}/smaps`, 'latin1').split(/\n(?=[0-9a-f]+-[0-9a-f]+ )/)) {
    const [, from = '', to = ''] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(text) ?? [];
    if (from !== '' && /^(?:Rss|Swap): +[1-9]/m.test(text))
      regions.push([Number.parseInt(from, 16), Number.parseInt(to, 16)]);
  }
  return regions;
};

const openMemory = (pid: number): number => {
  try {
    return openSync(`/proc/${pid}/mem`, 'r');
  } catch (error) {
    if (!['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    throw new Error(
      'This machine lacks what the attack needs: the right to read /proc/PID/mem of one’s own children (ptrace; see kernel.yama.ptrace_scope).',
      { cause: error },
    );
  }
};

const countInMemory = (pid: number, needles: Readonly<Record<string, Buffer[]>>): Record<string, number> => {
  const counts = Object.fromEntries(Object.keys(needles).map(name => [name, 0]));
  const memory = openMemory(pid);
  const piece = Buffer.alloc(PIECE + 64);
  try {
    for (const [from, to] of writableRegions(pid)) {
      for (let at = from; at < to; at += PIECE) {
        let bytes = 0;
        try {
          bytes = readSync(memory, piece, 0, Math.min(piece.length, to - at), at);
        } catch {
          continue; // A region that is reserved and not backed, or gone meanwhile.
        }
        const seen = piece.subarray(0, bytes);
        for (const [name, forms] of Object.entries(needles))
          if (forms.some(form => seen.includes(form))) counts[name]! += 1;
      }
    }
  } finally {
    closeSync(memory);
  }
  return counts;
};

it('before a lock the key and the evidence are in memory; after it the key is in no process, the evidence in none but the host', async () => {
  const host = await startHost(station.path, station.home);
  const window = await joinHost(host.url);
  const location = { name: WORKSPACE };
  await window.call('workspaces.create', { location, passphrase: passphraseOf(0), actor: ACTOR });
  const { id: caseId } = await window.call('cases.create', { name: 'Seeded' });
  const { grant } = await window.upload('seeded.csv', Buffer.from(canaryStatement(2_000)));
  await window.run('imports.start', { caseId, files: [{ grant, side: 'bank' }] });
  await window.run('examinations.run', { caseId });

  const key = Buffer.from(await dataKeyOf(join(station.home, WORKSPACE), passphraseOf(0)));
  /** Texts of seven bits: V8 keeps them in one byte a character or in two. */
  const formsOf = (text: string): Buffer[] => [Buffer.from(text), Buffer.from(text, 'utf16le')];
  const needles = {
    key: [key, ...formsOf(key.toString('hex'))],
    evidence: CANARIES.slice(0, 2).flatMap(formsOf),
    password: formsOf(passphraseOf(0)),
  };
  type Hits = Record<keyof typeof needles, number>;
  /** Hits in the host, and in all processes below it. */
  const look = (): { readonly host: Hits; readonly below: Hits } => {
    const [own = {}, ...others] = family(host.pid).map(pid => countIn(pid, needles));
    const sum = (all: readonly Record<string, number>[], name: string): number =>
      all.reduce((total, counts) => total + (counts[name] ?? 0), 0);
    const hits = (all: readonly Record<string, number>[]): Hits => ({
      key: sum(all, 'key'),
      evidence: sum(all, 'evidence'),
      password: sum(all, 'password'),
    });
    return { host: hits([own]), below: hits(others) };
  };
  /** Locks as the person does; the process that held the keys may still be ending: it is given what leaving the desk takes. */
  const lock = async (): Promise<ReturnType<typeof look>> => {
    const locked = window.event('session.locked');
    await window.call('sessions.lock', {});
    await locked;
    let seen = look();
    const untilMs = performance.now() + 20_000;
    while (seen.below.key + seen.below.evidence > 0 && performance.now() < untilMs) {
      await new Promise(resolve => setTimeout(resolve, 250));
      seen = look();
    }
    return seen;
  };
  const worked = look();
  const locked = await lock();
  await window.call('workspaces.open', { location, passphrase: passphraseOf(0), actor: ACTOR });
  await window.call('transactions.page', { caseId, limit: 100 });
  const shown = look();
  const lockedAgain = await lock();
  console.info(`pieces of 16 MiB with a hit: ${JSON.stringify({ worked, locked, shown, lockedAgain })}`);
  window.close();
  expect(await host.stop()).toEqual({ code: 0, err: '' });

  // The control: the same search finds both while work goes on.
  for (const { below } of [worked, shown]) {
    expect(below.key).toBeGreaterThanOrEqual(1);
    expect(below.evidence).toBeGreaterThanOrEqual(1);
  }
  for (const { host: own, below } of [locked, lockedAgain]) {
    expect(below).toEqual({ key: 0, evidence: 0, password: 0 });
    // What a window uploads, shows and types passes through the host, whose memory nobody overwrites: docs/threat-model.md
    // says so. The key never does.
    expect(own.key).toBe(0);
  }
}, 300_000);
