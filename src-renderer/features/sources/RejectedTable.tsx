import { Pagination } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import styles from './Sources.module.css';

const PAGE_ROWS = 100;

/** Records of a source that could not be read, each with its row, its reason and its raw text. */
export const RejectedTable = ({ sourceId, name }: { readonly sourceId: string; readonly name: string }) => {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const rejected = useChannel('sources.rejected', { sourceId, offset: (page - 1) * PAGE_ROWS, limit: PAGE_ROWS });
  return (
    <ChannelView of={rejected}>
      {data => (
        <>
          <FactTable
            caption={t('rejected.captionOf', { count: data.total, name })}
            showCaption
            rows={data.rejected}
            rowKey={row => String(row.row)}
            columns={[
              { key: 'row', head: t('rejected.row'), cell: row => row.row, numeric: true },
              { key: 'reason', head: t('rejected.reason'), cell: row => row.reason },
              { key: 'raw', head: t('rejected.raw'), cell: row => <code className={styles.raw}>{row.raw}</code> },
            ]}
          />
          {data.total > PAGE_ROWS ? (
            <Pagination
              className={styles.pages}
              value={page}
              onChange={setPage}
              total={Math.ceil(data.total / PAGE_ROWS)}
              size="sm"
              getControlProps={control => ({ 'aria-label': t(`pages.${control}`) })}
              getItemProps={number => ({ 'aria-label': t('pages.page', { number }) })}
            />
          ) : null}
        </>
      )}
    </ChannelView>
  );
};
