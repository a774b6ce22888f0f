import { Button, Modal } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { downloadFile } from '../reports/download-file.ts';
import { PrintSheet } from '../sources/PrintSheet.tsx';
import styles from './Identity.module.css';

interface CodesOnceProps {
  readonly codes: readonly string[];
  readonly onClose: () => void;
}

/** Recovery codes, shown once, to be printed or saved. */
export const CodesOnce = ({ codes, onClose }: CodesOnceProps) => {
  const { t } = useTranslation();
  const [printing, setPrinting] = useState(false);
  const printed = useCallback(() => setPrinting(false), []);
  const list = (
    <ol className={`${styles.codes} nx-mono`}>
      {codes.map(code => (
        <li key={code}>{code}</li>
      ))}
    </ol>
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('security.codes.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
      closeOnClickOutside={false}
      size="lg"
    >
      <div className={styles.form}>
        <p className={styles.hint}>{t('security.codes.text')}</p>
        {list}
        <div className={styles.actions}>
          <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => setPrinting(true)}>
            {t('kit.print')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} />}
            onClick={() => downloadFile(t('security.codes.file'), 'text/plain', `${codes.join('\n')}\n`)}
          >
            {t('kit.save')}
          </Button>
          <Button onClick={onClose}>{t('security.codes.have')}</Button>
        </div>
      </div>
      {printing ? (
        <PrintSheet onPrinted={printed}>
          <h1>{t('security.codes.title')}</h1>
          {list}
        </PrintSheet>
      ) : null}
    </Modal>
  );
};
