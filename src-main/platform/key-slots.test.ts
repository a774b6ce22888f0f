import { argon2Sync, randomBytes } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  createPasswordSlot,
  createRecoverySlot,
  newDataKey,
  openPasswordSlot,
  openRecoverySlot,
  type PasswordSlot,
  purposeKey,
  slotOwner,
  WorkspaceHeader,
} from './key-slots.ts';
import { costFor, STRETCHING_FLOOR, stretch } from './key-stretching.ts';
import { newRecoveryCode, parseRecoveryCode, recoveryCodeText } from './recovery-kit-code.ts';

const WORKSPACE_ID = '11111111-2222-4333-8444-555555555555';
const PASSPHRASE = 'Grüße an die Prüfer';
const DEVICE = { kind: 'key-file' as const, id: 'ab'.repeat(16), secret: new Uint8Array(randomBytes(32)) };
const REQUEST = {
  workspaceId: WORKSPACE_ID,
  owner: slotOwner(WORKSPACE_ID, 'ada'),
  password: PASSPHRASE,
  cost: STRETCHING_FLOOR,
  initial: false,
};
const dataKey = newDataKey();
let alone: PasswordSlot;
let withDevice: PasswordSlot;
beforeAll(async () => {
  alone = await createPasswordSlot(dataKey, { ...REQUEST, device: null });
  withDevice = await createPasswordSlot(dataKey, { ...REQUEST, device: DEVICE });
});

const open = (slot: PasswordSlot, password = PASSPHRASE, secret: Uint8Array | null = null, id = WORKSPACE_ID) =>
  openPasswordSlot(id, slot, password, secret);
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

  it('costs between the floor and 256 MiB, aiming at 0.55 s, in steps of 16 MiB (R-06)', () => {
    // 64 MiB in 60 ms would be 587 MiB in 0.55 s: the ceiling. In 200 ms: 176 MiB. In 2 s: the floor, never less.
    expect(costFor(60)).toEqual({ memoryKiB: 262_144, passes: 3, lanes: 4 });
    expect(costFor(200)).toEqual({ memoryKiB: 180_224, passes: 3, lanes: 4 });
    expect(costFor(2_000)).toEqual(STRETCHING_FLOOR);
    expect(costFor(0)).toEqual({ memoryKiB: 262_144, passes: 3, lanes: 4 });
  });

  it('composes letters first: NFC and NFD of a password are one', async () => {
    const salt = new Uint8Array(16);
    expect(await stretch(PASSPHRASE.normalize('NFD'), STRETCHING_FLOOR, salt)).toEqual(
      await stretch(PASSPHRASE.normalize('NFC'), STRETCHING_FLOOR, salt),
    );
  });
});

describe('a password slot', () => {
  it('opens with its password, and with no other', async () => {
    expect(await open(alone)).toEqual(dataKey);
    expect(await open(alone, `${PASSPHRASE} `)).toBeNull();
  });

  it('with a device secret: neither the password nor the device alone opens it (R-05)', async () => {
    expect(await open(withDevice, PASSPHRASE, DEVICE.secret)).toEqual(dataKey);
    expect(await open(withDevice)).toBeNull();
    expect(await open(withDevice, 'another password', DEVICE.secret)).toBeNull();
    expect(await open(withDevice, '', DEVICE.secret)).toBeNull();
    expect(await open(withDevice, PASSPHRASE, new Uint8Array(randomBytes(32)))).toBeNull();
  });

  it.each([
    ['memory', { memoryKiB: 8, passes: 3, lanes: 4 }],
    ['passes', { memoryKiB: 65_536, passes: 1, lanes: 4 }],
    ['lanes', { memoryKiB: 65_536, passes: 3, lanes: 1 }],
  ])('refuses weakened parameters, made or found: %s', async (_what, argon2id) => {
    await expect(open({ ...alone, argon2id })).rejects.toEqual(code('workspace.weak-parameters'));
    await expect(createPasswordSlot(dataKey, { ...REQUEST, cost: argon2id, device: null })).rejects.toEqual(
      code('workspace.weak-parameters'),
    );
  });

  it('does not open when anything it says of itself was changed', async () => {
    const tampered: PasswordSlot[] = [
      { ...alone, argon2id: { memoryKiB: 65_536, passes: 4, lanes: 4 } },
      { ...alone, owner: slotOwner(WORKSPACE_ID, 'eve') },
      { ...alone, initial: true },
      { ...alone, second: 'keychain' },
      { ...alone, secretId: DEVICE.id },
      { ...alone, salt: flipped(alone.salt, 0) },
      { ...alone, nonce: flipped(alone.nonce, 11) },
      { ...alone, wrappedKey: flipped(alone.wrappedKey, 0) },
      { ...alone, wrappedKey: flipped(alone.wrappedKey, 47) },
      { ...alone, wrappedKey: alone.wrappedKey.slice(0, 12) },
    ];
    for (const slot of tampered) expect(await open(slot)).toBeNull();
    expect(await open(alone, PASSPHRASE, null, '11111111-2222-4333-8444-555555555556')).toBeNull();
  });

  it('never repeats a salt or a nonce, and does not show the name', async () => {
    const other = await createPasswordSlot(dataKey, { ...REQUEST, device: null });
    expect(other.salt).not.toBe(alone.salt);
    expect(other.nonce).not.toBe(alone.nonce);
    expect(newDataKey()).not.toEqual(newDataKey());
    expect(JSON.stringify(alone)).not.toMatch(/ada/i);
    expect(slotOwner('another workspace', 'ada')).not.toBe(alone.owner);
  });
});

describe('the recovery code', () => {
  it('opens its slot as printed, in lower case, without dashes, with O for 0 and I for 1', () => {
    const bytes = newRecoveryCode();
    const slot = createRecoverySlot(WORKSPACE_ID, dataKey, bytes);
    const text = recoveryCodeText(bytes);
    expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
    for (const typed of [
      text,
      text.toLowerCase(),
      text.replaceAll('-', ''),
      text.replaceAll('0', 'O').replaceAll('1', 'i'),
    ]) {
      const parsed = parseRecoveryCode(typed);
      expect(parsed).toEqual(bytes);
      expect(openRecoverySlot(WORKSPACE_ID, slot, parsed!)).toEqual(dataKey);
    }
    expect(openRecoverySlot(WORKSPACE_ID, slot, newRecoveryCode())).toBeNull();
    expect(openRecoverySlot('another workspace', slot, bytes)).toBeNull();
  });

  it('tells a mistyped code: one wrong character is noticed in all but about one of 4,096 cases', () => {
    const text = recoveryCodeText(newRecoveryCode()).replaceAll('-', '');
    let noticed = 0;
    for (let at = 0; at < text.length; at++) {
      const wrong = `${text.slice(0, at)}${text[at] === 'Z' ? 'Y' : 'Z'}${text.slice(at + 1)}`;
      if (parseRecoveryCode(wrong) === null) noticed += 1;
    }
    expect(noticed).toBeGreaterThanOrEqual(27);
    for (const typed of ['', 'U'.repeat(28), text.slice(1), `${text}0`]) expect(parseRecoveryCode(typed)).toBeNull();
  });
});

describe('the header', () => {
  const header = (change: object = {}): unknown => ({
    format: 'nexus-workspace',
    version: 2,
    workspaceId: WORKSPACE_ID,
    createdAt: '2026-01-01T00:00:00.000Z',
    cipher: 'sqlcipher-4',
    slots: [alone],
    ...change,
  });

  it('is not read when it asks for parameters that no machine could serve', () => {
    for (const argon2id of [
      { memoryKiB: 2 ** 31, passes: 3, lanes: 4 },
      { memoryKiB: 65_536, passes: 2 ** 31, lanes: 4 },
      { memoryKiB: 65_536, passes: 3, lanes: 2 ** 24 },
    ])
      expect(WorkspaceHeader.safeParse(header({ slots: [{ ...alone, argon2id }] })).success).toBe(false);
  });

  it('is read strictly', () => {
    expect(WorkspaceHeader.safeParse(header()).success).toBe(true);
    for (const change of [{ version: 3 }, { version: 1 }, { slots: [] }, { extra: 1 }, { cipher: 'none' }])
      expect(WorkspaceHeader.safeParse(header(change)).success).toBe(false);
  });
});
