import { describe, expect, it } from 'vitest';
import { addressValue, filterFromSearch, isNarrowed } from './finding-filter.ts';

describe('the address of a queue', () => {
  it('holds the conditions; what it does not know is no condition', () => {
    expect(
      filterFromSearch(
        new URLSearchParams('severity=high&state=open&review=waiting&test=velocity&group=time&assignee=Bo&flagged=yes'),
      ),
    ).toEqual({
      severity: 'high',
      state: 'open',
      review: 'waiting',
      test: 'velocity',
      group: 'time',
      assignee: 'Bo',
      flagged: true,
    });
    expect(filterFromSearch(new URLSearchParams('severity=grave&state=any&flagged=1'))).toEqual({});
  });

  it('tells nobody from anybody', () => {
    expect(filterFromSearch(new URLSearchParams({ assignee: addressValue('assignee', '')! }))).toEqual({
      assignee: '',
    });
    expect(addressValue('assignee', 'any')).toBeNull();
    expect(addressValue('state', 'any')).toBe('any');
  });

  it('is narrowed by anything but the state', () => {
    expect(isNarrowed({ state: 'open' })).toBe(false);
    expect(isNarrowed({ state: 'open', flagged: true })).toBe(true);
  });
});
