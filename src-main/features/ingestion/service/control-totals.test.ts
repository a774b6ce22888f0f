import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelInput } from '../../../contract/index.ts';
import { countRows, Station } from '../../../engine/engine.fixture.ts';

// The sums are added up by hand: 10.00 + 0.125 in, 2.50 out.
const FILE = `date,amount,currency,balance
2024-01-01,10.00,EUR,110.000
2024-01-02,-2.50,EUR,107.500
2024-01-03,0.125,EUR,107.625
`;
const station = new Station();
beforeAll(() => station.create());
afterAll(() => station.close());
let cases = 0;

type Controls = NonNullable<ChannelInput<'imports.start'>['files'][number]['controls']>;
const importWith = async (controls: Controls, content = FILE, overrides: Record<string, string> = {}) => {
  const caseId = await station.createCase(`Controls ${++cases}`);
  const grant = station.grant(station.file('bank.csv', content));
  const { files } = await station.done('imports.start', { caseId, files: [{ grant, controls, overrides }] });
  return { caseId, file: files[0]! };
};

describe('control totals', () => {
  it('that agree let the file in, and stand in the log and the source', async () => {
    const controls = { count: 3, credits: '10.125', debits: '2.5', net: '7.625', closing: '107.625' };
    const { caseId, file } = await importWith(controls);
    expect(file.error).toBeUndefined();
    const { sources } = await station.invoke('sources.list', { caseId });
    expect(sources[0]!.settings).toEqual({
      controlCount: '3',
      controlCredits: '10.125',
      controlDebits: '2.5',
      controlNet: '7.625',
      controlClosing: '107.625',
    });
    const { entries } = await station.invoke('audits.list', { limit: 1 });
    expect(entries[0]).toMatchObject({ act: 'evidence.imported' });
    expect(JSON.parse(entries[0]!.object)).toMatchObject({ settings: expect.stringContaining('"controlCount":"3"') });
    expect((await station.done('audits.verify', {})).problems).toEqual([]);
  });

  it.each<[string, Controls, string]>([
    ['count', { count: 4 }, 'count: expected 4, found 3, difference -1'],
    ['credits', { credits: '10.13' }, 'credits: expected 10.13, found 10.125, difference -0.005'],
    ['debits', { debits: '0' }, 'debits: expected 0.00, found 2.50, difference 2.50'],
    ['net', { net: '-7.625' }, 'net: expected -7.625, found 7.625, difference 15.25'],
    ['closing', { closing: '107.50' }, 'closing: expected 107.50, found 107.625, difference 0.125'],
  ])('%s that disagrees refuses the file; nothing of it is stored', async (_what, controls, message) => {
    const before = await station.inStore(db => ['sources', 'transactions'].map(name => countRows(db, name)));
    const sealed = station.sealed();
    const { file } = await importWith(controls);
    expect(file).toMatchObject({
      sourceId: null,
      error: {
        code: 'control.disagrees',
        category: 'input',
        file: 'bank.csv',
        kept: 'Nothing of this file was stored.',
      },
    });
    expect(file.error!.message).toContain(message);
    expect(await station.inStore(db => ['sources', 'transactions'].map(name => countRows(db, name)))).toEqual(before);
    expect(station.sealed()).toEqual(sealed);
    const { files } = await station.done('files.inspect', {
      files: [{ grant: station.grant(station.file('bank.csv', FILE)), controls }],
    });
    expect(files[0]!.error).toMatchObject({ code: 'control.disagrees' });
  });

  it('that disagree say how many records were rejected', async () => {
    const { file } = await importWith({ count: 4 }, `${FILE}2024-02-30,1.00,EUR,108.625\n`);
    expect(file.error!.message).toContain('count: expected 4, found 3 (and 1 rejected), difference -1');
  });

  it('given as settings mean the same, and one that is no number is a wrong call', async () => {
    const { file } = await importWith({}, FILE, { controlCount: '5', controlNet: '1' });
    expect(file.error!.message).toMatch(/count: expected 5, found 3.*; net: expected 1\.00/);
    const caseId = await station.createCase('Wrong call');
    for (const overrides of [{ controlCount: 'many' }, { controlDebits: '-1' }, { controlNet: '1.234,50' }] as const) {
      const grant = station.grant(station.file('bank.csv', FILE));
      const { error } = await station.run('imports.start', { caseId, files: [{ grant, overrides }] });
      expect(error).toMatchObject({ code: 'control.invalid', category: 'usage' });
    }
  });

  it('of sums over several currencies mean nothing, and a count does', async () => {
    const content = 'date,amount,currency\n2024-01-01,1.00,EUR\n2024-01-02,2.00,USD\n';
    expect((await importWith({ credits: '3.00' }, content)).file.error).toMatchObject({
      code: 'control.not-comparable',
    });
    expect((await importWith({ count: 2 }, content)).file.error).toBeUndefined();
  });

  it('a closing balance that the file does not state disagrees', async () => {
    const { file } = await importWith({ closing: '1.00' }, 'date,amount\n2024-01-01,1.00\n');
    expect(file.error!.message).toContain('closing: expected 1.00, found none: the file does not state it');
  });
});
