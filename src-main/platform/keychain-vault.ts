import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NexusError } from '../contract/errors.ts';
import type { Keychain } from './keychain.ts';
import { FolderVault, type StationVault } from './station-vault.ts';
import { writeDurably } from './workspace-files.ts';

/** So long a value that need not wait for the disk waits for a newer one: a write to a keychain takes milliseconds. */
const SOON_MS = 200;

/** A vault in the system's keychain: what it keeps lies in no file that a backup of the home folder could put back. */
export class KeychainVault implements StationVault {
  private readonly keychain: Keychain;
  private readonly station: string;
  private readonly waiting = new Map<string, Uint8Array>();
  private timer: NodeJS.Timeout | null = null;
  /** Why the last of what waited could not be kept: whoever writes next is told. */
  private failure: Error | null = null;
  /** `homeFolder` tells the stations of one user apart (several NEXUS folders). */
  constructor(keychain: Keychain, homeFolder: string) {
    this.keychain = keychain;
    this.station = createHash('sha256').update(resolve(homeFolder)).digest('hex').slice(0, 16);
  }
  read(name: string): Uint8Array | null {
    return this.waiting.get(name) ?? this.keychain.read(this.nameOf(name));
  }
  write(name: string, value: Uint8Array): void {
    this.waiting.delete(name);
    this.keychain.write(this.nameOf(name), value);
  }
  writeSoon(name: string, value: Uint8Array): void {
    this.waiting.set(name, value);
    this.timer ??= setTimeout(() => this.writeWaiting(), SOON_MS).unref();
    const { failure } = this;
    this.failure = null;
    if (failure !== null) throw failure;
  }
  remove(name: string): void {
    this.waiting.delete(name);
    this.keychain.remove(this.nameOf(name));
  }
  private writeWaiting(): void {
    this.timer = null;
    for (const [name, value] of [...this.waiting])
      try {
        this.write(name, value);
      } catch (error) {
        this.failure = error instanceof Error ? error : new Error(String(error));
      }
  }
  private nameOf(name: string): string {
    return `station.${this.station}.${name}`;
  }
}

const PLACE = 'kept-in';

/**
 * This station's vault: the keychain where there is one at first use, a folder otherwise. The choice is kept, so that a
 * station whose keychain is not there today does not quietly begin a second memory. Opened at first use: what needs no
 * memory (a temporary workspace) never waits for a keychain.
 */
export class SystemVault implements StationVault {
  private readonly homeFolder: string;
  private readonly keychain: Keychain;
  private chosen: StationVault | null = null;
  constructor(homeFolder: string, keychain: Keychain) {
    this.homeFolder = homeFolder;
    this.keychain = keychain;
  }
  read(name: string): Uint8Array | null {
    return this.vault().read(name);
  }
  write(name: string, value: Uint8Array): void {
    this.vault().write(name, value);
  }
  writeSoon(name: string, value: Uint8Array): void {
    this.vault().writeSoon(name, value);
  }
  remove(name: string): void {
    this.vault().remove(name);
  }

  private vault(): StationVault {
    this.chosen ??= this.choose();
    return this.chosen;
  }

  private choose(): StationVault {
    const folder = join(this.homeFolder, '.station');
    const marker = join(folder, PLACE);
    const state = this.keychain.state();
    const kept = existsSync(marker) ? readFileSync(marker, 'utf8').trim() : null;
    const place = kept ?? (state.available ? 'keychain' : 'folder');
    if (kept === null) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeDurably(marker, `${place}\n`);
    }
    if (place === 'folder') return new FolderVault(folder);
    if (state.available) return new KeychainVault(this.keychain, this.homeFolder);
    throw new NexusError({
      code: 'station.keychain-away',
      category: 'conflict',
      message: `This station keeps its memory of logs in the keychain, which is not there: ${state.reason}`,
      kept: 'Nothing was changed.',
      remedy: `Unlock the keychain (sign in to the desktop), or set NEXUS_HOME to another folder for this work. If it is gone for good, delete ${marker}: the station then begins a new memory, and each log says so.`,
    });
  }
}
