import type { InspectedFile } from '../../../contract/imports.contract.ts';
import type { WorkerPool } from '../../../platform/worker-pool.ts';
import { errorDataOf } from '../../../platform/worker-task.ts';
import type { ColumnSlice } from '../domain/transaction-columns.ts';
import { HeldTransactions } from './held-transactions.ts';
import { inspectedFile, refusedFile } from './inspected-file.ts';
import type { ParsedSource, ParserMessage } from './parsed-source.ts';
import { runParser } from './run-parser.ts';
import type { SourceOrigin } from './source-origin.ts';

export interface ReadOptions {
  readonly overrides: Readonly<Record<string, string>>;
  readonly headBytes?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** A file that was read and not stored. */
export interface ReadFile {
  /** Without its transactions. */
  readonly file: InspectedFile;
  readonly parsed: ParsedSource;
  readonly transactions: HeldTransactions;
}

/** A larger file's worker is ended, which gives its memory back at once. */
const DISPOSE_BYTES = 64 << 20;

/** Parses a file, or its head, on a worker and stores nothing. A refusal of the file is an answer: the file with its error in place. */
export const readFile = async (
  pool: WorkerPool,
  origin: SourceOrigin,
  name: string,
  bytes: number,
  options: ReadOptions,
): Promise<ReadFile | { readonly file: InspectedFile; readonly parsed: null }> => {
  const slices: ColumnSlice[] = [];
  const { overrides, headBytes, signal, onProgress } = options;
  try {
    const parsed = (await runParser(
      pool,
      {
        task: 'parse',
        origin,
        name,
        source: -1,
        overrides,
        seal: null,
        textSeal: null,
        columnsSeal: null,
        sendSlices: true,
        ...(headBytes === undefined ? {} : { headBytes }),
      },
      {
        ...(signal === undefined ? {} : { signal }),
        dispose: bytes > DISPOSE_BYTES,
        onMessage: (body, reply) => {
          const message = body as ParserMessage;
          if (message.kind === 'progress') onProgress?.(message.done, message.total);
          else {
            slices.push(message.slice);
            reply('credit');
          }
        },
      },
    )) as ParsedSource;
    return {
      file: inspectedFile(parsed),
      parsed,
      transactions: new HeldTransactions(slices, parsed.statements.length),
    };
  } catch (error) {
    const data = errorDataOf(error);
    if (data.category !== 'input') throw error;
    return { file: refusedFile(name, bytes, data), parsed: null };
  }
};
