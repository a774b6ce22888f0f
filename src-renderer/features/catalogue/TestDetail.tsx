import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '../../app/paths.ts';
import { CountButton } from '../../components/CountButton.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { instantText } from '../../components/measure-text.ts';
import { StatusTag } from '../../components/StatusTag.tsx';
import styles from './Catalogue.module.css';
import type { Catalogue, CatalogueTest, RunInput } from './catalogue-types.ts';
import { ParametersForm } from './ParametersForm.tsx';
import { ResultExport } from './ResultExport.tsx';
import { SwitchTest } from './SwitchTest.tsx';
import { TestNeeds } from './TestNeeds.tsx';
import { TestResult } from './TestResult.tsx';
import { testState } from './test-state.ts';
import { useCatalogueWords } from './use-catalogue-words.ts';

interface TestDetailProps {
  readonly caseId: string;
  readonly catalogue: Catalogue;
  readonly test: CatalogueTest;
  readonly busy: boolean;
  readonly onRun: ((input: RunInput) => void) | null;
}

/** One test: what it needs, what it would run with, and what it found. */
export const TestDetail = ({ caseId, catalogue, test, busy, onRun }: TestDetailProps) => {
  const { t } = useTranslation();
  const { group } = useCatalogueWords();
  const pane = useRef<HTMLElement>(null);
  const { last } = test;
  const state = testState(test);
  const ran = last !== null && last.notRun === null;
  const cannot = test.noLedger || test.missing.length > 0;
  return (
    <section ref={pane} className={styles.detail} aria-label={t('catalogue.detail')}>
      <header className={styles.head}>
        <div>
          <h2>{test.title}</h2>
          <p className={styles.quiet}>
            <span className="nx-mono">{t('catalogue.idVersion', { id: test.id, version: test.version })}</span>
            {' · '}
            {group(test.group)}
            {' · '}
            {t(`catalogue.sides.${test.side}`)}
          </p>
        </div>
        <div className={styles.actions}>
          {ran ? (
            <ResultExport test={test} run={last} picture={() => pane.current?.querySelector('figure svg') ?? null} />
          ) : null}
          {onRun === null ? null : <SwitchTest caseId={caseId} test={test} />}
          {onRun === null ? null : (
            <Button
              disabled={cannot}
              loading={busy}
              leftSection={<IconPlayerPlay size={15} aria-hidden />}
              rightSection={<KeyHint keys="r" />}
              onClick={() => onRun({ tests: [test.id], fresh: true })}
            >
              {ran ? t('catalogue.runAgain') : t('catalogue.run')}
            </Button>
          )}
        </div>
      </header>
      <div className={styles.facts}>
        {state === 'stale' ? <StatusTag tone="warn">{t('catalogue.stale')}</StatusTag> : null}
        {state === 'off' ? (
          <StatusTag tone="unknown">{t('catalogue.off', { reason: test.off ?? '' })}</StatusTag>
        ) : null}
        {ran ? (
          <>
            <span>
              {last.reused === true
                ? t('catalogue.takenOver', { at: instantText(last.ranAt ?? '') })
                : t('catalogue.ranAt', { at: instantText(last.ranAt ?? '') })}
              {last.version === test.version ? '' : ` ${t('catalogue.olderVersion', { version: last.version })}`}
            </span>
            <span>
              <CountButton
                count={last.findings}
                to={paths.findings(caseId, { test: test.id })}
                label={t('catalogue.findingsOf', { count: last.findings, title: test.title })}
              >
                {t('catalogue.foundCount', { count: last.findings })}
              </CountButton>
            </span>
          </>
        ) : null}
      </div>
      <TestNeeds test={test} statedIn={catalogue.statedIn[test.side]} />
      {ran ? (
        <TestResult caseId={caseId} test={test} run={last} />
      ) : (
        <EmptyState kind="not-run" title={cannot ? t('catalogue.cannotRun') : t('catalogue.notRun')}>
          {last?.notRun ?? t('catalogue.notRunText')}
        </EmptyState>
      )}
      <ParametersForm caseId={caseId} test={test} busy={busy} onRun={cannot ? null : onRun} mayKeep={onRun !== null} />
    </section>
  );
};
