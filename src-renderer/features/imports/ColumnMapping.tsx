import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ColumnRole, Overrides } from './column-roles.ts';
import { FieldRow } from './FieldRow.tsx';
import styles from './Mapping.module.css';
import { fieldOrder, mappedFields } from './mapped-fields.ts';
import { ReadSettings } from './ReadSettings.tsx';
import type { TableColumn } from './table-columns.ts';
import { UnusedColumns } from './UnusedColumns.tsx';
import { useFieldKeys } from './use-field-keys.ts';

interface ColumnMappingProps {
  readonly name: string;
  readonly format: string | null;
  readonly columns: readonly TableColumn[];
  readonly dialect: Readonly<Record<string, unknown>>;
  readonly stated: Overrides;
  readonly ofProfile: Overrides;
  readonly onOverride: (key: string, value: string) => void;
}

const PICKED_BY_DIGIT = 10;

/** Which column plays which part, and how the table is read. Each choice re-reads the preview. */
export const ColumnMapping = (props: ColumnMappingProps) => {
  const { name, format, columns, dialect, stated, ofProfile, onOverride } = props;
  const { t } = useTranslation();
  const id = useId();
  const box = useRef<HTMLElement>(null);
  useFieldKeys(box);
  // The order holds while the columns are the same: a field must not move from under the hand that changes it.
  const names = columns.map(column => column.name).join('\u0000');
  const [order, setOrder] = useState({ names, roles: fieldOrder(columns) });
  if (order.names !== names) setOrder({ names, roles: fieldOrder(columns) });
  const fields = new Map(mappedFields(columns, stated, ofProfile).map(field => [field.role, field]));
  const choose = (role: ColumnRole, value: string): void => onOverride(role, value);
  return (
    <section ref={box} className={styles.mapping} aria-label={t('mapping.title', { name })} data-mapping>
      <section>
        <h3>{t('mapping.columns')}</h3>
        <p className={styles.hint}>{t('mapping.keys')}</p>
        <div className={styles.fields}>
          {order.roles.map((role, place) => {
            const field = fields.get(role);
            return field === undefined ? null : (
              <FieldRow
                key={role}
                id={`${id}-${role}`}
                digit={place < PICKED_BY_DIGIT ? (place + 1) % PICKED_BY_DIGIT : null}
                field={field}
                columns={columns}
                onChoose={choose}
              />
            );
          })}
        </div>
      </section>
      <UnusedColumns columns={columns.filter(({ role }) => role === null)} onChoose={choose} />
      <ReadSettings format={format} dialect={dialect} stated={stated} ofProfile={ofProfile} onOverride={onOverride} />
    </section>
  );
};
