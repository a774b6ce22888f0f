import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codecFor } from '../../../platform/text-codec.ts';
import { ByteDictionary } from './byte-dictionary.ts';
import { byteSource } from './byte-source.ts';
import { HAS_HIGH_BYTE, HAS_NUL, RecordHash } from './record-hash.ts';
import { invalidUtf8At, singleByteTable, tabledCodec, Utf8Text } from './utf8-text.ts';

const utf8 = codecFor('utf-8')!;
const encoder = new TextEncoder();

describe('ByteDictionary', () => {
  it('gives each distinct text one code, in order of first appearance, wherever its bytes lie', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 9 }), { maxLength: 400 }), texts => {
        const dictionary = new ByteDictionary();
        const distinct = [...new Set(texts)];
        for (const [i, text] of texts.entries()) {
          const bytes = encoder.encode(text);
          const start = i % 5;
          const source = byteSource(new Uint8Array(bytes.length + 8));
          source.bytes.set(bytes, start);
          expect(dictionary.code(source, start, start + bytes.length, utf8)).toBe(distinct.indexOf(text));
        }
        expect(dictionary.values).toEqual(distinct);
      }),
    );
  });

  it('keeps one value where unreadable bytes give the same text', () => {
    const dictionary = new ByteDictionary();
    const source = byteSource(Uint8Array.of(0xff, 0xfe));
    expect([dictionary.code(source, 0, 1, utf8), dictionary.code(source, 1, 2, utf8)]).toEqual([0, 0]);
    expect(dictionary.values).toEqual(['\ufffd']);
  });

  it('holds 200,000 values', () => {
    const dictionary = new ByteDictionary();
    for (const _ of [1, 2])
      for (let i = 0; i < 200_000; i++) {
        const bytes = byteSource(encoder.encode(`party ${i}`));
        if (dictionary.code(bytes, 0, bytes.bytes.length, utf8) !== i) throw new Error(`wrong code of ${i}`);
      }
    expect(dictionary.values).toHaveLength(200_000);
  });
});

describe('RecordHash', () => {
  it('depends on every byte and on the length, not on the place', () => {
    const hash = new RecordHash();
    const of = (bytes: Uint8Array, start = 0): string => {
      const source = byteSource(new Uint8Array(bytes.length + start));
      source.bytes.set(bytes, start);
      hash.of(source, start, start + bytes.length);
      return `${hash.high} ${hash.low}`;
    };
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (bytes, at, change) => {
          const same = of(bytes);
          expect(of(bytes, 3)).toBe(same);
          const other = bytes.slice();
          other[at % bytes.length]! ^= change;
          expect(of(other)).not.toBe(same);
          expect(of(Uint8Array.of(...bytes, 0))).not.toBe(same);
          expect((hash.marks & HAS_NUL) !== 0).toBe(true);
          of(bytes);
          expect((hash.marks & HAS_HIGH_BYTE) !== 0).toBe(bytes.some(byte => byte >= 0x80));
        },
      ),
    );
  });

  it('has no collision among a million short records that differ in one number', () => {
    const hash = new RecordHash();
    const seen = new Set<bigint>();
    for (let i = 0; i < 1_000_000; i++) {
      const source = byteSource(encoder.encode(`2024-01-31,${i},x`));
      hash.of(source, 0, source.bytes.length);
      seen.add((BigInt(hash.high) << 32n) | BigInt(hash.low));
    }
    expect(seen.size).toBe(1_000_000);
  });
});

describe('Utf8Text', () => {
  it('encodes as TextEncoder does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const utf8Text = new Utf8Text(1);
        utf8Text.text(text);
        expect(utf8Text.copy()).toEqual(encoder.encode(text));
      }),
    );
  });

  it.each(['windows-1252', 'windows-1250', 'cp850', 'mac-roman', 'iso-8859-15'])(
    'maps every byte of %s as its codec',
    encoding => {
      const codec = codecFor(encoding)!;
      const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
      const text = new Utf8Text(1);
      text.mapped(byteSource(bytes), 0, 256, singleByteTable(codec));
      expect(new TextDecoder().decode(text.copy())).toBe(codec.slice(bytes, 0, 256));
      const long = Uint8Array.from({ length: 5000 }, (_, i) => (i * 31) & 0xff);
      expect(tabledCodec(codec).slice(long, 7, 4999)).toBe(codec.slice(long, 7, 4999));
    },
  );
});

describe('invalidUtf8At', () => {
  it('agrees with a strict decoder', () => {
    const strict = new TextDecoder('utf-8', { fatal: true });
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc.string({ unit: 'binary' }).map(text => encoder.encode(text)),
    );
    fc.assert(
      fc.property(bytes, input => {
        let valid = true;
        try {
          strict.decode(input);
        } catch {
          valid = false;
        }
        expect(invalidUtf8At(input, 0, input.length) < 0).toBe(valid);
      }),
      { numRuns: 3000 },
    );
  });
});
