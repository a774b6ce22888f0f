import { Button, Modal, Radio, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GrantedFolder } from '../../../src-main/contract/bridge.ts';
import { engineApi } from '../../app/engine/engine-api.ts';
import { useCancelJob, useJob } from '../../app/engine/job-hooks.ts';
import { useAppDispatch } from '../../app/store.ts';
import { useFolderChoice } from '../../app/use-folder-choice.ts';
import { Digest } from '../../components/Digest.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { byteText } from '../../components/measure-text.ts';
import { ProgressState } from '../../components/ProgressState.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import styles from './Custody.module.css';

interface ExportDialogProps {
  readonly source: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
}

/** Writes an original, byte for byte, into a folder: a copy that stays in this custody, or one that leaves it. */
export const ExportDialog = ({ source, onClose }: ExportDialogProps) => {
  const { t } = useTranslation();
  const dispatch = useAppDispatch();
  const { start, job, starting, outcome, error } = useJob('custody.exportOriginal');
  const cancel = useCancelJob();
  const folders = useFolderChoice();
  const [folder, setFolder] = useState<GrantedFolder | null>(null);
  const [kind, setKind] = useState<'export' | 'copy'>('export');
  const [purpose, setPurpose] = useState('');
  const refused = folders.error ?? error;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const chosen = await folders.choose();
    if (chosen === null) return;
    setFolder(chosen);
    await start({ sourceId: source.id, purpose: purpose.trim(), kind, grant: chosen.grant });
    // An export that finds a difference fails, and yet has written: no event of the engine says so.
    dispatch(engineApi.util.invalidateTags(['custody', 'audits']));
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('custody.export.title', { name: source.name })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {outcome?.state === 'done' ? (
        <div className={styles.dialog} role="status">
          <StatusTag tone="good">
            {t('custody.export.done', { name: outcome.result.fileName, bytes: byteText(outcome.result.bytes) })}
          </StatusTag>
          <p>
            {t('custody.export.folder')} <span className="nx-mono">{folder?.name}</span>
          </p>
          <p>
            {t('custody.export.digest')} <Digest value={outcome.result.expected} label={outcome.result.fileName} full />
          </p>
          <Button onClick={onClose}>{t('close')}</Button>
        </div>
      ) : (
        <form className={styles.dialog} onSubmit={event => void submit(event)}>
          <p>{t('custody.export.lead')}</p>
          <Radio.Group
            label={t('custody.export.kind')}
            value={kind}
            onChange={value => setKind(value as 'export' | 'copy')}
          >
            <div className={styles.kinds}>
              {(['export', 'copy'] as const).map(value => (
                <Radio
                  key={value}
                  value={value}
                  label={t(`custody.export.kinds.${value}`)}
                  description={t(`custody.export.means.${value}`)}
                />
              ))}
            </div>
          </Radio.Group>
          <TextInput
            label={t('custody.export.purpose')}
            value={purpose}
            onChange={event => setPurpose(event.currentTarget.value)}
            maxLength={500}
            required
            data-autofocus
          />
          {job === undefined ? null : <ProgressState job={job} onCancel={cancel} />}
          {refused === undefined || refused === null ? null : <ErrorState error={refused} />}
          <p className={styles.quiet}>{t(folders.isMadeByHost ? 'folder.made' : 'folder.chosen')}</p>
          <Button type="submit" loading={starting || job !== undefined} disabled={purpose.trim() === ''}>
            {t('custody.export.submit')}
          </Button>
        </form>
      )}
    </Modal>
  );
};
