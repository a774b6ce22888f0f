import { useTranslation } from 'react-i18next';
import type { TestRunShape } from '../../../src-main/contract/tests.contract.ts';
import { FactTable } from '../../components/FactTable.tsx';
import styles from './Findings.module.css';

/** The chart's numbers as a table. */
export const BinsTable = ({ run }: { readonly run: TestRunShape }) => {
  const { t } = useTranslation();
  return (
    <div className={styles.bins}>
      <FactTable
        caption={t('benford.table')}
        rows={run.bins}
        rowKey={bin => bin.key}
        columns={[
          { key: 'key', head: t('benford.digits'), cell: bin => bin.key },
          { key: 'count', head: t('benford.observed'), numeric: true, cell: bin => t('count', { count: bin.count }) },
          { key: 'expected', head: t('benford.expected'), numeric: true, cell: bin => bin.expected.toFixed(1) },
          {
            key: 'z',
            head: t('benford.z'),
            numeric: true,
            cell: bin => (bin.z === null ? t('unknown') : bin.z.toFixed(2)),
          },
        ]}
      />
    </div>
  );
};
