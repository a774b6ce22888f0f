import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from './workspace-files.ts';

/**
 * What this station remembers outside every workspace: marks of how far a log had grown, keys that may not lie in the
 * store they vouch for, counters of wrong tries. Names are lower-case words with dots and dashes.
 */
export interface StationVault {
  /** Null when nothing is kept under the name. */
  read(name: string): Uint8Array | null;
  /** Durable when it returns; replaces what was there. */
  write(name: string, value: Uint8Array): void;
  /** Replaces what was there without waiting for the disk: after a power cut it may be missing, or the value before it. */
  writeSoon(name: string, value: Uint8Array): void;
  remove(name: string): void;
}

const NAME = /^[a-z0-9][a-z0-9.-]{0,127}$/;

/** A vault in a folder of the user's own (0700), for stations without a keychain. */
export class FolderVault implements StationVault {
  private readonly folder: string;
  constructor(folder: string) {
    this.folder = folder;
  }

  read(name: string): Uint8Array | null {
    const path = this.pathOf(name);
    return existsSync(path) ? new Uint8Array(readFileSync(path)) : null;
  }

  write(name: string, value: Uint8Array): void {
    const path = this.pathOf(name);
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    writeDurably(path, value);
  }

  writeSoon(name: string, value: Uint8Array): void {
    const path = this.pathOf(name);
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const temporary = `${path}.soon`;
    writeFileSync(temporary, value, { mode: 0o600 });
    renameSync(temporary, path);
  }

  remove(name: string): void {
    rmSync(this.pathOf(name), { force: true });
  }

  private pathOf(name: string): string {
    if (!NAME.test(name)) throw new Error(`${name} is no name for the station's vault`);
    return join(this.folder, name);
  }
}
