import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
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
import { hasInvalidControls } from './control-totals.ts';
import { DropZone } from './DropZone.tsx';
import { FileCard } from './FileCard.tsx';
import { draftKey, type FileDraft, type FileSettings, newDraft, requestedFiles, settingsOf } from './file-draft.ts';
import { ImportResult } from './ImportResult.tsx';
import { ProfileList } from './ProfileList.tsx';
import styles from './Upload.module.css';

/** The contract's most files an import; more go in several. */
const FILES_AN_IMPORT = 500;
/** So many files are shown open; with more each begins as a line. */
const OPEN_FILES = 5;

type ImportedFiles = ChannelResult<'imports.start'>['files'];

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
  const [result, setResult] = useState<ImportedFiles | null>(null);
  const [refusal, setRefusal] = useState<NexusErrorData | null>(null);
  const [receiving, setReceiving] = useState(false);
  // A refused file is chosen again (its handle is used up); what was said of it is not asked again.
  const kept = useRef(new Map<string, FileSettings>());

  const add = async (files: Promise<readonly GrantedFile[]>): Promise<void> => {
    setRefusal(null);
    setReceiving(true);
    try {
      const granted = await files;
      if (granted.length === 0) return;
      setResult(null);
      setDrafts(before => [...before, ...granted.map(file => newDraft(file, kept.current.get(draftKey(file))))]);
    } catch (error) {
      setRefusal(asNexusError(error));
    } finally {
      setReceiving(false);
    }
  };
  const change = (grant: string, part: Partial<FileDraft>): void =>
    setDrafts(before => before.map(draft => (draft.grant === grant ? { ...draft, ...part } : draft)));
  const remove = (grant: string): void => setDrafts(before => before.filter(draft => draft.grant !== grant));
  const keepSettingsOfRefused = (files: ImportedFiles): void => {
    const refused = files.filter(({ error }) => error !== undefined).map(({ name }) => name);
    for (const draft of drafts)
      if (refused.some(name => name === draft.name || name.startsWith(`${draft.name}/`)))
        kept.current.set(draftKey(draft), settingsOf(draft));
  };
  const start = async (): Promise<void> => {
    const done: ImportedFiles = [];
    for (let from = 0; from < drafts.length; from += FILES_AN_IMPORT) {
      const part = drafts.slice(from, from + FILES_AN_IMPORT);
      const outcome = await importing.start({ caseId, files: requestedFiles(part) });
      if (outcome.state !== 'done') return;
      done.push(...outcome.result.files);
      keepSettingsOfRefused(outcome.result.files);
      setResult([...done]);
      const used = new Set(part.map(({ grant }) => grant));
      setDrafts(before => before.filter(({ grant }) => !used.has(grant)));
    }
  };
  const busy = importing.starting || importing.job !== undefined;
  const unread = drafts.filter(({ foundSide }) => foundSide === null).length;
  const wrongTotals = drafts.filter(({ controls }) => hasInvalidControls(controls)).length;

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
          <div className={styles.actions}>
            {wrongTotals > 0 ? (
              <span className={styles.blocked}>{t('upload.wrongTotals', { count: wrongTotals })}</span>
            ) : unread > 0 ? (
              <span className={styles.facts}>{t('upload.reading', { count: unread })}</span>
            ) : null}
            <ProfileList />
            {drafts.length === 0 ? null : (
              <Button onClick={() => void start()} loading={busy} disabled={!busy && (unread > 0 || wrongTotals > 0)}>
                {t('upload.start', { count: drafts.length })}
              </Button>
            )}
          </div>
        }
      />
      <div className={styles.stack}>
        {importing.job === undefined ? (
          <DropZone
            onFiles={files => void add(files)}
            receiving={receiving}
            compact={drafts.length > 0 || result !== null}
          />
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
        {result === null ? null : <ImportResult caseId={caseId} files={result} />}
        {drafts.map(draft => (
          <FileCard
            key={draft.grant}
            draft={draft}
            disabled={busy}
            folded={drafts.length > OPEN_FILES}
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
