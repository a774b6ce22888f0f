import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { hmacSha256 } from '../../../platform/digest.ts';
import { canonicalEntry } from '../domain/canonical-text.ts';
import type { Digest, JudgeCryptography } from '../domain/proof-bundle-check.ts';
import { BundleStop } from '../domain/proof-bundle-check.ts';
import { BundleJudge, MAX_LINE_BYTES } from '../domain/proof-bundle-judge.ts';
import type { ChainProblem } from '../domain/verify-chain.ts';
import { NOTE_CRYPTOGRAPHY } from './station-signer.ts';

/** Judges an export on an analysis worker: needs no workspace. */
export interface VerifyExportTask {
  readonly task: 'verify-export';
  readonly path: string;
  readonly key: string | null;
  /** K_0 in hex. */
  readonly firstKey: string | null;
  readonly mark: { readonly size: number; readonly root: string } | null;
  /** A folder with originals. */
  readonly evidence: string | null;
}

export interface ExportVerification {
  readonly ok: boolean;
  readonly entries: number;
  readonly root: string;
  readonly checkpoints: number;
  readonly unwitnessed: number;
  readonly evidence: { readonly files: number; readonly mismatched: string[] };
  readonly problems: ChainProblem[];
  readonly export: {
    readonly entries: number;
    readonly scope: string;
    readonly key: string;
    readonly notes: string[];
  };
}

const newDigest = (): Digest => {
  const hash = createHash('sha256');
  return { update: bytes => void hash.update(bytes), hex: () => hash.copy().digest('hex') };
};
const CRYPTOGRAPHY: JudgeCryptography = {
  ...NOTE_CRYPTOGRAPHY,
  hmac: hmacSha256,
  digest: newDigest,
};

const PIECE = 1 << 20;

const pieces = function* (path: string): Generator<Buffer> {
  const fd = openSync(path, 'r');
  try {
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE);
      const got = readSync(fd, piece, 0, PIECE, null);
      if (got === 0) return;
      yield piece.subarray(0, got);
    }
  } finally {
    closeSync(fd);
  }
};

/** The lines of a file, each with its end; the last may lack it, and one that is too long is not gathered to its end. */
const linesOf = function* (path: string): Generator<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  for (const piece of pieces(path)) {
    let from = 0;
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, from)) {
      const last = piece.subarray(from, at + 1);
      yield held.length === 0 ? last : Buffer.concat([...held, last]);
      held = [];
      length = 0;
      from = at + 1;
    }
    if (from === piece.length) continue;
    held.push(piece.subarray(from));
    length += piece.length - from;
    if (length > MAX_LINE_BYTES) break;
  }
  if (held.length > 0) yield Buffer.concat(held);
};

const fileDigest = (path: string): string => {
  const hash = createHash('sha256');
  for (const piece of pieces(path)) hash.update(piece);
  return hash.digest('hex');
};

/** Files of a folder and of those in it. What is no file of its own (a link, a pipe) is not read: it may lead anywhere, or never end. */
const filesIn = function* (folder: string): Generator<{ readonly path: string; readonly name: string }> {
  for (const item of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, item.name);
    if (item.isDirectory()) yield* filesIn(path);
    else if (item.isFile()) yield { path, name: item.name };
  }
};

/** Each listed original against the folder's files: by digest, and where none has it, by name. */
const compareOriginals = (judge: BundleJudge, folder: string): string[] => {
  const names = new Set<string>();
  const digests = new Set<string>();
  for (const { path, name } of filesIn(folder)) {
    digests.add(fileDigest(path));
    names.add(name);
  }
  const mismatched: string[] = [];
  let absent = 0;
  for (const { name, sha256: digest } of judge.evidence) {
    if (digests.has(digest)) continue;
    if (names.has(name)) {
      mismatched.push(name);
      judge.problem('evidence.digest', name, 'the file is not the original that was imported');
    } else absent += 1;
  }
  if (absent > 0) judge.notes.push(`${absent} originals are not in the folder and were not compared`);
  return mismatched;
};

/** Reads an export through and says what holds. A file that is none is an answer too: `ok` false, with where it ends to be one. */
export const verifyExport = (task: VerifyExportTask): ExportVerification => {
  const judge = new BundleJudge(CRYPTOGRAPHY, {
    key: task.key,
    firstKey: task.firstKey === null ? null : Buffer.from(task.firstKey, 'hex'),
    mark: task.mark,
  });
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const decoded = (bytes: Uint8Array): string | null => {
    try {
      return decoder.decode(bytes);
    } catch {
      return null; // not UTF-8: the judge says so, with the line
    }
  };
  let mismatched: string[] = [];
  try {
    for (const line of linesOf(task.path)) judge.take(line, decoded(line.subarray(0, -1)));
    judge.end();
    if (task.evidence === null) judge.notes.push('no originals were compared: that needs their folder (--evidence)');
    else mismatched = compareOriginals(judge, task.evidence);
  } catch (error) {
    if (!(error instanceof BundleStop)) throw error;
    judge.problem(error.problem.code, error.problem.where, error.problem.message);
  }
  const { header } = judge;
  return {
    ok: judge.problems.length === 0,
    entries: header?.size ?? 0,
    root: header?.root ?? '',
    checkpoints: judge.checkpoints,
    unwitnessed: header?.size ?? 0,
    evidence: { files: judge.evidence.length, mismatched },
    problems: judge.problems,
    export: {
      entries: judge.entries,
      scope: header === null ? '' : canonicalEntry(header.scope),
      key: header?.vkey ?? '',
      notes: judge.notes,
    },
  };
};
