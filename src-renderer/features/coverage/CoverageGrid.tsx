// A table would be laid out whole at every step; rows of fixed height are not, and lines out of sight cost nothing.
// biome-ignore-all lint/a11y/useSemanticElements: see above
// biome-ignore-all lint/a11y/useFocusableInteractive: the cells of a grid take the focus, not its rows and heads
import { Pagination } from '@mantine/core';
import { type CSSProperties, type KeyboardEvent, useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { paths } from '../../app/paths.ts';
import { AccountLine } from './AccountLine.tsx';
import styles from './Coverage.module.css';
import { type CellPlace, type CoverageAnswer, filterOfCell, type LineScope, placeAfterKey } from './coverage-cells.ts';

/** Accounts drawn at a time: a case of hundreds stays as light as one of ten. */
const PAGE_ACCOUNTS = 50;

interface CoverageGridProps {
  readonly caseId: string;
  readonly coverage: CoverageAnswer;
  readonly scopes: readonly LineScope[];
  readonly place: CellPlace;
  readonly onPlace: (place: CellPlace) => void;
}

/** One stop of the Tab key; arrows move from cell to cell, Enter opens the transactions of the one that has the focus. */
export const CoverageGrid = ({ caseId, coverage, scopes, place, onPlace }: CoverageGridProps) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const grid = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  const { months, accounts } = coverage;
  const page = Math.floor(place.row / PAGE_ACCOUNTS);
  const first = page * PAGE_ACCOUNTS;
  const pages = Math.ceil(accounts.length / PAGE_ACCOUNTS);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new place is what brings its cell into view
  useEffect(() => {
    const cell = grid.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (moved.current) cell?.focus({ preventScroll: true });
    moved.current = false;
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [place]);
  const choose = useCallback(
    (to: CellPlace): void => {
      moved.current = true;
      onPlace(to);
    },
    [onPlace],
  );
  const open = (): void => {
    const line = accounts[place.row];
    const scope = scopes[place.row];
    const month = months[place.column];
    if (line === undefined || scope === undefined || month === undefined) return;
    const filter = filterOfCell(line, scope, month);
    if (filter !== null && (line.cells[place.column]?.transactions ?? 0) > 0)
      void navigate(paths.records(caseId, filter));
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') {
      if (!(event.target instanceof HTMLAnchorElement)) open();
      return;
    }
    const to = placeAfterKey(place, event.key, event.ctrlKey || event.metaKey, accounts.length, months.length);
    if (to === null || event.altKey) return;
    event.preventDefault();
    choose(to);
  };
  return (
    <div className={styles.gridPane}>
      <div className={styles.gridScroll}>
        <div
          ref={grid}
          className={styles.grid}
          role="grid"
          tabIndex={-1}
          aria-label={t('coverage.grid')}
          aria-rowcount={accounts.length + 1}
          aria-colcount={months.length + 1}
          style={{ '--months': months.length } as CSSProperties}
          onKeyDown={press}
        >
          <MonthHeads months={months} />
          {accounts.slice(first, first + PAGE_ACCOUNTS).map((line, at) => {
            const scope = scopes[first + at];
            return scope === undefined ? null : (
              <AccountLine
                key={`${line.account} ${line.currency}`}
                caseId={caseId}
                months={months}
                line={line}
                scope={scope}
                row={first + at}
                column={first + at === place.row ? place.column : null}
                onPlace={choose}
              />
            );
          })}
        </div>
      </div>
      {pages > 1 ? (
        <Pagination
          className={styles.pages as string}
          size="sm"
          value={page + 1}
          onChange={to => onPlace({ row: (to - 1) * PAGE_ACCOUNTS, column: place.column })}
          total={pages}
          getControlProps={control => ({ 'aria-label': t(`pages.${control}`) })}
          getItemProps={number => ({ 'aria-label': t('pages.page', { number }) })}
        />
      ) : null}
    </div>
  );
};

const MonthHeads = ({ months }: { readonly months: readonly string[] }) => {
  const { t } = useTranslation();
  return (
    <div className={styles.heads} role="row" aria-rowindex={1}>
      <div className={styles.corner} role="columnheader">
        {t('coverage.account')}
      </div>
      {months.map((month, column) => (
        <div key={month} className={styles.month} role="columnheader" aria-label={month}>
          <span className="nx-number">{month.slice(5)}</span>
          {column === 0 || month.endsWith('-01') ? <span className="nx-number">{month.slice(0, 4)}</span> : null}
        </div>
      ))}
    </div>
  );
};
