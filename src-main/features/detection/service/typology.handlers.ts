import { NexusError } from '../../../contract/errors.ts';
import type { TypologyShape } from '../../../contract/typologies.contract.ts';
import type { Handlers, QueryContext } from '../../../engine/handler.ts';
import { onCommand, onQuery } from '../../../engine/handler.ts';
import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import type { Severity } from '../domain/forensic-test.ts';
import { addendsAt } from '../domain/risk/risk-score.ts';
import { TEST_CATALOGUE } from '../domain/test-catalogue.ts';
import { conditionsOf, typologyProblems } from '../domain/typologies/typology.ts';
import { typologySentence } from '../domain/typologies/typology-sentence.ts';
import { latestRun } from '../storage/finding.repository.ts';
import { insertTypologyVersion } from '../storage/typology.repository.ts';
import { askScores, decidedFindings, TEST_TITLES, titleOf } from './ask-scores.ts';
import type { RunSummary } from './examination-view.ts';
import { labelsOf } from './risk.handlers.ts';
import { scoreSetName } from './score-sets.ts';
import type { BackTestAnswer, BackTestPart, BackTestSide, TypologyAnswer, TypologyCount } from './score-task.ts';
import { requireTypology, typologiesOfCase } from './typologies-of-case.ts';

const KNOWN_TESTS: ReadonlySet<string> = new Set(TEST_CATALOGUE.map(({ id }) => id));

/** Why tests of the latest examination have no result, by test. */
const testsNotRun = ({ store }: Pick<QueryContext, 'store'>, caseId: string): ReadonlyMap<string, string> => {
  const run = latestRun(store, caseId);
  if (run === undefined) return new Map();
  return new Map(
    (JSON.parse(run.summary) as RunSummary).tests.flatMap(test =>
      test.notRun === null ? [] : [[test.test, test.notRun] as const],
    ),
  );
};

const unavailableTests = ({ when }: TypologyShape, notRun: ReadonlyMap<string, string>) =>
  [...new Set(conditionsOf(when).map(({ condition }) => condition.test))].flatMap(test => {
    const reason = KNOWN_TESTS.has(test) ? notRun.get(test) : 'there is no such test in this catalogue';
    return reason === undefined ? [] : [{ test, reason }];
  });

const answerOf = async (
  context: QueryContext,
  caseId: string,
  typology: TypologyShape,
): Promise<TypologyAnswer | null> =>
  (await askScores(context, caseId, { kind: 'typology', typology })) as TypologyAnswer | null;

const versionOf = ({ id, version }: TypologyShape) => ({ id, version });

const judgedShape = (typology: TypologyShape, side: BackTestSide) => {
  const opening = (part: string, { units, rows }: BackTestPart) => ({
    count: units,
    rows,
    set: scoreSetName({ kind: 'backtest', ...versionOf(typology), part })!,
  });
  const share = (a: number, b: number): number | null => (a + b === 0 ? null : a / (a + b));
  return {
    version: versionOf(typology),
    title: typology.title,
    units: {
      count: side.units.units,
      rows: side.units.rows,
      set: scoreSetName({ kind: 'typology', ...versionOf(typology), key: null })!,
    },
    months: side.months.map(({ month, units, rows }) => ({ month, hits: opening(month, { units, rows }) })),
    confirmed: opening('confirmed', side.confirmed),
    dismissed: opening('dismissed', side.dismissed),
    missed: opening('missed', side.missed),
    precision: share(side.confirmed.units, side.dismissed.units),
    recall: share(side.confirmed.units, side.missed.units),
  };
};

export const typologyHandlers: Handlers = {
  ...onQuery('typologies.list', (context, { caseId }) => {
    requireCase(context.store, caseId);
    const notRun = testsNotRun(context, caseId);
    return {
      typologies: [...typologiesOfCase(context.store, caseId).values()].map(versions => {
        const latest = versions.at(-1)!;
        return {
          typology: latest.typology,
          sentence: typologySentence(latest.typology, TEST_TITLES),
          bundled: latest.bundled,
          versions: versions.map(({ typology, saved }) => ({
            version: typology.version,
            savedAt: saved?.at ?? null,
            actor: saved?.actor ?? null,
          })),
          unavailable: unavailableTests(latest.typology, notRun),
        };
      }),
    };
  }),
  ...onQuery('typologies.counts', async (context, { caseId }) => {
    requireCase(context.store, caseId);
    const typologies = [...typologiesOfCase(context.store, caseId).values()].map(versions => versions.at(-1)!.typology);
    const counts = (await askScores(context, caseId, { kind: 'counts', typologies })) as TypologyCount[] | null;
    if (counts === null) return null;
    return typologies.map((typology, i) => ({
      ...versionOf(typology),
      ...counts[i]!,
      set: scoreSetName({ kind: 'typology', ...versionOf(typology), key: null })!,
    }));
  }),
  ...onQuery('typologies.read', async (context, { caseId, id, version, offset, limit }) => {
    requireCase(context.store, caseId);
    const { typology } = requireTypology(context.store, caseId, id, version);
    const answer = await answerOf(context, caseId, typology);
    const places = Array.from(answer?.places.subarray(offset, offset + limit) ?? []);
    const labels = answer === null ? [] : labelsOf(context, answer, places);
    return {
      typology,
      sentence: typologySentence(typology, TEST_TITLES),
      total: answer?.places.length ?? 0,
      of: answer?.table.unitCount ?? 0,
      hits: places.map((place, i) => {
        const { key, label } = labels[i]!;
        const addends = addendsAt(answer!.table, place, hit => answer!.severities[hit] as Severity);
        return {
          key,
          label,
          score: answer!.table.scores[place]!,
          rows: answer!.table.rows[place]!,
          set: scoreSetName({ kind: 'typology', id, version, key }),
          tests: addends.map(({ test, points }) => ({ test, title: titleOf(test), points })),
        };
      }),
    };
  }),
  ...onQuery('typologies.try', async (context, { caseId, typology }) => {
    requireCase(context.store, caseId);
    const problems = typologyProblems(typology, KNOWN_TESTS);
    const answer = problems.length > 0 ? null : await answerOf(context, caseId, typology);
    return {
      problems,
      sentence: typologySentence(typology, TEST_TITLES),
      hits: answer?.places.length ?? null,
      rows: answer?.rows ?? null,
    };
  }),
  ...onCommand('typologies.save', ({ store, session, ports, audit }, { caseId, typology: draft }) => {
    requireCase(store, caseId);
    const problems = typologyProblems(draft, KNOWN_TESTS);
    if (problems.length > 0)
      throw new NexusError({
        code: 'typology.problems',
        category: 'usage',
        message: `The typology “${draft.title}” cannot be saved: ${problems.join(' ')}`,
        remedy: 'Correct the condition or the weights.',
      });
    const before = typologiesOfCase(store, caseId).get(draft.id)?.at(-1)?.typology.version ?? 0;
    const typology = { ...draft, version: before + 1 };
    const body = JSON.stringify(typology);
    insertTypologyVersion(store, {
      case_id: caseId,
      typology: typology.id,
      version: typology.version,
      saved_at: new Date(ports.clock.now()).toISOString(),
      actor: session.opened?.actor ?? '',
      body,
    });
    audit({
      case: caseId,
      typology: typology.id,
      version: typology.version,
      body: `sha256:${hex(sha256(utf8(body)))}`,
    });
    return { typology };
  }),
  ...onQuery('typologies.backtest', async (context, { caseId, a, b }) => {
    requireCase(context.store, caseId);
    const first = requireTypology(context.store, caseId, a.id, a.version).typology;
    const second = b === null ? null : requireTypology(context.store, caseId, b.id, b.version).typology;
    const answer = (await askScores(context, caseId, {
      kind: 'backtest',
      a: first,
      b: second,
      decided: decidedFindings(context, caseId),
    })) as BackTestAnswer | null;
    if (answer === null) return null;
    const part = (name: 'both' | 'onlyA' | 'onlyB', { units, rows }: BackTestPart) => ({
      count: units,
      rows,
      set: scoreSetName({ kind: 'overlap', a, b: b!, part: name })!,
    });
    const { overlap } = answer;
    return {
      a: judgedShape(first, answer.a),
      b: second === null || answer.b === null ? null : judgedShape(second, answer.b),
      overlap:
        overlap === null
          ? null
          : {
              both: part('both', overlap.both),
              onlyA: part('onlyA', overlap.onlyA),
              onlyB: part('onlyB', overlap.onlyB),
            },
      undated: answer.undated,
    };
  }),
};
