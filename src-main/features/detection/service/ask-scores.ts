import type { QueryContext } from '../../../engine/handler.ts';
import type { OpenWorkspace } from '../../../engine/open-workspace.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { caseSources } from '../../ingestion/service/case-source.ts';
import { recipeEvents } from '../../standardization/storage/recipe.repository.ts';
import { GROUP_WEIGHTS, type Weights } from '../domain/risk/risk-score.ts';
import { TEST_CATALOGUE } from '../domain/test-catalogue.ts';
import type { Decided } from '../domain/typologies/back-test.ts';
import type { RunRecord } from '../storage/finding.repository.ts';
import { latestRun } from '../storage/finding.repository.ts';
import { factsOf } from './finding-facts.ts';
import { ledgerOf } from './finding-ledger.ts';
import type { ScoreQuestion, ScoreTask } from './score-task.ts';

/** Weight of each test of the catalogue in a risk score: that of its group. */
export const CATALOGUE_WEIGHTS: Weights = new Map(TEST_CATALOGUE.map(({ id, group }) => [id, GROUP_WEIGHTS[group]]));

/** Titles of the catalogue's tests. */
export const TEST_TITLES: ReadonlyMap<string, string> = new Map(TEST_CATALOGUE.map(({ id, title }) => [id, title]));
export const titleOf = (test: string): string => TEST_TITLES.get(test) ?? test;

/** Answers kept a workspace: three levels of risk and a typology or two. */
const KEPT_ANSWERS = 6;
const answers = new WeakMap<OpenWorkspace, Map<string, Promise<unknown>>>();

/** Asks a worker about the findings of the latest examination, once for the same findings; null before the first. */
export const askScores = async (context: QueryContext, caseId: string, question: ScoreQuestion): Promise<unknown> => {
  requireCase(context.store, caseId);
  const run = latestRun(context.store, caseId);
  return run === undefined ? null : askScoresOf(context, caseId, run, question);
};

const askScoresOf = async (
  context: QueryContext,
  caseId: string,
  run: RunRecord,
  question: ScoreQuestion,
): Promise<unknown> => {
  const workspace = context.workspace();
  const sources = await caseSources(context, caseId);
  const events = recipeEvents(context.store, caseId);
  const basis = [caseId, run.id, sources.map(({ ordinal }) => ordinal), events.length, question];
  const key = JSON.stringify(basis);
  let kept = answers.get(workspace);
  if (kept === undefined) {
    kept = new Map();
    answers.set(workspace, kept);
  }
  const known = kept.get(key);
  if (known !== undefined) return known;
  const task: ScoreTask = {
    task: 'score',
    storePath: workspace.storePath,
    key: workspace.dataKey,
    sources,
    events,
    run: run.ordinal,
    weights: CATALOGUE_WEIGHTS,
    question,
  };
  const answering = context.pool.run('analysis', task);
  kept.set(key, answering);
  answering.catch(() => kept.delete(key));
  for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT_ANSWERS))) kept.delete(old);
  return answering;
};

/** How each decided finding of the latest examination was decided; an explained one led to nothing, like a dismissed one. */
export const decidedFindings = (
  context: QueryContext,
  caseId: string,
): (readonly [ordinal: number, state: Decided])[] => {
  const { ledger } = ledgerOf(context.store, caseId);
  return factsOf(context.store, caseId).facts.flatMap(fact => {
    const { state } = ledger.stateOf(fact);
    if (state === 'open') return [];
    const decided = state === 'confirmed' ? 'confirmed' : 'dismissed';
    return fact.hits.map(hit => [hit.ordinal, decided] as const);
  });
};
