import type { TaskChannel } from '../../../platform/worker-task.ts';
import { CaseTable } from '../../ingestion/domain/case-table.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { decodeUtf8 } from '../../ingestion/service/decode-utf8.ts';
import type { RecipeEvent } from '../../standardization/domain/index.ts';
import { foldRecipe, partyKey } from '../../standardization/domain/index.ts';
import type { PairEvidence } from '../domain/link-records.ts';
import { linkRecords } from '../domain/link-records.ts';
import { DEFAULT_SETTINGS } from '../domain/linkage-settings.ts';
import { partyRecords, partyTable } from '../domain/party-records.ts';

export interface ProposePartiesTask {
  readonly task: 'propose-parties';
  readonly sources: readonly CaseSource[];
  readonly events: readonly RecipeEvent[];
  readonly threshold: number;
}

/** Two party keys that may be one party, and why. */
export interface ProposedPair extends PairEvidence {
  readonly a: string;
  readonly b: string;
}

export interface ProposedCluster {
  readonly members: readonly string[];
  readonly pairs: readonly ProposedPair[];
}

export interface ProposedParties {
  readonly parties: number;
  readonly clusters: readonly ProposedCluster[];
}

/** Pairs kept with a cluster: those that hold it together best. */
const PAIRS_PER_CLUSTER = 50;

/**
 * Looks for parties that are the same under several names. What people decided stands: merged keys are one already, and keys
 * that were kept apart are not proposed again. Nothing is merged here.
 */
export const proposeParties = (task: ProposePartiesTask, channel: TaskChannel): ProposedParties => {
  const { parties: groups } = foldRecipe(task.events);
  const table = new CaseTable(task.sources, decodeUtf8);
  const { records } = partyRecords(table.coded('counterparty'), table.coded('counterpartyAccount'));
  // In an order that follows from their content alone: not from which file came first.
  const named = records
    .filter(({ spelling }) => partyKey(spelling) !== '')
    .sort((x, y) => compare(x.spelling, y.spelling) || compare(x.account, y.account));
  const keys = named.map(({ spelling }) => partyKey(spelling));
  const linked = linkRecords(
    partyTable(named),
    { ...DEFAULT_SETTINGS, threshold: task.threshold },
    (stage, done, total) => channel.send({ stage, done, total }),
  );
  const clusterOf = new Map(linked.clusters.flatMap((rows, cluster) => rows.map(row => [row, cluster] as const)));
  const clusters = new Map<number, Map<string, ProposedPair>>();
  for (const { a, b } of linked.pairs) {
    const cluster = clusterOf.get(a);
    const [first, second] = [keys[a]!, keys[b]!].sort() as [string, string];
    // A pair that the guard against chains has cut stays out.
    if (cluster === undefined || cluster !== clusterOf.get(b) || first === second) continue;
    if (groups.areKeptApart(first, second) || groups.areOne(first, second)) continue;
    const pairs = clusters.get(cluster) ?? new Map<string, ProposedPair>();
    const pair = `${first}\n${second}`;
    if (!pairs.has(pair)) pairs.set(pair, { a: first, b: second, ...linked.explain(a, b) });
    clusters.set(cluster, pairs);
  }
  return {
    parties: new Set(keys).size,
    clusters: [...clusters.values()].map(pairs => clusterFrom([...pairs.values()])).sort(bySurest),
  };
};

const compare = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0);

const clusterFrom = (pairs: readonly ProposedPair[]): ProposedCluster => ({
  members: [...new Set(pairs.flatMap(({ a, b }) => [a, b]))].sort(),
  pairs: [...pairs].sort((x, y) => y.weight - x.weight || compare(x.a + x.b, y.a + y.b)).slice(0, PAIRS_PER_CLUSTER),
});

const bySurest = (x: ProposedCluster, y: ProposedCluster): number =>
  y.pairs[0]!.weight - x.pairs[0]!.weight || compare(x.members[0]!, y.members[0]!);
