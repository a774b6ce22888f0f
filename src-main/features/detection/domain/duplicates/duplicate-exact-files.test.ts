import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { codecFor } from '../../../../platform/text-codec.ts';
import { readTable } from '../../../ingestion/domain/csv-table.ts';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { duplicateExact } from './duplicate-exact.ts';

const SPEND = new URL('../../../../../../shared/data/spend/', import.meta.url);
const files = readdirSync(SPEND).filter(name => !name.endsWith('.expected.json'));

// Each file's .expected.json: rows that repeat another in every column, counted with Python's csv module.
describe('duplicate-exact on public spending files', () => {
  it('has all seven', () => expect(files).toHaveLength(7));

  it.each(files)('%s: as many copies as Python counts', name => {
    const bytes = readFileSync(new URL(name, SPEND));
    const table = readTable([name.endsWith('.gz') ? gunzipSync(bytes) : bytes], codecFor, {});
    const { facts } = JSON.parse(readFileSync(new URL(`${name}.expected.json`, SPEND), 'utf8')) as {
      facts: { expected: { data_rows: number; fully_identical_rows: number } }[];
    };
    const { statistics, population } = resultOf(duplicateExact, { ...tableOf([]), ...table });
    expect(population.rows).toBe(facts[0]!.expected.data_rows);
    expect(statistics.surplus).toBe(facts[0]!.expected.fully_identical_rows);
  });
});
