import { isoDate } from '../../../kernel/civil-date.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import type { MergedName } from '../../ingestion/domain/case-table.ts';
import { CaseTable } from '../../ingestion/domain/case-table.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { decodeUtf8 } from '../../ingestion/service/decode-utf8.ts';
import type { FieldStatistics } from '../domain/field-statistics.ts';
import { codedStatistics, numberStatistics } from '../domain/field-statistics.ts';

export interface FieldStatisticsTask {
  readonly task: 'field-statistics';
  readonly sources: readonly CaseSource[];
}

export type NamedStatistics = FieldStatistics<string> & { readonly field: string };

const CODED: readonly MergedName[] = [
  'currency',
  'counterparty',
  'counterpartyAccount',
  'type',
  'category',
  'ledgerAccount',
  'entry',
];

/** Statistics of every field of these sources; a field that no row fills is left out. */
export const fieldStatistics = ({ sources }: FieldStatisticsTask): NamedStatistics[] => {
  const table = new CaseTable(sources, decodeUtf8);
  const numbers = (
    field: string,
    column: Float64Array | Int32Array,
    text: (value: number) => string,
  ): NamedStatistics => {
    const { top, minimum, maximum, median, ...counts } = numberStatistics(column);
    const told = (value: number | null): string | null => (value === null ? null : text(value));
    return {
      field,
      ...counts,
      top: top.map(({ value, rows }) => ({ value: text(value), rows })),
      minimum: told(minimum),
      maximum: told(maximum),
      median: told(median),
    };
  };
  const day = (value: number): string => isoDate(value) ?? '';
  return [
    numbers('amount', table.amounts(), units => formatUnits(units, table.scale)),
    numbers('bookingDate', table.days('bookingDay'), day),
    numbers('valueDate', table.days('valueDay'), day),
    { field: 'account', ...codedStatistics(table.accounts()) },
    ...CODED.map(field => ({ field, ...codedStatistics(table.coded(field)) })),
    referenceStatistics(table),
  ].filter(({ known }) => known > 0);
};

/** References are told apart by their hash; their texts lie in the store. */
const referenceStatistics = (table: CaseTable): NamedStatistics => {
  const hashes = table.floats('referenceHash').filter(hash => hash !== 0);
  const { distinct } = numberStatistics(hashes);
  const none = { top: [], minimum: null, maximum: null, median: null };
  return { field: 'reference', rows: table.rowCount, known: hashes.length, distinct, ...none };
};
