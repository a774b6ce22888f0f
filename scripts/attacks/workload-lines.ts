import type { NexusErrorData } from '../../src-main/contract/errors.ts';

export const WORKSPACE = 'Attacked';
export const ACTOR = 'Ada';

/** The password after so many changes: of a length every policy takes. */
export const passphraseOf = (changes: number): string => `correct horse battery staple ${changes}`;

/** What was confirmed to the caller: a line that was read is a promise. */
export interface Confirmed {
  readonly caseId?: string;
  readonly sourceId?: string;
  readonly reportId?: string;
  readonly password?: number;
}

/** What a station at work tells, line by line. */
export type WorkloadLine =
  | { readonly begin: string }
  | { readonly done: string; readonly confirmed: Confirmed }
  | { readonly refused: string; readonly error: NexusErrorData };
