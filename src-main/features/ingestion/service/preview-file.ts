import type { NexusErrorData } from '../../../contract/errors.ts';
import type { QueryContext } from '../../../engine/handler.ts';
import { errorDataOf } from '../../../platform/worker-task.ts';
import type { MappingProposal } from '../domain/csv-mapping.ts';
import { membersAsked } from './inspect-file.ts';
import { refusedFile } from './inspected-file.ts';
import type { ImportSettings } from './mapping-profile.ts';
import { proposedProfile } from './mapping-profile.ts';
import type { ReadFile } from './read-file.ts';
import { readFile } from './read-file.ts';
import { lookAt } from './requested-file.ts';
import { listedArchive, runParser } from './run-parser.ts';
import type { SourceOrigin } from './source-origin.ts';
import type { SampleTableTask, TableSample } from './table-sample.ts';
import { NO_SAMPLE } from './table-sample.ts';

/** A preview reads this much of a table. */
const PREVIEW_BYTES = 1 << 20;
const PREVIEW_ROWS = 100;

/** The head of a file as it would be read, beside its raw rows, and the profile its header is known by. The grant stays usable. */
export const previewFile = async (
  context: QueryContext,
  file: { readonly path: string; readonly name: string; readonly member: string | null },
  settings: ImportSettings,
) => {
  const { path, name } = file;
  let bytes = 0;
  try {
    const looked = lookAt(path, name);
    bytes = looked.bytes;
    const archive = looked.mayBeArchive ? await listedArchive(context.pool, path, name, { digest: false }) : null;
    if (archive === null) return await previewOne(context, { kind: 'file', path }, name, bytes, settings);
    const member = membersAsked(archive, name, file.member)[0]!;
    const members = archive.members.map(({ name: own, bytes: size }) => ({ name: own, bytes: size }));
    const full = `${name}/${member.name}`;
    if (member.error !== null) return { ...refused(full, member.bytes, member.error), members };
    const origin = { kind: 'member', archive: { kind: 'file', path }, place: member.place } as const;
    return { ...(await previewOne(context, origin, full, member.bytes, settings)), members };
  } catch (error) {
    const data = errorDataOf(error);
    if (data.category !== 'input') throw error;
    return refused(name, bytes, data);
  }
};

const refused = (name: string, bytes: number, error: NexusErrorData) => ({
  file: refusedFile(name, bytes, error),
  partial: false,
  columns: [],
  sample: [],
  mapping: null,
  proposedProfile: null,
});

/** Transactions by statement, the first of the file only. */
const firstTransactions = ({ file, transactions }: ReadFile) => {
  let left = PREVIEW_ROWS;
  return file.statements.map((statement, i) => {
    const page = transactions.page(i, 0, Math.min(left, statement.count));
    left -= page.length;
    return { ...statement, transactions: page };
  });
};

const previewOne = async (
  context: QueryContext,
  origin: SourceOrigin,
  name: string,
  bytes: number,
  settings: ImportSettings,
) => {
  const { overrides } = settings;
  const read = await readFile(context.pool, origin, name, bytes, { overrides, headBytes: PREVIEW_BYTES });
  const { mapping, ...table } = await sampleOf(context, {
    task: 'sample-table',
    origin,
    name,
    overrides,
    read: read.parsed === null ? null : { encoding: read.parsed.encoding, dialect: read.parsed.dialect },
  });
  const header = read.parsed?.dialect.header;
  const headers = Array.isArray(header) ? [header.map(String)] : table.sample.map(({ raw }) => raw);
  return {
    file: read.parsed === null ? read.file : { ...read.file, statements: firstTransactions(read) },
    partial: read.parsed?.partial ?? false,
    ...table,
    mapping: mapping === null ? null : mappingView(mapping),
    proposedProfile: settings.profile === null ? proposedProfile(context.store, read.file.format, headers) : null,
  };
};

const mappingView = ({ columns, ambiguities }: MappingProposal) => ({
  columns: columns.map(column => ({
    ...column,
    samples: [...column.samples],
    alternatives: column.alternatives.map(alternative => ({ ...alternative })),
  })),
  questions: ambiguities.map(({ setting, candidates, reason }) => ({ setting, candidates: [...candidates], reason })),
});

/** The raw rows beside what was read; of a refused file where it has any: an open question is easier to answer beside them. */
const sampleOf = async (context: QueryContext, task: SampleTableTask): Promise<TableSample> => {
  try {
    return (await runParser(context.pool, task)) as TableSample;
  } catch (error) {
    if (task.read !== null) throw error;
    // Not even raw rows can be shown; why is said by the refusal itself.
    return NO_SAMPLE;
  }
};
