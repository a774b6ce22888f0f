import { mayWorkOn } from '../../features/identity/service/case-access.ts';
import { caseOfFinding, caseOfReport, caseOfSource } from '../../features/identity/storage/object-case.repository.ts';
import type { ReadStore } from '../../platform/store.ts';
import type { OpenedSession } from '../session.ts';
import type { IdScope } from './id-scopes.ts';
import { ID_SCOPES } from './id-scopes.ts';
import { GateRefusal } from './refusals.ts';

/** Channels that name cases to a supervisor who need not work on them: they say who does, nothing of what is in them. */
const OF_ASSIGNMENTS: ReadonlySet<string> = new Set(['cases.assign', 'cases.unassign']);

type Owned = Extract<IdScope, 'source' | 'finding' | 'report'>;
interface Named {
  readonly scope: Owned | 'case';
  readonly id: string;
}

const CASE_OF: Readonly<Record<Owned, (store: ReadStore, id: string) => string | undefined>> = {
  source: caseOfSource,
  finding: caseOfFinding,
  report: caseOfReport,
};

/**
 * The same words that the handlers have for what does not exist: a refusal tells nothing more. Nor does its entry in the
 * log, which whoever tried may read: it is there for what does not exist too, and names neither a case nor an id.
 */
const unknown = ({ scope, id }: Named): GateRefusal =>
  new GateRefusal('out-of-scope', {
    code: `${scope}.unknown`,
    category: 'not-found',
    message: `There is no ${scope} ${id} in this workspace.`,
  });

/** Everything an input names that belongs to a case by itself. */
const namedIn = (value: unknown, found: Named[] = []): Named[] => {
  if (Array.isArray(value)) for (const item of value) namedIn(item, found);
  else if (typeof value === 'object' && value !== null)
    for (const [name, member] of Object.entries(value)) {
      const scope = ID_SCOPES[name];
      if (scope === 'case' || scope === 'source' || scope === 'finding' || scope === 'report') {
        for (const id of Array.isArray(member) ? member : [member])
          if (typeof id === 'string') found.push({ scope, id });
      } else namedIn(member, found);
    }
  return found;
};

/**
 * Last gate: each case, source, finding and report that an input names is of a case the account works on, and of the one
 * case where it names one. What is not answers exactly as what does not exist.
 */
export const assertInScope = (opened: OpenedSession | null, channel: string, input: unknown): void => {
  if (opened === null || OF_ASSIGNMENTS.has(channel)) return;
  const store = opened.workspace.read;
  const named = namedIn(input);
  const stated = new Set(named.filter(({ scope }) => scope === 'case').map(({ id }) => id));
  for (const one of named) {
    const caseId = one.scope === 'case' ? one.id : CASE_OF[one.scope](store, one.id);
    const elsewhere = stated.size > 0 && caseId !== undefined && !stated.has(caseId);
    if (caseId === undefined || elsewhere || !mayWorkOn(store, opened.account.id, caseId)) throw unknown(one);
  }
};
