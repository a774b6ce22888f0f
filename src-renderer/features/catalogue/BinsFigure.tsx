import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useKeys } from '../../app/keyboard.ts';
import { paths } from '../../app/paths.ts';
import { Chart, type ChartInk } from '../../components/Chart.tsx';
import { CountButton } from '../../components/CountButton.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import styles from './Catalogue.module.css';
import type { CatalogueTest, TestRun } from './catalogue-types.ts';
import { Z_LIMIT } from './test-state.ts';

/** Bars that can still be told apart: beyond it a distribution is shown as a table. */
const MOST_BARS = 120;

interface BinsFigureProps {
  readonly caseId: string;
  readonly test: CatalogueTest;
  readonly run: TestRun;
}

/** The distribution of a run as bars with the expected curve, or as a table; each class opens its rows. */
export const BinsFigure = ({ caseId, test, run }: BinsFigureProps) => {
  const { t } = useTranslation();
  const [wantsTable, setWantsTable] = useState(false);
  const asTable = wantsTable || run.bins.length > MOST_BARS;
  useKeys({ t: () => setWantsTable(before => !before) });
  const rowsOf = (key: string): string => paths.records(caseId, { testBin: `${test.id}:${key}` });
  return (
    <section aria-label={t('benford.title')}>
      <div className={styles.sectionHead}>
        <h3>{t('benford.title')}</h3>
        <Button
          size="compact-sm"
          variant="default"
          aria-pressed={asTable}
          rightSection={<KeyHint keys="t" />}
          onClick={() => setWantsTable(!wantsTable)}
        >
          {t('benford.asTable')}
        </Button>
      </div>
      {asTable ? <Table test={test} run={run} rowsOf={rowsOf} /> : <Bars test={test} run={run} rowsOf={rowsOf} />}
    </section>
  );
};

interface FigureProps {
  readonly test: CatalogueTest;
  readonly run: TestRun;
  readonly rowsOf: (key: string) => string;
}

const countText = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 1 });

const Bars = ({ test, run, rowsOf }: FigureProps) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [at, setAt] = useState(0);
  const { bins } = run;
  const chosen = bins[Math.min(at, bins.length - 1)];
  const draw = useCallback(
    ({ variable, words, tooltip }: ChartInk) => {
      const bar = variable('--nx-chart-bar');
      const marked = variable('--nx-chart-bar-marked');
      return {
        grid: { left: 4, right: 8, top: 28, bottom: 2, containLabel: true },
        legend: { top: 0, right: 0, itemHeight: 8, itemWidth: 14, textStyle: words },
        tooltip: { trigger: 'axis', ...tooltip },
        xAxis: {
          type: 'category',
          data: bins.map(bin => bin.key),
          axisLabel: words,
          axisTick: { show: false },
          axisLine: { lineStyle: { color: variable('--nx-line-strong') } },
        },
        yAxis: { type: 'value', axisLabel: words, splitLine: { lineStyle: { color: variable('--nx-line') } } },
        series: [
          {
            type: 'bar',
            name: t('benford.observed'),
            color: bar,
            barCategoryGap: '18%',
            data: bins.map((bin, i) => ({
              value: bin.count,
              itemStyle: {
                color: Math.abs(bin.z ?? 0) > Z_LIMIT ? marked : bar,
                borderRadius: [2, 2, 0, 0],
                borderWidth: i === at ? 2 : 0,
                borderColor: variable('--mantine-color-text'),
              },
            })),
          },
          {
            type: 'line',
            name: t('benford.expected'),
            color: variable('--nx-chart-line'),
            showSymbol: false,
            lineStyle: { width: 1.5 },
            data: bins.map(bin => Number(bin.expected.toFixed(1))),
          },
        ],
      };
    },
    [bins, at, t],
  );
  if (chosen === undefined) return null;
  const words = t('catalogue.bar', {
    key: chosen.key,
    observed: countText(chosen.count),
    expected: countText(chosen.expected),
    z: chosen.z === null ? t('unknown') : chosen.z.toFixed(2),
  });
  const keys: Readonly<Record<string, number>> = {
    ArrowLeft: Math.max(0, at - 1),
    ArrowRight: Math.min(bins.length - 1, at + 1),
    Home: 0,
    End: bins.length - 1,
  };
  return (
    <figure className={styles.figure}>
      <Chart
        label={t('catalogue.chart', { count: bins.length, title: test.title })}
        draw={draw}
        onPick={i => (i === at ? test.hasBins && void navigate(rowsOf(chosen.key)) : setAt(i))}
      />
      <figcaption className={styles.bar}>
        {/* One stop of the Tab key for all bars: arrows move between them, Enter opens the rows of the one in focus. */}
        <Link
          className={styles.barLink}
          to={test.hasBins ? rowsOf(chosen.key) : '.'}
          aria-label={t('catalogue.barOpens', { words })}
          onClick={event => {
            if (!test.hasBins) event.preventDefault();
          }}
          onKeyDown={event => {
            const target = keys[event.key];
            if (target === undefined) return;
            event.preventDefault();
            setAt(target);
          }}
        >
          {words}
        </Link>
        <span className={styles.quiet} aria-hidden>
          <KeyHint keys="← →" /> {t('catalogue.moveBars')}
        </span>
        <span className={styles.quiet}>{t('benford.marked', { limit: Z_LIMIT })}</span>
        <span className="nx-visually-hidden" aria-live="polite">
          {words}
        </span>
      </figcaption>
    </figure>
  );
};

const Table = ({ test, run, rowsOf }: FigureProps) => {
  const { t } = useTranslation();
  return (
    <div className={styles.bins}>
      <FactTable
        caption={t('benford.table')}
        rows={run.bins}
        rowKey={bin => bin.key}
        columns={[
          { key: 'key', head: t('catalogue.class'), cell: bin => bin.key },
          {
            key: 'count',
            head: t('benford.observed'),
            numeric: true,
            cell: bin =>
              test.hasBins ? (
                <CountButton
                  count={bin.count}
                  to={rowsOf(bin.key)}
                  label={t('catalogue.rowsOfClass', { key: bin.key })}
                >
                  {countText(bin.count)}
                </CountButton>
              ) : (
                countText(bin.count)
              ),
          },
          { key: 'expected', head: t('benford.expected'), numeric: true, cell: bin => countText(bin.expected) },
          {
            key: 'z',
            head: t('benford.z'),
            numeric: true,
            cell: bin => (bin.z === null ? t('unknown') : bin.z.toFixed(2)),
          },
        ]}
      />
    </div>
  );
};
