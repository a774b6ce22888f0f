import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { GrantedFile } from '../../../src-main/contract/bridge.ts';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import type { ChannelResult } from '../../../src-main/contract/index.ts';
import { useCancelJob, useJob } from '../../app/engine/job-hooks.ts';
import { asNexusError } from '../../app/error-parts.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProgressState } from '../../components/ProgressState.tsx';
import { CurrentCase } from '../cases/CurrentCase.tsx';
import { DropZone } from './DropZone.tsx';
import { FileCard, type FileDraft } from './FileCard.tsx';
import { ImportResult } from './ImportResult.tsx';
import styles from './Upload.module.css';

export const UploadPage = () => {
  const { t } = useTranslation();
  return <CurrentCase title={t('upload.title')}>{caseId => <Upload key={caseId} caseId={caseId} />}</CurrentCase>;
};

/** Files in, previews beside their raw text, one import for all of them. */
const Upload = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const mayImport = usePermission('evidence.import');
  const cancel = useCancelJob();
  const importing = useJob('imports.start');
  const [drafts, setDrafts] = useState<readonly FileDraft[]>([]);
  const [result, setResult] = useState<ChannelResult<'imports.start'> | null>(null);
  const [refusal, setRefusal] = useState<NexusErrorData | null>(null);
  const [receiving, setReceiving] = useState(false);

  const add = async (files: Promise<readonly GrantedFile[]>): Promise<void> => {
    setRefusal(null);
    setReceiving(true);
    try {
      const granted = await files;
      setResult(null);
      setDrafts(before => [...before, ...granted.map(file => ({ ...file, side: 'bank' as const, overrides: {} }))]);
    } catch (error) {
      setRefusal(asNexusError(error));
    } finally {
      setReceiving(false);
    }
  };
  const change = (grant: string, part: Partial<FileDraft>): void =>
    setDrafts(before => before.map(draft => (draft.grant === grant ? { ...draft, ...part } : draft)));
  const remove = (grant: string): void => setDrafts(before => before.filter(draft => draft.grant !== grant));
  const start = async (): Promise<void> => {
    const files = drafts.map(({ grant, side, overrides }) => ({ grant, side, overrides: { ...overrides } }));
    const outcome = await importing.start({ caseId, files });
    if (outcome.state !== 'done') return;
    setResult(outcome.result);
    setDrafts([]);
  };
  const busy = importing.starting || importing.job !== undefined;

  if (!mayImport)
    return (
      <>
        <PageHeader title={t('upload.title')} />
        <EmptyState kind="no-permission" title={t('empty.noPermission.title')}>
          {t('upload.noPermission')}
        </EmptyState>
      </>
    );
  return (
    <>
      <PageHeader
        title={t('upload.title')}
        description={t('upload.description')}
        actions={
          drafts.length === 0 ? undefined : (
            <Button onClick={() => void start()} loading={busy}>
              {t('upload.start', { count: drafts.length })}
            </Button>
          )
        }
      />
      <div className={styles.stack}>
        {importing.job === undefined ? (
          <DropZone onFiles={files => void add(files)} receiving={receiving} compact={drafts.length > 0} />
        ) : (
          <ProgressState job={importing.job} onCancel={cancel} />
        )}
        {refusal === null ? null : <ErrorState error={refusal} />}
        {importing.error === undefined ? null : <ErrorState error={importing.error} />}
        {importing.outcome?.state === 'cancelled' ? (
          <p role="status" className={styles.cancelled}>
            {t('upload.cancelled')}
          </p>
        ) : null}
        {result === null ? null : <ImportResult caseId={caseId} result={result} />}
        {drafts.map(draft => (
          <FileCard
            key={draft.grant}
            draft={draft}
            disabled={busy}
            onChange={part => change(draft.grant, part)}
            onRemove={() => remove(draft.grant)}
          />
        ))}
        {result === null ? null : (
          <div>
            <Button component={Link} to={paths.caseHome(caseId)} variant="default">
              {t('upload.toCase')}
            </Button>
          </div>
        )}
      </div>
    </>
  );
};
