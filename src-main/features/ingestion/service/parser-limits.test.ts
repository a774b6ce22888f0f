import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countRows, Station } from '../../../engine/engine.fixture.ts';

// R-44 through the engine: a reader that a file drives mad is ended, the failure is logged, everything else goes on.
const url = new URL('../../../workers/hostile-parser.fixture.ts', import.meta.url);
const limits = { url, heapMb: 64, memoryMb: 512 };
/** One whose patience is short, for what ends by nothing else; the other's is longer than a busy machine takes. */
const impatient = new Station({ ...limits, stallMs: 1_500 });
const patient = new Station({ ...limits, stallMs: 30_000 });
beforeAll(async () => {
  await impatient.create();
  await patient.create();
});
afterAll(async () => {
  await impatient.close();
  await patient.close();
});

const GOOD = 'date,amount,currency\n2024-01-31,10.00,EUR\n';

describe('a file that drives its reader mad', () => {
  it.each([
    ['LOOP', 'parser.timeout'],
    ['HEAP', 'parser.out-of-memory'],
    ['BUFFERS', 'parser.out-of-memory'],
    ['EXIT', 'parser.crashed'],
  ])(
    '%s: refused as %s, logged, nothing kept; calls are answered meanwhile, the next file is imported',
    async (word, code) => {
      const station = word === 'LOOP' ? impatient : patient;
      const caseId = await station.createCase(word);
      const tables = ['sources', 'transactions', 'statements'];
      const before = await station.inStore(db => tables.map(name => countRows(db, name)));
      const importing = station.import(caseId, [
        station.file(`${word}.csv`, `${word}\n`),
        station.file('good.csv', GOOD),
      ]);
      let answered = 0;
      let running = true;
      const asking = (async () => {
        while (running) {
          await station.invoke('cases.list', {});
          answered += 1;
          await new Promise(resolve => setTimeout(resolve, 20));
        }
      })();
      const files = await importing;
      running = false;
      await asking;
      expect(files.map(file => [file.name, file.error?.code])).toEqual([
        [`${word}.csv`, code],
        ['good.csv', undefined],
      ]);
      expect(files[0]!.error).toMatchObject({ category: 'input', file: `${word}.csv` });
      expect(files[0]!.error!.message).toContain(`${word}.csv`);
      expect(answered).toBeGreaterThan(5);
      const after = await station.inStore(db => tables.map(name => countRows(db, name)));
      expect(after).toEqual(before.map(rows => rows + 1));
      const acts = await station.acts();
      expect(acts.slice(-5)).toEqual([
        'evidence.import-started',
        'evidence.import-failed',
        'evidence.import-discarded',
        'evidence.import-started',
        'evidence.imported',
      ]);
      expect((await station.done('audits.verify', {})).problems).toEqual([]);
    },
  );

  it('is refused by an inspection too, in its place', async () => {
    const station = patient;
    const { files } = await station.done('files.inspect', {
      files: [
        { grant: station.grant(station.file('EXIT.csv', 'EXIT\n')) },
        { grant: station.grant(station.file('good.csv', GOOD)) },
      ],
    });
    expect(files.map(file => file.error?.code)).toEqual(['parser.crashed', undefined]);
  });
});
