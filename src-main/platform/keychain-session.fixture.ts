// Run by keychain.test.ts as a program of its own, inside a session with a keychain or without one:
// node keychain-session.fixture.ts HOME STEP ARGUMENT. Prints one JSON value.
import { spawnSync } from 'node:child_process';
import { NexusError } from '../contract/errors.ts';
import { Engine } from '../engine/engine.ts';
import { SystemKeychain } from './keychain.ts';
import { SystemVault } from './keychain-vault.ts';
import { testSecurity } from './station-security.fixture.ts';
import { systemPorts } from './system-ports.ts';

const [home = '', step = '', argument = ''] = process.argv.slice(2);
const keychain = new SystemKeychain();
const location = { name: 'Inquiry' };
const passphrase = 'correct horse battery staple';

const inEngine = async (channel: string, input: object, at = home): Promise<unknown> => {
  const security = testSecurity(at, { keychain, vault: new SystemVault(at, keychain) });
  const engine = new Engine({ homeFolder: at, ports: systemPorts(), security });
  const session = engine.openSession();
  const answer = await engine.invoke(session, channel, { location, passphrase, actor: 'Ada', ...input });
  const status = await engine.invoke(session, 'workspaces.list', {});
  await engine.close();
  return { answer, status };
};

const open = (at = home) => inEngine('workspaces.open', {}, at);
const create = (secondSecret: string, at = home) => inEngine('workspaces.create', { secondSecret }, at);

const read = (): number[] | null => {
  const secret = keychain.read('test.secret');
  return secret === null ? null : [...secret];
};
/** What reading answers, or the code of its refusal. */
const readOutcome = (): unknown => {
  try {
    return read();
  } catch (error) {
    return error instanceof NexusError ? error.data.code : String(error);
  }
};

/** Locks the keychain under the running program, as a desktop does. */
const lockKeychain = (): void => {
  const lock = 'org.freedesktop.Secret.Service.Lock';
  const call = ['--session', '--print-reply', '--dest=org.freedesktop.secrets', '/org/freedesktop/secrets', lock];
  const collection = 'array:objpath:/org/freedesktop/secrets/collection/login';
  const { status, stderr } = spawnSync('dbus-send', [...call, collection], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`it could not be locked: ${stderr}`);
};

const steps: Readonly<Record<string, () => Promise<unknown>>> = {
  keep: async () => {
    const state = keychain.state();
    keychain.write('test.secret', Uint8Array.of(0, 255, 10, 13, 0));
    return { state, kept: read() };
  },
  read: async () => read(),
  'locked-under-way': async () => {
    keychain.write('test.secret', Uint8Array.of(1));
    lockKeychain();
    return [readOutcome(), keychain.state().available, readOutcome()];
  },
  forget: async () => {
    keychain.remove('test.secret');
    return readOutcome();
  },
  create: () => create(argument || 'keychain'),
  open: () => open(),
  wrong: () => inEngine('workspaces.open', { passphrase: `${passphrase}!` }),
  recover: () => inEngine('workspaces.recover', { recoveryCode: argument, secondSecret: 'none' }),
  /** Everything that needs a keychain, where there is none: at this station, with a copy elsewhere, at a new one. */
  without: async () => {
    const { elsewhere, bare } = JSON.parse(argument) as { elsewhere: string; bare: string };
    return {
      state: keychain.state(),
      read: readOutcome(),
      open: await open(),
      openElsewhere: await open(elsewhere),
      create: await create('keychain', bare),
    };
  },
};

const run = steps[step];
if (run === undefined) throw new Error(`there is no step ${step}`);
console.log(JSON.stringify(await run()));
