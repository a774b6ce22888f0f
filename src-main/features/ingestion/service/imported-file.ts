import type { NexusErrorData } from '../../../contract/errors.ts';
import type { InspectedFile } from '../../../contract/imports.contract.ts';
import type { SourceRecord } from '../storage/source.repository.ts';
import { refusedFile } from './inspected-file.ts';

export type ImportedFile = InspectedFile & { readonly sourceId: string | null; readonly alreadyImported: boolean };

/** What stands in the place of a file that was refused. */
export const refusedImport = (name: string, bytes: number, error: NexusErrorData): ImportedFile => ({
  ...refusedFile(name, bytes, error),
  sourceId: null,
  alreadyImported: false,
});

/** What stands in the place of a file whose bytes are a source of the case already. */
export const alreadyImported = (name: string, bytes: number, known: SourceRecord): ImportedFile => ({
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
    ...(known.set_aside_at === null
      ? []
      : [
          {
            row: null,
            code: 'import.set-aside',
            message: `“${known.name}” is set aside (${known.set_aside_reason}): restore it to have it examined.`,
          },
        ]),
  ],
  sourceId: known.id,
  alreadyImported: true,
});
