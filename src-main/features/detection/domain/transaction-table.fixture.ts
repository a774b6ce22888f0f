import { parseIsoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { parseDecimal, rescale } from '../../../kernel/decimal.ts';
import { type CodedColumn, Dictionary } from '../../../kernel/dictionary.ts';
import { hash53 } from '../../../kernel/hash.ts';
import type { ForensicTest, Parameters, TestContext, TestResult } from './forensic-test.ts';
import { runTest } from './run-test.ts';
import type { TransactionTable } from './transaction-table.ts';

/** A row as a test writes it; '' or left out is unknown. A column no row mentions does not exist. */
export interface FixtureRow {
  readonly amount?: string;
  readonly date?: string;
  readonly account?: string;
  readonly party?: string;
  readonly currency?: string;
  readonly reference?: string;
  /** The record's own text. */
  readonly record?: string;
  readonly valueDate?: string;
  readonly entered?: string;
  /** HH:MM. */
  readonly time?: string;
  readonly counterpartyAccount?: string;
  readonly type?: string;
  readonly category?: string;
  readonly ledgerAccount?: string;
  readonly entry?: string;
  readonly poster?: string;
  readonly description?: string;
  /** Other columns, by name: the same ones in every row. */
  readonly named?: Readonly<Record<string, string>>;
}

const coded = (texts: readonly string[]): CodedColumn => {
  const dictionary = new Dictionary();
  return { codes: Int32Array.from(texts, text => dictionary.code(text)), values: dictionary.values };
};

/** More digits than 2^53 units have. */
const isLarge = (text: string): boolean => /^-?\d{14,}(\.\d+)?$/.test(text);

const unitsOf = (text: string, scale: number): number => {
  if (text === '') return Number.NaN;
  const value = parseDecimal(text);
  const units = value === null ? null : rescale(value, scale);
  if (units === null && isLarge(text)) return Number.NaN;
  if (units === null) throw new Error(`not an amount of ${scale} decimals: ${text}`);
  return units.units;
};

const dayOf = (text: string): number => {
  if (text === '') return UNKNOWN_DAY;
  const day = parseIsoDate(text);
  if (day === null) throw new Error(`not a date: ${text}`);
  return day;
};

const minuteOf = (text: string): number => (text === '' ? -1 : Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

/** Builds a table from rows of text, as the importer would. */
export const tableOf = (rows: readonly FixtureRow[], amountScale = 2): TransactionTable => {
  const has = (name: keyof FixtureRow): boolean => rows.some(row => row[name] !== undefined);
  const texts = (name: Exclude<keyof FixtureRow, 'named'>): string[] => rows.map(row => row[name] ?? '');
  const optional = (name: Exclude<keyof FixtureRow, 'named'>): CodedColumn | null =>
    has(name) ? coded(texts(name)) : null;
  const textColumn = (name: 'description' | 'reference') =>
    has(name) ? { at: (row: number): string => texts(name)[row]!.trim() } : null;
  const references = texts('reference').map(text => /^(.*?)(\d*)$/s.exec(text.trim()));
  const numbered = references.map(match => (match?.[2] !== undefined && /^\d{1,15}$/.test(match[2]) ? match : null));
  const records = texts('record').map(text => [hash53(text, 1) >>> 0, hash53(text, 2) >>> 0] as const);
  return {
    rowCount: rows.length,
    rowNumber: Uint32Array.from(rows, (_, i) => i + 1),
    amountUnits: has('amount') ? Float64Array.from(texts('amount'), text => unitsOf(text, amountScale)) : null,
    amountScale,
    offScaleAmounts: new Map(texts('amount').flatMap((text, row) => (isLarge(text) ? [[row, text] as const] : []))),
    bookingDay: has('date') ? Int32Array.from(texts('date'), dayOf) : null,
    account: has('account') ? coded(texts('account')) : null,
    party: has('party') ? coded(texts('party')) : null,
    currency: has('currency') ? coded(texts('currency')) : null,
    referenceHash: has('reference')
      ? Float64Array.from(texts('reference'), text => (text.trim() === '' ? 0 : hash53(text.trim())))
      : null,
    series: has('reference') ? coded(numbered.map(match => match?.[1] ?? '')) : null,
    seriesNumber: has('reference')
      ? Float64Array.from(numbered, match => (match === null ? Number.NaN : Number(match[2])))
      : null,
    recordHashHigh: has('record') ? Uint32Array.from(records, words => words[0]) : null,
    recordHashLow: has('record') ? Uint32Array.from(records, words => words[1]) : null,
    valueDay: has('valueDate') ? Int32Array.from(texts('valueDate'), dayOf) : null,
    enteredDay: has('entered') ? Int32Array.from(texts('entered'), dayOf) : null,
    minute: has('time') ? Int32Array.from(texts('time'), minuteOf) : null,
    counterpartyAccount: optional('counterpartyAccount'),
    type: optional('type'),
    category: optional('category'),
    ledgerAccount: optional('ledgerAccount'),
    entry: optional('entry'),
    poster: optional('poster'),
    description: textColumn('description'),
    referenceText: textColumn('reference'),
    named: new Map(
      Object.keys(rows[0]?.named ?? {}).map(name => [name, coded(rows.map(row => row.named?.[name] ?? ''))]),
    ),
  };
};

/** A context that nobody cancels. */
export const UNCANCELLED: TestContext = { progress: () => undefined };

/** Runs a test as the application does, and throws where it is refused. */
export const resultOf = (test: ForensicTest, table: TransactionTable, parameters: Parameters = {}): TestResult => {
  const outcome = runTest(test, table, parameters, UNCANCELLED);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value.result;
};
