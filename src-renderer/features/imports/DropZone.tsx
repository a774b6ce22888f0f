import { Button } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GrantedFile } from '../../../src-main/contract/bridge.ts';
import { useBridge } from '../../app/BridgeContext.tsx';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { droppedFiles } from './dropped-files.ts';
import styles from './Upload.module.css';

interface DropZoneProps {
  readonly onFiles: (files: Promise<readonly GrantedFile[]>) => void;
  readonly receiving: boolean;
  readonly compact: boolean;
}

/** Takes dropped files; the button beside it does the same without a mouse. */
export const DropZone = ({ onFiles, receiving, compact }: DropZoneProps) => {
  const { t } = useTranslation();
  const bridge = useBridge();
  const formats = useChannel('formats.list', {});
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    onFiles(droppedFiles(event.dataTransfer).then(files => bridge.grantDroppedFiles(files)));
  };
  return (
    <section
      className={styles.drop}
      aria-label={t('upload.drop')}
      data-over={over}
      data-compact={compact}
      onDragOver={event => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconFileUpload size={compact ? 20 : 32} stroke={1.4} aria-hidden />
      <p className={styles.dropTitle}>{t('upload.drop')}</p>
      <Button
        variant={compact ? 'default' : 'filled'}
        loading={receiving}
        onClick={() => onFiles(bridge.chooseFiles())}
      >
        {t('upload.choose')}
      </Button>
      {compact ? null : (
        <p className={styles.formats}>
          {t('upload.formats', { formats: formats.data?.formats.map(({ title }) => title).join(', ') ?? '' })}
        </p>
      )}
    </section>
  );
};
