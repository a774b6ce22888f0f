import { NexusError } from '../../../contract/errors.ts';
import type { CommandContext, HandlerContext, Handlers } from '../../../engine/handler.ts';
import { onCommand, onJob, onQuery } from '../../../engine/handler.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { inputDigest } from '../../detection/service/examination-view.ts';
import { caseSources } from '../../ingestion/service/case-source.ts';
import type { RecipeStep } from '../../standardization/domain/index.ts';
import { foldRecipe } from '../../standardization/domain/index.ts';
import { appendSteps, loggedSteps } from '../../standardization/service/append-steps.ts';
import { recipeEvents } from '../../standardization/storage/recipe.repository.ts';
import { DEFAULT_SETTINGS } from '../domain/linkage-settings.ts';
import { proposalRun, proposedClusters, replaceProposals } from '../storage/party-proposal.repository.ts';
import type { PartyFactsTask, PartyGroupFacts } from './party-facts-task.ts';
import type { ProposedCluster, ProposedParties, ProposePartiesTask } from './propose-parties-task.ts';

/** Clusters stored of one run: a person reviews hundreds, not more. */
const MAX_CLUSTERS = 5_000;

const factsOf = async (
  context: HandlerContext & { readonly store: ReadStore },
  caseId: string,
  wanted: PartyFactsTask['wanted'],
): Promise<{ total: number; parties: PartyGroupFacts[] }> => {
  const task: PartyFactsTask = {
    task: 'party-facts',
    sources: await caseSources(context, caseId),
    events: recipeEvents(context.store, caseId),
    wanted,
  };
  return (await context.pool.run('analysis', task)) as { total: number; parties: PartyGroupFacts[] };
};

/** Appends a decision on parties, unless it would change nothing. */
const decide = (context: CommandContext, caseId: string, step: RecipeStep, title: string): { seq: number } => {
  requireCase(context.store, caseId);
  const events = appendSteps(context, context.store, caseId, [{ title, body: step }]);
  const seq = events[0]?.seq ?? 0;
  if (foldRecipe(recipeEvents(context.store, caseId)).withoutEffect.has(seq))
    throw new NexusError({
      code: 'parties.unchanged',
      category: 'conflict',
      message: 'That is how the parties are already.',
      kept: 'Nothing was changed.',
    });
  context.audit(loggedSteps(caseId, events));
  return { seq };
};

const named = (parties: readonly string[]): string =>
  parties.length <= 3 ? parties.join(', ') : `${parties.slice(0, 2).join(', ')} and ${parties.length - 2} more`;

export const partyReviewHandlers: Handlers = {
  ...onJob('parties.propose', {
    title: () => 'Looking for parties that are the same',
    onCancel: 'Earlier proposals and all decisions stay.',
    run: async (context, { caseId, threshold = DEFAULT_SETTINGS.threshold }) => {
      const { read } = context.workspace();
      requireCase(read, caseId);
      const task: ProposePartiesTask = {
        task: 'propose-parties',
        sources: await caseSources(context, caseId),
        events: recipeEvents(read, caseId),
        threshold,
      };
      const digest = inputDigest(read, caseId);
      const { parties, clusters } = (await context.pool.run('analysis', task, {
        signal: context.signal,
        onMessage: body => {
          const { stage, done, total } = body as { stage: string; done: number; total: number };
          context.progress({ stage, done, total, unit: 'steps' });
        },
      })) as ProposedParties;
      const kept = clusters.slice(0, MAX_CLUSTERS);
      const pairs = kept.reduce((sum, cluster) => sum + cluster.pairs.length, 0);
      context.write((store, audit) => {
        replaceProposals(
          store,
          caseId,
          { proposed_at: new Date(context.ports.clock.now()).toISOString(), threshold, input_digest: digest },
          kept.map(cluster => JSON.stringify(cluster)),
        );
        audit('parties.proposed', { case: caseId, input: `sha256:${digest}`, clusters: kept.length, pairs });
      });
      return { parties, pairs, clusters: kept.length, threshold };
    },
  }),
  ...onQuery('parties.list', async (context, { caseId, text, offset, limit }) => {
    requireCase(context.store, caseId);
    const { total, parties } = await factsOf(context, caseId, { text: text ?? '', offset, limit });
    return { total, parties: parties.map(mutable) };
  }),
  ...onQuery('parties.proposals', async (context, { caseId, offset, limit }) => {
    requireCase(context.store, caseId);
    const run = proposalRun(context.store, caseId);
    const { parties: groups } = foldRecipe(recipeEvents(context.store, caseId));
    const undecided = proposedClusters(context.store, caseId)
      .map(text => JSON.parse(text) as ProposedCluster)
      .map(cluster => ({
        ...cluster,
        pairs: cluster.pairs.filter(({ a, b }) => !groups.areKeptApart(a, b) && !groups.areOne(a, b)),
      }))
      .filter(({ pairs }) => pairs.length > 0);
    const page = undecided.slice(offset, offset + limit);
    const keys = [...new Set(page.flatMap(({ pairs }) => pairs.flatMap(({ a, b }) => [a, b])))];
    const { parties } = keys.length === 0 ? { parties: [] } : await factsOf(context, caseId, { keys });
    const facts = new Map(parties.map(party => [party.name, mutable(party).members[0]]));
    return {
      proposedAt: run?.proposed_at ?? null,
      threshold: run?.threshold ?? null,
      stale: run !== undefined && run.input_digest !== inputDigest(context.store, caseId),
      total: undecided.length,
      clusters: page.map(({ pairs }) => ({
        members: [...new Set(pairs.flatMap(({ a, b }) => [a, b]))].sort().flatMap(key => facts.get(key) ?? []),
        pairs: pairs.map(({ a, b, score, prior, weight, contributions }) => ({
          a,
          b,
          score,
          prior,
          bits: weight,
          contributions: contributions.map(each => ({ ...each })),
        })),
      })),
    };
  }),
  ...onCommand('parties.merge', (context, { caseId, parties, name }) =>
    decide(context, caseId, { kind: 'parties-merged', parties, name }, `${named(parties)} are one party: ${name}`),
  ),
  ...onCommand('parties.split', (context, { caseId, parties }) =>
    decide(context, caseId, { kind: 'parties-split', parties }, `${named(parties)} taken out of the party`),
  ),
  ...onCommand('parties.keepApart', (context, { caseId, parties }) =>
    decide(context, caseId, { kind: 'parties-kept-apart', parties }, `${named(parties)} are different parties`),
  ),
};

const mutable = ({ name, members, rows, confirmed }: PartyGroupFacts) => ({
  name,
  rows,
  confirmed,
  members: members.map(member => ({
    ...member,
    spellings: [...member.spellings],
    accounts: [...member.accounts],
    sums: member.sums.map(sum => ({ ...sum })),
    sources: [...member.sources],
  })),
});
