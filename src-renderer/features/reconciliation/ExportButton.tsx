import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge } from '../../app/BridgeContext.tsx';
import { messageOf } from '../../app/error-parts.ts';
import { exportReconciliation } from './export-reconciliation.ts';
import { isNarrowed, type PairFilter } from './pair-filter.ts';

interface ExportButtonProps {
  readonly caseId: string;
  readonly filter: PairFilter;
  /** Matches under the filter. */
  readonly count: number;
}

/** Saves these matches, or everything with the open rows of both sides and the totals that prove to zero. */
export const ExportButton = ({ caseId, filter, count }: ExportButtonProps) => {
  const { t } = useTranslation();
  const bridge = useBridge();
  const [busy, setBusy] = useState(false);
  const save = async (these: boolean): Promise<void> => {
    setBusy(true);
    const { sort: _sort, descending: _descending, ...conditions } = filter;
    const error = await exportReconciliation(bridge, { caseId, ...(these ? conditions : {}) });
    setBusy(false);
    if (error !== null)
      notifications.show({
        closeButtonProps: { 'aria-label': t('close') },
        title: t('reconciliation.export.failed'),
        message: messageOf(error),
        color: 'red',
      });
  };
  return (
    <Menu withinPortal position="bottom-end">
      <Menu.Target>
        <Button size="compact-sm" variant="default" loading={busy} leftSection={<IconDownload size={15} aria-hidden />}>
          {t('reconciliation.export.open')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {isNarrowed(filter) ? (
          <Menu.Item onClick={() => void save(true)}>{t('reconciliation.export.these', { count })}</Menu.Item>
        ) : null}
        <Menu.Item onClick={() => void save(false)}>{t('reconciliation.export.all')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
