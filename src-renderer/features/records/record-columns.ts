import type { ColDef } from 'ag-grid-community';
import type { SORTS, TransactionFilter, TransactionRow } from '../../../src-main/contract/transactions.contract.ts';
import { signedDecimal, signOf } from '../../components/money-text.ts';
import { t } from '../../i18n/i18n.ts';
import styles from './Records.module.css';

/** Grid columns to the engine's orders; a column missing here cannot be sorted by. */
export const SORT_OF_COLUMN: Readonly<Record<string, (typeof SORTS)[number]>> = {
  row: 'place',
  date: 'date',
  amount: 'amount',
  counterparty: 'party',
};

export const recordColumns = (sourceName: (sourceId: string) => string): readonly ColDef<TransactionRow>[] => [
  { field: 'row', headerName: t('records.row'), width: 84, type: 'rightAligned', sortable: true, pinned: 'left' },
  {
    field: 'date',
    headerName: t('records.date'),
    width: 116,
    sortable: true,
    valueFormatter: ({ value }: { value?: string | null }) => value ?? '',
  },
  {
    field: 'amount',
    headerName: t('records.amount'),
    width: 144,
    type: 'rightAligned',
    sortable: true,
    valueFormatter: ({ value }: { value?: string }) => (value === undefined ? '' : signedDecimal(value)),
    cellClassRules: {
      [styles.moneyIn as string]: ({ value }: { value?: string }) => value !== undefined && signOf(value) === 1,
    },
  },
  { field: 'currency', headerName: t('records.currency'), width: 92 },
  { field: 'counterparty', headerName: t('records.counterparty'), flex: 2, minWidth: 160, sortable: true },
  { field: 'description', headerName: t('records.description'), flex: 3, minWidth: 200 },
  { field: 'reference', headerName: t('records.reference'), flex: 1, minWidth: 110 },
  { field: 'type', headerName: t('records.type'), width: 104 },
  { field: 'account', headerName: t('records.account'), width: 190 },
  {
    colId: 'sourceId',
    headerName: t('records.source'),
    width: 180,
    valueGetter: ({ data }) => (data === undefined ? '' : sourceName(data.sourceId)),
  },
];

/** The condition that a cell stands for (F); null where a cell gives none. */
export const filterOfCell = (column: string, row: TransactionRow): TransactionFilter | null => {
  switch (column) {
    case 'date':
      return row.date === null ? null : { from: row.date, to: row.date };
    case 'amount':
      return { minimum: row.amount, maximum: row.amount };
    case 'currency':
      return row.currency === null ? null : { currency: row.currency };
    case 'account':
      return row.account === null ? null : { account: row.account };
    case 'type':
      return row.type === '' ? null : { type: row.type };
    case 'sourceId':
      return { sourceId: row.sourceId };
    case 'counterparty':
    case 'description':
    case 'reference':
      return row[column] === '' ? null : { text: row[column].slice(0, 200) };
    default:
      return null;
  }
};
