import { createHash } from 'node:crypto';
import { utf8 } from '../../../platform/digest.ts';
import type { Seal } from '../../../platform/sealed-file.ts';
import type { TaskChannel } from '../../../platform/worker-task.ts';
import { partyKey } from '../../standardization/domain/party-key.ts';
import { analysisColumns, shareColumns } from '../domain/shared-columns.ts';
import { statementFacts } from '../domain/statement-facts.ts';
import type { ColumnSlice } from '../domain/transaction-columns.ts';
import type { ListArchiveTask, SealArchiveTask } from './archive-tasks.ts';
import { listArchiveFile, sealArchive } from './archive-tasks.ts';
import type { ParsedSource, ParserMessage } from './parsed-source.ts';
import type { SourceReading } from './read-source.ts';
import { readSource } from './read-source.ts';
import type { HasValues } from './sealed-columns.ts';
import { columnsDigest, writeSealedColumns } from './sealed-columns.ts';
import type { SourceOrigin } from './source-origin.ts';
import { openSource } from './source-origin.ts';
import { ImportTextsDigest } from './stored-digests.ts';
import type { SampleTableTask } from './table-sample.ts';
import { tableSample } from './table-sample.ts';

/** Slices under way to the writing thread before the reader waits. */
const CREDITS = 4;

/** Reads a whole file; with `seal` its slices are sent for storing, without it they come back as columns with texts. */
export interface ParseTask {
  readonly task: 'parse';
  readonly origin: SourceOrigin;
  readonly name: string;
  readonly source: number;
  readonly overrides: Readonly<Record<string, string>>;
  /** Where the original is sealed; null for a file that is not stored. */
  readonly seal: Seal | null;
  /** Where its readable text is sealed, should it need one; null for a file that is not stored. */
  readonly textSeal: Seal | null;
  /** Where the columns are sealed; null for a file that is not stored. */
  readonly columnsSeal: Seal | null;
  /** Send each slice (texts included) to the engine. */
  readonly sendSlices: boolean;
  readonly headBytes?: number;
  /** What a packed file may unpack to, where that is less than usual. */
  readonly unpackedLimit?: number | undefined;
}
export interface DigestTask {
  readonly task: 'digest';
  readonly origin: SourceOrigin;
  readonly name: string;
}
export type ParserTask = ParseTask | DigestTask | ListArchiveTask | SealArchiveTask | SampleTableTask;

const transferables = (slice: ColumnSlice): ArrayBuffer[] =>
  [...(Object.values(slice.columns) as Uint8Array[]), slice.text, slice.textEnds].map(
    array => array.buffer as ArrayBuffer,
  );

/** Runs a parser task on the worker it was sent to. */
export const runParserTask = async (task: ParserTask, channel: TaskChannel): Promise<unknown> => {
  switch (task.task) {
    case 'parse':
      return parse(task, channel);
    case 'digest':
      return digestOf(task, channel);
    case 'list-archive':
      return listArchiveFile(task, channel);
    case 'seal-archive':
      return sealArchive(task, channel);
    case 'sample-table':
      return tableSample(task);
  }
};

/** Bytes between two messages of progress. */
const PROGRESS_BYTES = 4 << 20;

const digestOf = async ({ origin, name }: DigestTask, channel: TaskChannel): Promise<string> => {
  const file = openSource(origin, name);
  try {
    const hash = createHash('sha256');
    let done = 0;
    for await (const chunk of file.chunks()) {
      hash.update(chunk);
      done += chunk.length;
      channel.send({ kind: 'progress', done, total: file.bytes } satisfies ParserMessage);
    }
    return hash.digest('hex');
  } finally {
    file.close();
  }
};

const parse = async (task: ParseTask, channel: TaskChannel): Promise<ParsedSource> => {
  let underWay = 0;
  let resume: (() => void) | null = null;
  channel.onMessage(() => {
    underWay -= 1;
    if (underWay < CREDITS) resume?.();
  });
  const texts = task.columnsSeal === null ? null : new ImportTextsDigest();
  let toldAt = 0;
  const reading: SourceReading = await readSource({
    origin: task.origin,
    name: task.name,
    overrides: task.overrides,
    seal: task.seal,
    textSeal: task.textSeal,
    unpackedLimit: task.unpackedLimit,
    ...(task.headBytes === undefined ? {} : { headBytes: task.headBytes }),
    ...(task.sendSlices
      ? {
          onSlice: (slice: ColumnSlice) => {
            underWay += 1;
            texts?.slice(slice);
            channel.send({ kind: 'slice', slice } satisfies ParserMessage, transferables(slice));
          },
        }
      : {}),
    mayGoOn: () =>
      underWay < CREDITS
        ? null
        : new Promise(go => {
            resume = () => {
              resume = null;
              go();
            };
          }),
    onProgress: (done, total) => {
      if (done - toldAt < PROGRESS_BYTES && done !== total) return;
      toldAt = done;
      channel.send({ kind: 'progress', done, total } satisfies ParserMessage);
    },
  });
  const { builder } = reading;
  const columns = analysisColumns(builder.columns());
  const hasValues: HasValues = name => builder.values(name).length > 0;
  if (task.columnsSeal !== null) writeSealedColumns(task.columnsSeal, columns, hasValues);
  const totals = builder.statements();
  return {
    name: reading.name,
    bytes: reading.bytes,
    sha256: reading.sha256,
    compression: reading.compression,
    plainBytes: reading.plainBytes,
    format: reading.format,
    encoding: reading.encoding,
    dialect: reading.dialect,
    statements: totals.map(total => ({ ...statementFacts(total), owner: total.header.owner })),
    headers: totals.map(total => total.header),
    rejected: builder.rejected,
    warnings: builder.warnings,
    scale: builder.scale,
    count: builder.count,
    columnsSha256: columnsDigest(columns, hasValues),
    textsSha256: texts?.finish(name => builder.values(name)) ?? null,
    columns: shareColumns(task.source, columns, builder.scale, name => builder.values(name), partyKey, utf8),
    partial: reading.partial,
    transcript: reading.transcript,
  };
};
