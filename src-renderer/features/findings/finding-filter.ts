import {
  FINDING_STATES,
  type FindingFilter,
  REVIEW_STATES,
  SEVERITIES,
} from '../../../src-main/contract/findings.contract.ts';

/** The name of an assignee in the address that means nobody. */
const NOBODY = '-';

const oneOf = <T extends string>(known: readonly T[], value: string | null): T | undefined =>
  known.find(each => each === value);

/** The address's conditions as a filter; words that it does not know are no conditions. */
export const filterFromSearch = (search: URLSearchParams): FindingFilter => {
  const severity = oneOf(SEVERITIES, search.get('severity'));
  const state = oneOf(FINDING_STATES, search.get('state'));
  const review = oneOf(REVIEW_STATES, search.get('review'));
  const test = search.get('test');
  const group = search.get('group');
  const assignee = search.get('assignee');
  return {
    ...(severity === undefined ? {} : { severity }),
    ...(state === undefined ? {} : { state }),
    ...(review === undefined ? {} : { review }),
    ...(test === null ? {} : { test }),
    ...(group === null ? {} : { group }),
    ...(assignee === null ? {} : { assignee: assignee === NOBODY ? '' : assignee }),
    ...(search.get('flagged') === 'yes' ? { flagged: true } : {}),
  };
};

/** What a facet's value is called in the address; null takes the condition away. */
export const addressValue = (facet: string, value: string): string | null => {
  if (facet === 'assignee' && value === '') return NOBODY;
  return value === 'any' && facet !== 'state' ? null : value;
};

/** Whether the person narrowed the list beyond the usual queue of open findings. */
export const isNarrowed = ({ state: _state, ...others }: FindingFilter): boolean => Object.keys(others).length > 0;
