import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { paths } from '../../app/paths.ts';

export type Party = ChannelAnswer<'parties.list'>['parties'][number];

/** Characters the filter `set` may have (transactions.contract.ts). */
const LONGEST_SET = 400;

const MERGED = 'party:merged:';

/** The party whose rows a set is; null for any other set. */
export const mergedPartyName = (set: string): string | null =>
  set.startsWith(MERGED) ? set.slice(MERGED.length) : null;

/**
 * The grid with exactly the rows of a party: by its key where it stands alone, by its name where people merged it.
 * Null where the name is too long for an address.
 */
export const partyRows = (caseId: string, { name, members }: Pick<Party, 'name' | 'members'>): string | null => {
  const [only, ...others] = members;
  if (only !== undefined && others.length === 0) return paths.records(caseId, { party: only.party });
  const set = `${MERGED}${name}`;
  return set.length > LONGEST_SET ? null : paths.records(caseId, { set });
};
