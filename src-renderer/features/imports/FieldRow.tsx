import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Confidence } from './Confidence.tsx';
import { CONSTANT_MARK, type ColumnRole, NO_COLUMN } from './column-roles.ts';
import styles from './Mapping.module.css';
import type { MappedField } from './mapped-fields.ts';
import type { TableColumn } from './table-columns.ts';

interface FieldRowProps {
  readonly id: string;
  /** The number that Alt picks it by; null beyond ten. */
  readonly digit: number | null;
  readonly field: MappedField;
  readonly columns: readonly TableColumn[];
  readonly onChoose: (role: ColumnRole, value: string) => void;
}

/** One part: the column that plays it, how sure that is and why, and other columns at one click. */
export const FieldRow = ({ id, digit, field, columns, onChoose }: FieldRowProps) => {
  const { t } = useTranslation();
  const { role, value, origin, confidence, reason, alternatives } = field;
  const name = t(`roleOfColumn.${role}`);
  const columnName = (column: TableColumn): string =>
    column.name === '' ? t('mapping.unnamed', { number: column.index + 1 }) : column.name;
  const isListed = value === NO_COLUMN || columns.some(({ answer }) => answer === value);
  return (
    <div className={styles.field} data-stated={origin === 'stated'} data-idle={origin === null}>
      <span className={styles.digit} aria-hidden>
        {digit}
      </span>
      <label htmlFor={id}>{name}</label>
      <NativeSelect
        id={id}
        size="xs"
        value={value}
        aria-keyshortcuts={digit === null ? undefined : `Alt+${digit}`}
        onChange={event => onChoose(role, event.currentTarget.value)}
        data={[
          { value: NO_COLUMN, label: t('mapping.none') },
          ...(isListed ? [] : [{ value, label: value.startsWith(CONSTANT_MARK) ? t('mapping.constant') : value }]),
          ...columns.map(column => ({ value: column.answer, label: columnName(column) })),
        ]}
      />
      {origin === null ? null : (
        <div className={styles.why}>
          {origin === 'found' && confidence !== null ? (
            <Confidence of={name} confidence={confidence} reason={reason} />
          ) : (
            <span className={styles.reason}>{t(origin === 'profile' ? 'mapping.byProfile' : 'mapping.stated')}</span>
          )}
        </div>
      )}
      {alternatives.length === 0 ? null : (
        <fieldset className={styles.instead} aria-label={t('mapping.alternatives', { role: name })}>
          <span>{t('mapping.instead')}</span>
          {alternatives.map(alternative => (
            <button
              key={alternative.column.index}
              type="button"
              title={alternative.reason}
              aria-label={t('mapping.use', {
                column: columnName(alternative.column),
                role: name,
                reason: alternative.reason,
              })}
              onClick={() => {
                onChoose(role, alternative.column.answer);
                // The button goes away with its choice; the keyboard stays in the row.
                document.getElementById(id)?.focus();
              }}
            >
              {columnName(alternative.column)}{' '}
              <span className="nx-number">{t('percent', { share: Math.round(alternative.confidence * 100) })}</span>
            </button>
          ))}
        </fieldset>
      )}
    </div>
  );
};
