import { Button, Modal, TextInput } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { engineApi } from '../../app/engine/engine-api.ts';
import { useCancelJob, useJob } from '../../app/engine/job-hooks.ts';
import { useAppDispatch } from '../../app/store.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { byteText } from '../../components/measure-text.ts';
import { ProgressState } from '../../components/ProgressState.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import styles from './Custody.module.css';

/** Hashes every original anew, for a stated purpose, and says what was found. */
export const CheckOriginals = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const { start, job, starting, outcome, error, reset } = useJob('custody.check');
  const cancel = useCancelJob();
  const [open, setOpen] = useState(false);
  const [purpose, setPurpose] = useState('');
  const dispatch = useAppDispatch();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    await start({ caseId, purpose: purpose.trim() });
    // A check that finds a difference fails, and yet has written: no event of the engine says so.
    dispatch(engineApi.util.invalidateTags(['custody', 'audits']));
  };
  return (
    <>
      <Button
        leftSection={<IconFingerprint size={16} aria-hidden />}
        onClick={() => {
          reset();
          setOpen(true);
        }}
      >
        {t('custody.check.open')}
      </Button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={t('custody.check.title')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <form className={styles.dialog} onSubmit={event => void submit(event)}>
          <p>{t('custody.check.lead')}</p>
          {job === undefined ? null : <ProgressState job={job} onCancel={cancel} />}
          {error === undefined ? null : <ErrorState error={error} />}
          {outcome?.state === 'done' ? (
            <div role="status">
              <StatusTag tone="good">
                {t('custody.check.done', { count: outcome.result.files, bytes: byteText(outcome.result.bytes) })}
              </StatusTag>
            </div>
          ) : (
            <>
              <TextInput
                label={t('custody.check.purpose')}
                description={t('custody.check.hint')}
                value={purpose}
                onChange={event => setPurpose(event.currentTarget.value)}
                maxLength={500}
                required
                data-autofocus
              />
              <Button type="submit" loading={starting || job !== undefined} disabled={purpose.trim() === ''}>
                {t('custody.check.run')}
              </Button>
            </>
          )}
        </form>
      </Modal>
    </>
  );
};
