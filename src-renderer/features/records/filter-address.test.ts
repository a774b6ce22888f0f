import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterFromSearch, filterToSearch, monthDays, withoutFields } from './filter-address.ts';

const FINDING = '0b6b7c1e-0000-4000-8000-000000000001';

describe('filter address', () => {
  it('brings any text condition back as it was', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200 }),
        fc.string(),
        fc.constantFrom('in', 'out'),
        (text, account, direction) => {
          const filter = { text, account, direction: direction as 'in' | 'out', findingId: FINDING };
          expect(filterFromSearch(new URLSearchParams(filterToSearch(filter)))).toEqual(filter);
        },
      ),
    );
  });

  it('leaves out what the contract would refuse, so that an edited address cannot break the screen', () => {
    const search = new URLSearchParams('direction=sideways&from=31.12.2024&currency=EUR&unknown=1&findingId=x');
    expect(filterFromSearch(search)).toEqual({ currency: 'EUR' });
  });

  it('drops the named conditions only', () => {
    expect(withoutFields({ from: '2024-01-01', to: '2024-01-31', account: 'A' }, ['from', 'to'])).toEqual({
      account: 'A',
    });
  });

  // 2000 is a leap year and 1900 is not (Gregorian rule).
  it.each([
    ['2024-02', '2024-02-29'],
    ['1900-02', '1900-02-28'],
    ['2000-02', '2000-02-29'],
    ['2023-12', '2023-12-31'],
  ])('%s ends on %s', (month, last) => {
    expect(monthDays(month)).toEqual({ from: `${month}-01`, to: last });
  });

  it('refuses text that is no month', () => {
    expect(monthDays('2024-13')).toBeNull();
  });
});
