import { NativeSelect } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { dialectList } from '../../components/dialect-entries.ts';
import { COLUMN_ROLES, columnsByRole, NO_COLUMN } from './column-roles.ts';
import styles from './Upload.module.css';

/** A setting of the dialect as text; nothing for one that was not found. */
const settingText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

interface ColumnMappingProps {
  readonly name: string;
  readonly columns: readonly string[];
  readonly dialect: Readonly<Record<string, unknown>>;
  readonly overrides: Readonly<Record<string, string>>;
  readonly onOverride: (key: string, value: string) => void;
}

const SETTINGS = {
  dateOrder: ['ymd', 'dmy', 'mdy'],
  decimalSign: ['.', ','],
  delimiter: ['comma', 'semicolon', 'tab', 'pipe'],
} as const;

/** Which column plays which part, and the settings a file may leave open. Each choice re-reads the preview. */
export const ColumnMapping = ({ name, columns, dialect, overrides, onOverride }: ColumnMappingProps) => {
  const { t } = useTranslation();
  const id = useId();
  const chosen = columnsByRole(dialectList(dialect, 'columns'), overrides);
  return (
    <section aria-label={t('mapping.title', { name })}>
      <h3>{t('mapping.heading')}</h3>
      <div className={styles.mapping}>
        {COLUMN_ROLES.map(role => {
          const value = chosen[role] ?? NO_COLUMN;
          const listed = value === NO_COLUMN || columns.includes(value) ? columns : [value, ...columns];
          return (
            <div key={role} data-stated={role in overrides}>
              <label htmlFor={`${id}-${role}`}>{t(`roleOfColumn.${role}`)}</label>
              <NativeSelect
                id={`${id}-${role}`}
                size="xs"
                value={value}
                onChange={event => onOverride(role, event.currentTarget.value)}
                data={[{ value: NO_COLUMN, label: t('mapping.none') }, ...new Set(listed)]}
              />
            </div>
          );
        })}
        {Object.entries(SETTINGS).map(([setting, choices]) => (
          <div key={setting} data-stated={setting in overrides}>
            <label htmlFor={`${id}-${setting}`}>{t(`setting.${setting as keyof typeof SETTINGS}`)}</label>
            <NativeSelect
              id={`${id}-${setting}`}
              size="xs"
              value={overrides[setting] ?? ''}
              onChange={event => onOverride(setting, event.currentTarget.value)}
              data={[
                { value: '', label: t('mapping.asFound', { found: settingText(dialect[setting]) }) },
                ...choices.map(choice => ({
                  value: choice,
                  label: t(`choice.${setting}.${choice}` as 'choice.dateOrder.ymd'),
                })),
              ]}
            />
          </div>
        ))}
      </div>
    </section>
  );
};
