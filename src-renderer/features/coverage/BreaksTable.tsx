import { Button, Pagination } from '@mantine/core';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import { FactTable } from '../../components/FactTable.tsx';
import { Money } from '../../components/Money.tsx';
import { Panel } from '../../components/Panel.tsx';
import { StatusTag, type StatusTone } from '../../components/StatusTag.tsx';
import styles from './Coverage.module.css';
import {
  type AccountCoverage,
  type CellPlace,
  type CoverageAnswer,
  type CoverageBreak,
  carriesOver,
  filterOfDays,
  type LineScope,
} from './coverage-cells.ts';

const PAGE_BREAKS = 50;

interface BreaksTableProps {
  readonly caseId: string;
  readonly coverage: CoverageAnswer;
  readonly scopes: readonly LineScope[];
  readonly onPlace: (place: CellPlace) => void;
}
/** Days in no file over which nothing moved in sum show nothing wrong: what they hold is not known. */
const toneOf = ({ kind, difference }: CoverageBreak): StatusTone => {
  if (kind === 'balance') return 'bad';
  return kind === 'gap' && carriesOver(difference) ? 'unknown' : 'warn';
};

interface BreakLine {
  readonly line: AccountCoverage;
  readonly scope: LineScope;
  readonly row: number;
  readonly found: CoverageBreak;
}

/** Where statements do not follow on from one another: days without a file, days covered twice, balances that do not carry over. */
export const BreaksTable = memo(({ caseId, coverage, scopes, onPlace }: BreaksTableProps) => {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const breaks = coverage.accounts.flatMap((line, row) => {
    const scope = scopes[row];
    return scope === undefined ? [] : line.breaks.map((found): BreakLine => ({ line, scope, row, found }));
  });
  const pages = Math.ceil(breaks.length / PAGE_BREAKS);
  const shown = breaks.slice((page - 1) * PAGE_BREAKS, page * PAGE_BREAKS);
  if (breaks.length === 0)
    return (
      <Panel title={t('coverage.breaks.title')}>
        <StatusTag tone="good">{t('coverage.breaks.none')}</StatusTag>
      </Panel>
    );
  return (
    <Panel title={t('coverage.breaks.count', { count: breaks.length })} note={t('coverage.breaks.note')} flush>
      <FactTable
        caption={t('coverage.breaks.title')}
        rows={shown}
        rowKey={({ row, found }) => `${row} ${found.kind} ${found.from} ${found.to}`}
        columns={[
          {
            key: 'kind',
            head: t('coverage.breaks.kind'),
            cell: ({ found }) => <StatusTag tone={toneOf(found)}>{t(`coverage.breaks.kinds.${found.kind}`)}</StatusTag>,
          },
          {
            key: 'account',
            head: t('coverage.account'),
            cell: ({ line }) => [line.account ?? t('coverage.noAccount'), line.currency ?? ''].join(' '),
          },
          {
            key: 'days',
            head: t('coverage.breaks.days'),
            nowrap: true,
            cell: ({ found }) => (
              <span className="nx-number">{found.from === found.to ? found.from : `${found.from} – ${found.to}`}</span>
            ),
          },
          {
            key: 'difference',
            head: t('coverage.breaks.difference'),
            numeric: true,
            cell: ({ line, found }) =>
              found.difference === null ? (
                <span className={styles.quiet}>{t('notStated')}</span>
              ) : (
                <Money amount={found.difference} currency={line.currency} />
              ),
          },
          { key: 'message', head: t('coverage.breaks.message'), cell: ({ found }) => found.message },
          {
            key: 'open',
            head: t('coverage.breaks.look'),
            nowrap: true,
            cell: ({ line, scope, row, found }) => (
              <span className={styles.look}>
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => onPlace({ row, column: Math.max(0, coverage.months.indexOf(found.from.slice(0, 7))) })}
                >
                  {t('coverage.breaks.show')}
                </Button>
                {found.kind === 'gap' ? null : (
                  <Link to={paths.records(caseId, filterOfDays(line, scope, found))}>{t('coverage.breaks.rows')}</Link>
                )}
              </span>
            ),
          },
        ]}
      />
      {pages > 1 ? (
        <Pagination
          p="sm"
          size="sm"
          value={page}
          onChange={setPage}
          total={pages}
          getControlProps={control => ({ 'aria-label': t(`pages.${control}`) })}
          getItemProps={number => ({ 'aria-label': t('pages.page', { number }) })}
        />
      ) : null}
    </Panel>
  );
});
