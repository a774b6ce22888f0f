import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codecFor } from '../../../platform/text-codec.ts';
import { createCsvParser } from './csv-parser.ts';
import { TransactionColumnBuilder } from './transaction-column-builder.ts';
import type { ColumnSlice } from './transaction-columns.ts';

// The generator counts the right answers itself, from integers, while it writes the file.
const GENERATOR = fileURLToPath(new URL('../../../../../shared/peers/generate.mjs', import.meta.url));

interface Truth {
  readonly rows: number;
  readonly planted: { readonly rejectedRows: readonly number[]; readonly exactDuplicateRows: readonly number[] };
}

const find = (value: unknown, key: string): unknown => {
  if (typeof value !== 'object' || value === null) return undefined;
  if (key in value) return (value as Record<string, unknown>)[key];
  for (const inner of Object.values(value)) {
    const found = find(inner, key);
    if (found !== undefined) return found;
  }
  return undefined;
};

describe.each(['clean', 'messy'])('a generated file of 20,000 rows, %s', dialect => {
  const folder = mkdtempSync(join(tmpdir(), 'csv-generated-'));
  const builder = new TransactionColumnBuilder({ onSlice: slice => slices.push(slice), sliceRows: 7_000 });
  const slices: ColumnSlice[] = [];
  let answers: Record<string, unknown>;
  let planted: Truth['planted'];

  beforeAll(() => {
    const file = join(folder, 'rows.csv');
    const truthFile = join(folder, 'truth.json');
    execFileSync(process.execPath, [
      GENERATOR,
      '--rows',
      '20000',
      '--dialect',
      dialect,
      '--unreadable',
      '12',
      '--out',
      file,
      '--truth',
      truthFile,
    ]);
    const truth = JSON.parse(readFileSync(truthFile, 'utf8')) as {
      answers: Record<string, unknown>;
      planted: Truth['planted'];
    };
    answers = truth.answers;
    planted = truth.planted;
    const parser = createCsvParser(builder, codecFor, {});
    const bytes = readFileSync(file);
    for (let at = 0; at < bytes.length; at += 100_003) parser.write(bytes.subarray(at, at + 100_003));
    void parser.end();
    builder.finish();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('has every row, accepted or rejected, and the exact sum', () => {
    expect(builder.count + builder.rejected.length).toBe(20_000);
    expect(builder.rejected.map(({ place }) => place.row - 1)).toEqual(planted.rejectedRows);
    const sum = builder.statements().reduce((total, s) => total + s.credits - s.debits, 0n);
    expect(Number(sum)).toBe(find(answers, 'sumMinor'));
    expect(builder.warnings).toEqual([]);
  });

  it('has the same profile of missing, smallest and largest values', () => {
    const columns = builder.columns();
    const profile = find(answers, 'profile') as Record<
      string,
      { nulls: number; min: string | number; max: string | number }
    >;
    const parties = builder
      .values('counterparty')
      .map(name => name.trim().toUpperCase())
      .sort();
    expect(profile.party!.nulls).toBe(columns.counterparty.filter(code => code < 0).length);
    expect([parties[0], parties.at(-1)]).toEqual([profile.party!.min, profile.party!.max]);
    expect(columns.amountUnits.reduce((a, b) => Math.min(a, b))).toBe(profile.amount!.min);
    expect(columns.amountUnits.reduce((a, b) => Math.max(a, b))).toBe(profile.amount!.max);
    expect(columns.referenceHash.filter(hash => hash === 0).length).toBe(profile.reference!.nulls);
    const descriptions = texts(slices).filter((_, i) => i % 2 === 1);
    expect(descriptions.filter(text => text === '').length).toBe(profile.description!.nulls);
    expect(descriptions.filter(text => text !== '').reduce((a, b) => (b > a ? b : a))).toBe(profile.description!.max);
  });

  it('has equal record hashes exactly where the planted duplicates are', () => {
    const { recordHashHigh, recordHashLow, rowNumber } = builder.columns();
    const seen = new Set<string>();
    const repeated: number[] = [];
    for (let i = 0; i < builder.count; i++) {
      const key = `${recordHashHigh[i]}:${recordHashLow[i]}`;
      if (seen.has(key)) repeated.push(rowNumber[i]! - 1);
      seen.add(key);
    }
    expect(repeated).toEqual(planted.exactDuplicateRows);
  });

  it('hands on slices that together are the columns', () => {
    const columns = builder.columns();
    expect(slices.map(slice => slice.count)).toEqual([7_000, 7_000, builder.count - 14_000]);
    expect(slices.flatMap(slice => [...slice.columns.amountUnits])).toEqual([...columns.amountUnits]);
    expect(slices.flatMap(slice => slice.newValues.counterparty)).toEqual(builder.values('counterparty'));
    expect(slices.flatMap(slice => slice.newValues.series)).toEqual(builder.values('series'));
  });
});

const texts = (slices: readonly ColumnSlice[]): string[] =>
  slices.flatMap(slice => {
    let from = 0;
    return Array.from(slice.textEnds, end => {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(slice.text.subarray(from, end));
      from = end;
      return text;
    });
  });
