import { Button, Modal, Radio } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelInput, ChannelResult } from '../../../src-main/contract/index.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { useCancelJob, useJob } from '../../app/engine/job-hooks.ts';
import { useFolderChoice } from '../../app/use-folder-choice.ts';
import { DefinitionList } from '../../components/DefinitionList.tsx';
import { Digest } from '../../components/Digest.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { byteText } from '../../components/measure-text.ts';
import { ProgressState } from '../../components/ProgressState.tsx';
import { bytesOfBase64, downloadFile } from '../reports/download-file.ts';
import styles from './Audit.module.css';
import { type AuditFilter, auditFilterToSearch } from './entry-filter.ts';

type Exported = ChannelResult<'audits.export'>;
type Scope = NonNullable<ChannelInput<'audits.export'>['scope']>;

interface ExportLogProps {
  readonly filter: AuditFilter;
  readonly all: number;
  readonly caseId: string | undefined;
  readonly onClose: () => void;
}

/** Takes the log, or a part of it with proofs, out as a file that others verify without NEXUS. */
export const ExportLog = ({ filter, all, caseId, onClose }: ExportLogProps) => {
  const { t } = useTranslation();
  const { start, job, starting, outcome, error } = useJob('audits.export');
  const cancel = useCancelJob();
  const folders = useFolderChoice();
  const [folder, setFolder] = useState<string | null>(null);
  const these = useChannel('audits.search', { ...filter, limit: 1 });
  const ofCase = useChannel('audits.search', { ...(caseId === undefined ? {} : { caseId }), limit: 1 });
  const { caseId: filteredCase, ...others } = filter;
  const isWhole = auditFilterToSearch(filter) === '';
  const isCase = filteredCase !== undefined && auditFilterToSearch(others) === '';
  const [kind, setKind] = useState<Scope['kind']>(isWhole ? 'all' : isCase ? 'case' : 'filter');
  const scope: Scope =
    kind === 'filter'
      ? { kind, filter }
      : kind === 'case' && filteredCase !== undefined
        ? { kind, caseId: filteredCase }
        : { kind: 'all' };
  const refused = folders.error ?? error;
  const isBusy = starting || job !== undefined;
  const answer = (): void => {
    setFolder(null);
    void start({ scope });
  };
  const write = async (): Promise<void> => {
    const chosen = await folders.choose();
    if (chosen === null) return;
    setFolder(chosen.name);
    await start({ scope, grant: chosen.grant });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('audit.export.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={styles.dialog}>
        {outcome?.state === 'done' ? (
          <Ready exported={outcome.result} folder={folder} />
        ) : (
          <>
            <p>{t('audit.export.lead')}</p>
            <Radio.Group
              label={t('audit.export.which')}
              value={kind}
              onChange={value => setKind(value as Scope['kind'])}
            >
              <div className={styles.choices}>
                {isWhole || isCase ? null : (
                  <Radio value="filter" label={t('audit.export.these', { count: these.data?.total ?? 0 })} />
                )}
                {filteredCase === undefined ? null : (
                  <Radio
                    value="case"
                    label={
                      caseId === undefined
                        ? t('audit.export.chosenCase')
                        : t('audit.export.case', { count: ofCase.data?.total ?? 0 })
                    }
                  />
                )}
                <Radio value="all" label={t('audit.export.all', { count: all })} />
              </div>
            </Radio.Group>
            {kind === 'all' ? null : <p className={styles.quiet}>{t('audit.export.partMeans')}</p>}
            {job === undefined ? null : <ProgressState job={job} onCancel={cancel} />}
            {refused === undefined || refused === null ? null : <ErrorState error={refused} />}
            <div className={styles.makes}>
              <Button loading={isBusy} onClick={answer}>
                {t('audit.export.make')}
              </Button>
              <Button variant="default" disabled={isBusy} onClick={() => void write()}>
                {t('audit.export.write')}
              </Button>
            </div>
            <p className={styles.quiet}>
              {t('audit.export.large')} {t(folders.isMadeByHost ? 'folder.made' : 'folder.chosen')}
            </p>
          </>
        )}
      </div>
    </Modal>
  );
};

/** The files made, and what to do for the recipient to be able to trust them. */
interface ReadyProps {
  readonly exported: Exported;
  /** What the folder is called that the files were written into; null where they are still to be saved. */
  readonly folder: string | null;
}
const Ready = ({ exported, folder }: ReadyProps) => {
  const { t } = useTranslation();
  const [first] = exported.files;
  const save = ({ fileName, mediaType, content }: Exported['files'][number]): void => {
    if (content !== null) downloadFile(fileName, mediaType, bytesOfBase64(content));
  };
  return (
    <>
      <p role="status">{t('audit.export.ready', { count: exported.entries, size: exported.size })}</p>
      {folder === null ? null : (
        <p>
          {t('audit.export.written')} <span className="nx-mono">{folder}</span>
        </p>
      )}
      <ul className={styles.files} aria-label={t('audit.export.files')}>
        {exported.files.map(file => (
          <li key={file.fileName}>
            <span>
              <strong>{file.fileName}</strong>{' '}
              <span className={`${styles.quiet} nx-number`}>{byteText(file.bytes)}</span>{' '}
              <Digest value={file.sha256} label={file.fileName} />
            </span>
            {file.content === null ? null : (
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconDownload size={14} aria-hidden />}
                aria-label={t('audit.export.saveFile', { name: file.fileName })}
                onClick={() => save(file)}
              >
                {t('audit.export.save')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <DefinitionList
        entries={[
          [t('audit.root'), <Digest key="root" value={exported.root} label={t('audit.root')} full />],
          [
            t('audit.export.key'),
            <code key="key" className="nx-mono">
              {exported.key}
            </code>,
          ],
        ]}
      />
      <div className={styles.recipient}>
        <h3>{t('audit.export.recipient')}</h3>
        <ol>
          <li>{t('audit.export.step1')}</li>
          <li>
            {t('audit.export.step2')}
            <pre className="nx-mono">
              {`python3 nexus_verify.py ${first?.fileName ?? ''} --key '${exported.key}' --mark ${exported.size}:${exported.root}`}
            </pre>
          </li>
          <li>{t('audit.export.step3')}</li>
        </ol>
      </div>
    </>
  );
};
