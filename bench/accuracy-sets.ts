import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { Parameters } from '../src-main/features/detection/domain/forensic-test.ts';
import { type FixtureRow, tableOf } from '../src-main/features/detection/domain/transaction-table.fixture.ts';
import type { TransactionTable } from '../src-main/features/detection/domain/transaction-table.ts';
import { parseIsoDate } from '../src-main/kernel/civil-date.ts';
import { parseDecimal } from '../src-main/kernel/decimal.ts';

type Row = Readonly<Record<string, string>>;

/** A table with known labels, which are kept apart from it: tests see the table only. */
export interface LabelledSet {
  readonly name: string;
  /** What a positive is, in words. */
  readonly positive: string;
  readonly table: TransactionTable;
  /** By row: 1 positive, 0 negative, 2 not judged (left out of every figure). */
  readonly labels: Uint8Array;
  /** Parameters of tests that must be told which columns to compare. */
  readonly parameters: Readonly<Record<string, Parameters>>;
  /** Rows planted for one test, by its id. */
  readonly planted: Readonly<Record<string, readonly number[]>>;
}

const SHARED = join(import.meta.dirname, '../../shared');

const rowsOf = (path: string): Row[] => {
  const file = join(SHARED, 'data', path);
  if (!existsSync(file)) throw new Error(`the labelled set ${file} is missing`);
  const bytes = readFileSync(file);
  return parse(path.endsWith('.gz') ? gunzipSync(bytes) : bytes, { columns: true, bom: true });
};

const known = (text: string | undefined): string => (text === undefined || text === 'NA' ? '' : text);
const amount = (text: string | undefined): string => {
  const value = parseDecimal(known(text));
  return value === null || value.scale > 4 ? '' : known(text);
};

/** A record's own text, as the importer hashes it, without the columns that hold labels. */
const recordOf = (row: Row, labels: readonly string[]): string =>
  JSON.stringify(Object.entries(row).filter(([name]) => !labels.includes(name)));

/** 776 firms audited 2015 to 2016; a positive was judged fraudulent by the audit office. Its own risk figures are left out: they make the label. */
const auditRisk = (): LabelledSet => {
  const rows = rowsOf('fraud/uci_audit_risk.csv');
  const features = ['PARA_A', 'PARA_B', 'TOTAL', 'numbers', 'Money_Value', 'District_Loss', 'History', 'Sector_score'];
  return {
    name: 'UCI audit risk',
    positive: 'firm judged fraudulent by the audit office',
    table: tableOf(
      rows.map(row => ({
        amount: amount(row.TOTAL),
        named: Object.fromEntries(features.map(name => [name, known(row[name])])),
        record: recordOf(row, ['Risk']),
      })),
      4,
    ),
    labels: Uint8Array.from(rows, row => Number(row.Risk)),
    parameters: { 'isolation-forest': { features: features.join(','), share: '100' } },
    planted: {},
  };
};

/** 401,146 sales reports, of which 15,732 were inspected: only those are judged. */
const sales = (): LabelledSet => {
  const rows = rowsOf('fraud/dmwr2_sales.csv.gz');
  return {
    name: 'DMwR2 sales',
    positive: 'inspected report found fraudulent',
    table: tableOf(
      rows.map(row => ({
        amount: known(row.Val),
        party: known(row.ID),
        named: { Prod: known(row.Prod), Quant: known(row.Quant) },
        record: recordOf(row, ['Insp']),
      })),
    ),
    labels: Uint8Array.from(rows, row => (row.Insp === 'unkn' ? 2 : row.Insp === 'fraud' ? 1 : 0)),
    parameters: {
      'peer-group-outlier': { group: 'Prod', quantity: 'Quant', least: '2', leads: '400000' },
      'isolation-forest': { features: 'Quant', share: '100', leads: '400000' },
    },
    planted: {},
  };
};

/** 3,500 book values of a fictional audit population, 71 of them overstated. */
const buildIt = (): LabelledSet => {
  const rows = rowsOf('audit_sampling/jfa_BuildIt.csv');
  return {
    name: 'jfa BuildIt',
    positive: 'book value that the audit found misstated',
    table: tableOf(
      rows.map(row => ({
        amount: known(row.bookValue),
        reference: known(row.ID),
        record: recordOf(row, ['auditValue']),
      })),
    ),
    labels: Uint8Array.from(rows, row => (row.bookValue === row.auditValue ? 0 : 1)),
    parameters: {},
    planted: {},
  };
};

/** 5,000 made-up transfers with laundering labels that do not show in their amounts. */
const laundering = (): LabelledSet => {
  const rows = rowsOf('fraud/visionlang_aml_5000.csv.gz');
  return {
    name: 'visionlang AML',
    positive: 'transfer labelled as laundering',
    table: tableOf(
      rows.map(row => ({
        amount: known(row.Amount),
        date: known(row.Date),
        time: known(row.Time),
        account: known(row.Sender_account),
        party: known(row.Receiver_account),
        currency: known(row.Payment_currency),
        type: known(row.Payment_type),
        record: recordOf(row, ['Is_laundering', 'Laundering_type']),
      })),
    ),
    labels: Uint8Array.from(rows, row => Number(row.Is_laundering)),
    parameters: {},
    planted: {},
  };
};

interface Truth {
  readonly planted: Readonly<
    Record<
      'exactDuplicateRows' | 'sameSameDifferentRows' | 'rsfRows' | 'structuredRows' | 'burstRows',
      readonly number[]
    >
  >;
}

/** Payments from the project's generator with known plants (../shared/peers/generate.mjs). */
const generated = (count: number, seed: number): LabelledSet => {
  const folder = mkdtempSync(join(tmpdir(), 'nexus-accuracy-'));
  try {
    const file = join(folder, 'payments.csv');
    const spawned = spawnSync(
      process.execPath,
      [join(SHARED, 'peers/generate.mjs'), '--out', file, '--rows', String(count), '--seed', String(seed)],
      { encoding: 'utf8', maxBuffer: 1 << 26 },
    );
    if (spawned.status !== 0) throw new Error(`the generator failed: ${spawned.stderr}`);
    const { planted } = JSON.parse(spawned.stdout) as Truth;
    const accepted: FixtureRow[] = [];
    const descriptions: string[] = [];
    const rowAt = new Map<number, number>();
    for (const [i, cells] of (parse(readFileSync(file, 'utf8'), { from: 2 }) as string[][]).entries()) {
      const [account = '', date = '', valueDate = '', text = '', currency = '', party = '', reference = '', type = ''] =
        cells;
      if (parseIsoDate(date) === null || parseDecimal(text) === null) continue;
      rowAt.set(i + 1, accepted.length);
      descriptions.push((cells[8] ?? '').trim());
      accepted.push({
        account,
        date,
        valueDate,
        amount: text,
        currency,
        party: party.trim().toUpperCase(),
        reference,
        type,
        record: JSON.stringify(cells),
      });
    }
    const rows = (numbers: readonly number[]): number[] => numbers.flatMap(number => rowAt.get(number) ?? []);
    const labels = new Uint8Array(accepted.length);
    for (const numbers of Object.values(planted))
      if (Array.isArray(numbers) && typeof numbers[0] === 'number') for (const row of rows(numbers)) labels[row] = 1;
    return {
      name: `generated, ${count.toLocaleString('en')} rows`,
      positive: 'row planted by the generator (a copy, a second reference, a size, cash in parts, a burst)',
      table: { ...tableOf(accepted), description: { at: row => descriptions[row] ?? '' } },
      labels,
      parameters: {},
      planted: {
        'duplicate-exact': rows(planted.exactDuplicateRows),
        'same-same-different': rows(planted.sameSameDifferentRows),
        'relative-size-factor': rows(planted.rsfRows),
        'just-below-threshold': rows(planted.structuredRows),
        structuring: rows(planted.structuredRows),
        velocity: rows(planted.burstRows),
      },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Every labelled set, each read when its turn comes: the largest holds 400,000 rows. */
export const LABELLED_SETS: readonly (() => LabelledSet)[] = [
  auditRisk,
  sales,
  buildIt,
  laundering,
  () => generated(20_000, 1),
];
