import { statSync } from 'node:fs';
import type { NexusErrorData } from '../../../contract/errors.ts';
import { NexusError } from '../../../contract/errors.ts';
import type { InspectedFile } from '../../../contract/imports.contract.ts';
import type { HandlerContext, Handlers, JobContext } from '../../../engine/handler.ts';
import { onJob, onPublicQuery, onQuery } from '../../../engine/handler.ts';
import { parseIsoDate } from '../../../kernel/civil-date.ts';
import { powerOfTen } from '../../../kernel/decimal.ts';
import { SourceFile } from '../../../platform/source-file.ts';
import { cancelled } from '../../../platform/worker-pool.ts';
import { errorDataOf } from '../../../platform/worker-task.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { FORMATS } from '../domain/formats.ts';
import type { ColumnSlice } from '../domain/transaction-columns.ts';
import type { SourceRecord } from '../storage/source.repository.ts';
import {
  completeSource,
  completeSources,
  insertRejected,
  insertSource,
  insertStatements,
  insertWarning,
  nextPlace,
  sourceByDigest,
} from '../storage/source.repository.ts';
import { TransactionWriter } from '../storage/transaction-writer.ts';
import { discardImport } from './discard-import.ts';
import { inspectedFile, refusedFile, sliceTransactions } from './inspected-file.ts';
import type { ParsedSource, ParserMessage } from './parser-tasks.ts';
import { completed, ImportFactsDigest } from './stored-digests.ts';
import { tableSample } from './table-sample.ts';

/** A larger file's worker is ended after the import, which gives its memory back at once. */
const DISPOSE_BYTES = 16 << 20;
/** A preview reads this much of a table. */
const PREVIEW_BYTES = 1 << 20;
const PREVIEW_ROWS = 100;

interface RequestedFile {
  readonly grant: string;
  readonly side: 'bank' | 'ledger';
  readonly overrides: Readonly<Record<string, string>>;
}
type ImportedFile = InspectedFile & { readonly sourceId: string | null; readonly alreadyImported: boolean };

/** Imports one file: all of it or nothing of it. */
const importFile = async (context: JobContext, caseId: string, file: RequestedFile): Promise<ImportedFile> => {
  const workspace = context.workspace();
  const { path, name } = context.grants.take(context.session.id, file.grant, 'file');
  const bytes = sizeOf(path, name);
  const known = await recognize(context, caseId, path, name, bytes);
  if (known !== null) return alreadyImported(name, bytes, known);

  const { ordinal, transactionId } = nextPlace(workspace.write);
  const source: SourceRecord = {
    ordinal,
    id: context.ports.ids.next(),
    case_id: caseId,
    name,
    side: file.side,
    state: 'importing',
    sha256: '',
    bytes,
    compression: null,
    format: '',
    encoding: '',
    dialect: '{}',
    imported_at: new Date(context.ports.clock.now()).toISOString(),
    amount_scale: 2,
    first_transaction_id: transactionId,
    transaction_count: 0,
    rejected_count: 0,
    warning_count: 0,
  };
  context.write((store, audit) => {
    insertSource(store, source);
    audit('evidence.import-started', { case: caseId, source: source.id, name, bytes, side: file.side });
  });
  try {
    const parsed = await parseAndStore(context, source, path, name, file.overrides);
    workspace.columns.put(parsed.columns);
    return { ...inspectedFile(parsed), sourceId: source.id, alreadyImported: false };
  } catch (error) {
    for (const _step of discardImport(workspace, source, errorDataOf(error).code))
      await new Promise(resolve => setImmediate(resolve));
    throw error;
  }
};

/** Bytes of a file that can be read; throws the refusal of one that cannot. */
const sizeOf = (path: string, name: string): number => {
  const file = new SourceFile(path, name);
  file.close();
  return file.bytes;
};

/** The source of this case that holds the same bytes. Only a file of equal size is worth hashing beforehand. */
const recognize = async (
  context: JobContext,
  caseId: string,
  path: string,
  name: string,
  bytes: number,
): Promise<SourceRecord | null> => {
  const { read } = context.workspace();
  if (!completeSources(read, caseId).some(source => source.bytes === bytes)) return null;
  const sha256 = (await context.pool.run(
    'parser',
    { task: 'digest', path, name },
    { signal: context.signal },
  )) as string;
  return sourceByDigest(read, caseId, sha256) ?? null;
};

const alreadyImported = (name: string, bytes: number, known: SourceRecord): ImportedFile => ({
  name,
  sha256: known.sha256,
  bytes,
  format: known.format,
  encoding: known.encoding,
  dialect: JSON.parse(known.dialect) as Record<string, unknown>,
  statements: [],
  rejected: [],
  warnings: [
    {
      row: null,
      code: 'import.already',
      message: `The same bytes were imported before as “${known.name}”; nothing was stored again.`,
    },
  ],
  sourceId: known.id,
  alreadyImported: true,
});

const parseAndStore = async (
  context: JobContext,
  source: SourceRecord,
  path: string,
  name: string,
  overrides: Readonly<Record<string, string>>,
): Promise<ParsedSource> => {
  const workspace = context.workspace();
  const seal = workspace.seal(source.case_id, source.id);
  const columnsSeal = workspace.columnsSeal(source.case_id, source.id);
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
      reply('credit');
    }
  };
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  context.signal.addEventListener('abort', stop);
  const checkpoints = startCheckpoints(context);
  try {
    const parsed = (await context.pool
      .run(
        'parser',
        { task: 'parse', path, name, source: source.ordinal, overrides, seal, columnsSeal, sendSlices: true },
        {
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
        },
      )
      .catch(async (error: unknown) => {
        state.failure ??= error instanceof Error ? error : new Error(String(error));
        // Rows under way are settled before the caller removes the import: none may be stored after that.
        while (state.storing !== null) await state.storing;
        throw state.failure;
      })) as ParsedSource;
    while (state.storing !== null) await state.storing;
    if (state.failure !== null) throw state.failure;
    await storeFacts(context, source, parsed, scales);
    return parsed;
  } finally {
    context.signal.removeEventListener('abort', stop);
    await checkpoints.stop();
  }
};

/** Keeps moving committed pages from the log into the store on another thread, so that no write waits and the log stays short. */
const startCheckpoints = (context: JobContext): { stop(): Promise<void> } => {
  const { storePath, dataKey } = context.workspace();
  let running = true;
  let wake = (): void => undefined;
  const loop = (async () => {
    while (running) {
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, CHECKPOINT_INTERVAL_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      if (!running) return;
      // One that fails (a full disk) loses nothing: the pages stay in the log, and the writer meets the same fault itself.
      await context.pool.run('analysis', { task: 'checkpoint', storePath, key: dataKey }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      running = false;
      // A small file is done long before the first interval: it does not wait for it.
      wake();
      await loop;
    },
  };
};
const CHECKPOINT_INTERVAL_MS = 250;

/** Records a unit of work inserts beside the transactions. */
const FACTS_PER_UNIT = 2_000;

/** The import becomes visible here: facts, then the state and the audit entry in one transaction. */
const storeFacts = async (
  context: JobContext,
  source: SourceRecord,
  parsed: ParsedSource,
  scales: ReadonlyMap<number, readonly { first: number; count: number }[]>,
): Promise<void> => {
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
  }));
  const read = {
    sha256: digest,
    compression: parsed.compression,
    format: parsed.format,
    encoding: parsed.encoding,
    dialect: JSON.stringify(parsed.dialect),
    amount_scale: parsed.scale,
    transaction_count: parsed.count,
    rejected_count: parsed.rejected.length,
    warning_count: parsed.warnings.length,
  };
  for (const row of [...warnings, ...statements, completed({ ...source, ...read })]) facts.record(row);
  const factsSha256 = facts.finish();
  context.write((store, audit) => {
    for (const warning of warnings) insertWarning(store, warning);
    insertStatements(store, statements);
    completeSource(store, source.ordinal, read);
    audit('evidence.imported', {
      case: source.case_id,
      source: source.id,
      name: source.name,
      side: source.side,
      sha256: digest,
      bytes: source.bytes,
      format: parsed.format,
      transactions: parsed.count,
      rejected: parsed.rejected.length,
      columns: `sha256:${parsed.columnsSha256}`,
      texts: `sha256:${parsed.textsSha256 ?? ''}`,
      facts: `sha256:${factsSha256}`,
    });
  });
};

const dayOf = (date: string | null | undefined): number | null =>
  date === null || date === undefined ? null : parseIsoDate(date);

/** Parses a whole file and stores nothing. A refused file comes back with its error in place. */
const inspectFile = async (
  context: Pick<JobContext, 'pool' | 'signal' | 'progress' | 'grants' | 'session'>,
  file: { readonly grant: string; readonly overrides: Readonly<Record<string, string>> },
): Promise<InspectedFile> => {
  const { path, name } = context.grants.take(context.session.id, file.grant, 'file');
  const slices: ColumnSlice[] = [];
  try {
    const parsed = (await context.pool.run(
      'parser',
      {
        task: 'parse',
        path,
        name,
        source: -1,
        overrides: file.overrides,
        seal: null,
        columnsSeal: null,
        sendSlices: true,
      },
      {
        signal: context.signal,
        onMessage: (body, reply) => {
          const message = body as ParserMessage;
          if (message.kind === 'progress')
            context.progress({ stage: `reading ${name}`, done: message.done, total: message.total, unit: 'bytes' });
          else {
            slices.push(message.slice);
            reply('credit');
          }
        },
      },
    )) as ParsedSource;
    const transactions = sliceTransactions(slices, parsed);
    const inspected = inspectedFile(parsed);
    return {
      ...inspected,
      statements: inspected.statements.map((statement, i) => ({ ...statement, transactions: transactions[i] ?? [] })),
    };
  } catch (error) {
    const data = errorDataOf(error);
    if (data.category !== 'input') throw error;
    return refusedFile(name, statSync(path, { throwIfNoEntry: false })?.size ?? 0, data);
  }
};

const preview = async (context: HandlerContext, grant: string, overrides: Readonly<Record<string, string>>) => {
  const { path, name } = context.grants.look(context.session.id, grant, 'file');
  const slices: ColumnSlice[] = [];
  try {
    const parsed = (await context.pool.run(
      'parser',
      {
        task: 'parse',
        path,
        name,
        source: -1,
        overrides,
        seal: null,
        columnsSeal: null,
        sendSlices: true,
        headBytes: PREVIEW_BYTES,
      },
      {
        onMessage: (body, reply) => {
          const message = body as ParserMessage;
          if (message.kind !== 'slice') return;
          slices.push(message.slice);
          reply('credit');
        },
      },
    )) as ParsedSource;
    const transactions = sliceTransactions(slices, parsed, PREVIEW_ROWS);
    const inspected = inspectedFile(parsed);
    const file = {
      ...inspected,
      statements: inspected.statements.map((statement, i) => ({ ...statement, transactions: transactions[i] ?? [] })),
    };
    return { file, partial: parsed.partial, ...tableSample(path, name, parsed) };
  } catch (error) {
    const data = errorDataOf(error);
    if (data.category !== 'input') throw error;
    return {
      file: refusedFile(name, statSync(path, { throwIfNoEntry: false })?.size ?? 0, data),
      partial: false,
      ...sampleOfRefused(path, name),
    };
  }
};

/** The raw rows of a refused file, where it has any: an open question is easier to answer beside them. */
const sampleOfRefused = (path: string, name: string): ReturnType<typeof tableSample> => {
  try {
    return tableSample(path, name, null);
  } catch {
    // Not even raw rows can be shown; why is said by the refusal itself.
    return { columns: [], sample: [] };
  }
};

const asRefusal = (name: string, error: NexusErrorData): ImportedFile => ({
  ...refusedFile(name, 0, error),
  sourceId: null,
  alreadyImported: false,
});

export const importHandlers: Handlers = {
  ...onQuery('imports.preview', (context, { grant, overrides }) => preview(context, grant, overrides)),
  ...onJob('imports.start', {
    title: ({ files }) => (files.length === 1 ? 'Import of one file' : `Import of ${files.length} files`),
    onCancel: 'Files imported completely stay; the file under way is removed again.',
    run: async (context, { caseId, files }) => {
      requireCase(context.workspace().read, caseId);
      const done: ImportedFile[] = [];
      for (const file of files) {
        const { name } = context.grants.look(context.session.id, file.grant, 'file');
        try {
          done.push(await context.workspace().exclusive(context.signal, () => importFile(context, caseId, file)));
        } catch (error) {
          // One refused file does not keep the others out; anything else ends the job.
          if (!(error instanceof NexusError) || error.data.category !== 'input') throw error;
          done.push(asRefusal(name, error.data));
        }
      }
      return { files: done };
    },
  }),
  ...onJob('files.inspect', {
    title: ({ files }) => (files.length === 1 ? 'Inspection of one file' : `Inspection of ${files.length} files`),
    onCancel: 'Nothing is stored.',
    run: async (context, { files }) => {
      const inspected: InspectedFile[] = [];
      for (const file of files) inspected.push(await inspectFile(context, file));
      return { files: inspected };
    },
  }),
  ...onPublicQuery('formats.list', () => ({ formats: FORMATS.map(format => ({ ...format })) })),
};
