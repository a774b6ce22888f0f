import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { STANDARD_FIELDS } from '../../../src-main/contract/standardization.contract.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { useAddressSearch } from '../../app/use-address-search.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { CountButton } from '../../components/CountButton.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { OriginTag } from './OriginTag.tsx';
import { Pages } from './Pages.tsx';
import styles from './Standardization.module.css';
import { StandardizedValue, ValueReason } from './StandardizedValue.tsx';

const PAGE_VALUES = 100;
const KINDS = ['changed', 'problems', 'all'] as const;
type Value = ChannelAnswer<'standardization.changes'>['values'][number];

/** Every distinct value of a field before and after, the commonest first. The address holds field and kind. */
export const ValuesTab = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const [search, changeSearch] = useAddressSearch();
  const field = STANDARD_FIELDS.find(known => known === search.get('field')) ?? 'party';
  const only = KINDS.find(known => known === search.get('only')) ?? 'changed';
  const [page, setPage] = useState(1);
  const list = useChannel('standardization.changes', {
    caseId,
    field,
    only,
    offset: (page - 1) * PAGE_VALUES,
    limit: PAGE_VALUES,
  });
  const choose = (name: 'field' | 'only', value: string): void => {
    setPage(1);
    changeSearch(
      now => {
        now.set('tab', 'values');
        now.set(name, value);
        return now;
      },
      { replace: true },
    );
  };
  return (
    <>
      <div className={styles.tools}>
        <SegmentedControl
          size="xs"
          aria-label={t('values.field')}
          value={field}
          onChange={value => choose('field', value)}
          data={STANDARD_FIELDS.map(value => ({ value, label: t(`standardFields.${value}`) }))}
        />
        <NativeSelect
          size="xs"
          aria-label={t('values.show')}
          value={only}
          onChange={event => choose('only', event.currentTarget.value)}
          data={KINDS.map(value => ({ value, label: t(`values.only.${value}`) }))}
        />
        <span role="status" className="nx-number">
          {list.currentData === undefined ? t('values.counting') : t('values.count', { count: list.currentData.total })}
        </span>
      </div>
      <ChannelView of={{ ...list, data: list.currentData }} lines={8}>
        {({ total, values }) =>
          total === 0 ? (
            <EmptyState
              kind={only === 'all' ? 'no-data' : 'filtered'}
              title={t(`values.empty.${only}`)}
              action={
                only === 'all' ? undefined : (
                  <Button variant="default" onClick={() => choose('only', 'all')}>
                    {t('values.showAll')}
                  </Button>
                )
              }
            />
          ) : (
            <>
              <ValueTable caseId={caseId} field={field} values={values} />
              <Pages total={total} size={PAGE_VALUES} page={page} onPage={setPage} />
            </>
          )
        }
      </ChannelView>
    </>
  );
};

interface ValueTableProps {
  readonly caseId: string;
  readonly field: (typeof STANDARD_FIELDS)[number];
  readonly values: readonly Value[];
}
const ValueTable = ({ caseId, field, values }: ValueTableProps) => {
  const { t } = useTranslation();
  return (
    <FactTable
      caption={t('values.caption', { field: t(`standardFields.${field}`) })}
      rows={values}
      rowKey={value => JSON.stringify([value.original, value.standardized, value.origin])}
      columns={[
        { key: 'original', head: t('values.original'), cell: value => <StandardizedValue value={value.original} /> },
        {
          key: 'standardized',
          head: t('values.standardized'),
          cell: value => (
            <StandardizedValue value={value.standardized} changed={value.standardized !== value.original} />
          ),
        },
        {
          key: 'origin',
          head: t('values.origin'),
          cell: value => <OriginTag origin={value.origin} confidence={value.confidence} />,
        },
        {
          key: 'reason',
          head: t('values.reason'),
          cell: value => <ValueReason reason={value.reason} problem={value.problem} />,
        },
        {
          key: 'rows',
          head: t('values.rows'),
          numeric: true,
          cell: value =>
            value.set === null ? (
              <span className="nx-number">{t('count', { count: value.rows })}</span>
            ) : (
              <CountButton
                count={value.rows}
                to={paths.records(caseId, { set: value.set })}
                label={t('values.rowsOf', { value: value.original || t('values.none') })}
              />
            ),
        },
      ]}
    />
  );
};
