import fc from 'fast-check';
import { expect, it } from 'vitest';
import { approvalProblem, givesDutyAlone, ownWorks, proposalProblem, rejectionProblem } from './separation.ts';

const person = fc.constantFrom('ada', 'bo', 'cy');

it('only a third person approves what one proposes for another (R-26)', () => {
  fc.assert(
    fc.property(person, person, person, (proposer, subject, approver) => {
      const allowed =
        proposalProblem({ proposer, subject }) === null && approvalProblem({ proposer, subject }, approver) === null;
      expect(allowed).toBe(new Set([proposer, subject, approver]).size === 3);
    }),
  );
});

it('who proposed a change may withdraw it, whom it concerns decides nothing', () => {
  expect(rejectionProblem({ proposer: 'ada', subject: 'bo' }, 'ada')).toBeNull();
  expect(rejectionProblem({ proposer: 'ada', subject: 'bo' }, 'cy')).toBeNull();
  expect(rejectionProblem({ proposer: 'ada', subject: 'bo' }, 'bo')).toBe('own-rights');
});

it('the supervisor’s duty is given by one person only while there is no other to approve', () => {
  const ada = { id: 'ada', supervisor: true, state: 'active' } as const;
  expect(givesDutyAlone([ada], 'ada')).toBe(true);
  expect(givesDutyAlone([ada, { id: 'bo', supervisor: false, state: 'active' }], 'ada')).toBe(true);
  expect(givesDutyAlone([ada, { id: 'bo', supervisor: true, state: 'revoked' }], 'ada')).toBe(true);
  expect(givesDutyAlone([ada, { id: 'bo', supervisor: true, state: 'active' }], 'ada')).toBe(false);
});

const ACCOUNTS = [
  { id: '1', username: 'Ada' },
  { id: '2', username: 'Bo' },
];

it('an author is known by account, whatever the case of the name', () => {
  const works = [{ author: 'ADA' }, { author: 'Bo' }, { author: 'ada' }];
  expect(ownWorks(works, ACCOUNTS[0]!, ACCOUNTS).own).toEqual([{ author: 'ADA' }, { author: 'ada' }]);
});

it('a name of no account proves nobody', () => {
  expect(ownWorks([{ author: 'Cy' }, { author: 'Bo' }], ACCOUNTS[0]!, ACCOUNTS)).toEqual({
    own: [],
    unproven: [{ author: 'Cy' }],
  });
});
