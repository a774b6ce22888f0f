import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NexusError } from '../contract/errors.ts';
import { calibrate, type StretchingCost } from './key-stretching.ts';
import { type Keychain, SystemKeychain } from './keychain.ts';
import { SystemVault } from './keychain-vault.ts';
import type { StationVault } from './station-vault.ts';
import { lockWorkspace } from './workspace-lock.ts';

/** What a station brings to signing in. */
export interface StationSecurity {
  readonly vault: StationVault;
  readonly keychain: Keychain;
  /** What a new password slot's stretching costs. */
  readonly stretchingCost: () => Promise<StretchingCost>;
  /** Milliseconds of the machine's own clock since its start, the same for all programs; no setting of the wall clock moves it. */
  readonly uptimeMs: () => number;
  readonly sleep: (durationMs: number) => Promise<unknown>;
  /** Runs one short look at the vault while no other program of this station has one. */
  readonly exclusively: <T>(work: () => T) => Promise<T>;
}

const BUSY_RETRY_MS = 10;

/** The real station of a NEXUS folder. */
export const stationSecurity = (homeFolder: string): StationSecurity => {
  const keychain = new SystemKeychain();
  return {
    vault: new SystemVault(homeFolder, keychain),
    keychain,
    stretchingCost: calibrate,
    uptimeMs: () => Number(process.hrtime.bigint() / 1_000_000n),
    sleep,
    exclusively: async work => {
      const folder = stationFolder(homeFolder);
      for (;;) {
        try {
          const lock = lockWorkspace(join(folder, 'lock'));
          try {
            return work();
          } finally {
            lock.release();
          }
        } catch (error) {
          if (!isBusy(error)) throw error;
          await sleep(BUSY_RETRY_MS);
        }
      }
    },
  };
};

/** The folder of the station's own files, made if missing. Throws `station.not-writable`. */
const stationFolder = (homeFolder: string): string => {
  const folder = join(homeFolder, '.station');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
  } catch {
    throw new NexusError({
      code: 'station.not-writable',
      category: 'conflict',
      message: `${folder} cannot be written: failed tries could not be counted.`,
      kept: 'Nothing was changed.',
      remedy: 'Make it writable, or set NEXUS_HOME to a folder that is.',
    });
  }
  return folder;
};

const isBusy = (error: unknown): boolean => error instanceof NexusError && error.data.code === 'workspace.in-use';
