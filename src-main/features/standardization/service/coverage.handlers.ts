import { stringify } from 'csv-stringify/sync';
import { NexusError } from '../../../contract/errors.ts';
import type { Handlers, QueryContext } from '../../../engine/handler.ts';
import { onQuery } from '../../../engine/handler.ts';
import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { findTest } from '../../detection/domain/test-catalogue.ts';
import { balancedAs } from '../../ingestion/domain/balanced.ts';
import { caseSources } from '../../ingestion/service/case-source.ts';
import { statementsOf } from '../../ingestion/storage/source.repository.ts';
import { coverageGrid } from '../domain/coverage/coverage-grid.ts';
import type { CoveredStatement } from '../domain/coverage/coverage-input.ts';
import type { CoverageTask, MonthCounts } from './coverage-task.ts';
import { testCoverage, testsOfCase } from './coverage-tests.ts';

/** The grid of a case's bank statements (of its ledgers where there are no statements), with the ids of its sources. */
const gridOf = async (context: QueryContext, caseId: string) => {
  requireCase(context.store, caseId);
  const all = await caseSources(context, caseId);
  const bank = all.filter(source => source.side === 'bank');
  const sources = bank.length > 0 ? bank : all;
  const task: CoverageTask = { task: 'coverage', sources };
  const months = (await context.pool.run('analysis', task)) as MonthCounts;
  const statements = sources.flatMap((source, at) =>
    statementsOf(context.store, source.ordinal).map(
      (statement, ordinal): CoveredStatement => ({
        source: at,
        account: statement.account_id,
        currency: statement.currency,
        institution: statement.institution,
        firstDay: statement.from_day ?? UNKNOWN_DAY,
        lastDay: statement.to_day ?? UNKNOWN_DAY,
        opening: statement.opening_amount,
        openingDay: statement.opening_day ?? UNKNOWN_DAY,
        closing: statement.closing_amount,
        closingDay: statement.closing_day ?? UNKNOWN_DAY,
        balanced: balancedAs(statement.opening_amount, statement.credits, statement.debits, statement.closing_amount),
        months: new Map(months[at]?.[ordinal] ?? []),
      }),
    ),
  );
  return { grid: coverageGrid(statements), sources };
};

export const coverageHandlers: Handlers = {
  ...onQuery('coverage.read', async (context, { caseId }) => {
    const { grid, sources } = await gridOf(context, caseId);
    return {
      months: [...grid.months],
      accounts: grid.accounts.map(({ cells, breaks, ...account }) => ({
        ...account,
        cells: cells.map(cell => ({ ...cell, sources: cell.sources.map(at => sources[at]!.id) })),
        breaks: breaks.map(found => ({ ...found })),
      })),
    };
  }),
  ...onQuery('coverage.tests', async (context, { caseId }) =>
    testCoverage(context, caseId, await gridOf(context, caseId)),
  ),
  ...onQuery('coverage.test', async (context, { caseId, test: id }) => {
    const test = findTest(id);
    if (test === null)
      throw new NexusError({ code: 'test.unknown', category: 'not-found', message: `There is no test “${id}”.` });
    const tests = await testsOfCase(context, caseId, await gridOf(context, caseId));
    return { accounts: tests.cellsOf(test).map(cells => cells.map(cell => ({ ...cell }))) };
  }),
  ...onQuery('coverage.export', async (context, { caseId }) => {
    const { grid, sources } = await gridOf(context, caseId);
    const records = grid.accounts.flatMap(({ account, currency, cells }) =>
      cells.map(({ state, transactions, reason, sources: covering }, i) => ({
        account: account ?? '',
        currency: currency ?? '',
        month: grid.months[i] ?? '',
        state,
        transactions,
        files: covering.map(at => sources[at]!.name).join('; '),
        reason,
      })),
    );
    const columns = ['account', 'currency', 'month', 'state', 'transactions', 'files', 'reason'];
    // Text that a spreadsheet would run as a formula is escaped.
    return {
      name: 'coverage.csv',
      csv: stringify(records, { header: true, columns, escape_formulas: true, record_delimiter: '\r\n' }),
    };
  }),
};
