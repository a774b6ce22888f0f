import { Button } from '@mantine/core';
import { IconFile, IconUsb } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GrantedFile } from '../../../src-main/contract/bridge.ts';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import { useBridge } from '../../app/BridgeContext.tsx';
import { asNexusError } from '../../app/error-parts.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import styles from './Identity.module.css';

interface KeyFileFieldProps {
  readonly file: GrantedFile | null;
  readonly onChosen: (file: GrantedFile) => void;
}

/** Chooses the key file on its stick. What is handed on is the host's one-use grant, never the content. */
export const KeyFileField = ({ file, onChosen }: KeyFileFieldProps) => {
  const { t } = useTranslation();
  const bridge = useBridge();
  const [error, setError] = useState<NexusErrorData | null>(null);
  const choose = async (): Promise<void> => {
    setError(null);
    try {
      const [chosen] = await bridge.chooseFiles();
      if (chosen !== undefined) onChosen(chosen);
    } catch (refusal) {
      setError(asNexusError(refusal));
    }
  };
  return (
    <div className={styles.keyFile}>
      <Button variant="default" leftSection={<IconUsb size={16} />} onClick={() => void choose()}>
        {t('identity.keyFile.choose')}
      </Button>
      <span className={styles.hint} aria-live="polite">
        {file === null ? (
          t('identity.keyFile.none')
        ) : (
          <>
            <IconFile size={14} aria-hidden /> {file.name}
          </>
        )}
      </span>
      {error === null ? null : <ErrorState error={error} />}
    </div>
  );
};
