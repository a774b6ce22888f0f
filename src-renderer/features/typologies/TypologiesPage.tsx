import { Button, Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useCaseId } from '../cases/use-case-id.ts';
import { BackTestTab } from './BackTestTab.tsx';
import { CalibrationTab } from './CalibrationTab.tsx';
import styles from './Typologies.module.css';
import { TypologiesTab } from './TypologiesTab.tsx';

const TABS = ['patterns', 'backtest', 'calibration'] as const;
const PANELS = { patterns: TypologiesTab, backtest: BackTestTab, calibration: CalibrationTab } as const;

/** Known patterns of wrongdoing as data: what they hit here, how they did on this history, and how well each test finds what was planted. */
export const TypologiesPage = () => {
  const { t } = useTranslation();
  const caseId = useCaseId();
  const mayRead = usePermission('finding.read');
  const status = useChannel('workspaces.status', {});
  const [search, setSearch] = useSearchParams();
  const tab = TABS.find(known => known === search.get('tab')) ?? 'patterns';
  if (!mayRead)
    return (
      <>
        <PageHeader title={t('typologies.title')} />
        {status.data === undefined ? null : <EmptyState kind="no-permission" title={t('empty.noPermission.title')} />}
      </>
    );
  return (
    <div className={styles.page}>
      <PageHeader
        title={t('typologies.title')}
        description={t('typologies.description')}
        actions={
          <Button component={Link} to={paths.risk(caseId)} variant="default">
            {t('risk.title')}
          </Button>
        }
      />
      <Tabs
        value={tab}
        onChange={value => setSearch(value === null || value === 'patterns' ? {} : { tab: value })}
        keepMounted={false}
        className={styles.tabs as string}
      >
        <Tabs.List aria-label={t('typologies.tabs.label')}>
          {TABS.map(name => (
            <Tabs.Tab key={name} value={name}>
              {t(`typologies.tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map(name => {
          const Panel = PANELS[name];
          return (
            <Tabs.Panel key={name} value={name} className={styles.panel as string}>
              <Panel caseId={caseId} />
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </div>
  );
};
