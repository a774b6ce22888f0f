import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { INSTANT, PASSPHRASE, Station, WORKSPACE } from '../../../engine/engine.fixture.ts';
import { Engine } from '../../../engine/engine.ts';
import { fixedPorts } from '../../../platform/system-ports.ts';

let station: Station;
beforeEach(async () => {
  station = new Station();
  await station.create();
});
afterEach(() => station.close());

const HOUR = 3_600_000;

describe('a store that is older than its anchor', () => {
  const backup = () => join(station.folder, 'backup');
  beforeEach(async () => {
    await station.createCase('Monday');
    await station.closeWorkspace();
    cpSync(station.workspaceFolder, backup(), { recursive: true });
    await station.open();
    await station.createCase('Tuesday');
    await station.closeWorkspace();
    rmSync(station.workspaceFolder, { recursive: true });
    cpSync(backup(), station.workspaceFolder, { recursive: true });
    await station.open();
  });

  it('opens read-only and says so: queries answer, every command is refused with both sizes and the time of the mark', async () => {
    const { anchor, open } = await station.invoke('workspaces.status', {});
    expect(open).toBe(true);
    expect(anchor).toMatchObject({ code: 'store.older-than-anchor', markedAt: new Date(INSTANT).toISOString() });
    expect(anchor!.storeSize).toBeLessThan(anchor!.markSize);
    const { cases } = await station.invoke('cases.list', {});
    expect(cases.map(known => known.name)).toEqual(['Monday']);
    const refusal = await station.refusal('cases.create', { name: 'Wednesday' });
    expect(refusal).toMatchObject({
      code: 'workspace.rolled-back',
      category: 'integrity',
      kept: 'Nothing was changed.',
    });
    for (const told of [`${anchor!.storeSize} entries`, `${anchor!.markSize} at ${anchor!.markedAt}`])
      expect(refusal.message).toContain(told);
    const verification = await station.done('audits.verify', {});
    expect(verification.ok).toBe(false);
    expect(verification.problems.map(problem => problem.code)).toContain('store.older-than-anchor');
    expect(verification.highWater).toMatchObject({ size: anchor!.markSize, holds: false });
  });

  it('is accepted by a supervisor under a reason: the entry names both marks, and work goes on', async () => {
    const { anchor } = await station.invoke('workspaces.status', {});
    expect(await station.refusal('audits.acceptRollback', { reason: 'no' })).toMatchObject({ code: 'input.invalid' });
    const reason = 'The disk failed; restored from the backup of Monday.';
    const { mark } = await station.invoke('audits.acceptRollback', { reason });
    const { entries } = await station.invoke('audits.list', {});
    const accepted = entries.find(entry => entry.act === 'log.rollback-accepted')!;
    expect(JSON.parse(accepted.object)).toMatchObject({
      reason,
      problem: 'store.older-than-anchor',
      'mark-size': anchor!.markSize,
      'mark-root': expect.stringMatching(/^[0-9a-f]{64}$/),
      'store-size': anchor!.storeSize,
      'store-root': expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(entries.find(entry => entry.seq === accepted.seq - 1)).toMatchObject({ act: 'log.station-joined' });
    expect(mark.size).toBe(accepted.seq + 1);
    const status = await station.invoke('workspaces.status', {});
    expect(status).toMatchObject({
      anchor: null,
      unwitnessed: { entries: entries[0]!.seq + 1, since: new Date(INSTANT).toISOString() },
    });
    await station.createCase('Wednesday');
    await station.closeWorkspace();
    await station.open();
    expect((await station.invoke('workspaces.status', {})).anchor).toBeNull();
    expect((await station.done('audits.verify', {})).ok).toBe(true);
    expect(await station.refusal('audits.acceptRollback', { reason })).toMatchObject({
      code: 'workspace.not-rolled-back',
    });
  });
});

describe('the list of entries', () => {
  it('marks what was written under a clock that was set back, until it is right again', async () => {
    await station.closeWorkspace();
    const day = async (instant: number): Promise<void> => {
      const engine = new Engine({ homeFolder: station.home, ports: fixedPorts(instant) });
      const session = engine.openSession();
      const location = { name: WORKSPACE };
      const opened = await engine.invoke(session, 'workspaces.open', {
        location,
        passphrase: PASSPHRASE,
        actor: 'Ada',
      });
      expect(opened).toMatchObject({ ok: true });
      expect(await engine.invoke(session, 'cases.create', { name: `Case of ${instant}` })).toMatchObject({ ok: true });
      await engine.close();
    };
    await day(INSTANT - HOUR);
    await day(INSTANT + HOUR);
    await station.open();
    const { entries, total } = await station.invoke('audits.list', {});
    const told = entries.map(({ act, clock }) => `${act} ${clock}`).reverse();
    const from = told.indexOf('clock.anomaly unverified');
    const to = told.indexOf('clock.consistent consistent');
    expect(from).toBeGreaterThan(0);
    expect(to).toBeGreaterThan(from + 1);
    expect(told.slice(0, from).every(line => line.endsWith(' consistent'))).toBe(true);
    expect(told.slice(from, to).every(line => line.endsWith(' unverified'))).toBe(true);
    expect(told.slice(from, to)).toContain('case.created unverified');
    // The station itself stands at the hour before the last day: stray again from its opening on.
    expect(told.slice(to).filter(line => line === 'clock.anomaly unverified')).toHaveLength(1);
    const page = await station.invoke('audits.list', { offset: total - from - 2, limit: 2 });
    expect(page.entries.map(({ act, clock }) => `${act} ${clock}`)).toEqual([told[from + 1], told[from]]);
  });
});

describe('the list of checkpoints', () => {
  it('holds the one of the beginning and those of each opening and closing, with the key of the station', async () => {
    await station.closeWorkspace();
    await station.open();
    const { total, checkpoints, stations } = await station.invoke('audits.checkpoints', {});
    expect(checkpoints.map(({ reason }) => reason)).toEqual(['unlock', 'lock', 'unlock']);
    expect(total).toBe(3);
    expect(stations).toMatchObject([{ station: 0, fromSize: 0 }]);
    for (const { note, size } of checkpoints) expect(note).toContain(`\n${size}\n`);
  });
});
