import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import { useBridge } from '../../app/BridgeContext.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Panel } from '../../components/Panel.tsx';
import { exportRejected } from './export-rejected.ts';
import { RejectedTable } from './RejectedTable.tsx';

interface RejectedPanelProps {
  readonly title: string;
  readonly sourceId: string;
  readonly name: string;
}

/** The rejected records of a source, and all of them as CSV. */
export const RejectedPanel = ({ title, sourceId, name }: RejectedPanelProps) => {
  const { t } = useTranslation();
  const bridge = useBridge();
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<NexusErrorData | null>(null);
  const save = async (): Promise<void> => {
    setSaving(true);
    setError(await exportRejected(bridge, sourceId));
    setSaving(false);
  };
  return (
    <Panel
      title={title}
      flush
      actions={
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={14} />}
          loading={saving}
          aria-label={t('rejected.exportOf', { name })}
          onClick={() => void save()}
        >
          {t('rejected.export')}
        </Button>
      }
    >
      {error === null ? null : <ErrorState error={error} />}
      <RejectedTable sourceId={sourceId} name={name} />
    </Panel>
  );
};
