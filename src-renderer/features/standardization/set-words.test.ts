import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reviewSetName, valueSetName } from '../../../src-main/features/standardization/service/live-set-task.ts';
import { wordsOfSet } from './set-words.ts';

describe('words of a set', () => {
  it('reads every name the engine gives', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (original, standardized) => {
        expect(wordsOfSet(valueSetName('type', { original, standardized, origin: 'rule' })!)).toEqual({
          kind: 'value',
          field: 'type',
          original,
          standardized,
        });
        expect(wordsOfSet(reviewSetName({ party: original, direction: 'in' })!)).toEqual({
          kind: 'review',
          party: original,
          direction: 'in',
        });
      }),
    );
  });

  it('leaves the names of figures and edited addresses alone', () => {
    for (const name of ['changed:party', 'category:rule:Rent', 'value:type:nothing', 'review:sideways:A'])
      expect(wordsOfSet(name)).toBeNull();
  });
});
