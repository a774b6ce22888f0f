import { join } from 'node:path';
import { findElectron } from '../scripts/electron-binary.mjs';

export const ROOT = join(import.meta.dirname, '..');

export type HostName = 'chromium' | 'electron';

/** Electron's binary, or null where it is not installed. */
export const electronPath = (): string | null => findElectron(ROOT, process.env);

/** The hosts that the specs can run on here. */
export const installedHosts = (): readonly HostName[] =>
  electronPath() === null ? ['chromium'] : ['chromium', 'electron'];
