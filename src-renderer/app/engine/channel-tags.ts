/** A channel's noun is its cache tag: `cases.list` provides `cases`. */
export const nounOf = (channel: string): string => channel.slice(0, channel.indexOf('.'));

/** A command of these takes a step of the case's recipe, and any step can change what each of them shows. */
const RECIPE_NOUNS = ['recipes', 'rules', 'categories', 'standardization', 'parties', 'duplicates'] as const;
/** Grids that are filtered to a figure of the reconciliation show other rows after a decision on it. */
const RECONCILED_NOUNS = ['transactions'] as const;
/** What one may see and do changes with these, whatever noun it is of. */
const CHANGES_RIGHTS: readonly string[] = [
  'accounts.choosePov',
  'accounts.approveProposal',
  'factors.prove',
  'sessions.lock',
];
/** Own keys and factors show in the session's status too. */
const STATUS_NOUNS: readonly string[] = ['accounts', 'factors'];
const isRecipeNoun = (noun: string): boolean => RECIPE_NOUNS.some(known => known === noun);

/**
 * Cache tags that a command makes stale. Opening or closing a workspace, and a change of rights, changes everything a screen may show;
 * any other command changes its own noun, the case's summary and the audit log; a step of the recipe also what follows from it.
 * What a job changes comes as a `records.changed` event.
 */
export const tagsChangedBy = (channel: string, all: readonly string[]): readonly string[] => {
  const noun = nounOf(channel);
  if (noun === 'workspaces' || CHANGES_RIGHTS.includes(channel)) return all;
  const follows = isRecipeNoun(noun)
    ? RECIPE_NOUNS
    : noun === 'reconciliations'
      ? RECONCILED_NOUNS
      : STATUS_NOUNS.includes(noun)
        ? ['workspaces']
        : [];
  return [...new Set([noun, ...follows, 'cases', 'audits'])];
};

/** Tags named by the engine, narrowed to those known here; an unknown name makes everything stale rather than nothing. */
export const knownTags = (named: readonly string[], all: readonly string[]): readonly string[] =>
  named.every(tag => all.includes(tag)) ? named : all;
