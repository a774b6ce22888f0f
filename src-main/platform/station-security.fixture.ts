import { join } from 'node:path';
import { STRETCHING_FLOOR } from './key-stretching.ts';
import type { Keychain } from './keychain.ts';
import { type StationSecurity, stationSecurity } from './station-security.ts';
import { FolderVault } from './station-vault.ts';

/** A station without a keychain. */
export const NO_KEYCHAIN: Keychain = {
  state: () => ({ available: false, reason: 'there is none in this test' }),
  read: () => null,
  write: () => {
    throw new Error('there is no keychain');
  },
  remove: () => undefined,
};

/**
 * A station for tests: the real vault in the home folder, the least stretching that is allowed, no keychain, and a machine
 * whose clock is far on whenever it is asked, so that no wait between tries is due.
 */
export const testSecurity = (homeFolder: string, overrides: Partial<StationSecurity> = {}): StationSecurity => {
  let uptimeMs = 0;
  return {
    ...stationSecurity(homeFolder),
    vault: new FolderVault(join(homeFolder, '.station')),
    keychain: NO_KEYCHAIN,
    stretchingCost: () => Promise.resolve(STRETCHING_FLOOR),
    uptimeMs: () => {
      uptimeMs += 7_200_000;
      return uptimeMs;
    },
    ...overrides,
  };
};
