import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TypologyShape } from '../../../contract/typologies.contract.ts';
import { generate, Station } from '../../../engine/engine.fixture.ts';

// Records with known plants: ../shared/peers/generate.mjs says which.
const station = new Station();
let caseId: string;
beforeAll(async () => {
  await station.create();
  caseId = await station.createCase();
}, 60_000);
afterAll(() => station.close());

const rowsOf = async (set: string | null): Promise<number> => {
  if (set === null) throw new Error('the number opens nothing');
  return (await station.invoke('transactions.page', { caseId, filter: { set }, limit: 1 })).total;
};

const DRAFT: TypologyShape = {
  format: 'nexus-typology',
  id: 'cash-in-parts',
  version: 1,
  title: 'Cash in parts',
  description: 'Several payments just below a limit.',
  sources: ['trial'],
  level: 'party',
  tests: [{ test: 'just-below-threshold', weight: 0.5 }],
  when: { test: 'just-below-threshold', minimumSeverity: 'high' },
};

describe('before an examination', () => {
  it('there are no scores, and typologies can be read', async () => {
    expect(await station.invoke('risk.list', { caseId, level: 'party' })).toBeNull();
    expect(await station.invoke('typologies.counts', { caseId })).toBeNull();
    expect(await station.invoke('calibrations.read', { caseId })).toBeNull();
    const { typologies } = await station.invoke('typologies.list', { caseId });
    expect(typologies.map(({ typology }) => typology.id)).toContain('structuring-smurfing');
    expect(typologies[0]!.sentence).toMatch(/^A party fits when findings of it come from /);
    const tried = await station.invoke('typologies.try', { caseId, typology: DRAFT });
    expect(tried).toMatchObject({ problems: [], hits: null });
  });
});

describe('scores, typologies and calibration over 5,000 generated rows', () => {
  let structured: readonly string[];
  beforeAll(async () => {
    const file = join(station.folder, 'payments.csv');
    const truth = generate(file, 5000) as unknown as { planted: { structuredParties: string[] } };
    structured = truth.planted.structuredParties;
    await station.import(caseId, [file]);
    await station.done('examinations.run', { caseId });
  }, 120_000);

  it.each(['transaction', 'account', 'party'] as const)(
    'ranks by %s; addends add up to the score, and each number opens exactly its rows',
    async level => {
      const list = (await station.invoke('risk.list', { caseId, level, limit: 5 }))!;
      expect(list.stale).toBe(false);
      expect(list.total).toBeLessThanOrEqual(list.of);
      const scores = list.units.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      for (const [place, unit] of list.units.entries()) {
        expect(await rowsOf(unit.set)).toBe(unit.rows);
        const read = await station.invoke('risk.read', { caseId, level, key: unit.key });
        expect(read.rank).toBe(place + 1);
        expect(read.unit).toEqual(unit);
        const sum = read.addends.reduce((total, { points }) => total + Math.round(points * 100), 0);
        expect(sum).toBe(Math.round(unit.score * 100));
        for (const addend of read.addends.slice(0, 3)) expect(await rowsOf(addend.set)).toBe(addend.rows);
      }
    },
  );

  it('finds a unit by its name and refuses one that nothing touches', async () => {
    const [first] = structured;
    const found = await station.invoke('risk.list', { caseId, level: 'party', text: first!.toLowerCase() });
    expect(found!.units.map(({ key }) => key)).toEqual([first]);
    expect(await station.refusal('risk.read', { caseId, level: 'party', key: 'NOBODY' })).toMatchObject({
      code: 'risk.unknown',
    });
  });

  it('hits the parties whose cash was planted in parts', async () => {
    const tried = await station.invoke('typologies.try', { caseId, typology: DRAFT });
    const { typology } = await station.invoke('typologies.save', { caseId, typology: DRAFT });
    const read = await station.invoke('typologies.read', { caseId, id: typology.id, version: 1, limit: 1000 });
    expect(read.hits.map(({ key }) => key)).toEqual(expect.arrayContaining([...structured]));
    expect(read.total).toBe(tried.hits);
    expect(await rowsOf('typology:cash-in-parts@1')).toBe(tried.rows);
    for (const hit of read.hits.slice(0, 3)) expect(await rowsOf(hit.set)).toBe(hit.rows);
  });

  it('keeps every version, audited, and refuses what cannot hold', async () => {
    const wider = { ...DRAFT, when: { test: 'just-below-threshold' } };
    const { typology } = await station.invoke('typologies.save', { caseId, typology: wider });
    expect(typology.version).toBe(2);
    const { typologies } = await station.invoke('typologies.list', { caseId });
    expect(typologies.find(each => each.typology.id === DRAFT.id)!.versions.map(({ version }) => version)).toEqual([
      1, 2,
    ]);
    expect((await station.acts()).filter(act => act === 'typology.saved')).toHaveLength(2);
    const unknown = { ...DRAFT, when: { test: 'no-such-test' } };
    expect(await station.refusal('typologies.save', { caseId, typology: unknown })).toMatchObject({
      code: 'typology.problems',
      message: expect.stringContaining('no-such-test'),
    });
    expect(await station.refusal('typologies.read', { caseId, id: DRAFT.id, version: 9 })).toMatchObject({
      code: 'typology.unknown',
      message: expect.stringContaining('1, 2'),
    });
    await expect(
      station.inStore(db => db.prepare("UPDATE typology_versions SET actor = 'x'").run(), 'write'),
    ).rejects.toThrow(/append-only/);
  });

  it('sets two versions side by side on history and decisions; every number opens its rows', async () => {
    const { findings } = await station.invoke('findings.list', { caseId, test: 'just-below-threshold' });
    const [cluster] = findings.filter(({ severity }) => severity === 'high');
    await station.invoke('findings.decide', { findingId: cluster!.id, state: 'confirmed', reason: 'Cash slips seen.' });
    const tested = (await station.invoke('typologies.backtest', {
      caseId,
      a: { id: DRAFT.id, version: 1 },
      b: { id: DRAFT.id, version: 2 },
    }))!;
    expect(tested.a.precision).toBe(1);
    expect(tested.a.recall).toBe(1);
    expect(tested.b!.units.count).toBeGreaterThan(tested.a.units.count);
    expect(tested.overlap!.both.count).toBe(tested.a.units.count);
    expect(tested.overlap!.onlyA.count).toBe(0);
    expect(tested.overlap!.onlyB.count).toBe(tested.b!.units.count - tested.a.units.count);
    const openings = [tested.a.units, tested.a.confirmed, tested.a.missed, ...Object.values(tested.overlap!)];
    for (const { rows, set } of openings) expect(await rowsOf(set)).toBe(rows);
    for (const { hits } of tested.a.months.filter(month => month.hits.count > 0).slice(0, 3))
      expect(await rowsOf(hits.set)).toBe(hits.rows);
  });

  it('calibrates on a copy: every planted copy is found, and the records stay as they were', async () => {
    const before = await station.invoke('transactions.page', { caseId, limit: 1 });
    const calibration = await station.done('calibrations.run', { caseId, motifs: 5 });
    const exact = calibration.tests.find(({ test }) => test === 'duplicate-exact')!;
    expect(exact).toMatchObject({ planted: 5, found: 5, recall: 1, notCalibrated: null });
    expect(exact.recallLow).toBeCloseTo(0.4782, 4); // 0.025^(1/5), Clopper and Pearson
    const { stale, ...read } = (await station.invoke('calibrations.read', { caseId }))!;
    expect(read).toEqual(calibration);
    expect(stale).toBe(false);
    expect(await station.invoke('transactions.page', { caseId, limit: 1 })).toEqual(before);
    expect(await station.acts()).toContain('calibration.completed');
    const again = await station.done('calibrations.run', { caseId, motifs: 5 });
    expect(again.tests).toEqual(calibration.tests);
  });
});
