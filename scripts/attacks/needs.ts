import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** What a suite needs of the machine, tried before anything else: a machine that refuses it says so at once, in words. */
export const needs = (what: string, command: string, ...args: readonly string[]): void => {
  const { status, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: 30_000,
    killSignal: 'SIGKILL',
  });
  if (status !== 0)
    throw new Error(
      `This machine lacks what the attack needs: ${what}. “${[command, ...args].join(' ')}” says: ${(error?.message ?? stderr).trim()}`,
    );
};

export const needsStrace = (): void =>
  needs('Debian’s strace, and the right to trace one’s own processes', 'strace', '-f', '-o', '/dev/null', 'true');

/** An installed Chromium or Chrome, or the one CHROMIUM_PATH names. */
export const installedChromium = (): string => {
  const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const found = [process.env.CHROMIUM_PATH, ...places].find(path => path !== undefined && existsSync(path));
  if (found === undefined)
    throw new Error('This machine lacks what the attack needs: install Debian’s chromium, or set CHROMIUM_PATH.');
  return found;
};
