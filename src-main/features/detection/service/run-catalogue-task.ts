import { NexusError } from '../../../contract/errors.ts';
import type { TestRunShape } from '../../../contract/tests.contract.ts';
import { collectGarbage } from '../../../platform/collect-garbage.ts';
import type { ReadStore } from '../../../platform/store.ts';
import type { TaskChannel } from '../../../platform/worker-task.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import type { RecipeEvent } from '../../standardization/domain/index.ts';
import type { Parameters, TestResult } from '../domain/forensic-test.ts';
import { ReadTable } from '../domain/read-table.ts';
import { runTest } from '../domain/run-test.ts';
import { findTest } from '../domain/test-catalogue.ts';
import { confirmDuplicates } from './confirm-duplicates.ts';
import { decidedView } from './decided-view.ts';
import { DetectionTable } from './detection-table.ts';
import type { Side } from './run-catalogue-basis.ts';
import { sourcesOf } from './run-catalogue-basis.ts';
import { StoredTexts } from './stored-texts.ts';

/** A test to be run, with its complete parameters. */
export interface PlannedTest {
  readonly test: string;
  readonly side: Side;
  readonly parameters: Parameters;
}

/** The tests of a run, shared by all its workers: each takes the next unit when it is free. */
export interface CatalogueWork {
  /** Tests that are run one after the other by the same worker. */
  readonly units: readonly (readonly PlannedTest[])[];
  /** One counter in shared memory: units taken so far. */
  readonly taken: Int32Array;
}

/** What a worker tells of the tests it runs. */
export type CatalogueMessage =
  | { readonly kind: 'stage'; readonly stage: string }
  | { readonly kind: 'testing'; readonly test: string }
  | { readonly kind: 'tested'; readonly tested: TestedTest };

/** A test that was run. */
export interface TestedTest {
  readonly run: TestRunShape;
  readonly elapsedMs: number;
  readonly findings: readonly {
    readonly key: string;
    readonly severity: string;
    readonly score: number;
    readonly reason: string;
  }[];
  /** Transaction ids of all findings, one after the other, and where each finding's end. */
  readonly ids: Float64Array;
  readonly ends: Uint32Array;
}

interface SideTable {
  readonly rows: DetectionTable;
  /** What the tests of one unit see: what they keep beside it (a graph, say) goes with it. */
  read: ReadTable;
}

/** The tables of a case on this worker, each made when a test first asks for it. */
export class CaseTables {
  private readonly sources: readonly CaseSource[];
  private readonly events: readonly RecipeEvent[];
  private readonly store: ReadStore;
  private readonly made = new Map<Side, SideTable>();

  constructor(sources: readonly CaseSource[], events: readonly RecipeEvent[], store: ReadStore) {
    this.sources = sources;
    this.events = events;
    this.store = store;
  }

  of(side: Side): SideTable {
    const known = this.made.get(side);
    if (known !== undefined) return known;
    const own = sourcesOf(side, this.sources);
    if (own === null) throw new Error('a test of the ledger was planned for a case without one');
    const rows = new DetectionTable(own, decidedView(own, this.events), new StoredTexts(this.store, own));
    const made = { rows, read: new ReadTable(rows.table) };
    this.made.set(side, made);
    return made;
  }

  /** Lets go of what the tests before have kept. */
  forget(): void {
    for (const side of this.made.values()) side.read = new ReadTable(side.rows.table);
  }

  /** Runs one test. Throws NexusError for a parameter that is refused; what the test itself throws is told as its run. */
  run({ test: id, side, parameters }: PlannedTest): { readonly run: TestRunShape; readonly result: TestResult | null } {
    const test = findTest(id);
    if (test === null) throw new Error(`test ${id} is not in the catalogue`);
    const { rows, read } = this.of(side);
    const about = { test: id, version: test.version, title: test.title, side };
    const notRun = (message: string, code: TestRunShape['notRunCode'], missing: readonly string[] = []) => ({
      run: {
        ...about,
        parameters: { ...parameters },
        population: { rows: rows.table.rowCount, used: 0, excluded: [] },
        statistics: {},
        bins: [],
        limits: [],
        findings: 0,
        notRun: message,
        notRunCode: code,
        missing: [...missing],
      },
      result: null,
    });
    read.taken();
    let outcome: ReturnType<typeof runTest>;
    try {
      outcome = runTest(test, read, parameters, { progress: () => undefined });
    } catch (error) {
      // One faulty test must not cost the others their results; it is told where its result would stand.
      return notRun(
        `${id} failed by a fault of its own (${error instanceof Error ? error.message : String(error)}): report it`,
        'fault',
      );
    }
    if (!outcome.ok) {
      const { code, message } = outcome.error;
      if (code !== 'test.column-missing') throw new NexusError({ code, category: 'usage', message });
      return notRun(message, 'column-missing', outcome.error.columns);
    }
    const { result: found } = outcome.value;
    const result = id === 'duplicate-exact' ? confirmDuplicates(this.store, rows, found) : found;
    return {
      run: {
        ...about,
        parameters: { ...outcome.value.parameters },
        population: { ...result.population, excluded: [...result.population.excluded] },
        statistics: { ...result.statistics },
        bins: [...result.bins],
        limits: [...result.limits],
        findings: result.findings.length,
        notRun: null,
        columns: read.taken(),
      },
      result,
    };
  }

  /** Runs a test and tells its result. */
  tell(planned: PlannedTest, channel: TaskChannel): TestResult | null {
    const started = performance.now();
    channel.send({ kind: 'testing', test: planned.test } satisfies CatalogueMessage);
    const { run, result } = this.run(planned);
    const tested = testedOf(run, result, this.of(planned.side).rows, performance.now() - started);
    channel.send({ kind: 'tested', tested } satisfies CatalogueMessage, [
      tested.ids.buffer as ArrayBuffer,
      tested.ends.buffer as ArrayBuffer,
    ]);
    return result;
  }
}

const testedOf = (
  run: TestRunShape,
  result: TestResult | null,
  rows: DetectionTable,
  elapsedMs: number,
): TestedTest => {
  const findings = result?.findings ?? [];
  const ends = new Uint32Array(findings.length);
  const ids = new Float64Array(findings.reduce((sum, finding) => sum + finding.rows.length, 0));
  let at = 0;
  findings.forEach((finding, i) => {
    for (const row of finding.rows) ids[at++] = rows.transactionId(row);
    ends[i] = at;
  });
  return {
    run,
    elapsedMs: Math.round(elapsedMs * 10) / 10,
    findings: findings.map(({ key, severity, score, reason }) => ({ key, severity, score, reason })),
    ids,
    ends,
  };
};

/** Dead arrays, in bytes, that are worth the tens of milliseconds it takes to give them back. */
const WORTH_COLLECTING = 48 << 20;

/** Takes units until none is left. */
export const takeUnits = ({ units, taken }: CatalogueWork, tables: CaseTables, channel: TaskChannel): void => {
  let held = process.memoryUsage().arrayBuffers;
  for (;;) {
    const unit = units[Atomics.add(taken, 0, 1)];
    if (unit === undefined) return;
    for (const planned of unit) tables.tell(planned, channel);
    // A graph of a million movements is a hundred MiB: the tests that shared it are done.
    tables.forget();
    if (process.memoryUsage().arrayBuffers - held < WORTH_COLLECTING) continue;
    collectGarbage();
    held = process.memoryUsage().arrayBuffers;
  }
};
