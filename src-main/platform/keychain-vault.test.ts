import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Keychain } from './keychain.ts';
import { KeychainVault } from './keychain-vault.ts';

/** A keychain in memory that counts what it is asked, and can be away. */
class CountedKeychain implements Keychain {
  readonly kept = new Map<string, Uint8Array>();
  writes = 0;
  isAway = false;
  state() {
    return { available: true, reason: null } as const;
  }
  read(name: string): Uint8Array | null {
    return this.kept.get(name) ?? null;
  }
  write(name: string, secret: Uint8Array): void {
    if (this.isAway) throw new Error('the keychain is away');
    this.writes += 1;
    this.kept.set(name, secret);
  }
  remove(name: string): void {
    this.kept.delete(name);
  }
}

let keychain: CountedKeychain;
let vault: KeychainVault;
beforeEach(() => {
  vi.useFakeTimers();
  keychain = new CountedKeychain();
  vault = new KeychainVault(keychain, '/home/somebody');
});
afterEach(() => {
  vi.useRealTimers();
});

describe('what need not wait for the disk', () => {
  it('costs the keychain one write for many units of work, and is read back at once', () => {
    for (let i = 0; i < 100; i++) vault.writeSoon('log.mark', Uint8Array.of(i));
    expect(keychain.writes).toBe(0);
    expect(vault.read('log.mark')).toEqual(Uint8Array.of(99));
    vi.runAllTimers();
    expect(keychain.writes).toBe(1);
    expect([...keychain.kept.values()]).toEqual([Uint8Array.of(99)]);
    vault.writeSoon('log.mark', Uint8Array.of(100));
    vi.runAllTimers();
    expect(keychain.writes).toBe(2);
  });

  it('never comes after what was written or removed later', () => {
    vault.writeSoon('log.mark', Uint8Array.of(1));
    vault.write('log.mark', Uint8Array.of(2));
    vault.writeSoon('log.other', Uint8Array.of(3));
    vault.remove('log.other');
    vi.runAllTimers();
    expect([...keychain.kept.values()]).toEqual([Uint8Array.of(2)]);
  });

  it('and could not be kept is told to whoever writes next, and tried again', () => {
    keychain.isAway = true;
    vault.writeSoon('log.mark', Uint8Array.of(1));
    vi.runAllTimers();
    keychain.isAway = false;
    expect(() => vault.writeSoon('log.mark', Uint8Array.of(2))).toThrow('away');
    vi.runAllTimers();
    expect([...keychain.kept.values()]).toEqual([Uint8Array.of(2)]);
    expect(() => vault.writeSoon('log.mark', Uint8Array.of(3))).not.toThrow();
  });
});
