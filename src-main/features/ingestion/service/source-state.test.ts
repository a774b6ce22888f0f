import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Station } from '../../../engine/engine.fixture.ts';
import { zipOf } from '../../../platform/archive.fixture.ts';

const station = new Station();
beforeAll(() => station.create());
afterAll(() => station.close());

const table = (amount: string): string => `date,amount,currency\n2024-01-01,${amount},EUR\n`;
const REASON = { reason: 'Belongs to another inquiry.' };

describe('a source set aside', () => {
  it('keeps its evidence and its rows, is left out of everything computed, and comes back as it was', async () => {
    const caseId = await station.createCase();
    const [a, b] = await station.import(caseId, [
      station.file('a.csv', table('10.00')),
      station.file('b.csv', table('20.00')),
    ]);
    await station.done('examinations.run', { caseId });
    const page = async () => {
      const { rows, all, sums } = await station.invoke('transactions.page', { caseId });
      return { amounts: rows.map(row => row.amount), all, credits: sums.map(sum => sum.credits) };
    };
    const before = await page();
    expect(before).toEqual({ amounts: ['10.00', '20.00'], all: 2, credits: ['30.00'] });
    const { rows } = await station.invoke('transactions.page', { caseId });
    const examined = () => station.invoke('examinations.read', { caseId });
    expect((await examined())?.stale).toBe(false);

    expect(await station.refusal('sources.archive', { sourceId: b!.sourceId, reason: ' ' })).toMatchObject({
      code: 'input.invalid',
    });
    await station.invoke('sources.archive', { sourceId: b!.sourceId!, ...REASON });
    expect(await page()).toEqual({ amounts: ['10.00'], all: 1, credits: ['10.00'] });
    expect((await examined())?.stale).toBe(true);
    expect(await station.refusal('transactions.read', { caseId, transactionId: rows[1]!.id })).toMatchObject({
      code: 'transaction.unknown',
    });
    const { cases } = await station.invoke('cases.list', {});
    expect(cases.find(known => known.id === caseId)).toMatchObject({ sources: 1, transactions: 1 });
    const { sources } = await station.invoke('sources.list', { caseId });
    expect(sources.map(source => [source.name, source.state, source.setAside?.reason])).toEqual([
      ['a.csv', 'in-use', undefined],
      ['b.csv', 'set-aside', REASON.reason],
    ]);
    await station.done('examinations.run', { caseId });
    expect((await station.done('audits.verify', {})).problems).toEqual([]);
    // The same bytes are known, and why they are not examined is said.
    const [again] = await station.import(caseId, [station.file('again.csv', table('20.00'))]);
    expect(again).toMatchObject({ alreadyImported: true, sourceId: b!.sourceId });
    expect(again!.warnings.map(warning => warning.code)).toEqual(['import.already', 'import.set-aside']);

    // Neither a reopening nor its tidying up touches what is set aside.
    const sealed = station.sealed();
    await station.closeWorkspace();
    await station.open();
    expect(station.sealed()).toEqual(sealed);
    expect(await station.refusal('sources.archive', { sourceId: b!.sourceId, ...REASON })).toMatchObject({
      code: 'source.state',
      category: 'conflict',
    });
    await station.invoke('sources.restore', { sourceId: b!.sourceId!, reason: 'It belongs here.' });
    expect(await station.refusal('sources.restore', { sourceId: a!.sourceId, ...REASON })).toMatchObject({
      code: 'source.state',
    });
    expect(await page()).toEqual(before);
    expect((await station.acts()).filter(act => act.startsWith('source.'))).toEqual([
      'source.archived',
      'source.restored',
    ]);
    expect((await station.done('audits.verify', {})).problems).toEqual([]);
  });

  it('of an archive takes its members with it, both ways', async () => {
    const caseId = await station.createCase('Archive');
    await station.import(caseId, [
      station.file(
        'x.zip',
        zipOf([
          { name: 'a.csv', content: table('1.00') },
          { name: 'b.csv', content: table('2.00') },
        ]),
      ),
    ]);
    const { sources } = await station.invoke('sources.list', { caseId });
    const sourceId = sources[0]!.id;
    expect(await station.invoke('sources.archive', { sourceId, ...REASON })).toEqual({ sources: 3 });
    expect((await station.invoke('transactions.page', { caseId })).all).toBe(0);
    await station.invoke('sources.restore', { sourceId: sources[1]!.id, ...REASON });
    expect((await station.invoke('transactions.page', { caseId })).all).toBe(1);
    expect(await station.invoke('sources.restore', { sourceId, ...REASON })).toEqual({ sources: 2 });
    expect((await station.invoke('transactions.page', { caseId })).all).toBe(2);
  });

  it('behind the back of the log is noticed', async () => {
    const caseId = await station.createCase('Behind');
    await station.import(caseId, [station.file('c.csv', table('3.00'))]);
    await station.inStore(
      db =>
        db.prepare(`UPDATE sources SET set_aside_at = '2026-01-01', set_aside_reason = 'x' WHERE name = 'c.csv'`).run(),
      'write',
    );
    const { problems } = await station.done('audits.verify', {});
    expect(problems.map(problem => problem.code)).toEqual(['records.set-aside']);
  });
});

describe('rejected records', () => {
  it('are handed out as CSV that no spreadsheet takes for formulas (R-48)', async () => {
    const caseId = await station.createCase('Rejected');
    const [file] = await station.import(caseId, [
      station.file('d.csv', `${table('4.00')}=cmd|x,"a ""b""",EUR\n2024-13-01,1.00,EUR\n`),
    ]);
    const sourceId = file!.sourceId!;
    const whole = await station.invoke('sources.exportRejected', { sourceId });
    expect(whole).toMatchObject({ total: 2, rows: 2, fileName: 'd.csv.rejected.csv' });
    const lines = whole.content.split('\r\n');
    expect(lines[0]).toBe('row,reason,raw');
    expect(lines[1]).toMatch(/^3,".+","'=cmd\|x,""a """"b"""""",EUR"$/);
    expect(lines[2]).toMatch(/^4,".+","2024-13-01,1\.00,EUR"$/);
    const second = await station.invoke('sources.exportRejected', { sourceId, offset: 1, limit: 1 });
    expect(second.content).toBe(`${lines[2]}\r\n`);
  });
});
