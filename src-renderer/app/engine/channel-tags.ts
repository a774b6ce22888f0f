/** A channel's noun is its cache tag: `cases.list` provides `cases`. */
export const nounOf = (channel: string): string => channel.slice(0, channel.indexOf('.'));

/**
 * Cache tags that a command makes stale. Opening or closing a workspace changes everything a screen may show;
 * any other command changes its own noun, the case's summary and the audit log.
 * What a job changes comes as a `records.changed` event.
 */
export const tagsChangedBy = (channel: string, all: readonly string[]): readonly string[] => {
  const noun = nounOf(channel);
  return noun === 'workspaces' ? all : [...new Set([noun, 'cases', 'audits'])];
};

/** Tags named by the engine, narrowed to those known here; an unknown name makes everything stale rather than nothing. */
export const knownTags = (named: readonly string[], all: readonly string[]): readonly string[] =>
  named.every(tag => all.includes(tag)) ? named : all;
