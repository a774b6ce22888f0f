import { expect, it } from 'vitest';
import type { Aftermath } from './attacked-station.ts';
import { lookAfter, startWorkload, stationFolder, tries, twoAtATime } from './attacked-station.ts';

// kill -9 at any moment of making a workspace (all migrations run), import, examination, report, export, password
// change, closing and opening: the store is whole, the chain holds, and nothing is lost that was confirmed.
const POINTS = tries(10, 200);
const ACTS = ['create', 'case', 'import', 'examine', 'search', 'report', 'export', 'password', 'close', 'open'];

it(
  `kill -9 at ${POINTS} moments: whole, chained, nothing confirmed is lost`,
  async () => {
    // How long each act takes, so that the blows fall on every act and anywhere in it.
    const calm = stationFolder();
    const measured = startWorkload(calm.path, { rounds: 1 });
    const tookMs = new Map<string, number>();
    for (const act of ACTS) {
      await measured.until(line => 'begin' in line && line.begin === act);
      const from = performance.now();
      await measured.until(line => 'done' in line && line.done === act);
      tookMs.set(act, performance.now() - from);
    }
    expect(await measured.ended).toMatchObject({ code: 0, err: '' });
    expect(measured.lines.flatMap(line => ('done' in line ? [line.done] : []))).toEqual(ACTS);
    expect(await lookAfter(calm.home, measured.lines)).toMatchObject({ lost: [], broken: [] });
    calm.remove();

    const killed = await twoAtATime(POINTS, async (index): Promise<Aftermath & { readonly fired: boolean }> => {
      const act = ACTS[index % ACTS.length]!;
      const station = stationFolder();
      const workload = startWorkload(station.path, { rounds: 1 });
      await workload.until(line => 'begin' in line && line.begin === act);
      await new Promise(resolve => setTimeout(resolve, Math.random() * (tookMs.get(act) ?? 0)));
      workload.kill();
      const { signal } = await workload.ended;
      const aftermath = await lookAfter(station.home, workload.lines);
      station.remove();
      return { ...aftermath, fired: signal === 'SIGKILL' };
    });

    const during: Record<string, number> = {};
    for (const blow of killed) during[blow.during] = (during[blow.during] ?? 0) + 1;
    console.info(`killed ${killed.filter(({ fired }) => fired).length} of ${POINTS}, during ${JSON.stringify(during)}`);
    expect(killed.flatMap(blow => [...blow.lost, ...blow.broken].map(what => `${blow.during}: ${what}`))).toEqual([]);
    // A run that is faster than the measured one may end before its blow; most must fall.
    expect(killed.filter(({ fired }) => fired).length).toBeGreaterThanOrEqual(POINTS * 0.8);
  },
  POINTS * 60_000,
);
