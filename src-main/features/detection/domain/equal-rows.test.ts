import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalRowGroups, NO_HASH } from './equal-rows.ts';
import { UNCANCELLED } from './transaction-table.fixture.ts';

describe('equalRowGroups', () => {
  it('groups by equality whatever the hashes collide on, and leaves out rows without a hash (property)', () => {
    const values = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 200 });
    fc.assert(
      fc.property(values, fc.constantFrom(1, 2, 7, 1000), (list, hashesInUse) => {
        // Few hashes for many values: unequal rows meet in the filter and in the table.
        const hashes = Uint32Array.from(list, value => (value === 0 ? NO_HASH : 0xffff_fff0 - (value % hashesInUse)));
        const groups = equalRowGroups(hashes, (a, b) => list[a] === list[b], UNCANCELLED);
        const rows = [...list.keys()].filter(row => list[row] !== 0);
        const expected = [...Map.groupBy(rows, row => list[row]).values()].filter(group => group.length > 1);
        expect(groups.map(group => [...group])).toEqual(expected);
      }),
    );
  });
});
