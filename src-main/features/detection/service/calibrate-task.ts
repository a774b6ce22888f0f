import type { CalibratedTest } from '../../../contract/calibrations.contract.ts';
import { openDatabase } from '../../../platform/database.ts';
import { ReadStore } from '../../../platform/store.ts';
import type { TaskChannel } from '../../../platform/worker-task.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import type { RecipeEvent } from '../../standardization/domain/index.ts';
import { shareInterval } from '../domain/calibration/binomial-interval.ts';
import { calibrateTest } from '../domain/calibration/calibrate-test.ts';
import { planterOf } from '../domain/calibration/planters.ts';
import type { ForensicTest, Parameters } from '../domain/forensic-test.ts';
import { TEST_CATALOGUE } from '../domain/test-catalogue.ts';
import type { TransactionTable } from '../domain/transaction-table.ts';
import { sourcesOf } from './run-catalogue-basis.ts';
import { CaseTables } from './run-catalogue-task.ts';

export interface CalibrateTask {
  readonly task: 'calibrate';
  readonly storePath: string;
  readonly key: Uint8Array;
  readonly sources: readonly CaseSource[];
  readonly events: readonly RecipeEvent[];
  /** Parameters by test, as the case's tests run with. */
  readonly parameters: Readonly<Record<string, Parameters>>;
  readonly seed: number;
  readonly motifs: number;
}

export interface Calibration {
  readonly rows: number;
  readonly tests: readonly CalibratedTest[];
}

const NO_FIGURES = {
  motif: null,
  planted: null,
  found: null,
  recall: null,
  recallLow: null,
  recallHigh: null,
  alarms: null,
  alarmsPerThousand: null,
  medianRank: null,
  ranked: null,
} as const;

const calibrated = (test: ForensicTest, table: TransactionTable | null, task: CalibrateTask): CalibratedTest => {
  const about = { test: test.id, version: test.version, title: test.title };
  if (table === null) return { ...about, ...NO_FIGURES, notCalibrated: 'it examines a ledger, and the case has none' };
  const { seed, motifs, parameters } = task;
  const outcome = calibrateTest(
    test,
    planterOf(test.id),
    table,
    parameters[test.id] ?? {},
    { seed, motifs },
    {
      progress: () => undefined,
    },
  );
  if (outcome.notCalibrated !== null) return { ...about, ...NO_FIGURES, notCalibrated: outcome.notCalibrated };
  const { found, planted, alarms } = outcome;
  const [recallLow, recallHigh] = shareInterval(found, planted);
  return {
    ...about,
    notCalibrated: null,
    motif: outcome.motif,
    planted,
    found,
    recall: found / planted,
    recallLow,
    recallHigh,
    alarms,
    alarmsPerThousand: table.rowCount === 0 ? null : (alarms * 1000) / table.rowCount,
    medianRank: outcome.medianRank,
    ranked: outcome.ranked,
  };
};

/** Calibrates every test of the catalogue on copies of the case's columns; nothing is written. */
export const calibrate = (task: CalibrateTask, channel: TaskChannel): Calibration => {
  const connection = openDatabase(task.storePath, task.key, { mode: 'read' });
  try {
    const tables = new CaseTables(task.sources, task.events, new ReadStore(connection));
    const tableOf = (side: ForensicTest['side']): TransactionTable | null =>
      sourcesOf(side, task.sources) === null ? null : tables.of(side).rows.table;
    return {
      rows: tableOf('bank')?.rowCount ?? 0,
      tests: TEST_CATALOGUE.map(test => {
        channel.send({ stage: test.title });
        return calibrated(test, tableOf(test.side), task);
      }),
    };
  } finally {
    connection.close();
  }
};
