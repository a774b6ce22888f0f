import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hex, hmacSha256, sha256, utf8 } from '../../../platform/digest.ts';
import { publicKeyOf, signEd25519, verifyEd25519 } from '../../../platform/ed25519.ts';
import { leafHash, MerkleAccumulator } from './audit-log.ts';
import { base64, fromBase64 } from './base64.ts';
import { canonicalEntry } from './canonical-text.ts';
import { checkpointText, parseCheckpoint } from './checkpoint.ts';
import { entryTag, evolvedKey } from './entry-tag.ts';
import { consistencyRanges, includes, inclusionRanges, isConsistent, subtreeHashes } from './merkle-proof.ts';
import {
  cosignedAt,
  isSignedBy,
  logKey,
  parseNote,
  parseVerificationKey,
  signNote,
  verificationKeyText,
  witnessKey,
} from './signed-note.ts';

const cryptography = { sha256, utf8, verify: verifyEd25519 };

interface Vectors {
  readonly entries: readonly {
    readonly canonical: string;
    readonly leafHash: string;
    readonly tag: string;
    readonly root: string;
  }[];
  readonly checkpoint: string;
  readonly vkey: string;
  readonly cosignature: string;
  readonly consistency_1_3: readonly string[];
  readonly inclusion_1_of_3: readonly string[];
  readonly K0: string;
}
const vectors = JSON.parse(
  readFileSync(new URL('../../../../../shared/data/audit/nexus-al1-vectors.json', import.meta.url), 'utf8'),
) as Vectors;
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const leaves = vectors.entries.map(entry => bytes(entry.leafHash));
const roots = vectors.entries.map(entry => bytes(entry.root));

describe('NEXUS-AL/1 (nexus-al1-vectors.json, R-36)', () => {
  it('tags follow from K_0, one key an entry', () => {
    let key = bytes(vectors.K0);
    for (const { canonical, leafHash: leaf, tag } of vectors.entries) {
      expect(canonicalEntry(JSON.parse(canonical) as object)).toBe(canonical);
      expect(hex(leafHash(sha256, utf8(canonical)))).toBe(leaf);
      expect(hex(entryTag(hmacSha256, key, bytes(leaf)))).toBe(tag);
      key = evolvedKey(sha256, key);
      expect(hex(entryTag(hmacSha256, key, bytes(leaf)))).not.toBe(tag);
    }
  });

  it('the checkpoint is signed by the station’s key and states the root over three entries', () => {
    const key = parseVerificationKey(cryptography, vectors.vkey)!;
    expect(verificationKeyText(key)).toBe(vectors.vkey);
    const note = parseNote(vectors.checkpoint)!;
    expect(isSignedBy(cryptography, note, key)).toBe(true);
    const tree = new MerkleAccumulator(sha256);
    for (const leaf of leaves) tree.append(leaf);
    const stated = { origin: 'nexus.example/station/0001', size: 3, root: tree.root() };
    expect(checkpointText(stated)).toBe(note.text);
    const parsed = parseCheckpoint(note.text)!;
    expect([parsed.origin, parsed.size, hex(parsed.root)]).toEqual([stated.origin, 3, vectors.entries[2]!.root]);
  });

  it('every changed character of the checkpoint is refused', () => {
    const key = parseVerificationKey(cryptography, vectors.vkey)!;
    for (let i = 0; i < vectors.checkpoint.length; i++) {
      const changed = `${vectors.checkpoint.slice(0, i)}${vectors.checkpoint[i] === 'A' ? 'B' : 'A'}${vectors.checkpoint.slice(i + 1)}`;
      const note = parseNote(changed);
      expect(note !== null && isSignedBy(cryptography, note, key), `character ${i}`).toBe(false);
    }
  });

  it('the proofs of the vectors are the ones made here, and hold', () => {
    const inclusion = subtreeHashes(sha256, leaves, inclusionRanges(1, 3));
    expect(inclusion.map(hex)).toEqual(vectors.inclusion_1_of_3);
    expect(includes(sha256, { index: 1, size: 3, leaf: leaves[1]!, root: roots[2]! }, inclusion)).toBe(true);
    const consistency = subtreeHashes(sha256, leaves, consistencyRanges(1, 3));
    expect(consistency.map(hex)).toEqual(vectors.consistency_1_3);
    expect(isConsistent(sha256, { size1: 1, root1: roots[0]!, size2: 3, root2: roots[2]! }, consistency)).toBe(true);
  });

  it('the witness line is a timestamped cosignature of 2025-12-31', () => {
    const note = parseNote(`${vectors.checkpoint}${vectors.cosignature}`)!;
    expect(note.signatures.map(line => line.name)).toEqual(['nexus.example/station/0001', 'hq.nexus.example/w1']);
    const line = note.signatures[1]!;
    expect([hex(line.hash), line.signature.length]).toEqual(['f53b38e0', 72]);
    expect(Buffer.from(line.signature).readBigUInt64BE()).toBe(0x6955ba90n);
    // The line of a witness does not spoil the station's.
    expect(isSignedBy(cryptography, note, parseVerificationKey(cryptography, vectors.vkey)!)).toBe(true);
  });
});

describe('signed notes (c2sp.org/signed-note; values of R-35)', () => {
  const EXAMPLE = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
  const signed =
    'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';

  it('the published example verifies; another text, name or key does not', () => {
    const key = parseVerificationKey(cryptography, EXAMPLE)!;
    expect(isSignedBy(cryptography, parseNote(signed)!, key)).toBe(true);
    expect(isSignedBy(cryptography, parseNote(signed.replace('message.', 'message!'))!, key)).toBe(false);
    expect(isSignedBy(cryptography, parseNote(signed.replace('/foo', '/bar'))!, key)).toBe(false);
    expect(isSignedBy(cryptography, parseNote(signed)!, logKey(cryptography, key.name, leaves[0]!))).toBe(false);
  });

  it('the key of the Go documentation is read, and refused with another name or hash', () => {
    const text = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
    expect(verificationKeyText(parseVerificationKey(cryptography, text)!)).toBe(text);
    for (const wrong of [
      text.replace('Peter', 'Petra'),
      text.replace('c74f20a3', 'c74f20a4'),
      text.replace('+AR', '+BR'),
      `${text}=`,
      text.slice(0, -4),
      'PeterNeumann',
      '',
    ])
      expect(parseVerificationKey(cryptography, wrong), wrong).toBeNull();
  });

  it('what is no note is refused', () => {
    for (const wrong of [
      '',
      '\n\n',
      'text\n',
      'text\n\n',
      signed.slice(0, -1),
      signed.replace('— ', '- '),
      `${signed}x\n`,
    ])
      expect(parseNote(wrong), JSON.stringify(wrong)).toBeNull();
    for (const wrong of ['a\n1\n', 'a\n01\nAAAA\n', 'a\n-1\nAAAA\n', `a\n1\n${base64(leaves[0]!)}\nmore\n`])
      expect(parseCheckpoint(wrong), wrong).toBeNull();
  });

  it('a note signed here verifies with Node’s own Ed25519, and a second signature that is wrong spoils it', () => {
    const seed = bytes(vectors.K0);
    const key = logKey(cryptography, 'nexus/workspace/1', publicKeyOf(seed));
    const note = signNote(cryptography, 'nexus/workspace/1\n1\nAAAA\n', key, message => signEd25519(seed, message));
    expect(isSignedBy(cryptography, parseNote(note)!, key)).toBe(true);
    const line = note.split('\n').at(-2)!;
    const spoilt = `${line.slice(0, -6)}${line.at(-6) === 'A' ? 'B' : 'A'}${line.slice(-5)}`;
    expect(isSignedBy(cryptography, parseNote(`${note}${spoilt}\n`)!, key)).toBe(false);
    expect(() => signNote(cryptography, 'no end of line', key, () => seed)).toThrow('lines');
  });

  it('a witness’s cosignature says when; a station’s signature is none, and neither is one over another time', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const key = witnessKey(
      cryptography,
      'hq.example/w1',
      new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(12)),
    );
    const text = parseNote(vectors.checkpoint)!.text;
    const seconds = 1_767_250_000;
    const line = (stated: number): string => {
      const time = Buffer.alloc(8);
      time.writeBigUInt64BE(BigInt(stated));
      const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`), privateKey);
      return `— ${key.name} ${base64(new Uint8Array(Buffer.concat([key.hash, time, signature])))}\n`;
    };
    const seen = (lines: string) => cosignedAt(cryptography, parseNote(`${vectors.checkpoint}${lines}`)!, key);
    expect(seen(line(seconds))).toBe(seconds);
    expect(seen(line(seconds + 1))).toBeNull();
    expect(seen(line(seconds) + line(seconds + 1))).toBeNull();
    expect(seen(vectors.cosignature)).toBeNull();
    expect(isSignedBy(cryptography, parseNote(`${vectors.checkpoint}${line(seconds)}`)!, key)).toBe(false);
    expect(parseVerificationKey(cryptography, verificationKeyText(key))).toEqual(key);
  });
});

describe('Base64 (RFC 4648 §10)', () => {
  it('writes and reads the published vectors', () => {
    for (const [plain, text] of [
      ['', ''],
      ['f', 'Zg=='],
      ['fo', 'Zm8='],
      ['foo', 'Zm9v'],
      ['foob', 'Zm9vYg=='],
      ['fooba', 'Zm9vYmE='],
      ['foobar', 'Zm9vYmFy'],
    ] as const) {
      expect(base64(utf8(plain))).toBe(text);
      expect(Buffer.from(fromBase64(text)!).toString()).toBe(plain);
    }
    for (const wrong of ['Zg', 'Zh==', 'Zm9=', '=m9v', 'Z=9v', 'Zm9 ', 'Zm-_', '===='])
      expect(fromBase64(wrong)).toBeNull();
  });
});
