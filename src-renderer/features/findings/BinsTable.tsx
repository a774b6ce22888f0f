import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TestRunShape } from '../../../src-main/contract/tests.contract.ts';
import { FactTable } from '../../components/FactTable.tsx';
import { Money } from '../../components/Money.tsx';
import { type Bin, binFacts, countText } from './bin-chart.ts';
import styles from './Findings.module.css';

interface BinsTableProps {
  readonly run: TestRunShape;
  /** How a count of rows is shown where it opens them; plain without it. */
  readonly rowCount?: (bin: Bin, rows: number) => ReactNode;
}

/** The chart's numbers as a table: rows, sums where the test is about money, and what is expected where something is. */
export const BinsTable = ({ run, rowCount = (_, rows) => countText(rows) }: BinsTableProps) => {
  const { t } = useTranslation();
  const { bins } = run;
  const { isOfMoney, hasExpectation, hasSums, hasZ, hasOwnRows } = binFacts(bins);
  const figures = {
    key: { key: 'key', head: t('catalogue.class'), cell: (bin: Bin) => bin.key },
    count: {
      key: 'count',
      head: t(hasZ ? 'benford.observed' : 'benford.rows'),
      numeric: true,
      cell: (bin: Bin) => (hasOwnRows ? countText(bin.count) : rowCount(bin, bin.count)),
    },
    rows: {
      key: 'rows',
      head: t('benford.rows'),
      numeric: true,
      cell: (bin: Bin) => rowCount(bin, bin.rows ?? bin.count),
    },
    sum: {
      key: 'sum',
      head: t('benford.sum'),
      numeric: true,
      cell: (bin: Bin) => <Money amount={bin.amount ?? null} />,
    },
    expected: {
      key: 'expected',
      head: t(isOfMoney ? 'benford.expectedSum' : 'benford.expected'),
      numeric: true,
      cell: (bin: Bin) => {
        if (isOfMoney) return <Money amount={bin.expectedAmount ?? null} />;
        return bin.expected === null ? t('unknown') : countText(bin.expected);
      },
    },
    z: {
      key: 'z',
      head: t('benford.z'),
      numeric: true,
      cell: (bin: Bin) => (bin.z === null ? t('unknown') : bin.z.toFixed(2)),
    },
  };
  return (
    <div className={styles.bins}>
      <FactTable
        caption={t(hasExpectation ? 'benford.table' : 'benford.tableAlone')}
        rows={bins}
        rowKey={bin => bin.key}
        columns={[
          figures.key,
          figures.count,
          ...(hasSums ? [figures.sum] : []),
          ...(hasExpectation ? [figures.expected] : []),
          ...(hasZ ? [figures.z] : []),
          ...(hasOwnRows ? [figures.rows] : []),
        ]}
      />
    </div>
  );
};
