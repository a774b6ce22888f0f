import type { TaskChannel } from '../../../platform/worker-task.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import type { RecipeEvent } from '../../standardization/domain/index.ts';
import type { CheckResult } from '../domain/triage/checks/exculpatory-check.ts';
import { findCheck } from '../domain/triage/exculpatory-checks.ts';
import type { ExplanationOutcome } from '../domain/triage/triage-event.ts';
import { decidedView } from './decided-view.ts';
import { DetectionTable } from './detection-table.ts';

export interface ExplainedFact {
  readonly fact: string;
  /** Transaction ids, ascending. */
  readonly ids: Float64Array;
  /** Ids of the checks to run. */
  readonly explanations: readonly string[];
}

export interface TryExplanationsTask {
  readonly task: 'try-explanations';
  readonly sources: readonly CaseSource[];
  readonly events: readonly RecipeEvent[];
  readonly facts: readonly ExplainedFact[];
  /** Currency units; '' where none is stated. */
  readonly materiality: string;
}

export interface CheckedExplanation {
  readonly explanation: string;
  readonly version: string;
  readonly outcome: ExplanationOutcome;
  readonly words: string;
  /** Transaction ids, ascending. */
  readonly ids: Float64Array;
}
export interface CheckedFact {
  readonly fact: string;
  readonly entries: readonly CheckedExplanation[];
}

/** One side of a case as tests see it, with the way back from transaction ids. */
class SideTable {
  readonly rows: DetectionTable;
  private readonly ids: Float64Array;
  constructor(sources: readonly CaseSource[], events: readonly RecipeEvent[]) {
    this.rows = new DetectionTable(sources, decidedView(sources, events));
    this.ids = this.rows.transactionIds(Uint32Array.from({ length: this.rows.table.rowCount }, (_, row) => row));
  }

  /** Rows of ids; ids that are left out since (confirmed to repeat others) are not among them. */
  rowsOf(wanted: Float64Array): Uint32Array {
    const found: number[] = [];
    for (const id of wanted) {
      const row = placeOf(this.ids, id);
      if (this.ids[row] === id) found.push(row);
    }
    return Uint32Array.from(found);
  }
}

const placeOf = (sorted: Float64Array, id: number): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < id) low = middle + 1;
    else high = middle;
  }
  return low;
};

const holds = ({ firstTransactionId, columns }: CaseSource, id: number): boolean =>
  id >= firstTransactionId && id < firstTransactionId + columns.count;

const leftOut = (result: CheckResult, missing: number): CheckResult =>
  missing === 0
    ? result
    : {
        ...result,
        words: `${result.words} ${missing} of the finding’s rows are left out since, as confirmed duplicates.`,
      };

/** Tries explanations on facts over the records of the side that each lies on. */
export const tryExplanations = (task: TryExplanationsTask, channel: TaskChannel): CheckedFact[] => {
  const tables = new Map<CaseSource['side'], SideTable>();
  const tableOf = (ids: Float64Array): SideTable => {
    const side = task.sources.find(source => holds(source, ids[0] ?? -1))?.side ?? 'bank';
    let table = tables.get(side);
    if (table === undefined) {
      table = new SideTable(
        task.sources.filter(source => source.side === side),
        task.events,
      );
      tables.set(side, table);
    }
    return table;
  };
  return task.facts.map(({ fact, ids, explanations }, i) => {
    channel.send({ done: i, total: task.facts.length });
    const side = tableOf(ids);
    const rows = side.rowsOf(ids);
    const entries = explanations.flatMap((id): CheckedExplanation[] => {
      const check = findCheck(id);
      if (check === null) return [];
      const result: CheckResult =
        rows.length === 0
          ? { outcome: 'unclear', words: 'The finding rests on no row that could be looked at.', rows }
          : leftOut(check.run(side.rows.table, rows, { materiality: task.materiality }), ids.length - rows.length);
      return [
        {
          explanation: id,
          version: check.version,
          outcome: result.outcome,
          words: result.words,
          ids: side.rows.transactionIds(result.rows),
        },
      ];
    });
    return { fact, entries };
  });
};
