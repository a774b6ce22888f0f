import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import { useCancelJob } from '../../app/engine/job-hooks.ts';
import type { JobView } from '../../app/engine/jobs.slice.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { instantText } from '../../components/measure-text.ts';
import { ProgressState } from '../../components/ProgressState.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { ExplanationRows } from './ExplanationRows.tsx';
import styles from './Findings.module.css';
import type { ExplanationLine } from './finding-types.ts';

/** What supports an innocent explanation speaks for the party concerned: neither is good or bad in itself. */
const TONES = { supports: 'good', against: 'bad', unclear: 'unknown' } as const;

interface ExplanationsProps {
  readonly caseId: string;
  readonly lines: readonly ExplanationLine[];
  readonly job: JobView | undefined;
  readonly error: NexusErrorData | undefined;
  readonly onTry: () => void;
}

/** The innocent explanations of the finding's tests: what was asked, what it showed, and the rows that show it. */
export const Explanations = ({ caseId, lines, job, error, onTry }: ExplanationsProps) => {
  const { t } = useTranslation();
  const mayDecide = usePermission('finding.decide');
  const cancel = useCancelJob();
  const [opened, setOpened] = useState<ExplanationLine | null>(null);
  const nameOf = (line: ExplanationLine): string =>
    line.by === 'check' && line.question !== null ? line.question : line.explanation;
  return (
    <section aria-label={t('explanations.title')}>
      <div className={styles.sectionHead}>
        <h3>{t('explanations.title')}</h3>
        {mayDecide && lines.some(({ by }) => by === 'check') ? (
          <Button
            size="compact-sm"
            variant="default"
            rightSection={<KeyHint keys="x" />}
            disabled={job !== undefined}
            onClick={onTry}
          >
            {t(lines.every(({ tried }) => tried === null) ? 'explanations.try' : 'explanations.tryAgain')}
          </Button>
        ) : null}
      </div>
      {job === undefined ? null : <ProgressState job={job} onCancel={cancel} />}
      {error === undefined ? null : <ErrorState error={error} />}
      {lines.length === 0 ? (
        <p className={styles.legend}>{t('explanations.none')}</p>
      ) : (
        <FactTable
          caption={t('explanations.title')}
          rows={lines}
          rowKey={({ by, explanation }) => `${by} ${explanation}`}
          columns={[
            { key: 'explanation', head: t('explanations.question'), cell: nameOf },
            {
              key: 'outcome',
              head: t('explanations.outcome'),
              nowrap: true,
              cell: ({ tried }) =>
                tried === null ? (
                  <span className={styles.legend}>{t('explanations.untried')}</span>
                ) : (
                  <StatusTag tone={TONES[tried.outcome]}>{t(`explanations.outcomes.${tried.outcome}`)}</StatusTag>
                ),
            },
            {
              key: 'words',
              head: t('explanations.seen'),
              cell: ({ tried, by }) =>
                tried === null ? (
                  ''
                ) : (
                  <>
                    {tried.words}{' '}
                    <span className={styles.legend}>
                      {t(by === 'hand' ? 'explanations.byHand' : 'explanations.byCheck', {
                        actor: tried.actor,
                        at: instantText(tried.at),
                        version: tried.version ?? '',
                      })}
                    </span>
                  </>
                ),
            },
            {
              key: 'rows',
              head: t('explanations.rows'),
              numeric: true,
              cell: line =>
                line.tried === null || line.tried.rowCount === 0 ? (
                  ''
                ) : (
                  <button
                    type="button"
                    className={`${styles.countButton} nx-number`}
                    aria-label={t('countOpens', { count: line.tried.rowCount, label: t('explanations.rowsOf') })}
                    onClick={() => setOpened(line)}
                  >
                    {t('count', { count: line.tried.rowCount })}
                  </button>
                ),
            },
          ]}
        />
      )}
      {opened?.tried == null ? null : (
        <ExplanationRows
          caseId={caseId}
          seq={opened.tried.seq}
          explanation={opened.explanation}
          title={nameOf(opened)}
          count={opened.tried.rowCount}
          onClose={() => setOpened(null)}
        />
      )}
    </section>
  );
};
