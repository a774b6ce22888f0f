import type { SideChoice } from '../../../contract/reconciliation-sides.ts';
import { openDatabase } from '../../../platform/database.ts';
import { ReadStore } from '../../../platform/store.ts';
import type { TaskChannel } from '../../../platform/worker-task.ts';
import { repeatedIds } from '../../detection/service/decided-view.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import type { RecipeEvent } from '../../standardization/domain/index.ts';
import type { CaseReconciliation, StatementLine } from './reconcile-case.ts';
import { reconcileSides } from './reconcile-case.ts';

export interface ReconcileTask {
  readonly task: 'reconcile';
  readonly storePath: string;
  readonly key: Uint8Array;
  readonly sources: readonly CaseSource[];
  readonly statements: readonly StatementLine[];
  /** The case's recipe: duplicates that people confirmed match nothing. */
  readonly events: readonly RecipeEvent[];
  readonly a: SideChoice;
  readonly b: SideChoice;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Progress is told at most once for each percent. */
const PERCENT = 100;

/** Matches two chosen sides of a case on a worker. */
export const reconcileChosen = (task: ReconcileTask, channel: TaskChannel): CaseReconciliation => {
  const connection = openDatabase(task.storePath, task.key, { mode: 'read' });
  try {
    let told = -1;
    return reconcileSides(
      new ReadStore(connection),
      task.sources,
      task.statements,
      { a: task.a, b: task.b, parameters: task.parameters },
      repeatedIds(task.sources, task.events),
      share => {
        const percent = Math.floor(share * PERCENT);
        if (percent <= told) return;
        told = percent;
        channel.send({ percent });
      },
    );
  } finally {
    connection.close();
  }
};
