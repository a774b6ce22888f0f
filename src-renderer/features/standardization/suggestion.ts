import type { ChannelAnswer } from '../../../src-main/contract/index.ts';

/** A party, in one direction of money, whose category nobody has confirmed. */
export type Suggestion = ChannelAnswer<'categories.suggestions'>['suggestions'][number];

/** What tells one suggestion from another. */
export const suggestionKey = ({ party, direction }: Pick<Suggestion, 'party' | 'direction'>): string =>
  `${direction} ${party}`;
