import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codecFor } from '../../../platform/text-codec.ts';
import { createCsvParser } from './csv-parser.ts';
import { FileRefused } from './statement-sink.ts';
import { feed } from './testing/recording-sink.ts';
import { TransactionColumnBuilder } from './transaction-column-builder.ts';

// Seeded damage to every real bank file: it is refused, or every record of it is accounted for, in any chunks.
const FOLDER = new URL('../../../../../shared/data/statements/csv/', import.meta.url);
const FILES = readdirSync(FOLDER).filter(name => !name.endsWith('.expected.json'));
const MUTATIONS = 12;

/** A seeded generator of 32-bit numbers (mulberry32; Tommy Ettinger, public domain). */
const numbers = (seed: number): ((limit: number) => number) => {
  let state = seed | 0;
  return limit => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
};

const SPECIAL = [0x00, 0x0a, 0x0d, 0x22, 0x27, 0x2c, 0x3b, 0x09, 0x2d, 0x2e, 0x80, 0xc3, 0xff, 0x30, 0x39, 0x20];

const mutated = (bytes: Uint8Array, next: (limit: number) => number): Uint8Array => {
  const result = [...bytes];
  for (let changes = 1 + next(8); changes > 0; changes--) {
    const at = next(result.length + 1);
    const kind = next(4);
    if (kind === 0) result.splice(at, 1 + next(5));
    else if (kind === 1) result.splice(at, 0, SPECIAL[next(SPECIAL.length)]!);
    else if (kind === 2) result[at] = next(256);
    else result.splice(at, 0, ...result.slice(at, at + next(200)));
  }
  return Uint8Array.from(result);
};

interface Reading {
  readonly counts: readonly number[] | null;
  readonly amounts: readonly number[];
  readonly code: string;
}

const read = (bytes: Uint8Array, size: number): Reading => {
  const builder = new TransactionColumnBuilder();
  const parser = createCsvParser(builder, codecFor, {});
  try {
    feed(parser, bytes, size);
  } catch (error) {
    if (error instanceof FileRefused) return { counts: null, amounts: [], code: error.code };
    throw error;
  }
  const { rows, rowsAboveData, blankRows, continuationRows } = parser.dialect();
  const counts = [rows, rowsAboveData, blankRows, continuationRows].map(Number);
  return {
    counts: [...counts, builder.count, builder.rejected.length],
    amounts: [...builder.columns().amountUnits],
    code: '',
  };
};

describe('damaged files', () => {
  it.each(FILES)('%s', name => {
    const original = readFileSync(new URL(encodeURIComponent(name), FOLDER));
    for (let seed = 1; seed <= MUTATIONS; seed++) {
      const bytes = mutated(original, numbers(seed * 7919 + original.length));
      const whole = read(bytes, 1 << 16);
      if (whole.counts !== null) {
        const [rows, above, blank, continued, accepted, rejected] = whole.counts as [
          number,
          number,
          number,
          number,
          number,
          number,
        ];
        expect(Math.min(above, rows) + blank + continued + accepted + rejected).toBe(rows);
      }
      expect(read(bytes, 1)).toEqual(whole);
    }
  });
});
