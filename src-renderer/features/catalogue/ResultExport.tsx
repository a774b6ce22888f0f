import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { downloadFile } from '../reports/download-file.ts';
import type { CatalogueTest, TestRun } from './catalogue-types.ts';
import { parametersJson, resultCsv, resultName } from './result-files.ts';

interface ResultExportProps {
  readonly test: CatalogueTest;
  readonly run: TestRun;
  /** The picture as it stands on the screen; null where there is none. */
  readonly picture: () => Element | null;
}

/** Saves a result: the picture, its numbers, and the parameters with all that it takes to run the test again. */
export const ResultExport = ({ test, run, picture }: ResultExportProps) => {
  const { t } = useTranslation();
  const status = useChannel('workspaces.status', {});
  const actor = status.data?.open === true ? status.data.actor : null;
  const svg = (): void => {
    const shown = picture();
    if (shown === null) return;
    const text = new XMLSerializer().serializeToString(shown);
    downloadFile(resultName(test.id, 'svg'), 'image/svg+xml', text);
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={15} aria-hidden />}>
          {t('catalogue.save.label')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {run.bins.length === 0 ? null : <Menu.Item onClick={svg}>{t('catalogue.save.svg')}</Menu.Item>}
        <Menu.Item onClick={() => downloadFile(resultName(test.id, 'csv'), 'text/csv', resultCsv(run))}>
          {t('catalogue.save.csv')}
        </Menu.Item>
        <Menu.Item
          onClick={() =>
            downloadFile(resultName(test.id, 'json'), 'application/json', parametersJson(test, run, actor))
          }
        >
          {t('catalogue.save.json')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
