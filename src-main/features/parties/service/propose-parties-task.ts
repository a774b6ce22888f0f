import type { CodedColumn } from '../../../kernel/dictionary.ts';
import { Dictionary } from '../../../kernel/dictionary.ts';
import type { TaskChannel } from '../../../platform/worker-task.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import type { RecipeEvent } from '../../standardization/domain/index.ts';
import { foldRecipe } from '../../standardization/domain/index.ts';
import type { PairEvidence } from '../domain/link-records.ts';
import { linkRecords } from '../domain/link-records.ts';
import { DEFAULT_SETTINGS } from '../domain/linkage-settings.ts';
import { partyTable } from './party-table.ts';

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
 * Looks for parties that are the same under several names. A record is a party key with one of the accounts it was seen with:
 * names and accounts are compared. What people decided stands: merged keys are one already, and keys that were kept apart are
 * not proposed again. Nothing is merged here.
 */
export const proposeParties = (task: ProposePartiesTask, channel: TaskChannel): ProposedParties => {
  const { parties: groups } = foldRecipe(task.events);
  const { keys, names, accounts } = records(task.sources);
  const linked = linkRecords(
    {
      rowCount: keys.length,
      fields: [
        { name: 'name', column: names, kind: 'business-name' },
        { name: 'account', column: accounts, kind: 'code' },
      ],
      ids: null,
      side: null,
    },
    { ...DEFAULT_SETTINGS, threshold: task.threshold },
    (stage, done, total) => channel.send({ stage, done, total }),
  );
  const best = new Map<string, ProposedPair>();
  for (const { a, b } of linked.pairs) {
    const [first, second] = [keys[a]!, keys[b]!].sort() as [string, string];
    if (first === second || groups.areKeptApart(first, second) || groups.membersOf(first).includes(second)) continue;
    const key = `${first}\n${second}`;
    if (!best.has(key)) best.set(key, { a: first, b: second, ...linked.explain(a, b) });
  }
  return { parties: new Set(keys).size, clusters: clustersOf([...best.values()]) };
};

/** Distinct pairs of party key and account, as columns, in an order that follows from their content alone. */
const records = (sources: readonly CaseSource[]): { keys: string[]; names: CodedColumn; accounts: CodedColumn } => {
  const { party, account } = partyTable(sources);
  const seen = new Set<number>();
  const list: (readonly [key: string, account: string])[] = [];
  const width = account.values.length + 1;
  for (let row = 0; row < party.codes.length; row++) {
    const key = party.codes[row]!;
    if (key < 0) continue;
    const record = key * width + account.codes[row]! + 1;
    if (seen.has(record)) continue;
    seen.add(record);
    list.push([party.values[key]!, account.values[account.codes[row]!] ?? '']);
  }
  list.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : 1));
  const column = (values: readonly string[]): CodedColumn => {
    const dictionary = new Dictionary();
    return { codes: Int32Array.from(values, value => dictionary.code(value)), values: dictionary.values };
  };
  return {
    keys: list.map(([key]) => key),
    names: column(list.map(([key]) => key)),
    accounts: column(list.map(([, each]) => each)),
  };
};

/** Keys that pairs connect, the surest clusters first. */
const clustersOf = (pairs: readonly ProposedPair[]): ProposedCluster[] => {
  const parent = new Map<string, string>();
  const root = (key: string): string => {
    let at = key;
    for (let next = parent.get(at); next !== undefined && next !== at; next = parent.get(at)) at = next;
    return at;
  };
  for (const { a, b } of pairs) {
    for (const key of [a, b]) if (!parent.has(key)) parent.set(key, key);
    const [x, y] = [root(a), root(b)].sort() as [string, string];
    parent.set(y, x);
  }
  const clusters = new Map<string, { members: string[]; pairs: ProposedPair[] }>();
  for (const key of [...parent.keys()].sort()) {
    const cluster = clusters.get(root(key)) ?? { members: [], pairs: [] };
    cluster.members.push(key);
    clusters.set(root(key), cluster);
  }
  for (const pair of pairs) clusters.get(root(pair.a))!.pairs.push(pair);
  for (const cluster of clusters.values()) {
    cluster.pairs.sort((a, b) => b.weight - a.weight || (a.a + a.b < b.a + b.b ? -1 : 1));
    cluster.pairs.splice(PAIRS_PER_CLUSTER);
  }
  return [...clusters.values()].sort(
    (x, y) => y.pairs[0]!.weight - x.pairs[0]!.weight || (x.members[0]! < y.members[0]! ? -1 : 1),
  );
};
