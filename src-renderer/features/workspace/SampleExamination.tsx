import { Anchor, Loader } from '@mantine/core';
import { IconCheck, IconCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import { paths } from '../../app/paths.ts';
import { useAppDispatch } from '../../app/store.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import styles from './LoginPage.module.css';
import { lastActor } from './last-actor.ts';
import { runSampleExamination, SAMPLE_PASSPHRASE, SAMPLE_STEPS, type SampleStep } from './sample-examination.ts';

/** One link from nothing to a finished examination of our own sample files. */
export const SampleExamination = ({ onRunning }: { readonly onRunning: (running: boolean) => void }) => {
  const { t } = useTranslation();
  const dispatch = useAppDispatch();
  const navigate = useNavigate();
  const [step, setStep] = useState<SampleStep | null>(null);
  const [error, setError] = useState<NexusErrorData | null>(null);
  const run = async (): Promise<void> => {
    setError(null);
    onRunning(true);
    const actor = lastActor() || t('sample.actor');
    const outcome = await dispatch(runSampleExamination(actor, t('sample.caseName'), setStep));
    setStep(null);
    if (outcome.error === undefined) {
      await navigate(paths.caseHome(outcome.caseId));
      return;
    }
    setError(outcome.error);
    onRunning(false);
  };
  if (step !== null)
    return (
      <ol className={styles.steps} aria-label={t('sample.progress')}>
        {SAMPLE_STEPS.map((name, index) => {
          const at = SAMPLE_STEPS.indexOf(step);
          const state = index < at ? 'done' : index === at ? 'doing' : 'open';
          return (
            <li key={name} data-state={state} aria-current={state === 'doing' ? 'step' : undefined}>
              {state === 'done' ? <IconCheck size={16} aria-hidden /> : null}
              {state === 'doing' ? <Loader size={16} aria-hidden /> : null}
              {state === 'open' ? <IconCircle size={16} aria-hidden /> : null}
              {t(`sample.steps.${name}`)}
            </li>
          );
        })}
      </ol>
    );
  return (
    <div className={styles.sample}>
      {error === null ? null : <ErrorState error={error} />}
      <Anchor component="button" type="button" onClick={() => void run()} fw={550}>
        {t('sample.link')}
      </Anchor>
      <p className={styles.hint}>{t('sample.hint', { passphrase: SAMPLE_PASSPHRASE })}</p>
    </div>
  );
};
