import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import { leafHash, MerkleAccumulator } from './audit-log.ts';
import { consistencyRanges, includes, inclusionRanges, isConsistent, subtreeHashes } from './merkle-proof.ts';

/** transparency-dev/merkle (Apache-2.0), testdata: probes with their expected verdicts. */
const PROBES = fileURLToPath(new URL('../../../../../shared/data/audit/rfc6962/testdata', import.meta.url));
const probes = <T>(kind: string): [string, T & { readonly wantErr: boolean }][] =>
  readdirSync(join(PROBES, kind), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
    .map(path => [path.slice(PROBES.length + 1), JSON.parse(readFileSync(path, 'utf8')) as T & { wantErr: boolean }]);
const bytes = (text: string | null): Uint8Array => new Uint8Array(Buffer.from(text ?? '', 'base64'));
const proofOf = (proof: readonly string[] | null): Uint8Array[] => (proof ?? []).map(bytes);

describe('published inclusion probes', () => {
  const all = probes<{ leafIdx: number; treeSize: number; root: string; leafHash: string; proof: string[] | null }>(
    'inclusion',
  );
  it('are 98', () => expect([all.length, all.filter(([, { wantErr }]) => wantErr).length]).toEqual([98, 92]));
  it.each(all)('%s', (_path, { leafIdx, treeSize, root, leafHash: leaf, proof, wantErr }) => {
    expect(
      includes(sha256, { index: leafIdx, size: treeSize, leaf: bytes(leaf), root: bytes(root) }, proofOf(proof)),
    ).toBe(!wantErr);
  });
});

describe('published consistency probes', () => {
  const all = probes<{ size1: number; size2: number; root1: string; root2: string; proof: string[] | null }>(
    'consistency',
  );
  it('are 98', () => expect([all.length, all.filter(([, { wantErr }]) => wantErr).length]).toEqual([98, 92]));
  it.each(all)('%s', (_path, { size1, size2, root1, root2, proof, wantErr }) => {
    expect(isConsistent(sha256, { size1, root1: bytes(root1), size2, root2: bytes(root2) }, proofOf(proof))).toBe(
      !wantErr,
    );
  });
});

const leavesOf = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => leafHash(sha256, utf8(`leaf ${i}`)));
const rootOf = (leaves: readonly Uint8Array[]): Uint8Array => {
  const tree = new MerkleAccumulator(sha256);
  for (const leaf of leaves) tree.append(leaf);
  return tree.root();
};

describe('proofs made here', () => {
  it('hold for what they were made for, and for nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), fc.nat(), (size, a, b) => {
        const leaves = leavesOf(size);
        const index = a % size;
        const proof = subtreeHashes(sha256, leaves, inclusionRanges(index, size));
        const claim = { index, size, leaf: leaves[index]!, root: rootOf(leaves) };
        expect(includes(sha256, claim, proof)).toBe(true);
        expect(includes(sha256, { ...claim, leaf: sha256(claim.leaf) }, proof)).toBe(false);
        if (size > 1) expect(includes(sha256, { ...claim, index: (index + 1) % size }, proof)).toBe(false);

        const size1 = 1 + (b % size);
        const roots = { size1, root1: rootOf(leaves.slice(0, size1)), size2: size, root2: rootOf(leaves) };
        const consistency = subtreeHashes(sha256, leaves, consistencyRanges(size1, size));
        expect(isConsistent(sha256, roots, consistency)).toBe(true);
        expect(isConsistent(sha256, { ...roots, root1: sha256(roots.root1) }, consistency)).toBe(false);
        expect(isConsistent(sha256, { ...roots, root2: sha256(roots.root2) }, consistency)).toBe(false);
      }),
    );
  });

  it('cannot be made of leaves that are not there', () => {
    expect(() => inclusionRanges(3, 3)).toThrow('no such leaf');
    expect(() => consistencyRanges(4, 3)).toThrow('no such pair');
    expect(() => subtreeHashes(sha256, leavesOf(2), inclusionRanges(0, 3))).toThrow('fewer leaves');
  });

  it('go on from kept peaks as from the leaves themselves', () => {
    for (const size of [0, 1, 2, 3, 7, 8, 255, 256, 300]) {
      const leaves = leavesOf(size + 5);
      const tree = new MerkleAccumulator(sha256);
      for (const leaf of leaves.slice(0, size)) tree.append(leaf);
      const kept = MerkleAccumulator.from(sha256, size, tree.peakBytes());
      for (const leaf of leaves.slice(size)) kept.append(leaf);
      expect(hex(kept.root())).toBe(hex(rootOf(leaves)));
      expect(hex(tree.root())).toBe(hex(rootOf(leaves.slice(0, size))));
      expect(() => MerkleAccumulator.from(sha256, size, new Uint8Array(tree.peakBytes().length + 32))).toThrow(
        'not the peaks',
      );
    }
  });
});
