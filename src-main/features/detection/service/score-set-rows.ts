import type { QueryContext } from '../../../engine/handler.ts';
import { askScores, decidedFindings } from './ask-scores.ts';
import type { ScoreSet } from './score-sets.ts';
import { requireTypology } from './typologies-of-case.ts';

/** Ids of the transactions of a set, ascending; none before the first examination. */
export const findScoreSet = async (context: QueryContext, caseId: string, set: ScoreSet): Promise<Float64Array> => {
  const versions = set.kind === 'risk' || set.kind === 'hits' ? [] : set.kind === 'overlap' ? [set.a, set.b] : [set];
  const rows = (await askScores(context, caseId, {
    kind: 'rows',
    set,
    typologies: versions.map(({ id, version }) => requireTypology(context.store, caseId, id, version).typology),
    decided: set.kind === 'backtest' ? decidedFindings(context, caseId) : [],
  })) as Float64Array | null;
  return rows ?? new Float64Array();
};
