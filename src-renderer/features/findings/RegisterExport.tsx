import { Button, Modal, Radio } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import type { FindingFilter } from '../../../src-main/contract/findings.contract.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useBridge } from '../../app/BridgeContext.tsx';
import { Digest } from '../../components/Digest.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { byteText } from '../../components/measure-text.ts';
import { downloadFile } from '../reports/download-file.ts';
import styles from './Findings.module.css';

type Register = ChannelAnswer<'findings.register'>;

interface RegisterExportProps {
  readonly caseId: string;
  readonly filter: FindingFilter;
  readonly count: number;
  readonly all: number;
}

/** The register of findings with reasons and explanations tried: "these n or all", as CSV with a manifest of digests. */
export const RegisterExport = ({ caseId, filter, count, all }: RegisterExportProps) => {
  const { t } = useTranslation();
  const bridge = useBridge();
  const [asking, setAsking] = useState(false);
  const [scope, setScope] = useState<'these' | 'all'>('these');
  const [busy, setBusy] = useState(false);
  const [register, setRegister] = useState<Register | null>(null);
  const [error, setError] = useState<NexusErrorData | null>(null);
  const close = (): void => {
    setAsking(false);
    setRegister(null);
    setError(null);
  };
  const prepare = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    const result = await bridge.invoke('findings.register', { caseId, filter: scope === 'all' ? {} : filter });
    setBusy(false);
    if (result.ok) setRegister(result.value as Register);
    else setError(result.error);
  };
  const save = ({ name, mediaType, content }: Register['files'][number]): void =>
    downloadFile(name, `${mediaType};charset=utf-8`, content);
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconDownload size={15} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {t('findingRegister.open')}
      </Button>
      <Modal
        opened={asking}
        onClose={close}
        title={t('findingRegister.title')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <div className={styles.dialog}>
          <p>{t('findingRegister.lead')}</p>
          {register === null ? (
            <>
              <Radio.Group
                label={t('findingRegister.which')}
                value={scope}
                onChange={value => setScope(value === 'all' ? 'all' : 'these')}
              >
                <div className={styles.choices}>
                  <Radio value="these" label={t('findingRegister.these', { count })} data-autofocus />
                  <Radio value="all" label={t('findingRegister.all', { count: all })} />
                </div>
              </Radio.Group>
              {error === null ? null : <ErrorState error={error} />}
              <Button loading={busy} onClick={() => void prepare()}>
                {t('findingRegister.prepare')}
              </Button>
            </>
          ) : (
            <>
              <p role="status">{t('findingRegister.ready', { count: register.total, all: register.all })}</p>
              <ul className={styles.files}>
                {register.files.map(file => (
                  <li key={file.name}>
                    <span>
                      <strong>{file.name}</strong>{' '}
                      <span className={`${styles.legend} nx-number`}>{byteText(new Blob([file.content]).size)}</span>
                      <Digest value={file.sha256} label={file.name} />
                    </span>
                    <Button size="compact-sm" variant="default" onClick={() => save(file)}>
                      {t('findingRegister.save', { name: file.name })}
                    </Button>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      </Modal>
    </>
  );
};
