import { Button, NativeSelect } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { CountButton } from '../../components/CountButton.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { groupedDecimal } from '../../components/money-text.ts';
import { Panel } from '../../components/Panel.tsx';
import { filterOfUnknown, filterOfValue } from './field-filter.ts';
import styles from './Quality.module.css';

type Field = ChannelAnswer<'quality.fields'>['fields'][number];
/** Commonest values shown before the rest is asked for. */
const FIRST_VALUES = 3;

/** Each field of the records in figures; a figure opens its rows wherever a filter can say exactly which they are. */
export const FieldStatistics = ({ caseId }: { readonly caseId: string }) => {
  const { t, i18n } = useTranslation();
  const [sourceId, setSourceId] = useState<string | undefined>(undefined);
  const [whole, setWhole] = useState(false);
  const sources = useChannel('sources.list', { caseId });
  const read = useChannel('quality.fields', { caseId, ...(sourceId === undefined ? {} : { sourceId }) });
  const nameOf = (field: string): string =>
    i18n.exists(`quality.fields.names.${field}`)
      ? t(`quality.fields.names.${field}` as 'quality.fields.names.amount')
      : field;
  const told = (field: string, value: string): string => (field === 'amount' ? groupedDecimal(value) : value);
  const mixed = read.data?.fields.some(({ field, distinct }) => field === 'currency' && (distinct ?? 0) > 1) ?? false;
  const valueLink = (field: string, value: string | null): ReactNode => {
    if (value === null) return <span className={styles.quiet}>–</span>;
    const filter = filterOfValue(field, value, sourceId);
    const text = told(field, value);
    if (filter === null) return text;
    return (
      <Link className={styles.value} to={paths.records(caseId, filter)}>
        {text}
      </Link>
    );
  };
  return (
    <Panel
      title={t('quality.fields.title')}
      note={t(mixed ? 'quality.fields.mixed' : 'quality.fields.note')}
      actions={
        <div className={styles.tools}>
          <NativeSelect
            size="xs"
            aria-label={t('quality.fields.source')}
            value={sourceId ?? ''}
            onChange={event => setSourceId(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
            data={[
              { value: '', label: t('quality.fields.allSources') },
              ...(sources.data?.sources ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <Button size="compact-sm" variant="default" aria-pressed={whole} onClick={() => setWhole(!whole)}>
            {t('quality.fields.more')}
          </Button>
        </div>
      }
      flush
    >
      {/* Figures of another file would open rows that they do not count. */}
      <ChannelView of={{ ...read, data: read.currentData }} lines={6}>
        {({ fields }) =>
          fields.length === 0 ? (
            <EmptyState kind="no-data" title={t('records.empty.title')}>
              {t('records.empty.text')}
            </EmptyState>
          ) : (
            <FactTable
              caption={t('quality.fields.title')}
              rows={fields}
              rowKey={({ field }) => field}
              columns={[
                { key: 'field', head: t('quality.fields.field'), cell: ({ field }) => nameOf(field) },
                {
                  key: 'known',
                  head: t('quality.fields.known'),
                  numeric: true,
                  cell: field => <Known field={field} />,
                },
                {
                  key: 'unknown',
                  head: t('quality.fields.unknown'),
                  numeric: true,
                  cell: ({ field, rows, known }) => {
                    const filter = filterOfUnknown(field, sourceId);
                    return filter === null ? (
                      t('count', { count: rows - known })
                    ) : (
                      <CountButton
                        count={rows - known}
                        to={paths.records(caseId, filter)}
                        label={t('quality.fields.unknownOf', { field: nameOf(field) })}
                      />
                    );
                  },
                },
                {
                  key: 'distinct',
                  head: t('quality.fields.distinct'),
                  numeric: true,
                  cell: ({ distinct }) => (distinct === null ? t('unknown') : t('count', { count: distinct })),
                },
                {
                  key: 'top',
                  head: t('quality.fields.top'),
                  cell: field => (
                    <TopValues
                      caseId={caseId}
                      field={field}
                      shown={whole ? field.top.length : FIRST_VALUES}
                      told={told}
                      sourceId={sourceId}
                    />
                  ),
                },
                {
                  key: 'minimum',
                  head: t('quality.fields.minimum'),
                  numeric: true,
                  cell: ({ field, minimum }) => valueLink(field, minimum),
                },
                {
                  key: 'median',
                  head: t('quality.fields.median'),
                  numeric: true,
                  cell: ({ field, median }) => valueLink(field, median),
                },
                {
                  key: 'maximum',
                  head: t('quality.fields.maximum'),
                  numeric: true,
                  cell: ({ field, maximum }) => valueLink(field, maximum),
                },
              ]}
            />
          )
        }
      </ChannelView>
    </Panel>
  );
};

const Known = ({ field: { rows, known } }: { readonly field: Field }) => {
  const { t } = useTranslation();
  // Rounded down: a field that lacks one value in a million is not 100 % known.
  const share = rows === 0 ? null : Math.floor((known / rows) * 1000 + 1e-9) / 10;
  return share === null ? t('unknown') : `${share.toFixed(1)} %`;
};

interface TopValuesProps {
  readonly caseId: string;
  readonly field: Field;
  readonly shown: number;
  readonly told: (field: string, value: string) => string;
  readonly sourceId: string | undefined;
}
const TopValues = ({ caseId, field: { field, top }, shown, told, sourceId }: TopValuesProps) => {
  const { t } = useTranslation();
  if (top.length === 0) return <span className={styles.quiet}>–</span>;
  return (
    <ul className={styles.top}>
      {top.slice(0, shown).map(({ value, rows }) => {
        const filter = filterOfValue(field, value, sourceId);
        return (
          <li key={value}>
            <span className={styles.topValue} title={value}>
              {told(field, value)}
            </span>
            {filter === null ? (
              <span className={`${styles.quiet} nx-number`}>{t('count', { count: rows })}</span>
            ) : (
              <CountButton
                count={rows}
                to={paths.records(caseId, filter)}
                label={t('quality.fields.rowsOf', { value: told(field, value) })}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
};
