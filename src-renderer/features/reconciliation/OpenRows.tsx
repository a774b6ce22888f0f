import { Checkbox, NativeSelect, Pagination, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TransactionRow } from '../../../src-main/contract/transactions.contract.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Money } from '../../components/Money.tsx';
import styles from './Hand.module.css';
import type { SideName } from './reconciliation-types.ts';

const PAGE_ROWS = 200;
const SORTS = ['date', 'amount', 'party'] as const;
type Sort = (typeof SORTS)[number];

interface OpenRowsProps {
  readonly caseId: string;
  readonly side: SideName;
  /** The figure of the reconciliation whose rows are listed. */
  readonly set: string;
  readonly isActive: boolean;
  readonly picks: ReadonlyMap<number, TransactionRow>;
  readonly mayPick: boolean;
  readonly current: TransactionRow | null;
  readonly onCurrent: (row: TransactionRow) => void;
  readonly onToggle: (row: TransactionRow) => void;
  readonly onOpen: (row: TransactionRow) => void;
}

/** Open rows of one side: arrows move, Space picks, Enter opens the record. A sort or search keeps the picks. */
export const OpenRows = (props: OpenRowsProps) => {
  const { caseId, side, set, isActive, picks, mayPick, current, onCurrent, onToggle, onOpen } = props;
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [sort, setSort] = useState<Sort>('date');
  const [descending, setDescending] = useState(false);
  const [page, setPage] = useState(1);
  const body = useRef<HTMLTableSectionElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its first page
  useEffect(() => setPage(1), [set, text]);
  const rows = useChannel('transactions.page', {
    caseId,
    filter: { reconciliation: set, ...(text.trim() === '' ? {} : { text: text.trim() }) },
    sort,
    descending,
    offset: (page - 1) * PAGE_ROWS,
    limit: PAGE_ROWS,
  });
  const listed = rows.data?.rows ?? [];
  const at = Math.max(
    0,
    listed.findIndex(({ id }) => id === current?.id),
  );
  const press = (event: KeyboardEvent, row: TransactionRow): void => {
    if (event.key === ' ' && mayPick) onToggle(row);
    else if (event.key === 'Enter') onOpen(row);
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const target = listed[at + (event.key === 'ArrowDown' ? 1 : -1)];
      if (target === undefined) return;
      onCurrent(target);
      body.current?.querySelector<HTMLElement>(`[data-row="${target.id}"]`)?.focus();
    } else return;
    event.preventDefault();
  };
  const name = t(`reconciliation.figures.open.${side}`);
  return (
    <section className={styles.pane} data-side={side} data-active={isActive} aria-label={name}>
      <header className={styles.paneHead}>
        <h3>{t(`reconciliation.sides.${side}`)}</h3>
        {rows.data === undefined ? null : (
          <Link className="nx-number" to={paths.records(caseId, { reconciliation: set })}>
            {t('reconciliation.hand.rows', { count: rows.data.total })}
          </Link>
        )}
        <TextInput
          size="xs"
          className={styles.search as string}
          aria-label={t('reconciliation.hand.searchIn', { side: side.toUpperCase() })}
          placeholder={t('records.searchHint')}
          leftSection={<IconSearch size={13} aria-hidden />}
          value={text}
          onChange={event => setText(event.currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          aria-label={t('reconciliation.hand.sortOf', { side: side.toUpperCase() })}
          value={`${sort} ${descending ? 'down' : 'up'}`}
          onChange={event => {
            const [by, order] = event.currentTarget.value.split(' ');
            setSort(SORTS.find(known => known === by) ?? 'date');
            setDescending(order === 'down');
          }}
          data={SORTS.flatMap(by =>
            (['up', 'down'] as const).map(order => ({
              value: `${by} ${order}`,
              label: t(`reconciliation.hand.sorts.${by}.${order}`),
            })),
          )}
        />
      </header>
      <div className={styles.scroll}>
        <ChannelView of={rows} lines={8}>
          {data =>
            data.total === 0 ? (
              <EmptyState
                kind={text === '' ? 'no-data' : 'filtered'}
                title={t(text === '' ? 'reconciliation.hand.none' : 'reconciliation.hand.filtered')}
              />
            ) : (
              // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows are picked by keys, as in WAI-ARIA's grid
              <table className={styles.table} role="grid" aria-multiselectable={mayPick}>
                <caption className="nx-visually-hidden">{name}</caption>
                <thead>
                  <tr>
                    {mayPick ? (
                      <th scope="col">
                        <span className="nx-visually-hidden">{t('reconciliation.hand.pick')}</span>
                      </th>
                    ) : null}
                    <th scope="col">{t('records.date')}</th>
                    <th scope="col">{t('records.counterparty')}</th>
                    <th scope="col" data-numeric>
                      {t('records.amount')}
                    </th>
                  </tr>
                </thead>
                <tbody ref={body}>
                  {data.rows.map((row, i) => (
                    <tr
                      key={row.id}
                      data-row={row.id}
                      tabIndex={i === at ? 0 : -1}
                      aria-selected={picks.has(row.id)}
                      data-current={isActive && row.id === current?.id}
                      onFocus={() => row.id !== current?.id && onCurrent(row)}
                      onClick={() => onCurrent(row)}
                      onDoubleClick={() => onOpen(row)}
                      onKeyDown={event => press(event, row)}
                    >
                      {mayPick ? (
                        <td>
                          <Checkbox
                            size="xs"
                            tabIndex={-1}
                            checked={picks.has(row.id)}
                            onChange={() => onToggle(row)}
                            aria-label={t('reconciliation.hand.pickOf', { row: row.row })}
                          />
                        </td>
                      ) : null}
                      <td className="nx-number">{row.date ?? t('unknown')}</td>
                      <td className={styles.party} title={`${row.counterparty} ${row.reference} ${row.description}`}>
                        {row.counterparty || row.description || t('record.unnamed')}
                        {row.reference === '' ? null : <span className={styles.reference}> {row.reference}</span>}
                      </td>
                      <td data-numeric>
                        <Money amount={row.amount} currency={row.currency} signed />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )
          }
        </ChannelView>
      </div>
      {(rows.data?.total ?? 0) > PAGE_ROWS ? (
        <Pagination
          className={styles.pages as string}
          size="xs"
          value={page}
          onChange={setPage}
          total={Math.ceil((rows.data?.total ?? 0) / PAGE_ROWS)}
          siblings={0}
          getControlProps={control => ({ 'aria-label': t(`pages.${control}`) })}
          getItemProps={number => ({ 'aria-label': t('pages.page', { number }) })}
        />
      ) : null}
    </section>
  );
};
