import { Button } from '@mantine/core';
import type { TFunction } from 'i18next';
import { type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useKeys } from '../../app/keyboard.ts';
import { paths } from '../../app/paths.ts';
import { Chart, type ChartInk } from '../../components/Chart.tsx';
import { CountButton } from '../../components/CountButton.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { groupedDecimal } from '../../components/money-text.ts';
import { BinsTable } from '../findings/BinsTable.tsx';
import { type Bin, binChart, binFacts, countText, Z_LIMIT } from '../findings/bin-chart.ts';
import styles from './Catalogue.module.css';
import type { CatalogueTest, TestRun } from './catalogue-types.ts';

/** Bars that can still be told apart: beyond it a distribution is shown as a table. */
const MOST_BARS = 120;

interface BinsFigureProps {
  readonly caseId: string;
  readonly test: CatalogueTest;
  readonly run: TestRun;
}

/** The distribution of a run as bars, with the expected curve where the test has one, or as a table; each class opens its rows. */
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

/** A class in words: what was found, what is expected where something is, the sum where the test is about money. */
const barWords = (t: TFunction, bin: Bin): string => {
  const found = t(bin.expected === null ? 'catalogue.bar.rows' : 'catalogue.bar.observed', {
    key: bin.key,
    count: bin.count,
  });
  return [
    found,
    ...(bin.amount === undefined ? [] : [t('catalogue.bar.sum', { sum: groupedDecimal(bin.amount) })]),
    ...(bin.expectedAmount === undefined
      ? []
      : [t('catalogue.bar.expectedSum', { sum: groupedDecimal(bin.expectedAmount) })]),
    ...(bin.expected === null ? [] : [t('catalogue.bar.expected', { expected: countText(bin.expected) })]),
    ...(bin.z === null ? [] : [t('catalogue.bar.z', { z: bin.z.toFixed(2) })]),
    ...(bin.rows === undefined ? [] : [t('catalogue.bar.opens', { count: bin.rows })]),
  ].join(', ');
};

const Bars = ({ test, run, rowsOf }: FigureProps) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [at, setAt] = useState(0);
  const { bins } = run;
  const chosen = bins[Math.min(at, bins.length - 1)];
  const { hasExpectation, hasZ } = binFacts(bins);
  const draw = useCallback((ink: ChartInk) => binChart(bins, ink, t, at), [bins, at, t]);
  if (chosen === undefined) return null;
  const words = barWords(t, chosen);
  const keys: Readonly<Record<string, number>> = {
    ArrowLeft: Math.max(0, at - 1),
    ArrowRight: Math.min(bins.length - 1, at + 1),
    Home: 0,
    End: bins.length - 1,
  };
  return (
    <figure className={styles.figure}>
      <Chart
        label={t(hasExpectation ? 'catalogue.chart' : 'catalogue.chartAlone', {
          count: bins.length,
          title: test.title,
        })}
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
        {hasZ ? <span className={styles.quiet}>{t('benford.marked', { limit: Z_LIMIT })}</span> : null}
        <span className="nx-visually-hidden" aria-live="polite">
          {words}
        </span>
      </figcaption>
    </figure>
  );
};

const Table = ({ test, run, rowsOf }: FigureProps) => {
  const { t } = useTranslation();
  const rowCount = (bin: Bin, rows: number): ReactNode => (
    <CountButton count={rows} to={rowsOf(bin.key)} label={t('catalogue.rowsOfClass', { key: bin.key })}>
      {countText(rows)}
    </CountButton>
  );
  return <BinsTable run={run} {...(test.hasBins ? { rowCount } : {})} />;
};
