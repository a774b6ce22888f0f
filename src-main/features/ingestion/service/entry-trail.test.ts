import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Station } from '../../../engine/engine.fixture.ts';

// Who entered a record and when: stored, shown, verified and given to tests where a file states it, and nothing at all elsewhere.
const station = new Station();
beforeAll(() => station.create());
afterAll(() => station.close());

const LEDGER = `Journal No,Posting Date,Entry Date,Entry Time,Posted By,GL Account,Debit,Credit,Line description
1,2024-01-05,2024-01-05,09:15:00,anna,1200,100.00,,rent
1,2024-01-05,2024-01-05,09:15:00,anna,4000,,100.00,rent
2,2024-12-31,2025-02-01,00:00:00,zoe,1200,50.00,,plug
2,2024-12-31,,,,4000,,50.00,
`;
const TRAIL = ['poster', 'entered', 'time'] as const;

describe('who entered a record and when', () => {
  it('is shown in rows and records, unknown where it is not stated, also from the sealed columns', async () => {
    const caseId = await station.createCase();
    const [file] = await station.import(caseId, [station.file('ledger.csv', LEDGER)]);
    const filter = { sourceId: file!.sourceId! };
    const trail = async () =>
      (await station.invoke('transactions.page', { caseId, filter })).rows.map(row => TRAIL.map(name => row[name]));
    const expected = [
      ['anna', '2024-01-05', '09:15'],
      ['anna', '2024-01-05', '09:15'],
      // 00:00 is what programs write where there is no time.
      ['zoe', '2025-02-01', undefined],
      [undefined, undefined, undefined],
    ];
    expect(await trail()).toEqual(expected);
    await station.closeWorkspace();
    await station.open();
    expect(await trail()).toEqual(expected);
    expect((await station.done('audits.verify', {})).problems).toEqual([]);
  });

  it('is nothing at all in a file that does not state it', async () => {
    const caseId = await station.createCase('Plain');
    const plain = 'date,amount,currency,description\n2024-02-01,1.00,EUR,x\n';
    await station.import(caseId, [station.file('plain.csv', plain)]);
    const { rows } = await station.invoke('transactions.page', { caseId });
    expect(TRAIL.filter(name => name in rows[0]!)).toEqual([]);
    const names = await station.inStore(db =>
      db
        .prepare(`SELECT DISTINCT dictionary FROM dictionary_values WHERE source = (SELECT max(ordinal) FROM sources)`)
        .pluck()
        .all(),
    );
    expect(names).not.toEqual(expect.arrayContaining([...TRAIL]));
  });

  it('that was changed in the store is noticed', async () => {
    await station.inStore(
      db =>
        db
          .prepare('UPDATE transactions SET poster = 1 WHERE id = (SELECT min(id) FROM transactions WHERE poster = 0)')
          .run(),
      'write',
    );
    expect((await station.done('audits.verify', {})).problems.map(problem => problem.code)).toEqual(['records.differ']);
  });
});
