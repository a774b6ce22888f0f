import { NexusError } from '../../../contract/errors.ts';
import type { SourceSummary } from '../../../contract/imports.contract.ts';
import type { Handlers } from '../../../engine/handler.ts';
import { onQuery } from '../../../engine/handler.ts';
import { isoDate } from '../../../kernel/civil-date.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { balancedAs } from '../domain/balanced.ts';
import type { SourceRecord, StatementRecord } from '../storage/source.repository.ts';
import { completeSources, rejectedOf, sourceById, statementsOf, warningsOf } from '../storage/source.repository.ts';

const day = (value: number | null): string | null => (value === null ? null : isoDate(value));

export const requireSource = (store: ReadStore, id: string): SourceRecord => {
  const source = sourceById(store, id);
  if (source === undefined)
    throw new NexusError({
      code: 'source.unknown',
      category: 'not-found',
      message: `There is no source ${id} in this workspace.`,
    });
  return source;
};

/** A stored source as lists show it. */
export const sourceSummary = (store: ReadStore, source: SourceRecord): SourceSummary => {
  const statements = statementsOf(store, source.ordinal);
  const days = (pick: (statement: StatementRecord) => number | null): number[] =>
    statements.map(pick).filter(value => value !== null);
  const from = days(statement => statement.from_day);
  const to = days(statement => statement.to_day);
  return {
    id: source.id,
    name: source.name,
    side: source.side,
    sha256: source.sha256,
    bytes: source.bytes,
    format: source.format,
    encoding: source.encoding,
    importedAt: source.imported_at,
    transactions: source.transaction_count,
    rejected: source.rejected_count,
    warnings: source.warning_count,
    accounts: [...new Set(statements.map(statement => statement.account_id).filter(id => id !== null))],
    from: from.length === 0 ? null : isoDate(from.reduce((a, b) => Math.min(a, b))),
    to: to.length === 0 ? null : isoDate(to.reduce((a, b) => Math.max(a, b))),
  };
};

/** A stored statement in the words of the wire. */
export const statementView = (statement: StatementRecord) => {
  const balance = (amount: string | null, at: number | null) =>
    amount === null || at === null ? null : { amount, date: isoDate(at) ?? '' };
  return {
    account: { id: statement.account_id, currency: statement.currency, institution: statement.institution },
    statementId: statement.statement_id,
    opening: balance(statement.opening_amount, statement.opening_day),
    closing: balance(statement.closing_amount, statement.closing_day),
    from: day(statement.from_day),
    to: day(statement.to_day),
    count: statement.transaction_count,
    credits: statement.credits,
    debits: statement.debits,
    balanced: balancedAs(statement.opening_amount, statement.credits, statement.debits, statement.closing_amount),
  };
};

export const sourceHandlers: Handlers = {
  ...onQuery('sources.list', ({ store }, { caseId }) => {
    requireCase(store, caseId);
    return { sources: completeSources(store, caseId).map(source => sourceSummary(store, source)) };
  }),
  ...onQuery('sources.read', ({ store }, { sourceId }) => {
    const source = requireSource(store, sourceId);
    return {
      source: sourceSummary(store, source),
      dialect: JSON.parse(source.dialect) as Record<string, unknown>,
      statements: statementsOf(store, source.ordinal).map(statementView),
      warnings: warningsOf(store, source.ordinal).map(({ row_number, code, message }) => ({
        row: row_number,
        code,
        message,
      })),
    };
  }),
  ...onQuery('sources.rejected', ({ store }, { sourceId, offset, limit }) => {
    const source = requireSource(store, sourceId);
    return {
      total: source.rejected_count,
      rejected: rejectedOf(store, source.ordinal, offset, limit).map(({ row_number, reason, raw }) => ({
        row: row_number,
        reason,
        raw,
      })),
    };
  }),
};
