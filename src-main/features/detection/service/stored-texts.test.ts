import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Station } from '../../../engine/engine.fixture.ts';
import { ReadStore } from '../../../platform/store.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { StoredTexts } from './stored-texts.ts';

const station = new Station();
beforeAll(() => station.create());
afterAll(() => station.close());

describe('texts of stored transactions', () => {
  it('are those of the file, in any order and across blocks', async () => {
    const caseId = await station.createCase();
    const rows = Array.from({ length: 3000 }, (_, i) => `2024-01-01,${i}.00,EUR,text ${i}`);
    await station.import(caseId, [station.file('long.csv', `date,amount,currency,description\n${rows.join('\n')}\n`)]);
    await station.inStore(db => {
      const first = db.prepare('SELECT min(id) FROM transactions').pluck().get() as number;
      const source = { firstTransactionId: first, columns: { count: 3000 } } as CaseSource;
      const texts = new StoredTexts(new ReadStore(db), [source]);
      expect(texts.isStated('description')).toBe(true);
      expect(texts.isStated('reference')).toBe(false);
      // Far apart, back again, and both ends.
      for (const i of [2999, 0, 1500, 2999, 1023, 1024, 1025, 0])
        expect(texts.at('description', first + i)).toBe(`text ${i}`);
      expect(texts.at('reference', first)).toBe('');
      expect(texts.at('description', first + 3000)).toBe('');
    });
  });
});
