import { Button, Modal } from '@mantine/core';
import { IconCertificate, IconPrinter } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { skipToken, useChannel } from '../../app/engine/channel-hooks.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { Certificate } from './Certificate.tsx';
import { PrintSheet } from './PrintSheet.tsx';
import styles from './Sources.module.css';

interface CertificateButtonProps {
  readonly sourceId: string;
  readonly name: string;
  readonly compact?: boolean;
}

/** Opens a source's import certificate, from where it can be printed. */
export const CertificateButton = ({ sourceId, name, compact = false }: CertificateButtonProps) => {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [printing, setPrinting] = useState(false);
  const read = useChannel('sources.read', open ? { sourceId } : skipToken);
  const printed = useCallback(() => setPrinting(false), []);
  return (
    <>
      <Button
        size={compact ? 'compact-xs' : 'sm'}
        variant="default"
        leftSection={<IconCertificate size={compact ? 14 : 16} />}
        aria-label={t('result.certificateOf', { name })}
        onClick={() => setOpen(true)}
      >
        {t('result.certificate')}
      </Button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        size="xl"
        title={t('certificate.title')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <ChannelView of={read} lines={10}>
          {answer => (
            <div className={styles.stack}>
              <Certificate read={answer} />
              <div>
                <Button leftSection={<IconPrinter size={16} />} onClick={() => setPrinting(true)}>
                  {t('certificate.print')}
                </Button>
              </div>
              {printing ? (
                <PrintSheet onPrinted={printed}>
                  <Certificate read={answer} />
                </PrintSheet>
              ) : null}
            </div>
          )}
        </ChannelView>
      </Modal>
    </>
  );
};
