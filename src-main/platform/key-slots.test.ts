import { argon2Sync } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { beforeAll, describe, expect, it } from 'vitest';
import { createPassphraseSlot, purposeKey, unlockHeader, WorkspaceHeader } from './key-slots.ts';

const PASSPHRASE = 'Grüße an die Prüfer';
let header: WorkspaceHeader;
let dataKey: Uint8Array;

beforeAll(async () => {
  const created = await createPassphraseSlot('11111111-2222-4333-8444-555555555555', PASSPHRASE);
  dataKey = created.dataKey;
  header = {
    format: 'nexus-workspace',
    version: 1,
    workspaceId: '11111111-2222-4333-8444-555555555555',
    createdAt: '2026-01-01T00:00:00.000Z',
    cipher: 'sqlcipher-4',
    slots: [created.slot],
  };
});

const withSlot = (change: Partial<WorkspaceHeader['slots'][number]>): WorkspaceHeader => ({
  ...header,
  slots: [{ ...header.slots[0]!, ...change }],
});
const code = (name: string) => expect.objectContaining({ data: expect.objectContaining({ code: name }) });
const flipped = (base64: string, at: number): string => {
  const bytes = Buffer.from(base64, 'base64');
  bytes[at] = bytes[at]! ^ 1;
  return bytes.toString('base64');
};

describe('the key derivation', () => {
  it('is Argon2id of RFC 9106: the second implementation gives the tag of section 5.3, and ours gives the same as it', async () => {
    // Section 5.3: 32 KiB, 3 passes, 4 lanes, with a secret and associated data. The library that ships takes no
    // associated data, so the vector is asked of node:crypto (OpenSSL), which then is the oracle for the library.
    const vector = {
      memory: 32,
      passes: 3,
      parallelism: 4,
      tagLength: 32,
      message: Buffer.alloc(32, 1),
      nonce: Buffer.alloc(16, 2),
      secret: Buffer.alloc(8, 3),
    };
    expect(argon2Sync('argon2id', { ...vector, associatedData: Buffer.alloc(12, 4) }).toString('hex')).toBe(
      '0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659',
    );
    const cases = [
      { memory: 32, passes: 3, parallelism: 4, message: vector.message, nonce: vector.nonce, secret: vector.secret },
      {
        memory: 65_536,
        passes: 3,
        parallelism: 4,
        message: Buffer.from(PASSPHRASE.normalize('NFC')),
        nonce: Buffer.from('0123456789abcdef'),
      },
      { memory: 131_072, passes: 4, parallelism: 4, message: Buffer.from('x'), nonce: Buffer.alloc(16, 9) },
    ];
    for (const { memory, passes, parallelism, message, nonce, secret } of cases) {
      const ours = await hashRaw(message, {
        algorithm: 2,
        version: 1,
        memoryCost: memory,
        timeCost: passes,
        parallelism,
        outputLen: 32,
        salt: nonce,
        ...(secret === undefined ? {} : { secret }),
      });
      const oracle = argon2Sync('argon2id', {
        memory,
        passes,
        parallelism,
        message,
        nonce,
        tagLength: 32,
        ...(secret === undefined ? {} : { secret }),
      });
      expect(ours.toString('hex')).toBe(oracle.toString('hex'));
    }
  });

  it('gives purposes keys of their own', () => {
    const keys = ['a', 'b', 'evidence/v1/x', 'evidence/v1/y'].map(purpose =>
      Buffer.from(purposeKey(dataKey, purpose)).toString('hex'),
    );
    expect(new Set(keys).size).toBe(4);
    expect(purposeKey(dataKey, 'a')).toEqual(purposeKey(dataKey, 'a'));
  });
});

describe('a passphrase slot', () => {
  it('opens with its passphrase, however the letters are composed, and with no other', async () => {
    expect(await unlockHeader(header, PASSPHRASE.normalize('NFC'))).toEqual(dataKey);
    expect(await unlockHeader(header, PASSPHRASE.normalize('NFD'))).toEqual(dataKey);
    await expect(unlockHeader(header, `${PASSPHRASE} `)).rejects.toEqual(code('workspace.locked'));
  });

  it('is made at the floor of R-06: 64 MiB, 3 passes, 4 lanes', () => {
    expect(header.slots[0]!.argon2id).toEqual({ memoryKiB: 65_536, passes: 3, lanes: 4 });
  });

  it.each([
    ['memory', { memoryKiB: 8, passes: 3, lanes: 4 }],
    ['passes', { memoryKiB: 65_536, passes: 1, lanes: 4 }],
    ['lanes', { memoryKiB: 65_536, passes: 3, lanes: 1 }],
  ])('refuses weakened parameters: %s', async (_what, argon2id) => {
    await expect(unlockHeader(withSlot({ argon2id }), PASSPHRASE)).rejects.toEqual(code('workspace.weak-parameters'));
  });

  it('does not open when its header was changed', async () => {
    const slot = header.slots[0]!;
    const tampered: WorkspaceHeader[] = [
      { ...header, workspaceId: '11111111-2222-4333-8444-555555555556' },
      withSlot({ argon2id: { memoryKiB: 65_536, passes: 4, lanes: 4 } }),
      withSlot({ salt: flipped(slot.salt, 0) }),
      withSlot({ nonce: flipped(slot.nonce, 11) }),
      withSlot({ wrappedKey: flipped(slot.wrappedKey, 0) }),
      withSlot({ wrappedKey: flipped(slot.wrappedKey, 47) }),
      withSlot({ wrappedKey: slot.wrappedKey.slice(0, 12) }),
    ];
    for (const changed of tampered)
      await expect(unlockHeader(changed, PASSPHRASE)).rejects.toEqual(code('workspace.locked'));
  });

  it('never repeats a data key, a salt or a nonce', async () => {
    const other = await createPassphraseSlot(header.workspaceId, PASSPHRASE);
    expect(other.dataKey).not.toEqual(dataKey);
    expect(other.slot.salt).not.toBe(header.slots[0]!.salt);
    expect(other.slot.nonce).not.toBe(header.slots[0]!.nonce);
  });
});

describe('the header', () => {
  it('is not read when it asks for parameters that no machine could serve', () => {
    for (const argon2id of [
      { memoryKiB: 2 ** 31, passes: 3, lanes: 4 },
      { memoryKiB: 65_536, passes: 2 ** 31, lanes: 4 },
      { memoryKiB: 65_536, passes: 3, lanes: 2 ** 24 },
    ])
      expect(WorkspaceHeader.safeParse(withSlot({ argon2id })).success).toBe(false);
  });

  it('is read strictly', () => {
    expect(WorkspaceHeader.safeParse(header).success).toBe(true);
    for (const changed of [
      { ...header, version: 2 },
      { ...header, slots: [] },
      { ...header, extra: 1 },
      { ...header, cipher: 'none' },
    ])
      expect(WorkspaceHeader.safeParse(changed).success).toBe(false);
  });
});
