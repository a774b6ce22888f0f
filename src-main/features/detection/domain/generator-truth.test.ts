import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { parseIsoDate } from '../../../kernel/civil-date.ts';
import { parseDecimal } from '../../../kernel/decimal.ts';
import { justBelowThreshold } from './amounts/just-below-threshold.ts';
import { relativeSizeFactor } from './amounts/relative-size-factor.ts';
import { benfordFirstTwo } from './digits/benford-first-two.ts';
import { duplicateExact } from './duplicates/duplicate-exact.ts';
import { sameSameDifferent } from './duplicates/same-same-different.ts';
import { sequenceGap } from './sequence/sequence-gap.ts';
import { velocity } from './time/velocity.ts';
import { type FixtureRow, resultOf, tableOf } from './transaction-table.fixture.ts';

// The generator plants known irregularities and counts the complete right answers itself, from integers.
const GENERATOR = fileURLToPath(new URL('../../../../../shared/peers/generate.mjs', import.meta.url));

interface Truth {
  readonly answers: {
    rows: number;
    exactDuplicates: { groups: number; surplus: number; rows: number[] };
    sameSameDifferent: { groups: number; rows: number[] };
    relativeSizeFactor: { flagged: number; sumLargestMinor: number };
    benfordFirstTwo: { n: number; chiSquare: number; mad: number };
    sequenceGaps: { gaps: number; missing: number };
    justBelow: { rows: number; structured: number };
    velocity: number;
  };
  readonly planted: {
    rsfParties: string[];
    rsfRows: number[];
    gaps: [series: string, from: number, to: number][];
    structuredParties: string[];
    structuredRows: number[];
    bursts: [account: string, day: string][];
    burstRows: number[];
  };
}

const folder = mkdtempSync(join(tmpdir(), 'nexus-truth-'));
afterAll(() => rmSync(folder, { recursive: true }));

const generate = (rows: number, seed: number) => {
  const file = join(folder, `${seed}.csv`);
  const spawned = spawnSync(
    process.execPath,
    [GENERATOR, '--out', file, '--rows', String(rows), '--seed', String(seed)],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    },
  );
  if (spawned.status !== 0) throw new Error(`the generator failed: ${spawned.stderr}`);
  const records: string[][] = parse(readFileSync(file, 'utf8'), { from: 2 });
  const numbers: number[] = [];
  const accepted: FixtureRow[] = [];
  for (const [i, record] of records.entries()) {
    const [account = '', date = '', , amount = '', currency = '', counterparty = '', reference = ''] = record;
    if (parseIsoDate(date) === null || parseDecimal(amount) === null) continue;
    numbers.push(i + 1);
    const party = counterparty.trim().toUpperCase();
    accepted.push({ account, date, amount, currency, party, reference, record: JSON.stringify(record) });
  }
  const table = { ...tableOf(accepted), rowNumber: Uint32Array.from(numbers) };
  return { table, truth: JSON.parse(spawned.stdout) as Truth };
};

describe.each([1, 2])('20,000 generated rows, seed %i', seed => {
  const { table, truth } = generate(20_000, seed);
  const { answers, planted } = truth;
  const rowNumbers = (rows: Iterable<number>): number[] =>
    [...rows].map(row => table.rowNumber[row]!).sort((a, b) => a - b);
  const allRows = (findings: readonly { readonly rows: Uint32Array }[]): number[] =>
    rowNumbers(new Set(findings.flatMap(finding => [...finding.rows])));

  it('reads the rows that the generator accepted', () => expect(table.rowCount).toBe(answers.rows));

  it('finds the exact duplicates', () => {
    const { findings, statistics } = resultOf(duplicateExact, table);
    expect(statistics).toEqual({ groups: answers.exactDuplicates.groups, surplus: answers.exactDuplicates.surplus });
    expect(rowNumbers(findings.flatMap(({ rows }) => [...rows.subarray(1)]))).toEqual(answers.exactDuplicates.rows);
  });

  it('finds the same duplicates without the record hash, from the columns', () => {
    const { findings } = resultOf(duplicateExact, { ...table, recordHashHigh: null, recordHashLow: null });
    const surplus = rowNumbers(findings.flatMap(({ rows }) => [...rows.subarray(1)]));
    expect(surplus).toEqual(expect.arrayContaining(answers.exactDuplicates.rows));
  });

  it('finds the same-same-different rows', () => {
    const { findings, statistics } = resultOf(sameSameDifferent, table);
    expect(statistics.groups).toBe(answers.sameSameDifferent.groups);
    expect(allRows(findings)).toEqual(answers.sameSameDifferent.rows);
  });

  it('finds the relative-size outliers', () => {
    const { findings } = resultOf(relativeSizeFactor, table);
    expect(findings).toHaveLength(answers.relativeSizeFactor.flagged);
    const sum = findings.reduce((total, { rows }) => total + Math.abs(table.amountUnits![rows[0]!]!), 0);
    expect(sum).toBe(answers.relativeSizeFactor.sumLargestMinor);
    expect(allRows(findings)).toEqual(expect.arrayContaining(planted.rsfRows));
    expect(findings.map(({ key }) => key)).toEqual(expect.arrayContaining(planted.rsfParties));
  });

  it('computes the first-two digits', () => {
    const { statistics } = resultOf(benfordFirstTwo, table, { sign: 'both', minimum: '10' });
    expect(statistics.observations).toBe(answers.benfordFirstTwo.n);
    expect(statistics.chiSquare).toBeCloseTo(answers.benfordFirstTwo.chiSquare, 8);
    expect(statistics.mad).toBeCloseTo(answers.benfordFirstTwo.mad, 14);
  });

  it('finds every gap and no other', () => {
    const { findings, statistics } = resultOf(sequenceGap, table);
    expect(statistics).toMatchObject({ gaps: answers.sequenceGaps.gaps, missingNumbers: answers.sequenceGaps.missing });
    const expected = planted.gaps.map(([series, from, to]) => JSON.stringify([`${series}-`, from, to]));
    expect(findings.map(({ key }) => key).sort()).toEqual(expected.sort());
  });

  it('finds the structured cash and every row just below', () => {
    const { findings, statistics } = resultOf(justBelowThreshold, table);
    expect(statistics).toMatchObject({ inBand: answers.justBelow.rows, clusters: answers.justBelow.structured });
    expect(allRows(findings)).toHaveLength(answers.justBelow.rows);
    const clusters = findings.filter(({ severity }) => severity === 'high');
    expect(allRows(clusters)).toEqual(expect.arrayContaining(planted.structuredRows));
    const parties = clusters.map(({ key }) => (JSON.parse(key) as string[])[0]);
    expect(parties).toEqual(expect.arrayContaining(planted.structuredParties));
  });

  it('finds the bursts', () => {
    const { findings } = resultOf(velocity, table);
    expect(findings).toHaveLength(answers.velocity);
    expect(findings.map(({ key }) => JSON.parse(key))).toEqual(expect.arrayContaining(planted.bursts));
    expect(allRows(findings)).toEqual(expect.arrayContaining(planted.burstRows));
  });
});
