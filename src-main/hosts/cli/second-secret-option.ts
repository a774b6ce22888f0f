import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { NexusError } from '../../contract/errors.ts';
import type { RecoveryKit, SecondSecret } from '../../contract/workspaces.contract.ts';
import { writeNewFile } from '../../platform/workspace-files.ts';
import type { Arguments } from './command.ts';

/** Where a new workspace's second secret and its kit go. */
export interface NewWorkspaceOptions {
  readonly secondSecret: SecondSecret;
  /** The key file to make; null for another kind. */
  readonly keyFile: string | null;
  /** The recovery kit to make; null: it is not kept. */
  readonly kit: string | null;
}

/** A file that will be made: refused before the workspace is, so that nothing shown once is lost. */
const newFile = (option: string, text: string): string => {
  const path = resolve(text);
  const problem = !existsSync(dirname(path)) ? 'there is no such folder' : existsSync(path) ? 'the file exists' : null;
  if (problem === null) return path;
  throw new NexusError({ code: 'usage.new-file', category: 'usage', message: `--${option} ${text}: ${problem}.` });
};

/** Reads `--second-secret none|keychain|FILE` and `--recovery-kit FILE`. */
export const newWorkspaceOptions = (given: Arguments): NewWorkspaceOptions => {
  const second = given.text('second-secret') ?? 'none';
  const kit = given.text('recovery-kit');
  const isKind = second === 'none' || second === 'keychain';
  return {
    secondSecret: isKind ? second : 'key-file',
    keyFile: isKind ? null : newFile('second-secret', second),
    kit: kit === undefined ? null : newFile('recovery-kit', kit),
  };
};

const kitText = (kit: RecoveryKit, folder: string): string =>
  [
    'NEXUS recovery kit. Print it, lock it away, delete this file.',
    '',
    `Workspace            ${folder}`,
    `Workspace id         ${kit.workspaceId}`,
    `Recovery code        ${kit.recoveryCode}`,
    `Log verification key ${kit.verificationKey ?? 'none'}`,
    `Log first key K_0    ${kit.firstKey ?? 'none'}`,
    '',
    'The recovery code opens the workspace once, without any password. The verification key checks the signed',
    'checkpoints of the log; the first key checks the tag of every entry that this station wrote.',
    '',
  ].join('\n');

/** Writes what is shown once; answers what a person should know of what was not. */
export const keepShownOnce = (kit: RecoveryKit, folder: string, options: NewWorkspaceOptions): readonly string[] => {
  if (options.keyFile !== null && kit.keyFile !== null) writeNewFile(options.keyFile, kit.keyFile.content);
  if (options.kit !== null) writeNewFile(options.kit, kitText(kit, folder));
  return [
    ...(options.secondSecret === 'none'
      ? ['the passphrase alone opens this workspace (--second-secret adds a keychain secret or a key file)']
      : []),
    ...(options.kit === null ? ['no recovery kit was kept (--recovery-kit FILE)'] : []),
  ];
};
