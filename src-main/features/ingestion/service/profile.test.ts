import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Station } from '../../../engine/engine.fixture.ts';

const station = new Station();
beforeAll(() => station.create());
afterAll(() => station.close());

// Which of the two is the month nothing in this file says.
const AMBIGUOUS = 'Date ,AMOUNT,Currency Code\n03/04/2025,1.00,EUR\n05/06/2025,2.00,EUR\n';
const HEADER = ['date', 'Amount', ' Currency  code'];

describe('a mapping profile', () => {
  it('is saved in versions under its name, listed, removed; each with its entry in the log', async () => {
    const first = await station.invoke('profiles.save', {
      name: 'Bank A',
      institution: 'Bank A AG',
      header: HEADER,
      overrides: { dateOrder: 'dmy' },
    });
    expect(first).toMatchObject({ version: 1, format: 'csv', header: ['date', 'amount', 'currency code'] });
    expect(await station.refusal('profiles.save', { name: 'Bank A', header: ['x'], overrides: {} })).toMatchObject({
      code: 'profile.exists',
      category: 'conflict',
    });
    const second = await station.invoke('profiles.save', {
      id: first.id,
      name: 'Bank A',
      institution: 'Bank A AG',
      header: HEADER,
      overrides: { dateOrder: 'mdy' },
    });
    expect(second).toMatchObject({ id: first.id, version: 2, overrides: { dateOrder: 'mdy' } });
    expect((await station.invoke('profiles.list', {})).profiles).toEqual([second]);
    expect(
      await station.refusal('profiles.save', { name: 'Controls', header: ['x'], overrides: { controlCount: '1' } }),
    ).toMatchObject({ code: 'profile.controls', category: 'usage' });
    await station.invoke('profiles.remove', { id: first.id });
    expect((await station.invoke('profiles.list', {})).profiles).toEqual([]);
    expect(await station.refusal('profiles.remove', { id: first.id })).toMatchObject({ code: 'profile.unknown' });
    expect((await station.acts()).slice(-3)).toEqual(['profile.saved', 'profile.saved', 'profile.removed']);
  });

  it('is proposed for a file with its header, and used only when it is named', async () => {
    const profile = await station.invoke('profiles.save', {
      name: 'Bank B',
      institution: 'Bank B',
      header: HEADER,
      overrides: { dateOrder: 'dmy' },
    });
    const path = station.file('b.csv', AMBIGUOUS);
    const grant = station.grant(path);
    const open = await station.invoke('imports.preview', { grant });
    expect(open.file.error).toMatchObject({ code: 'dialect.ambiguous', candidates: { dateOrder: expect.any(Array) } });
    expect(open.proposedProfile).toEqual({
      id: profile.id,
      name: 'Bank B',
      reason: 'its 3 column names are those of this file (Bank B)',
    });
    expect(open.mapping?.questions).toEqual([
      { setting: 'dateOrder', candidates: expect.arrayContaining(['dmy', 'mdy']), reason: expect.any(String) },
    ]);
    expect(open.mapping?.columns.map(column => [column.index, column.role])).toEqual([
      [0, 'bookingDate'],
      [1, 'amount'],
      [2, 'currency'],
    ]);
    expect(open.mapping?.columns[0]?.samples).toEqual(['03/04/2025', '05/06/2025']);
    const other = await station.invoke('imports.preview', {
      grant: station.grant(station.file('c.csv', AMBIGUOUS.replace('AMOUNT', 'Amount EUR'))),
    });
    expect(other.proposedProfile).toBeNull();
    const used = await station.invoke('imports.preview', { grant, profileId: profile.id });
    expect(used.file.error).toBeUndefined();
    expect(used.proposedProfile).toBeNull();
    expect(used.file.statements[0]!.transactions!.map(row => row.date)).toEqual(['2025-04-03', '2025-06-05']);

    const caseId = await station.createCase();
    const [refused] = await station.import(caseId, [path]);
    expect(refused!.error?.code).toBe('dialect.ambiguous');
    const { files } = await station.done('imports.start', {
      caseId,
      files: [{ grant: station.grant(path), profileId: profile.id }],
    });
    expect(files[0]!.error).toBeUndefined();
    const { sources } = await station.invoke('sources.list', { caseId });
    expect(sources[0]).toMatchObject({
      profile: { id: profile.id, version: 1 },
      settings: { dateOrder: 'dmy' },
    });
    const { entries } = await station.invoke('audits.list', { limit: 1 });
    expect(JSON.parse(entries[0]!.object)).toMatchObject({
      profile: { id: profile.id, name: 'Bank B', version: 1 },
      settings: '{"dateOrder":"dmy"}',
    });
    // What is answered by hand goes before what the profile says.
    const byHand = await station.invoke('imports.preview', {
      grant,
      profileId: profile.id,
      overrides: { dateOrder: 'mdy' },
    });
    expect(byHand.file.statements[0]!.transactions!.map(row => row.date)).toEqual(['2025-03-04', '2025-05-06']);
    const unknown = await station.run('imports.start', {
      caseId,
      files: [{ grant: station.grant(path), profileId: '00000000-0000-4000-8000-ffffffffffff' }],
    });
    expect(unknown.error).toMatchObject({ code: 'profile.unknown' });
    expect((await station.done('audits.verify', {})).problems).toEqual([]);
  });
});
