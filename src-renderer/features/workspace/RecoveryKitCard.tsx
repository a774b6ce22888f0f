import { Button, Checkbox, Title } from '@mantine/core';
import { IconDownload, IconPrinter, IconUsb } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecoveryKit } from '../../../src-main/contract/workspaces.contract.ts';
import { downloadFile } from '../reports/download-file.ts';
import { PrintSheet } from '../sources/PrintSheet.tsx';
import { kitLines, kitText } from './kit-text.ts';
import styles from './LoginPage.module.css';

interface RecoveryKitCardProps {
  readonly kit: RecoveryKit;
  readonly workspaceName: string;
  readonly onDone: () => void;
}

/** What is shown once: the kit to be printed or saved, and the key file to be put on its stick. */
export const RecoveryKitCard = ({ kit, workspaceName, onDone }: RecoveryKitCardProps) => {
  const { t } = useTranslation();
  const [hasKit, setHasKit] = useState(false);
  const [keyFileSaved, setKeyFileSaved] = useState(kit.keyFile === null);
  const [printing, setPrinting] = useState(false);
  const printed = useCallback(() => setPrinting(false), []);
  const title = t('kit.heading', { name: workspaceName });
  const labelOf = (part: 'recoveryCode' | 'workspaceId' | 'verificationKey' | 'firstKey'): string =>
    t(`kit.parts.${part}`);
  const saveKeyFile = (): void => {
    if (kit.keyFile === null) return;
    downloadFile(kit.keyFile.name, 'application/octet-stream', kit.keyFile.content);
    setKeyFileSaved(true);
  };
  const parts = (
    <dl className={styles.kit}>
      {kitLines(kit).map(({ part, value }) => (
        <div key={part} data-part={part}>
          <dt>{labelOf(part)}</dt>
          <dd className="nx-mono">{value}</dd>
          <dd className={styles.hint}>{t(`kit.uses.${part}`)}</dd>
        </div>
      ))}
    </dl>
  );
  return (
    <section className={styles.card} aria-labelledby="kit-title">
      <Title order={2} id="kit-title">
        {t('kit.title')}
      </Title>
      <p className={styles.text}>{t('kit.text')}</p>
      {parts}
      <div className={styles.actions}>
        <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => setPrinting(true)}>
          {t('kit.print')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          onClick={() =>
            downloadFile(t('kit.file', { name: workspaceName }), 'text/plain', kitText(title, kit, labelOf))
          }
        >
          {t('kit.save')}
        </Button>
        {kit.keyFile === null ? null : (
          <Button
            variant={keyFileSaved ? 'default' : 'filled'}
            leftSection={<IconUsb size={16} />}
            onClick={saveKeyFile}
          >
            {t('kit.saveKeyFile')}
          </Button>
        )}
      </div>
      {kit.keyFile === null ? null : <p className={styles.hint}>{t('kit.keyFileHint')}</p>}
      <Checkbox label={t('kit.have')} checked={hasKit} onChange={event => setHasKit(event.currentTarget.checked)} />
      <Button disabled={!hasKit || !keyFileSaved} onClick={onDone} fullWidth>
        {t('kit.done')}
      </Button>
      {printing ? (
        <PrintSheet onPrinted={printed}>
          <h1>{title}</h1>
          <p>{t('kit.printed')}</p>
          {parts}
        </PrintSheet>
      ) : null}
    </section>
  );
};
