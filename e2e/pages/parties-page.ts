import type { Page } from '@playwright/test';

export const partiesPage = (page: Page) => {
  const main = page.getByRole('main');
  const proposals = main.getByRole('list', { name: 'Proposals' });
  const parties = main.getByRole('list', { name: 'All parties' });
  const proposal = main.getByRole('region', { name: 'Chosen proposal' });
  const party = main.getByRole('region', { name: 'Chosen party' });
  return {
    tab: (name: string) => main.getByRole('tab', { name: new RegExp(`^${name}( \\([\\d,]+\\))?$`) }),
    look: main.getByRole('button', { name: /^Look (?:for parties that are the same|again)$/ }),
    proposals: proposals.getByRole('button'),
    currentProposal: proposals.locator('[aria-current="true"]'),
    proposal,
    choose: (name: string) => proposal.getByRole('checkbox', { name: `Choose ${name}`, exact: true }),
    name: proposal.getByRole('textbox', { name: 'Name of the party' }),
    merge: proposal.getByRole('button', { name: /^Merge/ }),
    keepApart: proposal.getByRole('button', { name: /^Keep apart/ }),
    bars: proposal.getByRole('list', { name: 'Evidence step by step' }).getByRole('listitem'),
    evidence: proposal.getByRole('table', { name: 'Evidence in figures' }),
    noneLeft: main.getByText('Nothing left to decide'),
    parties: parties.getByRole('button'),
    search: main.getByRole('searchbox', { name: 'Search parties' }),
    count: main.getByRole('status').filter({ hasText: /^[\d,]+ part(?:y|ies)$/ }),
    party,
    members: main.getByRole('table', { name: 'Members' }),
    rowCounts: main.getByRole('table', { name: 'Members' }).getByRole('link', { name: /^[\d,]+ rows of/ }),
    chooseMember: (name: string) => party.getByRole('checkbox', { name: `Choose ${name}`, exact: true }),
    takeOut: party.getByRole('button', { name: /^Take [\d,]+ out of the party$/ }),
    undo: page.getByRole('alert').getByRole('button', { name: 'Undo' }),
  };
};
