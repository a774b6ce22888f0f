import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { FactTable } from '../../components/FactTable.tsx';
import { Money } from '../../components/Money.tsx';
import styles from './Upload.module.css';

/** Fields that not every file states: a column each where one of the rows has it. */
const SPARSE = ['counterparty', 'description', 'reference', 'valueDate', 'category', 'ledgerAccount', 'entry'] as const;

/** Parsed values beside the raw record they came from, for the first rows. */
export const PreviewRows = ({ preview }: { readonly preview: ChannelAnswer<'imports.preview'> }) => {
  const { t } = useTranslation();
  const rawOf = new Map(preview.sample.map(({ row, raw }) => [row, raw.join(' | ')]));
  const all = preview.file.statements.flatMap(statement => statement.transactions ?? []);
  // Where raw records are known, a row is shown beside its own or not at all.
  const beside = all.filter(({ row }) => rawOf.has(row));
  const rows = (beside.length > 0 ? beside : all).slice(0, 30);
  if (rows.length === 0) return null;
  const withRaw = beside.length > 0;
  return (
    <div className={styles.rows}>
      <FactTable
        caption={t('preview.rows', { name: preview.file.name })}
        rows={rows}
        rowKey={row => String(row.row)}
        columns={[
          { key: 'row', head: t('records.row'), cell: row => row.row, numeric: true },
          ...(withRaw
            ? [
                {
                  key: 'raw',
                  head: t('preview.raw'),
                  cell: (row: (typeof rows)[number]) => (
                    <code className={styles.raw} title={rawOf.get(row.row)}>
                      {rawOf.get(row.row) ?? ''}
                    </code>
                  ),
                },
              ]
            : []),
          { key: 'date', nowrap: true, head: t('records.date'), cell: row => row.date ?? t('unknown') },
          {
            key: 'amount',
            head: t('records.amount'),
            numeric: true,
            cell: row => <Money amount={row.amount} currency={row.currency} signed />,
          },
          ...SPARSE.filter(field => rows.some(row => (row[field] ?? '') !== '')).map(field => ({
            key: field,
            nowrap: field === 'valueDate',
            head: t(`preview.${field}`),
            cell: (row: (typeof rows)[number]) => row[field] ?? '',
          })),
        ]}
      />
    </div>
  );
};
