import type { HmacSha256 } from './entry-tag.ts';
import type { NoteCryptography } from './signed-note.ts';
import type { ChainProblem } from './verify-chain.ts';

/** SHA-256 over bytes as they come by. */
export interface Digest {
  update(bytes: Uint8Array): void;
  /** Lower-case hex of all that came so far. */
  hex(): string;
}

export interface JudgeCryptography extends NoteCryptography {
  readonly hmac: HmacSha256;
  readonly digest: () => Digest;
}

/** What the reader of an export knows by another way. */
export interface JudgeOptions {
  readonly key: string | null;
  readonly firstKey: Uint8Array | null;
  readonly mark: { readonly size: number; readonly root: string } | null;
}

/** Ends the judging: the rest of the file cannot be read as an export. */
export class BundleStop extends Error {
  readonly problem: ChainProblem;
  constructor(code: string, where: string, message: string) {
    super(message);
    this.problem = { code, where, message };
  }
}

/** Says what does not hold. */
export type ReportProblem = (code: string, where: string, message: string) => void;
