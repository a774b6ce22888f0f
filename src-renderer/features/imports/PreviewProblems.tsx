import { useTranslation } from 'react-i18next';
import type { InspectedFile } from '../../../src-main/contract/imports.contract.ts';
import { FactTable } from '../../components/FactTable.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import styles from './Upload.module.css';

/** What the preview could not read, and what it wondered at. */
export const PreviewProblems = ({ file, partial }: { readonly file: InspectedFile; readonly partial: boolean }) => {
  const { t } = useTranslation();
  const count = file.statements.reduce((sum, statement) => sum + statement.count, 0);
  return (
    <div className={styles.problems}>
      <div>
        <StatusTag tone={file.rejected.length === 0 ? 'good' : 'warn'}>
          {t(partial ? 'preview.countHead' : 'preview.count', { count, rejected: file.rejected.length })}
        </StatusTag>
      </div>
      {file.rejected.length === 0 ? null : (
        <FactTable
          caption={t('preview.rejected', { name: file.name })}
          rows={file.rejected.slice(0, 20)}
          rowKey={row => String(row.row)}
          columns={[
            { key: 'row', head: t('rejected.row'), cell: row => row.row, numeric: true },
            { key: 'reason', head: t('rejected.reason'), cell: row => row.reason },
            { key: 'raw', head: t('rejected.raw'), cell: row => <code className={styles.raw}>{row.raw}</code> },
          ]}
        />
      )}
      {file.warnings.slice(0, 20).map(warning => (
        <div key={`${warning.code} ${warning.row} ${warning.message}`}>
          <StatusTag tone="warn">
            {warning.row === null
              ? warning.message
              : t('preview.warningAt', { row: warning.row, message: warning.message })}
          </StatusTag>
        </div>
      ))}
    </div>
  );
};
