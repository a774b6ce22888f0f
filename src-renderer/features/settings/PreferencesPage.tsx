import { Radio, Switch, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Density, densityChosen, singleKeysSwitched } from '../../app/preferences.slice.ts';
import { useAppDispatch, useAppSelector } from '../../app/store.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Panel } from '../../components/Panel.tsx';
import styles from './Preferences.module.css';

/** How the window looks and answers on this machine. */
export const PreferencesPage = () => {
  const { t } = useTranslation();
  const dispatch = useAppDispatch();
  const { density, singleKeys } = useAppSelector(state => state.preferences);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <PageHeader title={t('preferences.title')} description={t('preferences.description')} />
      <div className={styles.stack}>
        <Panel title={t('preferences.appearance')}>
          <div className={styles.group}>
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
          </div>
        </Panel>
        <Panel title={t('preferences.keyboard')}>
          <Switch
            label={t('preferences.singleKeys')}
            description={t('preferences.singleKeysHint')}
            checked={singleKeys}
            onChange={event => dispatch(singleKeysSwitched(event.currentTarget.checked))}
          />
        </Panel>
      </div>
    </>
  );
};
