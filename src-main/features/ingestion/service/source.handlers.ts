import { NexusError } from '../../../contract/errors.ts';
import type { SourceSummary } from '../../../contract/imports.contract.ts';
import type { Handlers } from '../../../engine/handler.ts';
import { onCommand, onQuery } from '../../../engine/handler.ts';
import { isoDate } from '../../../kernel/civil-date.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { balancedAs } from '../domain/balanced.ts';
import type { SourceRecord, StatementRecord } from '../storage/source.repository.ts';
import {
  membersOf,
  rejectedOf,
  setAside,
  sourceById,
  sourcesOfCase,
  statementsOf,
  warningsOf,
} from '../storage/source.repository.ts';
import { rejectedCsv } from './rejected-csv.ts';

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
    state: source.set_aside_at === null ? 'in-use' : 'set-aside',
    setAside: source.set_aside_at === null ? null : { at: source.set_aside_at, reason: source.set_aside_reason ?? '' },
    containerId: source.container_id,
    profile:
      source.profile_id === null || source.profile_version === null
        ? null
        : { id: source.profile_id, version: source.profile_version },
    settings: source.settings === null ? {} : (JSON.parse(source.settings) as Record<string, string>),
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
    ...(statement.entry_count === null ? {} : { entries: statement.entry_count }),
    credits: statement.credits,
    debits: statement.debits,
    balanced: balancedAs(statement.opening_amount, statement.credits, statement.debits, statement.closing_amount),
  };
};

/** A source with the members it was unpacked into. */
const withMembers = (store: ReadStore, source: SourceRecord): SourceRecord[] => [
  source,
  ...membersOf(store, source.id),
];

const entryOf = ({ case_id, id, name }: SourceRecord, reason: string) => ({ case: case_id, source: id, name, reason });

export const sourceHandlers: Handlers = {
  ...onQuery('sources.list', ({ store }, { caseId }) => {
    requireCase(store, caseId);
    return { sources: sourcesOfCase(store, caseId).map(source => sourceSummary(store, source)) };
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
  ...onQuery('sources.exportRejected', ({ store }, { sourceId, offset, limit }) => {
    const source = requireSource(store, sourceId);
    const rows = rejectedOf(store, source.ordinal, offset, limit);
    return {
      total: source.rejected_count,
      rows: rows.length,
      fileName: `${source.name.replaceAll('/', '_')}.rejected.csv`,
      content: rejectedCsv(rows, offset === 0),
    };
  }),
  ...onCommand('sources.archive', ({ store, audit, ports }, { sourceId, reason }) => {
    const asked = requireSource(store, sourceId);
    const sources = withMembers(store, asked).filter(source => source.set_aside_at === null);
    if (sources.length === 0) throw unchanged(`“${asked.name}” is set aside already.`);
    const at = new Date(ports.clock.now()).toISOString();
    for (const source of sources) {
      setAside(store, source.ordinal, { at, reason });
      audit(entryOf(source, reason));
    }
    return { sources: sources.length };
  }),
  ...onCommand('sources.restore', ({ store, audit }, { sourceId, reason }) => {
    const asked = requireSource(store, sourceId);
    const sources = withMembers(store, asked).filter(source => source.set_aside_at !== null);
    if (sources.length === 0) throw unchanged(`“${asked.name}” is in use.`);
    for (const source of sources) {
      setAside(store, source.ordinal, null);
      audit(entryOf(source, reason));
    }
    return { sources: sources.length };
  }),
};

const unchanged = (message: string): NexusError =>
  new NexusError({ code: 'source.state', category: 'conflict', message, kept: 'Nothing was changed.' });
