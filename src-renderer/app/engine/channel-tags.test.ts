import { describe, expect, it } from 'vitest';
import { knownTags, nounOf, tagsChangedBy } from './channel-tags.ts';

const ALL = ['workspaces', 'cases', 'findings', 'audits'];

describe('channel tags', () => {
  it('takes the noun of a channel', () => {
    expect(nounOf('findings.decide')).toBe('findings');
  });

  it('makes a decision stale the findings, the case and the audit log', () => {
    expect(tagsChangedBy('findings.decide', ALL)).toEqual(['findings', 'cases', 'audits']);
    expect(tagsChangedBy('workspaces.open', ALL)).toEqual(ALL);
  });

  it('makes a step of the recipe stale all that follows from it, whichever channel took it', () => {
    for (const channel of ['rules.save', 'categories.confirm', 'recipes.undo', 'parties.merge'])
      expect(tagsChangedBy(channel, ALL)).toEqual(
        expect.arrayContaining([
          'recipes',
          'rules',
          'categories',
          'standardization',
          'parties',
          'duplicates',
          'audits',
        ]),
      );
  });

  it('makes a decision on matches stale the grids that show what is open', () => {
    expect(tagsChangedBy('reconciliations.confirm', ALL)).toEqual([
      'reconciliations',
      'transactions',
      'cases',
      'audits',
    ]);
  });

  it('makes everything stale with a change of rights, and the session’s status with one of keys or factors', () => {
    for (const channel of ['accounts.choosePov', 'factors.prove']) expect(tagsChangedBy(channel, ALL)).toEqual(ALL);
    for (const channel of ['accounts.changePassword', 'factors.confirm'])
      expect(tagsChangedBy(channel, ALL)).toContain('workspaces');
  });

  it('refreshes everything for a tag it does not know, never nothing', () => {
    expect(knownTags(['cases'], ALL)).toEqual(['cases']);
    expect(knownTags(['cases', 'ledgers'], ALL)).toEqual(ALL);
  });
});
