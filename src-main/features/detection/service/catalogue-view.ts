import type { QueryContext } from '../../../engine/handler.ts';
import type { ReadStore } from '../../../platform/store.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { caseSources } from '../../ingestion/service/case-source.ts';
import { recipeEvents } from '../../standardization/storage/recipe.repository.ts';
import type { DetectionSettings } from '../domain/detection-settings.ts';
import type { ForensicTest } from '../domain/forensic-test.ts';
import { TEST_CATALOGUE } from '../domain/test-catalogue.ts';
import type { ColumnName } from '../domain/transaction-table.ts';
import { currentSettings } from '../storage/detection-settings.repository.ts';
import { latestRun } from '../storage/finding.repository.ts';
import type { RunSummary } from './examination-view.ts';
import type { Side } from './run-catalogue-basis.ts';
import { sourcesOf, tableBases } from './run-catalogue-basis.ts';
import { caseParameters, examinationDefaults, isUnchanged } from './run-catalogue-plan.ts';
import { statesColumn } from './stated-columns.ts';

const COLUMNS: readonly ColumnName[] = [...new Set(TEST_CATALOGUE.flatMap(({ needs, uses }) => [...needs, ...uses]))];

/** Names of the sources that state each column a test may ask for. */
const statedIn = (store: ReadStore, sources: readonly CaseSource[]): Record<string, string[]> =>
  Object.fromEntries(
    COLUMNS.map(column => [
      column,
      sources.filter(source => statesColumn(store, source, column)).map(({ name }) => name),
    ]),
  );

const originOf = (
  test: ForensicTest,
  name: string,
  { values, overrides }: DetectionSettings,
): 'default' | 'examination' | 'case' | 'test' => {
  if (overrides[test.id]?.[name] !== undefined) return 'test';
  if (values[name] !== undefined) return 'case';
  return examinationDefaults(test)[name] === undefined ? 'default' : 'examination';
};

/** Every test as it stands in a case. */
export const catalogueView = async (context: QueryContext, caseId: string) => {
  const { version, settings } = currentSettings(context.store, caseId);
  const run = latestRun(context.store, caseId);
  const summary = run === undefined ? null : (JSON.parse(run.summary) as RunSummary);
  const sources = await caseSources(context, caseId);
  const bases = tableBases(sources, recipeEvents(context.store, caseId));
  const of = (side: Side): readonly CaseSource[] => sourcesOf(side, sources) ?? [];
  const stated = { bank: statedIn(context.store, of('bank')), ledger: statedIn(context.store, of('ledger')) };
  const rows = (side: Side): number => of(side).reduce((sum, source) => sum + source.columns.count, 0);
  return {
    settingsVersion: version,
    rows: { bank: rows('bank'), ledger: rows('ledger') },
    statedIn: stated,
    tests: TEST_CATALOGUE.map(test => {
      const { id, version: testVersion, title, group, side, needs, uses, explanations } = test;
      const parameters = caseParameters(test, settings);
      const known = summary?.tests.find(ran => ran.test === id && ran.notRunCode !== 'not-asked') ?? null;
      const last = known === null || run === undefined ? null : { ...known, ranAt: known.ranAt ?? run.ran_at };
      return {
        id,
        version: testVersion,
        title,
        group,
        side,
        needs: [...needs],
        uses: [...uses],
        explanations: [...explanations],
        hasBins: test.rowsOfBin !== undefined,
        missing: needs.filter(column => (stated[side][column] ?? []).length === 0),
        noLedger: side === 'ledger' && bases.ledger === null,
        off: settings.off[id] ?? null,
        parameters: test.parameters.map(({ name, kind, choices, meaning, default: fallback }) => ({
          name,
          kind,
          meaning,
          default: fallback,
          value: parameters[name] ?? fallback,
          origin: originOf(test, name, settings),
          ...(choices === undefined ? {} : { choices: [...choices] }),
        })),
        last,
        stale: last !== null && last.notRun === null && !isUnchanged(test, parameters, bases[side], last),
      };
    }),
  };
};
