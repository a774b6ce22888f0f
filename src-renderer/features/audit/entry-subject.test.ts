import { expect, it } from 'vitest';
import { entrySubject } from './entry-subject.ts';

it('tells names first, then counts with what they count; identifiers and digests are left to the detail', () => {
  const object = JSON.stringify({
    case: '11111111-2222-3333-4444-555555555555',
    rejected: 2,
    name: 'branch-account.csv',
    sha256: 'ab'.repeat(32),
    settings: { decimal: ',' },
    transactions: 108,
  });
  expect(entrySubject(object)).toBe('branch-account.csv · rejected 2 · transactions 108');
});

it('shows four parts at most, and no empty ones', () => {
  expect(entrySubject('{"a":1,"b":2,"c":3,"d":4,"e":5,"reason":""}')).toBe('a 1 · b 2 · c 3 · d 4');
});
