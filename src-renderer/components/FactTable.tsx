import { type ReactNode, useId } from 'react';
import styles from './FactTable.module.css';

export interface FactColumn<Row> {
  readonly key: string;
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  readonly numeric?: boolean;
  readonly nowrap?: boolean;
}
interface FactTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly FactColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** The first column names its row (th scope=row). */
  readonly rowHeads?: boolean;
  readonly showCaption?: boolean;
}

/** A small table that a screen reader reads as one: caption, column heads, row heads. For facts, not for a million rows. */
export const FactTable = <Row,>({
  caption,
  columns,
  rows,
  rowKey,
  rowHeads = true,
  showCaption = false,
}: FactTableProps<Row>) => {
  const id = useId();
  return (
    // A table wider than its place scrolls, and what scrolls must be reachable by keyboard (WCAG 2.1.1).
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <fieldset className={styles.scroll} aria-labelledby={id} tabIndex={0}>
      <table className={styles.table}>
        <caption id={id} className={showCaption ? styles.caption : 'nx-visually-hidden'}>
          {caption}
        </caption>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column.key} scope="col" data-numeric={column.numeric}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={rowKey(row)}>
              {columns.map((column, index) =>
                index === 0 && rowHeads ? (
                  <th key={column.key} scope="row" data-numeric={column.numeric}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} data-numeric={column.numeric} data-nowrap={column.nowrap}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </fieldset>
  );
};
