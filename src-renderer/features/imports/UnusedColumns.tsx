import { useTranslation } from 'react-i18next';
import { COLUMN_ROLES, type ColumnRole } from './column-roles.ts';
import styles from './Mapping.module.css';
import type { TableColumn } from './table-columns.ts';

interface UnusedColumnsProps {
  readonly columns: readonly TableColumn[];
  readonly onChoose: (role: ColumnRole, value: string) => void;
}

/** The columns that play no part, with their first values: what is left out is seen, not guessed. */
export const UnusedColumns = ({ columns, onChoose }: UnusedColumnsProps) => {
  const { t } = useTranslation();
  if (columns.length === 0) return null;
  const title = t('mapping.unused', { count: columns.length });
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <p className={styles.hint}>{t('mapping.unusedNote')}</p>
      <ul className={styles.unused}>
        {columns.map(column => {
          const name = column.name === '' ? t('mapping.unnamed', { number: column.index + 1 }) : column.name;
          const roles = COLUMN_ROLES.filter(role => column.alternatives.some(other => other.role === role)).slice(0, 1);
          return (
            <li key={column.index}>
              <b>{name}</b>
              <span className={styles.samples} title={column.samples.join(' · ')}>
                {column.samples.join(' · ')}
              </span>
              {roles.map(role => (
                <button
                  key={role}
                  type="button"
                  aria-label={t('mapping.useColumnAs', { column: name, role: t(`roleOfColumn.${role}`) })}
                  onClick={() => onChoose(role, column.answer)}
                >
                  {t('mapping.useAs', { role: t(`roleOfColumn.${role}`) })}
                </button>
              ))}
            </li>
          );
        })}
      </ul>
    </section>
  );
};
