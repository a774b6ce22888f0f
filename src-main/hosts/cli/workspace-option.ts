import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { NexusError } from '../../contract/errors.ts';
import type { Role } from '../../contract/workspaces.contract.ts';
import { ROLES } from '../../contract/workspaces.contract.ts';
import type { Arguments } from './command.ts';
import { readPassphrase } from './passphrase.ts';
import type { Station } from './station.ts';

/** Options of commands that work in a named workspace. */
export const WORKSPACE_OPTIONS = {
  'passphrase-file': { type: 'string' },
  actor: { type: 'string' },
  role: { type: 'string' },
} as const;
export const WORKSPACE_HELP = [
  ['--passphrase-file FILE', 'first line is the passphrase (else NEXUS_PASSPHRASE, else a prompt)'],
  ['--actor NAME', 'who works, for the audit log (else the account’s name)'],
  ['--role ROLE', `${ROLES.join(', ')}; a role only narrows what the session may do`],
] as const;

export const actorOf = (given: Arguments): string => given.text('actor') ?? userInfo().username;

const roleOf = (given: Arguments): Role => {
  const text = given.text('role') ?? 'financial_examiner';
  const role = ROLES.find(known => known === text);
  if (role === undefined)
    throw new NexusError({
      code: 'usage.role',
      category: 'usage',
      message: `--role ${text}: known are ${ROLES.join(', ')}.`,
    });
  return role;
};

/** Opens the workspace in a folder; with `create`, makes it where there is none. */
export const openWorkspace = async (
  station: Station,
  folder: string,
  given: Arguments,
  create: boolean,
): Promise<void> => {
  const path = resolve(folder);
  const isNew = create && !existsSync(`${path}/workspace.json`);
  const passphrase = await readPassphrase(given, isNew);
  const location = { grant: await station.grant(path, 'folder') };
  if (isNew) await station.call('workspaces.create', { location, passphrase, actor: actorOf(given) });
  else await station.call('workspaces.open', { location, passphrase, actor: actorOf(given), role: roleOf(given) });
};
