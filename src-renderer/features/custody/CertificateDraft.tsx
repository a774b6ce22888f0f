import { Button, Modal } from '@mantine/core';
import { IconCertificate, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { Digest } from '../../components/Digest.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { downloadFile } from '../reports/download-file.ts';
import styles from './Custody.module.css';

type Draft = ChannelAnswer<'custody.certificate'>;

const save = ({ fileName, mediaType, content }: Draft): void =>
  downloadFile(fileName, `${mediaType};charset=utf-8`, content);

/** The draft of a certificate under FRE 902(13) and (14): shown, and saved as text or HTML. Each draft is logged. */
export const CertificateDraft = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const [draft, { isLoading, error, reset }] = useCommand('custody.certificate');
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState<Draft | null>(null);
  const close = (): void => {
    setOpen(false);
    setShown(null);
    reset();
  };
  const make = async (): Promise<void> => {
    const { data } = await draft({ caseId, format: 'text' });
    if (data !== undefined) setShown(data);
  };
  const saveHtml = async (): Promise<void> => {
    const { data } = await draft({ caseId, format: 'html' });
    if (data !== undefined) save(data);
  };
  return (
    <>
      <Button variant="default" leftSection={<IconCertificate size={16} aria-hidden />} onClick={() => setOpen(true)}>
        {t('custody.certificate.open')}
      </Button>
      <Modal
        opened={open}
        onClose={close}
        size={1040}
        title={t('custody.certificate.title')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <div className={styles.dialog}>
          <p>{t('custody.certificate.lead')}</p>
          <p className={styles.draft}>{t('custody.certificate.draft')}</p>
          {error === undefined ? null : <ErrorState error={error} />}
          {shown === null ? (
            <Button loading={isLoading} onClick={() => void make()} data-autofocus>
              {t('custody.certificate.draftNow')}
            </Button>
          ) : (
            <>
              {/* What scrolls must be reachable by keyboard (WCAG 2.1.1). */}
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
              <section className={styles.sheet} aria-label={t('custody.certificate.view')} tabIndex={0}>
                <pre className="nx-mono">{shown.content}</pre>
              </section>
              <div className={styles.saves}>
                <span>
                  {t('custody.certificate.digest')}{' '}
                  <Digest value={shown.sha256} label={t('custody.certificate.view')} />
                </span>
                <Button
                  variant="default"
                  leftSection={<IconDownload size={15} aria-hidden />}
                  onClick={() => save(shown)}
                >
                  {t('custody.certificate.saveText')}
                </Button>
                <Button
                  variant="default"
                  leftSection={<IconDownload size={15} aria-hidden />}
                  loading={isLoading}
                  onClick={() => void saveHtml()}
                >
                  {t('custody.certificate.saveHtml')}
                </Button>
              </div>
            </>
          )}
        </div>
      </Modal>
    </>
  );
};
