import {
  type CellKeyDownEvent,
  CellStyleModule,
  type ColDef,
  ColumnAutoSizeModule,
  type IDatasource,
  InfiniteRowModelModule,
  ModuleRegistry,
  RowStyleModule,
  ScrollApiModule,
  themeQuartz,
} from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { useMemo } from 'react';
import { useAppSelector } from '../app/store.ts';
import styles from './DataGrid.module.css';

ModuleRegistry.registerModules([
  InfiniteRowModelModule,
  CellStyleModule,
  RowStyleModule,
  ColumnAutoSizeModule,
  ScrollApiModule,
]);

/** The grid takes its colours from the same variables as everything else, so light and dark need no second theme. */
const gridTheme = themeQuartz.withParams({
  backgroundColor: 'var(--nx-surface)',
  foregroundColor: 'var(--mantine-color-text)',
  textColor: 'var(--mantine-color-text)',
  headerBackgroundColor: 'var(--nx-surface-sunken)',
  headerTextColor: 'var(--mantine-color-dimmed)',
  accentColor: 'var(--nx-accent)',
  borderColor: 'var(--nx-line)',
  rowHoverColor: 'var(--nx-surface-hover)',
  rangeSelectionBorderColor: 'var(--nx-accent)',
  fontFamily: 'inherit',
  fontSize: '13px',
  headerFontSize: '12px',
  headerFontWeight: 550,
  cellHorizontalPadding: '12px',
  wrapperBorderRadius: '8px',
  browserColorScheme: 'inherit',
});

const ROW_HEIGHTS = { comfortable: 34, compact: 26 } as const;
const BLOCK_ROWS = 200;
const BLOCKS_KEPT = 20;

export interface GridSort {
  readonly column: string;
  readonly descending: boolean;
}
export interface GridPage<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}
interface DataGridProps<Row> {
  readonly label: string;
  readonly columns: readonly ColDef<Row>[];
  /** Fetches rows [offset, offset + limit). A new function starts the grid anew. Null: the rows could not be had. */
  readonly fetchPage: (offset: number, limit: number, sort: GridSort | null) => Promise<GridPage<Row> | null>;
  readonly rowId: (row: Row) => string;
  readonly onOpen: (row: Row) => void;
  /** A key pressed on a cell, Enter excepted (that opens the row). */
  readonly onCellKey?: (key: string, column: string, row: Row) => void;
}

/** A grid on a paged source: a million rows scroll, and only those near the window are held. */
export const DataGrid = <Row,>({ label, columns, fetchPage, rowId, onOpen, onCellKey }: DataGridProps<Row>) => {
  const density = useAppSelector(state => state.preferences.density);
  const datasource = useMemo<IDatasource>(
    () => ({
      getRows: request => {
        const { startRow, endRow, sortModel } = request;
        const [sort] = sortModel;
        const order = sort === undefined ? null : { column: sort.colId, descending: sort.sort === 'desc' };
        void fetchPage(startRow, endRow - startRow, order).then(page => {
          if (page === null) request.failCallback();
          else request.successCallback([...page.rows], page.total);
        });
      },
    }),
    [fetchPage],
  );
  const pressKey = ({ event, data, column }: CellKeyDownEvent<Row>): void => {
    if (!(event instanceof KeyboardEvent) || data === undefined || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter') onOpen(data);
    else onCellKey?.(event.key, column.getColId(), data);
  };
  return (
    <section className={styles.grid} aria-label={label}>
      <AgGridReact<Row>
        theme={gridTheme}
        rowModelType="infinite"
        columnDefs={[...columns]}
        defaultColDef={{ sortable: false, resizable: true, suppressMovable: true, suppressHeaderMenuButton: true }}
        datasource={datasource}
        cacheBlockSize={BLOCK_ROWS}
        maxBlocksInCache={BLOCKS_KEPT}
        blockLoadDebounceMillis={60}
        infiniteInitialRowCount={30}
        rowHeight={ROW_HEIGHTS[density]}
        headerHeight={ROW_HEIGHTS[density] + 2}
        getRowId={({ data }) => rowId(data)}
        rowClassRules={{ [styles.loading as string]: ({ data }) => data === undefined }}
        suppressMultiSort
        suppressNoRowsOverlay
        animateRows={false}
        onCellKeyDown={event => pressKey(event as CellKeyDownEvent<Row>)}
        onRowDoubleClicked={({ data }) => data !== undefined && onOpen(data)}
      />
    </section>
  );
};
