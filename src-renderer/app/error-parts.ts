import { NexusError, type NexusErrorData, NexusErrorShape } from '../../src-main/contract/errors.ts';

/** An error as a screen shows it: what failed, where, what was kept, what to do next. Null: nothing to say there. */
export interface ErrorParts {
  readonly code: string;
  readonly what: string;
  readonly file: string | null;
  readonly row: number | null;
  readonly kept: string | null;
  readonly remedy: string | null;
}

/** Anything thrown or received as an error in the engine's shape; what is not one becomes an internal fault. */
export const asNexusError = (error: unknown): NexusErrorData => {
  if (error instanceof NexusError) return error.data;
  const parsed = NexusErrorShape.safeParse(error);
  if (parsed.success) return parsed.data;
  return {
    code: 'window.fault',
    category: 'internal',
    message: error instanceof Error ? error.message : String(error),
  };
};

export const messageOf = (error: unknown): string => asNexusError(error).message;

export const errorParts = (error: NexusErrorData): ErrorParts => ({
  code: error.code,
  what: error.message,
  file: error.file ?? null,
  row: error.row ?? null,
  kept: error.kept ?? null,
  remedy: error.remedy ?? null,
});

/** Plain text of an error for a mail or a ticket: one labelled line a part. */
export const errorDetails = (error: NexusErrorData): string =>
  [
    `code: ${error.code} (${error.category})`,
    `message: ${error.message}`,
    error.file === undefined ? null : `file: ${error.file}`,
    error.row === undefined ? null : `row: ${error.row}`,
    error.kept === undefined ? null : `kept: ${error.kept}`,
    error.remedy === undefined ? null : `remedy: ${error.remedy}`,
  ]
    .filter(line => line !== null)
    .join('\n');
