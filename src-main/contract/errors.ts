import { z } from 'zod';

/** What kind of refusal it is; decides the command's exit code and the screen's tone. */
export const ERROR_CATEGORIES = [
  'usage',
  'input',
  'permission',
  'integrity',
  'not-found',
  'conflict',
  'cancelled',
  'internal',
] as const;
export type ErrorCategory = (typeof ERROR_CATEGORIES)[number];

/**
 * An error in four parts: what failed (`message`), where (`file`, `row`), what was kept, what to do next.
 * `code` is stable (lower case, dotted); the message is for people and may change.
 */
export const NexusErrorShape = z.strictObject({
  code: z.string(),
  category: z.enum(ERROR_CATEGORIES),
  message: z.string(),
  file: z.string().optional(),
  row: z.number().int().optional(),
  kept: z.string().optional(),
  remedy: z.string().optional(),
  /** Candidates for an open question (ambiguous dialect) or the allowed values of a refused one. */
  candidates: z.record(z.string(), z.array(z.string())).optional(),
});
export type NexusErrorData = z.infer<typeof NexusErrorShape>;

export type WireResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: NexusErrorData };

/** Thrown inside the engine, turned into a WireResult at its one door; never crosses the wire as an exception. */
export class NexusError extends Error {
  readonly data: NexusErrorData;
  constructor(data: NexusErrorData) {
    super(data.message);
    this.name = 'NexusError';
    this.data = data;
  }
}

/** Exit code of the `nexus` command for an error (requirements: 2 usage, 3 input, 4 permission, 5 integrity, 70 internal). */
export const exitCodeOf = (category: ErrorCategory): number => EXIT_CODES[category];
const EXIT_CODES: Readonly<Record<ErrorCategory, number>> = {
  usage: 2,
  'not-found': 2,
  conflict: 2,
  input: 3,
  permission: 4,
  integrity: 5,
  cancelled: 70,
  internal: 70,
};
