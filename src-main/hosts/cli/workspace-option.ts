import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { NexusError } from '../../contract/errors.ts';
import type { Role } from '../../contract/workspaces.contract.ts';
import { ROLES } from '../../contract/workspaces.contract.ts';
import type { Arguments } from './command.ts';
import { readPassphrase } from './passphrase.ts';
import { keepShownOnce, newWorkspaceOptions } from './second-secret-option.ts';
import { giveSecondStep } from './second-step.ts';
import type { Station } from './station.ts';

/** Options of commands that work in a named workspace. */
export const WORKSPACE_OPTIONS = {
  'passphrase-file': { type: 'string' },
  actor: { type: 'string' },
  role: { type: 'string' },
  'key-file': { type: 'string' },
} as const;
export const WORKSPACE_HELP = [
  ['--passphrase-file FILE', 'first line is the passphrase (else NEXUS_PASSPHRASE, else a prompt)'],
  ['--actor NAME', 'the account to sign in to (else the one that the passphrase fits); of a new workspace: its first'],
  ['--role ROLE', `${ROLES.join(', ')}; a role only narrows what the session may do`],
  ['--key-file FILE', 'the key file of an account that has one'],
  ['NEXUS_CODE', 'in the environment: a one-time or recovery code, for an account that has them (else a prompt)'],
] as const;

/** Options of commands that make a workspace where there is none. */
export const NEW_WORKSPACE_OPTIONS = {
  'second-secret': { type: 'string' },
  'recovery-kit': { type: 'string' },
} as const;
export const NEW_WORKSPACE_HELP = [
  [
    '--second-secret none|keychain|FILE',
    'of a new workspace: what opens it besides the passphrase: nothing, a secret in the keychain, a key file made there',
  ],
  ['--recovery-kit FILE', 'of a new workspace: write its recovery kit there, to be printed'],
] as const;

export const actorOf = (given: Arguments): string => given.text('actor') ?? userInfo().username;

const roleOf = (given: Arguments): Role | undefined => {
  const text = given.text('role');
  if (text === undefined) return undefined;
  const role = ROLES.find(known => known === text);
  if (role === undefined)
    throw new NexusError({
      code: 'usage.role',
      category: 'usage',
      message: `--role ${text}: known are ${ROLES.join(', ')}.`,
    });
  return role;
};

/** Opens the workspace in a folder; with `create`, makes it where there is none, and says what of it is weaker. */
export const openWorkspace = async (
  station: Station,
  folder: string,
  given: Arguments,
  create: boolean,
  say: (text: string) => void,
): Promise<void> => {
  const path = resolve(folder);
  const isNew = create && !existsSync(`${path}/workspace.json`);
  const options = isNew ? newWorkspaceOptions(given) : null;
  const passphrase = await readPassphrase(given, isNew);
  const location = { grant: await station.grant(path, 'folder') };
  if (options !== null) {
    const { secondSecret } = options;
    const request = { location, passphrase, actor: actorOf(given), secondSecret };
    const { kit } = await station.call('workspaces.create', request);
    const notes = keepShownOnce(kit, path, options);
    if (notes.length > 0) say(`${folder}: ${notes.join('; ')}`);
    return;
  }
  const role = roleOf(given);
  const keyFile = given.text('key-file');
  const actor = given.text('actor');
  const status = await station.call('workspaces.open', {
    location,
    passphrase,
    orAnyAccount: true,
    ...(actor === undefined ? {} : { actor }),
    ...(role === undefined ? {} : { role }),
    ...(keyFile === undefined ? {} : { keyFile: await station.grant(resolve(keyFile)) }),
  });
  if (actor !== undefined && status.actor?.toLowerCase() !== actor.toLowerCase())
    say(`${folder}: nobody is called “${actor}” there: working as “${status.actor}”`);
  if (status.secondStepDue) await giveSecondStep(station);
};
