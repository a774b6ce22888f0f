import type { InspectedFile } from '../../../contract/imports.contract.ts';
import type { JobContext } from '../../../engine/handler.ts';
import { SourceFile } from '../../../platform/source-file.ts';
import { errorDataOf } from '../../../platform/worker-task.ts';
import type { SourceRecord } from '../storage/source.repository.ts';
import { completeSources, insertSource, nextPlace, sourceByDigest } from '../storage/source.repository.ts';
import { discardImport } from './discard-import.ts';
import { inspectedFile } from './inspected-file.ts';
import { parseAndStore } from './store-import.ts';

export interface RequestedFile {
  readonly grant: string;
  readonly side: 'bank' | 'ledger';
  readonly overrides: Readonly<Record<string, string>>;
}
export type ImportedFile = InspectedFile & { readonly sourceId: string | null; readonly alreadyImported: boolean };

/** Imports one file: all of it or nothing of it. */
export const importFile = async (context: JobContext, caseId: string, file: RequestedFile): Promise<ImportedFile> => {
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
    container_id: null,
    text_sha256: null,
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
