import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import { leafHash, MerkleAccumulator } from './audit-log.ts';
import { canonicalEntry } from './canonical-text.ts';
import { verifyChain } from './verify-chain.ts';

interface Vectors {
  readonly entries: readonly { readonly canonical: string; readonly leafHash: string; readonly root: string }[];
}
const vectors = JSON.parse(
  readFileSync(new URL('../../../../../shared/data/audit/nexus-al1-vectors.json', import.meta.url), 'utf8'),
) as Vectors;

describe('NEXUS-AL/1 vectors (nexus-al1-vectors.json)', () => {
  test('canonical text, leaf digests and roots agree', () => {
    expect(vectors.entries.length).toBe(3);
    const tree = new MerkleAccumulator(sha256);
    for (const vector of vectors.entries) {
      expect(canonicalEntry(JSON.parse(vector.canonical) as object)).toBe(vector.canonical);
      const leaf = leafHash(sha256, utf8(vector.canonical));
      expect(hex(leaf)).toBe(vector.leafHash);
      tree.append(leaf);
      expect(hex(tree.root())).toBe(vector.root);
    }
  });
  test('the chain of the vectors verifies, and any changed byte is named', () => {
    const stored = vectors.entries.map((v, seq) => ({ seq, entry: v.canonical, leaf: Buffer.from(v.leafHash, 'hex') }));
    expect(verifyChain(stored, sha256, utf8)).toMatchObject({ entries: 3, problems: [] });
    const edited = stored.map(e => (e.seq === 1 ? { ...e, entry: e.entry.replace('bank.csv', 'bant.csv') } : e));
    expect(verifyChain(edited, sha256, utf8).problems).toMatchObject([{ code: 'audit.digest', where: 'entry 1' }]);
    const rehashed = edited.map(e => (e.seq === 1 ? { ...e, leaf: Buffer.from(leafHash(sha256, utf8(e.entry))) } : e));
    expect(verifyChain(rehashed, sha256, utf8).problems).toMatchObject([{ code: 'audit.link', where: 'entry 2' }]);
    expect(verifyChain([stored[0]!, stored[2]!], sha256, utf8).problems).toMatchObject([
      { code: 'audit.gap', where: 'entry 1' },
    ]);
    expect(verifyChain([stored[1]!, stored[0]!, stored[2]!], sha256, utf8).problems).toMatchObject([
      { code: 'audit.gap' },
    ]);
  });
});

describe('RFC 6962 Merkle tree (certificate-transparency test vectors, as listed in R-35)', () => {
  const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const rootOf = (count: number): string => {
    const tree = new MerkleAccumulator(sha256);
    for (const leaf of leaves.slice(0, count)) tree.append(leafHash(sha256, Buffer.from(leaf, 'hex')));
    return hex(tree.root());
  };
  test.each([
    [0, /^e3b0c442.*b855$/],
    [1, /^6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d$/],
    [2, /^fac54203.*c125$/],
    [3, /^aeb6bcfe.*6e77$/],
    [5, /^4e3bbb1f.*64d4$/],
    [7, /^ddb89be4.*4c8c$/],
    [8, /^5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328$/],
  ])('root of %i leaves', (count, root) => {
    expect(rootOf(count)).toMatch(root);
  });
});

test('floats, nulls and lone surrogates never enter the log', () => {
  expect(() => canonicalEntry({ obj: { share: 0.5 } })).toThrow('safe integer');
  expect(() => canonicalEntry({ obj: { share: null } })).toThrow('cannot be logged');
  expect(() => canonicalEntry({ obj: { name: '\ud800' } })).toThrow('lone surrogate');
});
