// biome-ignore-all lint/a11y/useSemanticElements: CoverageGrid.tsx says why the grid is no table
// biome-ignore-all lint/a11y/useFocusableInteractive: the cells of a grid take the focus, not its rows and heads
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid takes the keys of all its cells
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import styles from './Coverage.module.css';
import {
  type AccountCoverage,
  type CellPlace,
  filterOfCell,
  type LineScope,
  type ShownState,
  shownState,
} from './coverage-cells.ts';
import { StateMark } from './StateMark.tsx';

interface AccountLineProps {
  readonly caseId: string;
  readonly months: readonly string[];
  readonly line: AccountCoverage;
  readonly scope: LineScope;
  readonly row: number;
  /** Column of the chosen cell, where it is in this line. */
  readonly column: number | null;
  readonly onPlace: (place: CellPlace) => void;
}

/** An account's months. Only the line that the choice enters or leaves is drawn anew, and of it only two cells. */
export const AccountLine = memo(({ caseId, months, line, scope, row, column, onPlace }: AccountLineProps) => {
  const { t } = useTranslation();
  const name = line.account ?? t('coverage.noAccount');
  const note = [line.currency ?? t('money.currencyUnknown'), line.institution]
    .filter(part => part !== null)
    .join(' · ');
  return (
    <div className={styles.line} role="row" aria-rowindex={row + 2}>
      <div className={styles.account} role="rowheader" title={`${name} · ${note}`}>
        <span className={styles.accountName}>{name}</span>
        <span className={styles.accountNote}>{note}</span>
      </div>
      {line.cells.map((cell, at) => {
        const month = months[at] ?? '';
        const filter = cell.transactions === 0 ? null : filterOfCell(line, scope, month);
        return (
          <Cell
            key={month}
            account={name}
            month={month}
            state={shownState(line, month, cell)}
            transactions={cell.transactions}
            to={filter === null ? null : paths.records(caseId, filter)}
            chosen={at === column}
            row={row}
            column={at}
            onPlace={onPlace}
          />
        );
      })}
    </div>
  );
});

interface CellProps extends CellPlace {
  readonly account: string;
  readonly month: string;
  readonly state: ShownState;
  readonly transactions: number;
  readonly to: string | null;
  readonly chosen: boolean;
  readonly onPlace: (place: CellPlace) => void;
}

const Cell = memo(({ account, month, state, transactions, to, chosen, row, column, onPlace }: CellProps) => {
  const { t } = useTranslation();
  const words = t(`coverage.states.${state}`);
  return (
    <div
      role="gridcell"
      className={styles.cell}
      data-state={state}
      aria-selected={chosen}
      tabIndex={chosen ? 0 : -1}
      title={`${month}: ${words}`}
      onClick={() => onPlace({ row, column })}
    >
      <StateMark state={state} />
      <span className="nx-visually-hidden">{words}</span>
      {to === null ? null : (
        <Link
          className={`${styles.cellCount} nx-number`}
          to={to}
          tabIndex={-1}
          aria-label={t('coverage.cellOpens', { count: transactions, account, month })}
          onClick={event => event.stopPropagation()}
        >
          {t('count', { count: transactions })}
        </Link>
      )}
    </div>
  );
});
