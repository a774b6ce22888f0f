import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lookAfter, startWorkload, stationFolder, tries, twoAtATime } from './attacked-station.ts';
import { needsStrace } from './needs.ts';

// a call of the system fails, or the process is killed in it, on every file that a station writes: store, log, header,
// sealed evidence, the station's own memory. The answer is a refusal in words or success; what is there afterwards is
// whole, and rows and entries are one to one. Needs Debian's strace. A fault that did not fire fails the test.
const CALLS = ['pwrite64', 'write', 'fsync', 'fdatasync', 'rename', 'unlink', 'openat'];
const ERRORS = ['EIO', 'ENOSPC', 'EDQUOT', 'KILL'];
const FAULTS = tries(8, 200);

interface Target {
  readonly call: string;
  /** Below the home folder. */
  readonly path: string;
  /**
   * How often one thread made this call there in a calm run. A file whose name is random, made of the data key, cannot be
   * aimed at by name: then `ordinal` is its place among all calls of this kind of its thread.
   */
  readonly times: number;
  readonly ordinal: number | null;
}

/** Lines of `strace -f -y`: who, which call, on which file. */
const CALL_LINE = /^(\d+)\s+(\w+)\((?:AT_FDCWD(?:<[^>]*>)?, )?(?:\d+<([^>]*)>|"([^"]*)")/;
const RANDOM_NAME = /[0-9a-f]{32}/;
/** Calls that a thread makes on other files too, as many as its modules take: an ordinal would miss. */
const OF_ALL_FILES = ['openat', 'write'];

const targetsOf = (trace: string, home: string): Target[] => {
  const threads = new Map<string, number>();
  const targets = new Map<string, Target & { readonly byThread: Map<string, number> }>();
  const count = (counts: Map<string, number>, key: string): number => {
    const next = (counts.get(key) ?? 0) + 1;
    counts.set(key, next);
    return next;
  };
  for (const line of trace.split('\n')) {
    const [, thread = '', call = '', descriptor, name] = CALL_LINE.exec(line) ?? [];
    const ordinal = count(threads, `${thread} ${call}`);
    const full = descriptor ?? name ?? '';
    if (!full.startsWith(`${home}/`)) continue;
    const path = full.slice(home.length + 1);
    const isRandom = RANDOM_NAME.test(path);
    if (isRandom && OF_ALL_FILES.includes(call)) continue;
    const key = `${call} ${path}`;
    const known = targets.get(key) ?? { call, path, times: 0, ordinal: isRandom ? ordinal : null, byThread: new Map() };
    targets.set(key, { ...known, times: Math.max(known.times, count(known.byThread, thread)) });
  }
  return [...targets.values()].sort((x, y) => (`${x.call} ${x.path}` < `${y.call} ${y.path}` ? -1 : 1));
};

/** Takes targets of each call in turn, so that a short run meets every call. */
const inTurn = (targets: readonly Target[]): Target[] => {
  const queues = CALLS.map(call => targets.filter(target => target.call === call)).filter(queue => queue.length > 0);
  return Array.from({ length: Math.max(...queues.map(queue => queue.length)) }, (_, i) =>
    queues.flatMap(queue => queue[i] ?? []),
  ).flat();
};

it(
  `${FAULTS} faults of the system: a refusal in words or success, never a half state`,
  async () => {
    needsStrace();
    const calm = stationFolder();
    const trace = join(calm.path, 'trace');
    const watched = startWorkload(calm.path, {
      rounds: 1,
      strace: ['-f', '-y', '-o', trace, '-e', `trace=${CALLS.join(',')}`],
    });
    expect(await watched.ended).toMatchObject({ code: 0, err: '' });
    const targets = inTurn(targetsOf(readFileSync(trace, 'utf8'), calm.home));
    calm.remove();
    expect(new Set(targets.map(({ call }) => call)).size).toBeGreaterThanOrEqual(5);
    expect(targets.map(({ path }) => path)).toEqual(
      expect.arrayContaining([expect.stringMatching(/store\.db$/), expect.stringMatching(/store\.db-wal$/)]),
    );

    const outcomes = await twoAtATime(FAULTS, async index => {
      const target = targets[index % targets.length]!;
      const error = ERRORS[(index + Math.floor(index / targets.length)) % ERRORS.length]!;
      const station = stationFolder();
      const log = join(station.path, 'trace');
      const injection = error === 'KILL' ? 'signal=KILL' : `error=${error}`;
      const when = target.ordinal ?? 1 + Math.floor(Math.random() * target.times);
      const workload = startWorkload(station.path, {
        rounds: 1,
        strace: [
          ...['-f', '-o', log, '-e', `trace=${target.call}`],
          ...(target.ordinal === null ? ['-P', join(station.home, target.path)] : []),
          ...['-e', `inject=${target.call}:${injection}:when=${when}`],
        ],
      });
      const { code, signal, err } = await workload.ended;
      const fired = /\(INJECTED\)|\+\+\+ killed by SIGKILL/.test(readFileSync(log, 'utf8'));
      const aftermath = await lookAfter(station.home, workload.lines);
      station.remove();
      const refusal = workload.lines.find(line => 'refused' in line);
      const answer = signal ?? (refusal === undefined ? `exit ${code}` : `${refusal.refused}: ${refusal.error.code}`);
      const unclear =
        signal === null && code !== 0 && (refusal === undefined || refusal.error.code === 'internal.fault')
          ? [err.slice(0, 500)]
          : [];
      return { ...aftermath, unclear, fired, what: `${error} in ${target.call} of ${target.path}`, answer };
    });

    console.info(outcomes.map(({ what, answer, during }) => `${what}: ${answer} (${during})`).join('\n'));
    expect(outcomes.filter(({ fired }) => !fired).map(({ what }) => what)).toEqual([]);
    expect(
      outcomes.flatMap(({ what, lost, broken, unclear }) =>
        [...lost, ...broken, ...unclear].map(fact => `${what}: ${fact}`),
      ),
    ).toEqual([]);
  },
  FAULTS * 60_000,
);
