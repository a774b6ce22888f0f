import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Seal } from './sealed-file.ts';
import { SealedReader, SealingWriter, sealOf } from './sealed-file.ts';

const MIB = 1 << 20;
const STORED_PIECE = MIB + 16;
const folder = mkdtempSync(join(tmpdir(), 'nexus-sealed-'));
afterAll(() => rmSync(folder, { recursive: true }));
const dataKey = new Uint8Array(randomBytes(32));
let count = 0;
const newSeal = (caseId = 'case'): Seal => sealOf(folder, dataKey, caseId, `source-${++count}`);

const seal = (target: Seal, content: Uint8Array, step = 700_001): Buffer => {
  const writer = new SealingWriter(target.path, target.key, target.identity);
  for (let at = 0; at < content.length; at += step) writer.write(content.subarray(at, at + step));
  writer.finish();
  return readFileSync(target.path);
};
const open = ({ path, key, identity }: Seal): Buffer => {
  const reader = new SealedReader(path, key, identity);
  try {
    return Buffer.concat([...reader.chunks()]);
  } finally {
    reader.close();
  }
};
const damaged = expect.objectContaining({
  data: expect.objectContaining({ code: 'evidence.damaged', category: 'integrity' }),
});

describe('a sealed original', () => {
  it.each([0, 1, 15, 16, 17, MIB - 1, MIB, MIB + 1, 2 * MIB - 1, 2 * MIB, 2 * MIB + 1])('gives back %i bytes', size => {
    const content = randomBytes(size);
    const target = newSeal();
    const stored = seal(target, content);
    expect(open(target).equals(content)).toBe(true);
    expect(stored.length).toBe(size + 16 * Math.max(1, Math.ceil(size / MIB)));
    const reader = new SealedReader(target.path, target.key, target.identity);
    expect(reader.length).toBe(size);
    reader.close();
  });

  it('gives back any content written in any steps, and any part of it (property)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 * MIB + 40 }),
        fc.integer({ min: 50_000, max: 3 * MIB }),
        fc.integer({ min: 0, max: 2 * MIB + 60 }),
        fc.integer({ min: 0, max: MIB + 40 }),
        (size, step, offset, length) => {
          const content = randomBytes(size);
          const target = newSeal();
          seal(target, content, step);
          const reader = new SealedReader(target.path, target.key, target.identity);
          try {
            return (
              open(target).equals(content) &&
              Buffer.from(reader.read(offset, length)).equals(content.subarray(offset, offset + length))
            );
          } finally {
            reader.close();
            rmSync(target.path);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('holds nothing of the content in the clear', () => {
    const target = newSeal();
    const stored = seal(target, Buffer.from('Sparkasse;DE89370400440532013000;Meier\n'.repeat(40_000)));
    expect(stored.includes('DE89370400440532013000')).toBe(false);
    // Equal pieces are not equal once sealed.
    expect(stored.subarray(0, 1000).equals(stored.subarray(STORED_PIECE, STORED_PIECE + 1000))).toBe(false);
  });

  it('is never written over', () => {
    const target = newSeal();
    seal(target, randomBytes(10));
    expect(() => new SealingWriter(target.path, target.key, target.identity)).toThrow(/EEXIST/);
  });
});

describe('a sealed original that was changed does not open', () => {
  const content = randomBytes(3 * MIB + 500);
  const tampered = (change: (stored: Buffer, target: Seal) => void): Seal => {
    const target = newSeal();
    change(seal(target, content), target);
    return target;
  };
  const piece = (stored: Buffer, index: number): Buffer =>
    stored.subarray(index * STORED_PIECE, (index + 1) * STORED_PIECE);
  const assembled = (order: readonly number[]) =>
    tampered((stored, target) => writeFileSync(target.path, Buffer.concat(order.map(index => piece(stored, index)))));

  it.each<[string, readonly number[]]>([
    ['pieces swapped', [1, 0, 2, 3]],
    ['a piece dropped', [0, 2, 3]],
    ['the last piece dropped', [0, 1, 2]],
    ['all but the first piece dropped', [0]],
    ['a piece repeated', [0, 1, 1, 2, 3]],
    ['the last piece repeated', [0, 1, 2, 3, 3]],
    ['pieces in reverse', [3, 2, 1, 0]],
  ])('%s', (_what, order) => expect(() => open(assembled(order))).toThrow(damaged));

  it.each([1, 16, 500, 516, 517, MIB])('cut by %i bytes', cut => {
    const target = tampered((stored, { path }) => truncateSync(path, stored.length - cut));
    expect(() => open(target)).toThrow(damaged);
  });

  it('cut to nothing', () => {
    const target = tampered((_stored, { path }) => truncateSync(path, 0));
    expect(() => open(target)).toThrow(damaged);
  });

  it('lengthened', () => {
    const target = tampered((stored, { path }) => writeFileSync(path, Buffer.concat([stored, Buffer.alloc(20)])));
    expect(() => open(target)).toThrow(damaged);
  });

  it('one bit, anywhere (property)', () => {
    const target = newSeal();
    const stored = seal(target, content);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: stored.length - 1 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const changed = Buffer.from(stored);
        changed[at] = changed[at]! ^ (1 << bit);
        writeFileSync(target.path, changed);
        expect(() => open(target)).toThrow(damaged);
      }),
      { numRuns: 30 },
    );
    writeFileSync(target.path, stored);
    expect(open(target).equals(content)).toBe(true);
  });

  it('moved to another source, or to another case', () => {
    const stored = seal(newSeal(), content);
    const other = newSeal();
    writeFileSync(other.path, stored);
    expect(() => open(other)).toThrow(damaged);
    const target = newSeal('case one');
    seal(target, content);
    expect(() => open({ ...target, identity: target.identity.replace('one', 'two') })).toThrow(damaged);
  });

  it('opened with the key of another workspace', () => {
    const target = newSeal();
    seal(target, content);
    expect(() => open({ ...target, key: new Uint8Array(32) })).toThrow(damaged);
  });
});
