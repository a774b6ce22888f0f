import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/**
 * Against a real gnome-keyring in a D-Bus session of its own (Debian's packages gnome-keyring and dbus), and without any.
 * Fails where they are not installed: a keychain that was never asked proves nothing.
 */
const PROGRAM = fileURLToPath(new URL('./keychain-session.fixture.ts', import.meta.url));
let folder: string;
let home: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-keychain-'));
  home = join(folder, 'home');
  for (const name of ['data', 'run']) mkdirSync(join(folder, name), { mode: 0o700 });
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Answer {
  readonly answer: {
    readonly ok: boolean;
    readonly value: { readonly kit: { readonly recoveryCode: string } };
    readonly error: { readonly code: string; readonly remedy: string };
  };
  readonly status: unknown;
}

const environment = (data = 'data') => {
  const { DBUS_SESSION_BUS_ADDRESS: _none, DISPLAY: _screen, WAYLAND_DISPLAY: _other, ...rest } = process.env;
  return { ...rest, HOME: folder, XDG_DATA_HOME: join(folder, data), XDG_RUNTIME_DIR: join(folder, 'run') };
};

const run = <T>(command: string, args: readonly string[], env: NodeJS.ProcessEnv): T => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { env, encoding: 'utf8', timeout: 60_000 });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`ended with ${status}: ${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as T;
};

const inSession = <T>(daemon: string, args: readonly string[], env = environment()): T => {
  const script = `${daemon} >/dev/null 2>&1 && exec "$0" "$@"`;
  return run(
    'dbus-run-session',
    ['--', 'sh', '-c', script, process.execPath, ...process.execArgv, PROGRAM, ...args],
    env,
  );
};

/** In a session with a keychain, unlocked by the password that a desktop's sign-in would give it. */
const withKeychain = <T>(step: string, argument = '', at = home): T =>
  inSession('printf test-login | gnome-keyring-daemon --unlock --components=secrets', [at, step, argument]);

/** In a session whose keychain is there and stays locked: a remote sign-in, a desktop that signs in by itself. */
const withLocked = <T>(step: string, argument = '', at = home): T =>
  inSession('gnome-keyring-daemon --start --components=secrets', [at, step, argument]);

/** In a session whose keychain has no collection to keep anything in, and nobody to make one. */
const withEmpty = <T>(step: string, argument = '', at = home): T =>
  inSession('gnome-keyring-daemon --start --components=secrets', [at, step, argument], environment('no-data'));

/** Without any D-Bus: a server, a container, a console. The kernel's key ring is there all the same. */
const withNone = <T>(step: string, argument = '', at = home): T =>
  run(process.execPath, [PROGRAM, at, step, argument], {
    ...environment(),
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent',
  });

describe('the system’s keychain', () => {
  it('keeps bytes over the end of the program and of the session, and forgets them', () => {
    expect(withKeychain('keep')).toEqual({ state: { available: true, reason: null }, kept: [0, 255, 10, 13, 0] });
    expect(withKeychain('read')).toEqual([0, 255, 10, 13, 0]);
    expect(withKeychain('forget')).toBeNull();
  });

  it('that is locked under way is away, never empty', () => {
    expect(withKeychain('locked-under-way')).toEqual(['keychain.away', false, 'keychain.away']);
  });
});

describe('a workspace with a secret in the keychain', () => {
  it('opens with password and keychain, with neither alone, and by its recovery code (R-05, R-13, R-16)', () => {
    const created = withKeychain<Answer>('create');
    expect(created).toMatchObject({
      answer: { ok: true, value: { secondSecret: 'keychain' } },
      status: { value: { keychain: { available: true }, workspaces: [{ secondSecrets: ['keychain'] }] } },
    });
    const header = readFileSync(join(home, 'Inquiry', 'workspace.json'), 'utf8');
    expect(header).toContain('"second": "keychain"');
    expect(withKeychain('wrong')).toMatchObject({ answer: { ok: false, error: { code: 'workspace.locked' } } });
    // The station's memory is in the keychain too: no file of it lies in the folder.
    expect(readdirSync(join(home, '.station')).sort()).toEqual(['kept-in', 'lock']);
    // Its disk, elsewhere: another station, without the secret.
    const elsewhere = join(folder, 'elsewhere');
    const bare = join(folder, 'bare');
    for (const made of [elsewhere, bare]) mkdirSync(made);
    spawnSync('cp', ['-r', join(home, 'Inquiry'), elsewhere]);

    const reasons = [
      [withNone, /.+/],
      [withLocked, /prompt was dismissed/],
      [withEmpty, /no result found/],
    ] as const;
    for (const [session, reason] of reasons)
      expect(session('without', JSON.stringify({ elsewhere, bare }))).toMatchObject({
        state: { available: false, reason: expect.stringMatching(reason) },
        read: 'keychain.away',
        open: {
          answer: {
            ok: false,
            error: { code: 'station.keychain-away', remedy: expect.stringContaining('Unlock the keychain') },
          },
        },
        openElsewhere: {
          answer: {
            ok: false,
            error: { code: 'workspace.locked', remedy: expect.stringContaining('keychain does not open here') },
          },
        },
        create: {
          answer: { ok: false, error: { code: 'keychain.unavailable', remedy: expect.stringContaining('key file') } },
          status: { value: { workspaces: [], keychain: { available: false } } },
        },
      });
    // The station forgot nothing meanwhile, and counted no try but the wrong one.
    expect(withKeychain('open')).toMatchObject({ answer: { ok: true, value: { lastSignIn: { failedSince: 1 } } } });

    const { recoveryCode } = created.answer.value.kit;
    expect(withNone('recover', recoveryCode, elsewhere)).toMatchObject({
      answer: { ok: true, value: { secondSecret: 'none' } },
    });
    expect(withNone('open', '', elsewhere)).toMatchObject({ answer: { ok: true } });
    expect(withNone('create', 'none', bare)).toMatchObject({ answer: { ok: true, value: { secondSecret: 'none' } } });
  }, 180_000);
});
