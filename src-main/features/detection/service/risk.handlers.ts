import { NexusError } from '../../../contract/errors.ts';
import type { RiskAddend, RiskLevel, RiskUnit } from '../../../contract/risk.contract.ts';
import type { Handlers, QueryContext } from '../../../engine/handler.ts';
import { onQuery } from '../../../engine/handler.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { transactionRows } from '../../ingestion/service/transaction-rows.ts';
import type { Severity } from '../domain/forensic-test.ts';
import { addendsAt } from '../domain/risk/risk-score.ts';
import { findingsByOrdinal, latestRun } from '../storage/finding.repository.ts';
import { askScores, titleOf } from './ask-scores.ts';
import type { RunSummary } from './examination-view.ts';
import { isStale } from './examination-view.ts';
import { scoreSetName } from './score-sets.ts';
import type { ScoredUnits } from './score-task.ts';

/** Names of the units at places of the table. */
export const labelsOf = (
  { store }: QueryContext,
  { names, ids }: ScoredUnits,
  places: readonly number[],
): readonly { readonly key: string; readonly label: string }[] => {
  if (ids === null) return places.map(place => ({ key: names![place]!, label: names![place]! }));
  return transactionRows(
    store,
    places.map(place => ids[place]!),
  ).map(({ id, date, amount, currency, counterparty, description }) => ({
    key: String(id),
    label: [date, `${amount}${currency === null ? '' : ` ${currency}`}`, counterparty || description]
      .filter(part => part !== null && part !== '')
      .join(' · '),
  }));
};

const severityOf =
  ({ severities }: ScoredUnits) =>
  (hit: number): Severity =>
    severities[hit] as Severity;

const unitsAt = (
  context: QueryContext,
  scored: ScoredUnits,
  level: RiskLevel,
  places: readonly number[],
): RiskUnit[] => {
  const labels = labelsOf(context, scored, places);
  return places.map((place, i) => {
    const addends = addendsAt(scored.table, place, severityOf(scored));
    const { key, label } = labels[i]!;
    return {
      key,
      label,
      score: scored.table.scores[place]!,
      findings: addends.reduce((sum, { findings }) => sum + findings, 0),
      rows: scored.table.rows[place]!,
      set: scoreSetName({ kind: 'risk', level, test: null, key }),
      addends: addends.map(({ test, points }) => ({ test, title: titleOf(test), points })),
    };
  });
};

const keyAt = ({ names, ids }: ScoredUnits, place: number): string =>
  ids === null ? names![place]! : String(ids[place]!);

const riskOf = async (context: QueryContext, caseId: string, level: RiskLevel): Promise<ScoredUnits | null> =>
  (await askScores(context, caseId, { kind: 'risk', level })) as ScoredUnits | null;

export const riskHandlers: Handlers = {
  ...onQuery('risk.list', async (context, { caseId, level, text, offset, limit }) => {
    requireCase(context.store, caseId);
    const run = latestRun(context.store, caseId);
    const scored = await riskOf(context, caseId, level);
    if (run === undefined || scored === null) return null;
    const wanted = text?.trim().toLowerCase() ?? '';
    const { names } = scored;
    const places =
      wanted === '' || names === null
        ? Array.from(scored.table.units.keys())
        : names.flatMap((name, place) => (name.toLowerCase().includes(wanted) ? [place] : []));
    return {
      ranAt: run.ran_at,
      stale: isStale(context.store, caseId, run, JSON.parse(run.summary) as RunSummary),
      total: places.length,
      of: scored.table.unitCount,
      units: unitsAt(context, scored, level, places.slice(offset, offset + limit)),
    };
  }),
  ...onQuery('risk.read', async (context, { caseId, level, key }) => {
    requireCase(context.store, caseId);
    const scored = await riskOf(context, caseId, level);
    const place =
      scored === null ? -1 : scored.ids === null ? scored.names!.indexOf(key) : scored.ids.indexOf(Number(key));
    if (scored === null || place < 0)
      throw new NexusError({
        code: 'risk.unknown',
        category: 'not-found',
        message: `No finding of the latest examination touches the ${level} “${key}”.`,
      });
    const addends = addendsAt(scored.table, place, severityOf(scored));
    const findings = findingsByOrdinal(
      context.store,
      addends.map(({ hit }) => scored.ordinals[hit]!),
    );
    return {
      unit: unitsAt(context, scored, level, [place])[0]!,
      rank: place + 1,
      addends: addends.map(
        ({ test, weight, rank, points, rows }, i): RiskAddend => ({
          test,
          title: titleOf(test),
          weight,
          severity: findings[i]!.severity as RiskAddend['severity'],
          score: findings[i]!.score,
          findingId: findings[i]!.id,
          reason: findings[i]!.reason,
          rank,
          of: scored.table.unitCount,
          points,
          rows,
          set: scoreSetName({ kind: 'risk', level, test, key: keyAt(scored, place) }),
        }),
      ),
    };
  }),
};
