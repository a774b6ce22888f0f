import type { JobContext } from '../../../engine/handler.ts';
import { parseIsoDate } from '../../../kernel/civil-date.ts';
import { powerOfTen } from '../../../kernel/decimal.ts';
import { textSealOf } from '../../../platform/sealed-file.ts';
import type { WriteStore } from '../../../platform/store.ts';
import { cancelled } from '../../../platform/worker-pool.ts';
import type { AuditObject } from '../../audit/domain/audit-log.ts';
import { recordIngest } from '../../audit/service/custody-record.ts';
import { appendSteps, loggedSteps } from '../../standardization/service/append-steps.ts';
import { sideOfFormat } from '../domain/format-side.ts';
import type { ColumnSlice } from '../domain/transaction-columns.ts';
import type { SourceRecord } from '../storage/source.repository.ts';
import { completeSource, insertRejected, insertStatements, insertWarning } from '../storage/source.repository.ts';
import { TransactionWriter } from '../storage/transaction-writer.ts';
import type { ImportSettings } from './mapping-profile.ts';
import type { ParsedSource, ParserMessage } from './parsed-source.ts';
import type { ParseTask } from './parser-tasks.ts';
import { runParser } from './run-parser.ts';
import { startCheckpoints } from './running-checkpoints.ts';
import type { SourceOrigin } from './source-origin.ts';
import { completed, ImportFactsDigest } from './stored-digests.ts';

/** A larger file's worker is ended after the import, which gives its memory back at once. */
const DISPOSE_BYTES = 16 << 20;

/** The unit of work in which an import becomes visible, with its audit entry. */
export type Commit = (store: WriteStore, audit: (act: string, obj: AuditObject) => void) => void;

export interface StoredImport {
  readonly parsed: ParsedSource;
  /** Makes the import visible; everything else of it is stored. */
  readonly commit: Commit;
}

/** Gives a stored slice's memory back at once: the collector would wait until it has a hundred such. */
const release = ({ columns, text, textEnds }: ColumnSlice): void => {
  const arrays: readonly ArrayBufferView[] = [...(Object.values(columns) as ArrayBufferView[]), text, textEnds];
  for (const { buffer } of arrays) if (buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer(0);
};

/** Parses a file on a worker while its rows are stored as they come. Nothing of it is visible before the commit. */
export const parseAndStore = async (
  context: JobContext,
  source: SourceRecord,
  origin: SourceOrigin,
  settings: ImportSettings,
  unpackedLimit: number | undefined,
): Promise<StoredImport> => {
  const { name } = source;
  const workspace = context.workspace();
  const seal = workspace.seal(source.case_id, source.id);
  const columnsSeal = workspace.columnsSeal(source.case_id, source.id);
  const textSeal = textSealOf(workspace.evidenceFolder, workspace.dataKey, source.case_id, source.id);
  const writer = new TransactionWriter(workspace.write, source.ordinal, source.first_transaction_id);
  const slices: ColumnSlice[] = [];
  const state: { storing: Promise<void> | null; failure: Error | null } = { storing: null, failure: null };
  const scales = new Map<number, { first: number; count: number }[]>();
  const store = async (reply: (body: unknown) => void): Promise<void> => {
    for (let slice = slices.shift(); slice !== undefined; slice = slices.shift()) {
      for (const unit of writer.units(slice)) {
        if (state.failure !== null) return;
        context.write(unit);
        await context.breathe();
      }
      const ranges = scales.get(slice.scale) ?? [];
      ranges.push({ first: slice.first, count: slice.count });
      scales.set(slice.scale, ranges);
      release(slice);
      reply('credit');
    }
  };
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  context.signal.addEventListener('abort', stop);
  const checkpoints = startCheckpoints(context);
  try {
    const task: ParseTask = {
      task: 'parse',
      origin,
      name,
      source: source.ordinal,
      overrides: settings.overrides,
      seal,
      textSeal,
      columnsSeal,
      sendSlices: true,
      unpackedLimit,
    };
    const parsed = (await runParser(context.pool, task, {
      signal: abort.signal,
      dispose: source.bytes > DISPOSE_BYTES,
      onMessage: (body, reply) => {
        const message = body as ParserMessage;
        if (message.kind === 'progress') {
          context.progress({ stage: `reading ${name}`, done: message.done, total: message.total, unit: 'bytes' });
          return;
        }
        slices.push(message.slice);
        if (state.storing !== null || state.failure !== null) return;
        state.storing = store(reply)
          .catch((error: unknown) => {
            state.failure ??= error instanceof Error ? error : new Error(String(error));
            stop();
          })
          .finally(() => {
            state.storing = null;
          });
      },
    }).catch(async (error: unknown) => {
      state.failure ??= error instanceof Error ? error : new Error(String(error));
      // Rows under way are settled before the caller removes the import: none may be stored after that.
      while (state.storing !== null) await state.storing;
      throw state.failure;
    })) as ParsedSource;
    while (state.storing !== null) await state.storing;
    if (state.failure !== null) throw state.failure;
    return { parsed, commit: await storeFacts(context, source, parsed, settings, scales) };
  } finally {
    context.signal.removeEventListener('abort', stop);
    await checkpoints.stop();
  }
};

/** Records a unit of work inserts beside the transactions. */
const FACTS_PER_UNIT = 2_000;

/** Stores what else was read, and answers the unit of work that makes the import visible. */
const storeFacts = async (
  context: JobContext,
  source: SourceRecord,
  parsed: ParsedSource,
  settings: ImportSettings,
  scales: ReadonlyMap<number, readonly { first: number; count: number }[]>,
): Promise<Commit> => {
  for (const [scale, ranges] of scales) {
    if (scale === parsed.scale) continue;
    const rescale = context
      .workspace()
      .write.connection.prepare('UPDATE transactions SET amount_units = amount_units * ? WHERE id >= ? AND id < ?');
    for (const { first, count } of ranges) {
      const from = source.first_transaction_id + first;
      context.write(() => rescale.run(powerOfTen(parsed.scale - scale), from, from + count));
      await context.breathe();
    }
  }
  const facts = new ImportFactsDigest();
  for (let at = 0; at < parsed.rejected.length; at += FACTS_PER_UNIT) {
    context.write(store =>
      parsed.rejected.slice(at, at + FACTS_PER_UNIT).forEach(({ place, reason, raw }, i) => {
        const row = {
          source: source.ordinal,
          ordinal: at + i,
          row_number: place.row,
          byte_offset: place.byteOffset,
          byte_length: place.byteLength,
          reason,
          raw: raw.toWellFormed(),
        };
        insertRejected(store, row);
        facts.record(row);
      }),
    );
    await context.breathe();
  }
  if (context.signal.aborted) throw cancelled();
  return commitOf(context, source, parsed, settings, facts);
};

/** The unit of work that makes an import visible: its facts, its state and its audit entry in one transaction. */
export const commitOf = (
  context: JobContext,
  source: SourceRecord,
  parsed: ParsedSource,
  settings: ImportSettings,
  facts = new ImportFactsDigest(),
): Commit => {
  const digest = parsed.sha256 ?? '';
  const warnings = parsed.warnings.map((warning, ordinal) => ({
    source: source.ordinal,
    ordinal,
    row_number: warning.row,
    code: warning.code,
    message: warning.message,
  }));
  const statements = parsed.statements.map((statement, ordinal) => ({
    source: source.ordinal,
    ordinal,
    account_id: statement.account.id,
    currency: statement.account.currency,
    institution: statement.account.institution,
    owner: statement.owner,
    statement_id: statement.statementId,
    opening_amount: statement.opening?.amount ?? null,
    opening_day: dayOf(statement.opening?.date),
    closing_amount: statement.closing?.amount ?? null,
    closing_day: dayOf(statement.closing?.date),
    from_day: dayOf(statement.from),
    to_day: dayOf(statement.to),
    transaction_count: statement.count,
    credits: statement.credits,
    debits: statement.debits,
    entry_count: statement.entries ?? null,
  }));
  const read = {
    side: settings.side ?? sideOfFormat(parsed.format),
    sha256: digest,
    compression: parsed.compression,
    format: parsed.format,
    encoding: parsed.encoding,
    dialect: JSON.stringify(parsed.dialect),
    amount_scale: parsed.scale,
    transaction_count: parsed.count,
    rejected_count: parsed.rejected.length,
    warning_count: parsed.warnings.length,
    text_sha256: parsed.transcript?.sha256 ?? null,
    text_encoding: parsed.transcript?.encoding ?? null,
    settings: Object.keys(settings.overrides).length === 0 ? null : JSON.stringify(settings.overrides),
    profile_id: settings.profile?.id ?? null,
    profile_version: settings.profile?.version ?? null,
  };
  for (const row of [...warnings, ...statements, completed({ ...source, ...read })]) facts.record(row);
  const factsSha256 = facts.finish();
  return (store, audit) => {
    for (const warning of warnings) insertWarning(store, warning);
    insertStatements(store, statements);
    completeSource(store, source.ordinal, read);
    const steps = appendSteps(context, store, source.case_id, [
      {
        title: `Read ${source.name}`,
        body: {
          kind: 'source-read',
          source: digest,
          name: source.name,
          side: read.side,
          overrides: settings.overrides,
        },
      },
    ]);
    audit('evidence.imported', {
      ...loggedSteps(source.case_id, steps),
      source: source.id,
      name: source.name,
      side: read.side,
      sha256: digest,
      bytes: source.bytes,
      format: parsed.format,
      transactions: parsed.count,
      rejected: parsed.rejected.length,
      columns: `sha256:${parsed.columnsSha256}`,
      texts: `sha256:${parsed.textsSha256 ?? ''}`,
      facts: `sha256:${factsSha256}`,
      ...(parsed.transcript === null ? {} : { text: `sha256:${parsed.transcript.sha256}` }),
      ...(source.container_id === null ? {} : { container: source.container_id }),
      ...(read.settings === null ? {} : { settings: read.settings }),
      ...(settings.profile === null ? {} : { profile: { ...settings.profile } }),
    });
    recordIngest(store, source, digest);
  };
};

const dayOf = (date: string | null | undefined): number | null =>
  date === null || date === undefined ? null : parseIsoDate(date);
