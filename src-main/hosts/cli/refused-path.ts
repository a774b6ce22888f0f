import type { InspectedFile } from '../../contract/imports.contract.ts';
import { errorDataOf } from '../../platform/worker-task.ts';
import { nameOf } from './station.ts';

/** What stands in the place of a path that was refused; throws on anything that is not a refusal of the input. */
export const refusedPath = (path: string, error: unknown): InspectedFile => {
  const data = errorDataOf(error);
  if (data.category !== 'input') throw error;
  return {
    name: nameOf(path),
    sha256: null,
    bytes: 0,
    format: null,
    encoding: null,
    dialect: {},
    statements: [],
    rejected: [],
    warnings: [],
    error: data,
  };
};
