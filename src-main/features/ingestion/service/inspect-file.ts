import { statSync } from 'node:fs';
import type { InspectedFile } from '../../../contract/imports.contract.ts';
import type { HandlerContext, JobContext } from '../../../engine/handler.ts';
import type { TaskOptions } from '../../../platform/worker-pool.ts';
import { errorDataOf } from '../../../platform/worker-task.ts';
import type { ColumnSlice } from '../domain/transaction-columns.ts';
import { inspectedFile, refusedFile, sliceTransactions } from './inspected-file.ts';
import type { ParsedSource, ParserMessage } from './parser-tasks.ts';
import { tableSample } from './table-sample.ts';

/** A preview reads this much of a table. */
const PREVIEW_BYTES = 1 << 20;
const PREVIEW_ROWS = 100;

interface ReadOptions {
  readonly overrides: Readonly<Record<string, string>>;
  readonly headBytes?: number;
  /** Transactions listed at most. */
  readonly rows: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

interface ReadFile {
  readonly file: InspectedFile;
  /** Null when the file was refused. */
  readonly parsed: ParsedSource | null;
}

/** Parses a file, or its head, on a worker and stores nothing. A refused file comes back with its error in place. */
const readFile = async (
  { pool }: Pick<HandlerContext, 'pool'>,
  path: string,
  name: string,
  options: ReadOptions,
): Promise<ReadFile> => {
  const slices: ColumnSlice[] = [];
  const { overrides, headBytes, rows, signal, onProgress } = options;
  const taskOptions: TaskOptions = {
    ...(signal === undefined ? {} : { signal }),
    onMessage: (body, reply) => {
      const message = body as ParserMessage;
      if (message.kind === 'progress') onProgress?.(message.done, message.total);
      else {
        slices.push(message.slice);
        reply('credit');
      }
    },
  };
  const task = { task: 'parse', path, name, source: -1, overrides, seal: null, columnsSeal: null, sendSlices: true };
  try {
    const parsed = (await pool.run(
      'parser',
      headBytes === undefined ? task : { ...task, headBytes },
      taskOptions,
    )) as ParsedSource;
    const transactions = sliceTransactions(slices, parsed, rows);
    const file = inspectedFile(parsed);
    const statements = file.statements.map((statement, i) => ({ ...statement, transactions: transactions[i] ?? [] }));
    return { file: { ...file, statements }, parsed };
  } catch (error) {
    const data = errorDataOf(error);
    if (data.category !== 'input') throw error;
    return { file: refusedFile(name, statSync(path, { throwIfNoEntry: false })?.size ?? 0, data), parsed: null };
  }
};

/** Parses a whole file and stores nothing. */
export const inspectFile = async (
  context: JobContext,
  request: { readonly grant: string; readonly overrides: Readonly<Record<string, string>> },
): Promise<InspectedFile> => {
  const { path, name } = context.grants.take(context.session.id, request.grant, 'file');
  const { file } = await readFile(context, path, name, {
    overrides: request.overrides,
    rows: Number.POSITIVE_INFINITY,
    signal: context.signal,
    onProgress: (done, total) => context.progress({ stage: `reading ${name}`, done, total, unit: 'bytes' }),
  });
  return file;
};

/** The head of a file as it would be read, beside its raw rows. The grant stays usable. */
export const previewFile = async (
  context: HandlerContext,
  grant: string,
  overrides: Readonly<Record<string, string>>,
) => {
  const { path, name } = context.grants.look(context.session.id, grant, 'file');
  const { file, parsed } = await readFile(context, path, name, {
    overrides,
    rows: PREVIEW_ROWS,
    headBytes: PREVIEW_BYTES,
  });
  const sample = parsed === null ? sampleOfRefused(path, name) : tableSample(path, name, parsed);
  return { file, partial: parsed?.partial ?? false, ...sample };
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
