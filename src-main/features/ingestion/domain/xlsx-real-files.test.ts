import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { codecFor } from '../../../platform/text-codec.ts';
import { sniffFormat } from './sniff-format.ts';
import { fileReaders } from './testing/spreadsheet-files.ts';
import { createXlsParser } from './xls-parser.ts';
import { createXlsxParser } from './xlsx-parser.ts';

// Right answers: <file>.expected.json beside each file (data/README.md): cell values as openpyxl reads them, and counts
// that the projects assert which the files come from.
const DATA = new URL('../../../../../shared/data/', import.meta.url);
const FOLDERS = ['statements/xlsx/', 'tabular/xlsx/'];

interface SheetFacts {
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  /** The first four rows, nine columns at most. */
  readonly first_rows: readonly (readonly (string | null)[])[];
}
interface Facts {
  readonly lines?: number;
  readonly sheets?: readonly SheetFacts[];
}

const xlsx = fileReaders(createXlsxParser, codecFor);
const xls = fileReaders(createXlsParser, codecFor);
const bytesOf = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(path, DATA)));
const factsOf = (path: string): Facts => {
  const { facts } = JSON.parse(readFileSync(new URL(`${path}.expected.json`, DATA), 'utf8')) as {
    facts: { expected: Facts }[];
  };
  return Object.assign({}, ...facts.map(fact => fact.expected)) as Facts;
};
const workbooks = FOLDERS.flatMap(folder =>
  readdirSync(new URL(folder, DATA))
    .filter(name => name.endsWith('.xlsx'))
    .map(name => folder + name),
);

/** Two columns of this table could be the amount: the reader asks, and this is the answer. */
const ANSWERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'tabular/xlsx/csvkit_ne_1033_data.xlsx': { amount: 'total_cost' },
};

/** A cell as openpyxl prints it, in the form of the transcript: dates without midnight, numbers without `.0`. */
const asWritten = (cell: string | null): string => {
  const text = (cell ?? '').replace(/ 00:00:00$/, '');
  if (text === 'True' || text === 'False') return text.toUpperCase();
  return /^-?\d+\.\d+$/.test(text) ? String(Number(text)) : text;
};

/** The rows of each sheet, from the transcript, in which one sheet follows the other. */
const sheetsOf = (transcript: string, described: readonly string[]): Record<string, string[][]> => {
  const records = parse(transcript, { relax_column_count: true, skip_empty_lines: false }) as string[][];
  return Object.fromEntries(
    described.map(text => {
      const [, name, rows] = /^(.*): (\d+) rows, /.exec(text)!;
      return [name, records.splice(0, Number(rows))];
    }),
  );
};

describe('real workbooks', () => {
  it('are all here', () => {
    expect(workbooks).toHaveLength(5);
  });

  it.each(workbooks)('%s gives the cells that openpyxl reads', path => {
    const { sheets = [] } = factsOf(path);
    expect(sheets.length).toBeGreaterThan(0);
    const { transcript, parser } = xlsx.read(bytesOf(path), ANSWERS[path]);
    const read = sheetsOf(transcript, parser.dialect().sheets as string[]);
    expect(Object.keys(read)).toEqual(sheets.map(({ name }) => name));
    for (const { name, rows, cols, first_rows: first } of sheets) {
      const lines = read[name]!;
      const isEmpty = first.every(cells => cells.every(cell => cell === null));
      expect(lines).toHaveLength(isEmpty ? 0 : rows);
      if (!isEmpty)
        expect(Math.max(...lines.map(cells => cells.length))).toBe(
          name === 'ʤ' || cols < 10 ? Math.min(cols, 8) : cols,
        );
      for (const [i, cells] of first.entries())
        expect(cells.map((_, column) => lines[i]?.[column] ?? '')).toEqual(cells.map(asWritten));
    }
  });

  it.each(workbooks.filter(path => factsOf(path).lines !== undefined))('%s has the lines its project asserts', path => {
    const { builder } = xlsx.read(bytesOf(path));
    expect(builder.count).toBe(factsOf(path).lines);
    expect(builder.rejected).toEqual([]);
  });

  it('statements/xlsx/oca_sample_statement_en.xlsx is read to the last field', () => {
    const { amounts, days, statements, builder } = xlsx.read(bytesOf('statements/xlsx/oca_sample_statement_en.xlsx'));
    expect(amounts).toEqual(['-33.50', '1525.00']);
    expect(days).toEqual(['2018-12-15', '2018-12-15']);
    expect(statements.map(({ currency }) => currency)).toEqual(['USD', 'EUR']);
    expect(builder.values('counterparty')).toEqual(['John Doe', 'Azure Interior']);
  });

  it('statements/xlsx/otp_old.xlsx: the pending line without a booking date is kept apart, the hidden one told', () => {
    const { amounts, rows, rejected, warnings, statements } = xlsx.read(bytesOf('statements/xlsx/otp_old.xlsx'));
    expect(amounts).toEqual([
      '-4990.00',
      '-120000.00',
      '450000.00',
      '-15500.50',
      '-1290.00',
      '29990.00',
      '-2500.00',
      '12.50',
      '-7777.00',
    ]);
    expect(rows).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(rejected).toHaveLength(1);
    expect(rejected[0]).toMatch(/^11: /);
    expect(warnings).toContain('10 sheet.hidden-rows');
    expect(statements).toMatchObject([{ accountId: '11773016-12345678', statementId: 'Tranzakciók' }]);
  });

  it('tabular/xlsx/csvkit_ne_1033_data.xlsx: every row, summed as the plain numbers of its total_cost column', () => {
    const { statements, transcript } = xlsx.read(bytesOf('tabular/xlsx/csvkit_ne_1033_data.xlsx'), {
      amount: 'total_cost',
    });
    const records = parse(transcript, { columns: true }) as { total_cost: string }[];
    const cents = records.reduce((sum, { total_cost: cost }) => sum + Math.round(Number(cost) * 100), 0);
    expect(statements).toMatchObject([{ count: 1036, sum: (cents / 100).toFixed(2) }]);
  });

  it('tabular/xlsx/csvkit_sheets.xls (BIFF8, 1904) holds the same cells as its twin in XLSX', () => {
    const old = xls.read(bytesOf('tabular/xlsx/csvkit_sheets.xls'));
    const twin = xlsx.read(bytesOf('tabular/xlsx/csvkit_sheets.xlsx'));
    expect(old.transcript).toBe(twin.transcript);
    expect(old.parser.dialect()).toMatchObject({ container: 'biff', biff: 8, dateSystem: '1904' });
    expect(old.days).toEqual(['1971-01-01', '1948-01-01', '1920-01-01']);
  });
});

describe('what files are', () => {
  it.each([
    ['statements/xlsx/otp_old.xlsx', 'xlsx'],
    ['tabular/xlsx/csvkit_sheets.xls', 'xls'],
    // A table in text that the bank calls .xls.
    ['statements/csv/b2y_test_swedebank_statement.xls', 'csv'],
  ])('%s is %s', (path, format) => {
    expect(sniffFormat(bytesOf(path).subarray(0, 65_536), codecFor).format).toBe(format);
  });
});
