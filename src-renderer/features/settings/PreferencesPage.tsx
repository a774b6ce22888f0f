import { Radio, Switch, TextInput, useMantineColorScheme } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Density, densityChosen, singleKeysSwitched } from '../../app/preferences.slice.ts';
import { useAppDispatch, useAppSelector } from '../../app/store.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Panel } from '../../components/Panel.tsx';
import styles from './Preferences.module.css';
import { SettingRow } from './SettingRow.tsx';
import { SettingsTabs } from './SettingsTabs.tsx';
import { isSettingFound } from './setting-search.ts';
import { WorkspaceSettingsPanel } from './WorkspaceSettingsPanel.tsx';

/** How the window looks and answers on this machine, and what holds for everybody in the workspace. */
export const PreferencesPage = () => {
  const { t } = useTranslation();
  const dispatch = useAppDispatch();
  const { density, singleKeys } = useAppSelector(state => state.preferences);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [search, setSearch] = useState('');
  const found = {
    theme: isSettingFound(search, t('preferences.appearance'), t('shell.theme')),
    density: isSettingFound(
      search,
      t('preferences.appearance'),
      t('preferences.density'),
      t('preferences.densityHint'),
    ),
    keys: isSettingFound(
      search,
      t('preferences.keyboard'),
      t('preferences.singleKeys'),
      t('preferences.singleKeysHint'),
    ),
    workspace: isSettingFound(
      search,
      t('workspaceSettings.title'),
      t('workspaceSettings.idle'),
      t('workspaceSettings.hours'),
      t('workspaceSettings.words'),
    ),
  };
  return (
    <>
      <PageHeader title={t('preferences.title')} description={t('preferences.description')} />
      <SettingsTabs />
      <div className={styles.stack}>
        <TextInput
          aria-label={t('preferences.search')}
          placeholder={t('preferences.search')}
          leftSection={<IconSearch size={15} />}
          value={search}
          onChange={event => setSearch(event.currentTarget.value)}
        />
        {Object.values(found).some(Boolean) ? null : <EmptyState kind="filtered" title={t('preferences.nothing')} />}
        {found.theme || found.density ? (
          <Panel title={t('preferences.appearance')} note={t('preferences.here')}>
            <div className={styles.group}>
              {found.theme ? (
                <SettingRow
                  name={t('shell.theme')}
                  modified={colorScheme !== 'auto'}
                  onReset={() => setColorScheme('auto')}
                >
                  <Radio.Group
                    label={t('shell.theme')}
                    value={colorScheme}
                    onChange={value => setColorScheme(value as 'light' | 'dark' | 'auto')}
                  >
                    <div className={styles.choices}>
                      {(['light', 'dark', 'auto'] as const).map(scheme => (
                        <Radio key={scheme} value={scheme} label={t(`theme.${scheme}`)} />
                      ))}
                    </div>
                  </Radio.Group>
                </SettingRow>
              ) : null}
              {found.density ? (
                <SettingRow
                  name={t('preferences.density')}
                  modified={density !== 'comfortable'}
                  onReset={() => dispatch(densityChosen('comfortable'))}
                >
                  <Radio.Group
                    label={t('preferences.density')}
                    description={t('preferences.densityHint')}
                    value={density}
                    onChange={value => dispatch(densityChosen(value as Density))}
                  >
                    <div className={styles.choices}>
                      {(['comfortable', 'compact'] as const).map(value => (
                        <Radio key={value} value={value} label={t(`density.${value}`)} />
                      ))}
                    </div>
                  </Radio.Group>
                </SettingRow>
              ) : null}
            </div>
          </Panel>
        ) : null}
        {found.keys ? (
          <Panel title={t('preferences.keyboard')} note={t('preferences.here')}>
            <SettingRow
              name={t('preferences.singleKeys')}
              modified={!singleKeys}
              onReset={() => dispatch(singleKeysSwitched(true))}
            >
              <Switch
                label={t('preferences.singleKeys')}
                description={t('preferences.singleKeysHint')}
                checked={singleKeys}
                onChange={event => dispatch(singleKeysSwitched(event.currentTarget.checked))}
              />
            </SettingRow>
          </Panel>
        ) : null}
        {found.workspace ? <WorkspaceSettingsPanel /> : null}
      </div>
    </>
  );
};
