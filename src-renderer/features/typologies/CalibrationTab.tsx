import { Button, NumberInput } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalibratedTest } from '../../../src-main/contract/calibrations.contract.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { useCancelJob, useJob } from '../../app/engine/job-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { CountButton } from '../../components/CountButton.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { instantText } from '../../components/measure-text.ts';
import { Panel } from '../../components/Panel.tsx';
import { ProgressState } from '../../components/ProgressState.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import styles from './Typologies.module.css';

/** What each test finds of motifs planted into a copy of this case's records, and how often it speaks without any. */
export const CalibrationTab = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const mayRun = usePermission('detection.run');
  const latest = useChannel('calibrations.read', { caseId });
  const job = useJob('calibrations.run');
  const cancel = useCancelJob();
  const [seed, setSeed] = useState(1);
  const [motifs, setMotifs] = useState(20);
  const busy = job.starting || job.job !== undefined;
  return (
    <div className={styles.stack}>
      {mayRun ? (
        <div className={styles.choices}>
          <NumberInput
            size="xs"
            w={120}
            label={t('calibration.motifs')}
            min={1}
            max={200}
            value={motifs}
            onChange={value => setMotifs(typeof value === 'number' ? value : 20)}
          />
          <NumberInput
            size="xs"
            w={120}
            label={t('calibration.seed')}
            min={0}
            max={2_147_483_647}
            value={seed}
            onChange={value => setSeed(typeof value === 'number' ? value : 1)}
          />
          <Button
            size="xs"
            loading={busy}
            leftSection={<IconPlayerPlay size={15} aria-hidden />}
            onClick={() => void job.start({ caseId, seed, motifs })}
          >
            {t(latest.data === null ? 'calibration.run' : 'calibration.again')}
          </Button>
        </div>
      ) : null}
      {job.job === undefined ? null : <ProgressState job={job.job} onCancel={cancel} />}
      {job.error === undefined ? null : <ErrorState error={job.error} />}
      <ChannelView of={latest} lines={8}>
        {calibration =>
          calibration === null ? (
            <EmptyState kind="not-run" title={t('calibration.notRun.title')}>
              {t('calibration.notRun.text')}
            </EmptyState>
          ) : (
            <Figures caseId={caseId} calibration={calibration} />
          )
        }
      </ChannelView>
    </div>
  );
};

type Calibration = NonNullable<ChannelAnswer<'calibrations.read'>>;

const Figures = ({ caseId, calibration }: { readonly caseId: string; readonly calibration: Calibration }) => {
  const { t } = useTranslation();
  const calibrated = calibration.tests.filter(test => test.notCalibrated === null);
  const others = calibration.tests.filter(test => test.notCalibrated !== null);
  return (
    <>
      <Panel
        title={t('calibration.title', { count: calibrated.length })}
        note={t('calibration.note', {
          at: instantText(calibration.ranAt),
          seed: calibration.seed,
          motifs: calibration.motifs,
          rows: calibration.rows,
        })}
        actions={calibration.stale ? <StatusTag tone="warn">{t('calibration.stale')}</StatusTag> : undefined}
        flush
      >
        <FactTable
          caption={t('calibration.table')}
          rows={calibrated}
          rowKey={({ test }) => test}
          columns={[
            {
              key: 'test',
              head: t('risk.test'),
              cell: ({ title, motif }) => (
                <span className={styles.tests}>
                  {title}
                  <span className={styles.quiet}>{motif}</span>
                </span>
              ),
            },
            {
              key: 'found',
              head: t('calibration.found'),
              numeric: true,
              cell: ({ found, planted }) => t('calibration.foundOf', { found: found ?? 0, planted: planted ?? 0 }),
            },
            { key: 'recall', head: t('calibration.recall'), numeric: true, cell: test => <Recall of={test} /> },
            {
              key: 'alarms',
              head: t('calibration.alarms'),
              numeric: true,
              cell: ({ test, title, alarms }) => (
                <CountButton
                  count={alarms ?? 0}
                  to={paths.findings(caseId, { test })}
                  label={t('calibration.alarmsOf', { title })}
                />
              ),
            },
            {
              key: 'rate',
              head: t('calibration.rate'),
              numeric: true,
              cell: ({ alarmsPerThousand }) => alarmsPerThousand?.toFixed(2) ?? t('unknown'),
            },
            {
              key: 'rank',
              head: t('calibration.rank'),
              numeric: true,
              cell: ({ medianRank, ranked }) =>
                medianRank === null
                  ? t('calibration.noRank')
                  : t('calibration.rankOf', { rank: medianRank, of: ranked ?? 0 }),
            },
          ]}
        />
      </Panel>
      <Panel title={t('calibration.others', { count: others.length })} flush>
        <FactTable
          caption={t('calibration.othersTable')}
          rows={others}
          rowKey={({ test }) => test}
          columns={[
            { key: 'test', head: t('risk.test'), cell: ({ title }) => title },
            { key: 'why', head: t('typologies.why'), cell: ({ notCalibrated }) => notCalibrated },
          ]}
        />
      </Panel>
    </>
  );
};

const Recall = ({ of }: { readonly of: CalibratedTest }) => {
  const { t } = useTranslation();
  const percent = (share: number | null): string => (share === null ? t('unknown') : `${Math.round(share * 100)} %`);
  return (
    <span className={styles.opens}>
      <span className="nx-number">{percent(of.recall)}</span>
      <span className={styles.quiet}>
        {t('calibration.interval', { low: percent(of.recallLow), high: percent(of.recallHigh) })}
      </span>
    </span>
  );
};
