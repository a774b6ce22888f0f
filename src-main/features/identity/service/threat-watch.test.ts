import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Station } from '../../../engine/engine.fixture.ts';
import type { Person } from '../../../engine/gate/people.fixture.ts';
import { register } from '../../../engine/gate/people.fixture.ts';

const station = new Station();
let judge: Person;
beforeAll(async () => {
  await station.create();
  judge = await register(station, 'Jo', 'judge');
}, 60_000);
afterAll(() => station.close());

const probe = async (times: number): Promise<void> => {
  for (let i = 0; i < times; i += 1) await station.refusal('cases.create', { name: 'Mine' }, judge.session);
};

describe('an alert', () => {
  it('is not raised by a few refusals', async () => {
    await probe(9);
    expect((await station.invoke('alerts.list', {})).total).toBe(0);
  });

  it('is raised by the burst: kept, logged, and told to those who may read alerts, and to nobody else', async () => {
    await probe(1);
    const { open, alerts } = await station.invoke('alerts.list', {});
    expect(open).toBe(1);
    expect(alerts[0]).toMatchObject({ rule: 'permission-probing', actor: 'Jo', events: 10, acknowledged: null });
    expect(await station.acts()).toContain('security.alert-raised');
    const told = station.events.filter(({ event }) => event.name === 'security.alert-raised');
    expect(told.map(({ session }) => session)).toEqual([station.session]);
    await probe(5);
    expect((await station.invoke('alerts.list', {})).total).toBe(1);
  });

  it('is not raised again when the log is read again after an opening', async () => {
    await station.engine.closeSession(judge.session);
    await station.closeWorkspace();
    await station.open();
    expect((await station.invoke('alerts.list', { state: 'all' })).total).toBe(1);
  });

  it('is acknowledged once, and stays as it was raised', async () => {
    const [alert] = (await station.invoke('alerts.list', {})).alerts;
    const alertId = alert?.id ?? '';
    await station.invoke('alerts.acknowledge', { alertId, note: 'A new colleague, shown the ropes.' });
    expect((await station.invoke('alerts.list', {})).alerts).toEqual([]);
    expect(await station.refusal('alerts.acknowledge', { alertId, note: 'Again.' })).toMatchObject({
      code: 'alert.acknowledged',
    });
    await station.inStore(db => {
      expect(() => db.exec(`UPDATE security_alerts SET words = 'nothing'`)).toThrow('stays as it was raised');
      expect(() => db.exec('DELETE FROM security_alerts')).toThrow('never deleted');
    }, 'write');
  });
});

describe('settings', () => {
  it('are changed by version, checked, and hold for the next call', async () => {
    const { version, settings } = await station.invoke('settings.read', {});
    const next = { ...settings, idleLockMinutes: 5, organisationWords: ['Ministry'] };
    expect(await station.invoke('settings.change', { base: version, settings: next })).toMatchObject({
      version: version + 1,
      changedBy: 'Ada',
      settings: next,
    });
    expect(await station.refusal('settings.change', { base: version, settings: next })).toMatchObject({
      code: 'settings.changed',
    });
    const hours = { ...settings.businessHours, timeZone: 'Europe/Nowhere' };
    expect(
      await station.refusal('settings.change', { base: version + 1, settings: { ...next, businessHours: hours } }),
    ).toMatchObject({ code: 'settings.time-zone' });
    const { entries } = await station.invoke('audits.list', { limit: 1 });
    expect(entries[0]).toMatchObject({ act: 'settings.changed' });
    expect(entries[0]?.object).not.toContain('Ministry');
  });
});
