import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { balancedAs } from '../../ingestion/domain/balanced.ts';
import { completeSources, statementsOf } from '../../ingestion/storage/source.repository.ts';
import type { StatementLine } from './reconcile-case.ts';

/** The statements of a case as balances need them. */
export const caseStatements = (read: ReadStore, caseId: string): StatementLine[] =>
  completeSources(read, caseId).flatMap(source =>
    statementsOf(read, source.ordinal).map(statement => ({
      source: source.ordinal,
      sourceName: source.name,
      account: statement.account_id,
      currency: statement.currency,
      from: statement.from_day ?? UNKNOWN_DAY,
      to: statement.to_day ?? UNKNOWN_DAY,
      opening: statement.opening_amount,
      openingDay: statement.opening_day ?? UNKNOWN_DAY,
      closing: statement.closing_amount,
      closingDay: statement.closing_day ?? UNKNOWN_DAY,
      credits: statement.credits,
      debits: statement.debits,
      balanced: balancedAs(statement.opening_amount, statement.credits, statement.debits, statement.closing_amount),
    })),
  );
