import type { InspectedFile } from '../../../contract/imports.contract.ts';

/** What NEXUS read of a file, added up as the expected facts state it. */
export interface ObservedFile {
  readonly refused: string | null;
  readonly statements: InspectedFile['statements'];
  readonly count: number;
  readonly rejected: number;
  readonly warnings: readonly string[];
  readonly amounts: readonly string[];
  /** Exact sum of all amounts, in shortest form. */
  readonly sum: string;
  readonly credits: string;
  readonly debits: string;
  readonly dates: readonly string[];
}

const SCALE = 12;
const UNIT = 10n ** BigInt(SCALE);

/** Decimal text in units of 10^-12. */
export const unitsOf = (text: string): bigint => {
  const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?\s*$/.exec(text);
  if (match === null) throw new Error(`${text} is not a decimal`);
  const units = BigInt(match[2] === '' ? '0' : (match[2] ?? '0')) * UNIT + BigInt((match[3] ?? '').padEnd(SCALE, '0'));
  return match[1] === '-' ? -units : units;
};

/** Decimal text without surplus zeros and signs, so that 5, 5.00 and +5 are one. */
export const shortest = (units: bigint): string => {
  const sign = units < 0n ? '-' : '';
  const absolute = units < 0n ? -units : units;
  const fraction = (absolute % UNIT).toString().padStart(SCALE, '0').replace(/0+$/, '');
  return `${sign}${absolute / UNIT}${fraction === '' ? '' : `.${fraction}`}`;
};
export const decimal = (value: string | number): string => shortest(unitsOf(String(value)));

/** One observation of a file, or of all members of an archive together. */
export const observe = (files: readonly InspectedFile[]): ObservedFile => {
  const statements = files.flatMap(file => file.statements);
  const transactions = statements.flatMap(statement => statement.transactions ?? []);
  const units = transactions.map(({ amount }) => unitsOf(amount));
  const total = (list: readonly bigint[]): string => shortest(list.reduce((sum, each) => sum + each, 0n));
  return {
    refused: files.find(file => file.error !== undefined)?.error?.code ?? null,
    statements,
    count: transactions.length,
    rejected: files.reduce((sum, file) => sum + file.rejected.length, 0),
    warnings: files.flatMap(file => file.warnings.map(({ code }) => code)),
    amounts: transactions.map(({ amount }) => decimal(amount)),
    sum: total(units),
    credits: total(units.filter(each => each > 0n)),
    debits: total(units.filter(each => each < 0n).map(each => -each)),
    dates: transactions.flatMap(({ date }) => (date === null ? [] : [date])).sort(),
  };
};
