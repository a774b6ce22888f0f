import type { NexusErrorData } from '../../../contract/errors.ts';
import type { InspectedFile } from '../../../contract/imports.contract.ts';
import type { ParsedSource } from './parsed-source.ts';

/** A parsed file in the words of the wire, without its transactions. */
export const inspectedFile = (parsed: ParsedSource): InspectedFile => ({
  name: parsed.name,
  sha256: parsed.sha256,
  bytes: parsed.bytes,
  format: parsed.format,
  encoding: parsed.encoding,
  dialect: { ...parsed.dialect },
  statements: parsed.statements.map(({ owner: _owner, ...facts }) => facts),
  rejected: parsed.rejected.map(({ place, reason, raw }) => ({ row: place.row, reason, raw })),
  warnings: parsed.warnings.map(warning => ({ ...warning })),
});

export const refusedFile = (name: string, bytes: number, error: NexusErrorData): InspectedFile => ({
  name,
  sha256: null,
  bytes,
  format: null,
  encoding: null,
  dialect: {},
  statements: [],
  rejected: [],
  warnings: [],
  error,
});
