import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { NexusError } from '../../../contract/errors.ts';
import type { ChannelResult } from '../../../contract/index.ts';
import type { Arguments, CommandContext } from '../command.ts';
import { EXIT } from '../command.ts';
import { verdictText } from './verify-text.ts';

/** Options of `nexus verify` that only an export takes. */
export const EXPORT_OPTIONS = {
  key: { type: 'string' },
  mark: { type: 'string' },
  evidence: { type: 'string' },
} as const;
export const EXPORT_HELP: readonly (readonly [string, string])[] = [
  ['--key KEY', 'of an export: the station’s key as it was told by another way'],
  ['--mark SIZE:ROOT', 'of an export: what a printed report states of the log'],
  ['--evidence DIR', 'of an export: a folder with the originals, to be compared with their digests'],
];

/** True where the path is an exported log, by its name or by how it begins: it may be damaged in either. */
export const isExport = (path: string): boolean => {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
  if (path.endsWith('.nexus-audit')) return true;
  const fd = openSync(path, 'r');
  try {
    const begin = Buffer.alloc(HEADER_BEGIN.length);
    readSync(fd, begin, 0, begin.length, 0);
    return begin.toString('latin1') === HEADER_BEGIN;
  } finally {
    closeSync(fd);
  }
};
const HEADER_BEGIN = '{"header":';

const usage = (message: string): NexusError => new NexusError({ code: 'usage.verify', category: 'usage', message });

const markOf = (given: Arguments): { readonly size: number; readonly root: string } | null => {
  const text = given.text('mark');
  if (text === undefined) return null;
  const match = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text);
  if (match === null) throw usage(`--mark ${text}: give SIZE:ROOT, the root as 64 lower-case hexadecimal digits.`);
  return { size: Number(match[1]), root: match[2] ?? '' };
};

/** What is said of an export, line by line, the same as its stand-alone verifier says. */
export const exportVerdict = (result: ChannelResult<'audits.verifyExport'>): string =>
  verdictText([
    result.ok ? 'Everything that was checked holds.' : 'INTEGRITY FAILURE',
    `the log has ${result.entries} entries, root ${result.root === '' ? 'not readable' : result.root}`,
    `this export holds ${result.export.entries} of them (scope ${result.export.scope})`,
    `signed with ${result.export.key}`,
    `originals listed ${result.evidence.files}, mismatched ${result.evidence.mismatched.length}`,
    `unwitnessed entries ${result.unwitnessed}: nobody outside the workspace has countersigned them`,
    ...result.export.notes.map(note => `not checked or noted: ${note}`),
    ...result.problems.map(problem => `${problem.code} at ${problem.where}: ${problem.message}`),
  ]);

/** Verifies an exported log: needs no workspace and no passphrase. Answers the exit code. */
export const verifyExport = async (
  { arguments: given, json, terminal, station }: CommandContext,
  path: string,
  firstKey: string | null,
): Promise<number> => {
  const key = given.text('key');
  const mark = markOf(given);
  const evidence = given.text('evidence');
  const engine = await station();
  const result = await engine.run('audits.verifyExport', {
    grant: await engine.grant(path),
    ...(key === undefined ? {} : { key }),
    ...(firstKey === null ? {} : { firstKey }),
    ...(mark === null ? {} : { mark }),
    ...(evidence === undefined ? {} : { evidence: await engine.grant(evidence, 'folder') }),
  });
  terminal.out(json ? `${JSON.stringify(result)}\n` : exportVerdict(result));
  return result.ok ? EXIT.done : EXIT.integrity;
};
