import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';

export interface ProposalRun {
  readonly proposed_at: string;
  readonly threshold: number;
  readonly input_digest: string;
}

/** When parties were last proposed and from what; undefined before the first time. */
export const proposalRun = (store: ReadStore, caseId: string): ProposalRun | undefined =>
  store.first(sql.selectFrom('party_proposal_runs').selectAll().where('case_id', '=', caseId));

/** Proposed clusters as they were written, surest first. */
export const proposedClusters = (store: ReadStore, caseId: string): string[] =>
  store
    .all(sql.selectFrom('party_proposals').select('cluster').where('case_id', '=', caseId).orderBy('ordinal'))
    .map(({ cluster }) => cluster);

/** Puts new proposals in the place of the old ones: they are no decisions, and can be made again. */
export const replaceProposals = (
  store: WriteStore,
  caseId: string,
  run: ProposalRun,
  clusters: readonly string[],
): void => {
  store.run(sql.deleteFrom('party_proposals').where('case_id', '=', caseId));
  store.run(sql.deleteFrom('party_proposal_runs').where('case_id', '=', caseId));
  store.run(sql.insertInto('party_proposal_runs').values({ case_id: caseId, ...run }));
  clusters.forEach((cluster, ordinal) => {
    store.run(sql.insertInto('party_proposals').values({ case_id: caseId, ordinal, cluster }));
  });
};
