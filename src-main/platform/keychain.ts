import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import type { Entry, EntryOptions } from '@napi-rs/keyring';
import { NexusError } from '../contract/errors.ts';

/** Whether this station has a keychain that keeps something, and if not, why. */
export type KeychainState =
  | { readonly available: true; readonly reason: null }
  | { readonly available: false; readonly reason: string };

/** The operating system's keychain: secrets by name, for this user on this machine. */
export interface Keychain {
  state(): KeychainState;
  /** Null when nothing is kept under the name. Throws `keychain.away` where there is no keychain: that is no “nothing”. */
  read(name: string): Uint8Array | null;
  /** Throws `keychain.away`. */
  write(name: string, secret: Uint8Array): void;
  /** Throws `keychain.away`. */
  remove(name: string): void;
}

const SERVICE = 'NEXUS';
/**
 * Pinned: left to itself the library falls back to the kernel's key ring on Linux, which forgets at the next start, and
 * with it the workspace.
 */
const PINNED: EntryOptions = { linux: { store: 'secret-service' } };
const PROBE = 'probe';
/** A keychain that was not there is looked for again only after this long: each look may ask the person to unlock it. */
const ASK_AGAIN_MS = 5_000;

/** The system's keychain; its library is loaded when first asked for. */
export class SystemKeychain implements Keychain {
  private known: KeychainState | null = null;
  private knownAtMs = 0;

  state(): KeychainState {
    const nowMs = performance.now();
    if (this.known === null || (!this.known.available && nowMs - this.knownAtMs > ASK_AGAIN_MS)) {
      this.known = this.probe();
      this.knownAtMs = performance.now();
    }
    return this.known;
  }

  read(name: string): Uint8Array | null {
    const secret = this.ask(name, entry => entry.getSecret());
    return secret === null ? null : Uint8Array.from(secret);
  }

  write(name: string, secret: Uint8Array): void {
    this.ask(name, entry => entry.setSecret(secret));
  }

  remove(name: string): void {
    this.ask(name, entry => entry.deleteCredential());
  }

  /** A keychain that worked may be locked or gone meanwhile: that must never look like one that keeps nothing. */
  private ask<T>(name: string, question: (entry: Entry) => T): T {
    const { available, reason } = this.state();
    if (!available) throw away(reason);
    try {
      return question(entryOf(name));
    } catch (error) {
      this.known = null;
      throw away(textOf(error));
    }
  }

  /**
   * Keeps a probe once, and reads it from then on: only a keychain that keeps something is one. One that is locked, or has
   * no collection yet, finds nothing under a name and would be taken for an empty one.
   */
  private probe(): KeychainState {
    try {
      const entry = entryOf(PROBE);
      if (entry.getSecret() === null) entry.setSecret(Uint8Array.of(1));
      return { available: true, reason: null };
    } catch (error) {
      return { available: false, reason: textOf(error) };
    }
  }
}

const entryOf = (name: string): Entry => {
  const library = createRequire(import.meta.url)('@napi-rs/keyring') as { readonly Entry: typeof Entry };
  return new library.Entry(SERVICE, name, PINNED);
};

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const away = (reason: string): NexusError =>
  new NexusError({
    code: 'keychain.away',
    category: 'conflict',
    message: `The keychain is locked or not there: ${reason}`,
    kept: 'Nothing was changed.',
    remedy: 'Unlock it (sign in to the desktop, or answer its question), then try again.',
  });
