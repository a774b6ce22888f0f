import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { paths } from '../../app/paths.ts';
import styles from '../identity/Identity.module.css';

/** From one of a person’s own settings screens to the next. */
export const SettingsTabs = () => {
  const { t } = useTranslation();
  return (
    <nav className={styles.tabs} aria-label={t('settingsTabs.label')}>
      {(['preferences', 'pov', 'security', 'oauth'] as const).map(tab => (
        <NavLink key={tab} to={paths[tab]}>
          {t(`settingsTabs.${tab}`)}
        </NavLink>
      ))}
    </nav>
  );
};
